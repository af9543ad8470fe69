"""The page behind a poster's link, where the person who puts it up reports this with a photo and without an account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request
from flask_babel import gettext as _
from itsdangerous import BadSignature

from board.rules.throttle import Minute
from board.store import displays, notices
from board.store.clock import now
from board.store.displays import Poster
from board.store.notices import Posted
from board.web.display_form import LINK_DAYS, _signer, finding, report_of, typed
from board.web.guard import public, tokened
from board.web.i18n import link, today
from board.web.public.posted_pages import page_of

pages = Blueprint("display_report", __name__)

A_POSTER = 10  # reports on one poster per minute and process: links are forwarded, and ledger entries stay for ever


@pages.record_once
def _start(state: Any) -> None:
    state.app.extensions["hung"] = Minute(A_POSTER)


@pages.route("/hung/<token>", methods=["GET", "POST"])
@public
@tokened
def hung(token: str) -> Any:
    """Take a report, with a photo, that a poster hangs or was taken down; the signed link is the only credential."""
    g.keeps = True  # no-store: the page holds one person's input
    posted, poster = _linked(token)
    if request.method == "GET":
        return _page(token, posted, poster)
    if current_app.extensions["hung"].full(f"{poster.number}/{poster.place}", now()):
        return _page(token, posted, poster, [_("登记得太快了。请过一分钟再点一次。")]), 429, {"Retry-After": "60"}
    report, problems = report_of(poster)
    if report is None:
        return _page(token, posted, poster, problems), 422
    displays.report(posted, poster, report, displays.THROUGH_LINK, now())
    return redirect(link("public.display_report.hung", token=token, done=1))


def _page(token: str, posted: Posted, poster: Poster, problems: list[str] | None = None) -> str:
    shown = {"finding": finding(posted, poster), "problems": problems or [], "typed": typed(), "done": "done" in request.args}
    return render_template("public/display_report/hung.html", token=token, page=page_of(posted), poster=poster, **shown)


def _linked(token: str) -> tuple[Posted, Poster]:
    """Return the notice and poster of a link; answers 404 for an invalid link, 410 for one that has expired or was superseded."""
    try:
        number, place, version = _signer().loads(token)
    except (BadSignature, ValueError):
        return _closed(404, _("这个链接不对"), _("请看看链接有没有复制全，或者找镇里的经办再要一个。"))
    posted = notices.find(number)
    if posted is None:
        return _closed(404, _("这个链接不对"), _("请找镇里的经办再要一个。"))
    if posted.notice.withdrawn_at:
        return _closed(410, _("这份公示已经撤下"), _("请把墙上的单子取下来。有疑问，请找镇里的经办。"))
    poster = displays.poster(posted, place)
    if poster.version != version:
        return _closed(410, _("这张单子已经改版"), _("墙上的旧单子请取下来，换上新的。请找镇里的经办要新的单子和链接。"))
    if (today() - max(poster.shown[1], finding(posted, poster).until)).days > LINK_DAYS:
        return _closed(410, _("公示早已期满"), _("这张单子不用再登记了。要改，请找镇里的经办。"))
    return posted, poster


def _closed(status: int, heading: str, advice: str) -> Any:
    abort(Response(render_template("error.html", heading=heading, advice=advice, reference=""), status))
