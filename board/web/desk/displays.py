"""One village's poster for the staff: texts to send, display status, and the link to report the poster with."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user

from board.paper import qr
from board.store import displays, meetings, notices, understood
from board.store.cases import lists
from board.store.clock import now
from board.store.displays import Poster
from board.store.notices import Posted
from board.web import messages
from board.web.display_form import finding, report_of, token, typed
from board.web.guard import may, needs
from board.web.i18n import link
from board.web.installation import absolute
from board.web.public.posted_pages import page_of

pages = Blueprint("displays", __name__)


@pages.get("/desk/notices/<number:number>/<place:place>")
@needs("notice.print")
def village(number: str, place: str) -> str:
    """Show one village's poster: its display status, the link to report it with, and the texts and the picture to send."""
    posted, poster = own_poster("notice.print", number, place)
    return _village(posted, poster)


@pages.get("/desk/notices/<number:number>/villages")
@needs("notice.print")
def villages(number: str) -> str:
    """Show of every village what is sent to its group: the text, the picture and the link."""
    posted = notices.find(number)
    if posted is None or not may("notice.print", posted.home) or posted.notice.withdrawn_at:
        abort(404)
    page = page_of(posted)
    texts = [(part.place, messages.group_text(page, part.place)) for part in page.parts]
    return render_template("desk/displays/villages.html", page=page, texts=texts)


def own_poster(action: str, number: str, place: str) -> tuple[Posted, Poster]:
    """Return a notice with which the user may do ``action`` and one place's poster, or answer 404; also 404 once it is taken down."""
    posted = notices.find(number)
    if posted is None or not may(action, posted.home) or posted.notice.withdrawn_at or not page_of(posted).has(place):
        abort(404)
    return posted, displays.poster(posted, place)


def _village(posted: Posted, poster: Poster, problems: list[str] | None = None) -> str:
    page = page_of(posted, poster.place)
    address = absolute(link("public.display_report.hung", token=token(poster)))
    return render_template(
        "desk/displays/village.html",
        posted=posted,
        page=page,
        poster=poster,
        finding=finding(posted, poster),
        read=understood.of_notice(posted.home, posted.number).get(poster.place),
        held=meetings.of_place(posted, poster.place),
        lines=[line for line in lists.about(posted) if line.case.place == poster.place],
        group_text=messages.group_text(page, poster.place),
        sms=messages.sms(page, poster.place),
        address=address,
        code=qr.svg(address, _("报告贴好了的链接")),
        problems=problems or [],
        typed=typed(),
    )


@pages.post("/desk/notices/<number:number>/<place:place>/hung")
@needs("notice.print")
def record(number: str, place: str) -> Any:
    """Record the clerk's report, with a photo, that a poster hangs or was taken down."""
    posted, poster = own_poster("notice.print", number, place)
    report, problems = report_of(poster)
    if report is None:
        return _village(posted, poster, problems), 422
    displays.report(posted, poster, report, current_user.username, now())
    flash(_("记下了。"), "good")
    return redirect(link("desk.displays.village", number=number, place=place))


@pages.get("/desk/notices/<number:number>/<place:place>/photo.jpg")
@needs("hanging.look")
def photo(number: str, place: str) -> Response:
    """Return the photo of a hanging poster, for staff and county auditors only: names may be readable on it."""
    _posted, poster = own_poster("hanging.look", number, place)
    return Response(displays.photo(poster) or abort(404), mimetype="image/jpeg")
