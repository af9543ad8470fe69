"""What hangs where: a village's texts and sheet as its clerk sees them, the link for whoever pastes the sheet up, and the county's list."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from board import attachments
from board.paper import qr
from board.rules.areas import prefix
from board.rules.display import Finding
from board.rules.personal import detection
from board.rules.throttle import Minute
from board.store import areas, cases, displays, holidays, notices
from board.store.clock import now
from board.store.displays import Said, Sheet
from board.store.drafting.proposing import day
from board.store.notices import Posted
from board.web import forms, texts
from board.web.guard import may, needs, public, tokened
from board.web.public import page_of
from board.web.words import day as said_day
from board.web.words import link, say, today

pages = Blueprint("hanging", __name__)
LONGEST = 60  # characters of who hung it, and of where
A_SHEET = 10  # words on one sheet in a minute, by each process: a link travels, and every word stands in the ledger for ever
LINK_DAYS = 30  # that a link goes on behind the last day, for whoever takes the sheet down


@pages.get("/desk/notices/<number:number>/<place:place>")
@needs("notice.print")
def village(number: str, place: str) -> str:
    """Show one village's sheet to its staff: how it hangs, the link to report it with, and the texts and the picture to send."""
    posted, sheet = own_sheet("notice.print", number, place)
    return _village(posted, sheet)


def own_sheet(action: str, number: str, place: str) -> tuple[Posted, Sheet]:
    """Return a standing notice that the person may do ``action`` with, and the sheet of one of its places, or answer 404."""
    posted = notices.find(number)
    if posted is None or not may(action, posted.home) or posted.notice.withdrawn_at or not page_of(posted).has(place):
        abort(404)
    return posted, displays.sheet(posted, place)


def _village(posted: Posted, sheet: Sheet, problems: list[str] | None = None) -> str:
    page = page_of(posted, sheet.place)
    address = current_app.config["PUBLIC_ADDRESS"] + link("hanging.hung", token=token(sheet))
    return render_template(
        "hanging/village.html",
        posted=posted,
        page=page,
        sheet=sheet,
        finding=finding(posted, sheet),
        lines=[line for line in cases.about(posted.home, posted.number) if line.case.place == sheet.place],
        group_text=texts.group_text(page, sheet.place),
        sms=texts.sms(page, sheet.place),
        address=address,
        code=qr.svg(address, _("报告贴好了的链接")),
        problems=problems or [],
        typed=typed(),
    )


@pages.post("/desk/notices/<number:number>/<place:place>/hung")
@needs("notice.print")
def told(number: str, place: str) -> Any:
    """Take a clerk's word, and his photo, that a sheet hangs or came down."""
    posted, sheet = own_sheet("notice.print", number, place)
    said, problems = said_of(sheet)
    if said is None:
        return _village(posted, sheet, problems), 422
    displays.tell(posted, sheet, said, current_user.username, now())
    flash(_("记下了。"), "good")
    return redirect(link("hanging.village", number=number, place=place))


@pages.get("/desk/notices/<number:number>/<place:place>/photo.jpg")
@needs("hanging.look")
def photo(number: str, place: str) -> Response:
    """Give staff and the county's auditors the photo of a sheet on its wall: names may stand on it."""
    _posted, sheet = own_sheet("hanging.look", number, place)
    return Response(displays.photo(sheet) or abort(404), mimetype="image/jpeg")


def finding(posted: Posted, sheet: Sheet) -> Finding:
    """Return how a sheet stands today."""
    return displays.found(posted, [sheet], today(), holidays.calendar())[sheet.place]


# ---- the link for whoever pastes a sheet up


@pages.record_once
def _start(state: Any) -> None:
    state.app.extensions["hung"] = Minute(A_SHEET)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.vault.web, salt="hung", signer_kwargs={"digest_method": sha256})  # type: ignore[attr-defined]


def token(sheet: Sheet) -> str:
    """Return what opens the page for one sheet without an account: which it is, with an HMAC of that under the key of the web."""
    return str(_signer().dumps([sheet.number, sheet.place, sheet.version]))


@pages.route("/hung/<token>", methods=["GET", "POST"])
@public
@tokened
def hung(token: str) -> Any:
    """Let whoever pasted a sheet up say so, with a photo; whoever holds the link may, and needs no account."""
    g.keeps = True  # a page of one person's doing: no cache keeps it
    posted, sheet = _linked(token)
    if request.method == "GET":
        return _told_page(token, posted, sheet)
    if current_app.extensions["hung"].full(f"{sheet.number}/{sheet.place}", now()):
        return _told_page(token, posted, sheet, [_("登记得太快了。请过一分钟再点一次。")]), 429, {"Retry-After": "60"}
    said, problems = said_of(sheet)
    if said is None:
        return _told_page(token, posted, sheet, problems), 422
    displays.tell(posted, sheet, said, displays.THROUGH_LINK, now())
    return redirect(link("hanging.hung", token=token, done=1))


def _told_page(token: str, posted: Posted, sheet: Sheet, problems: list[str] | None = None) -> str:
    shown = {"finding": finding(posted, sheet), "problems": problems or [], "typed": typed(), "done": "done" in request.args}
    return render_template("hanging/hung.html", token=token, page=page_of(posted), sheet=sheet, **shown)


def _linked(token: str) -> tuple[Posted, Sheet]:
    """Return the notice and the sheet that a link is for, or answer why it opens nothing any more."""
    try:
        number, place, version = _signer().loads(token)
    except (BadSignature, ValueError):
        return _closed(404, _("这个链接不对"), _("请看看链接有没有复制全，或者找镇里的经办再要一个。"))
    posted = notices.find(number)
    if posted is None:
        return _closed(404, _("这个链接不对"), _("请找镇里的经办再要一个。"))
    if posted.notice.withdrawn_at:
        return _closed(410, _("这份公示已经撤下"), _("请把墙上的单子取下来。有疑问，请找镇里的经办。"))
    sheet = displays.sheet(posted, place)
    if sheet.version != version:
        return _closed(410, _("这张单子已经改版"), _("墙上的旧单子请取下来，换上新的。请找镇里的经办要新的单子和链接。"))
    if (today() - max(sheet.shown[1], finding(posted, sheet).until)).days > LINK_DAYS:
        return _closed(410, _("公示早已期满"), _("这张单子不用再登记了。要改，请找镇里的经办。"))
    return posted, sheet


def _closed(status: int, heading: str, advice: str) -> Any:
    abort(Response(render_template("error.html", heading=heading, advice=advice), status))


# ---- what is said of a sheet


def typed() -> dict[str, str]:
    """Return what somebody typed into the form, personal numbers covered, to fill it again."""
    given = {name: detection.mask(request.form.get(name, ""))[:200] for name in ("on", "by", "spot", "down")}
    return given if request.method == "POST" else {}


def said_of(sheet: Sheet) -> tuple[Said | None, list[str]]:
    """Return what the form that was sent says of a sheet, or None and everything that is to be put right, in words."""
    if "taken" in request.form:
        return _down(sheet)
    on, by, spot = day(request.form.get("on", "")), *(request.form.get(name, "").strip() for name in ("by", "spot"))
    data, unfit = _photo()
    faults = [
        _date_fault(on, sheet),
        "" if by else _("请写您是谁：姓名或者职务都行。"),
        "" if spot else _("请写贴在哪里，例如：村委会门口。"),
        _("太长了，“您是谁”和“贴在哪里”各最多 %(n)s 个字。", n=LONGEST) if max(len(by), len(spot)) > LONGEST else "",
        forms.personal_fault(f"{by}\n{spot}"),
        unfit,
    ]
    if problems := [fault for fault in faults if fault]:
        return None, problems
    assert on is not None
    return Said(on, by, spot, data, sheet.hung.down if sheet.hung.on else None), []


def _date_fault(on: date | None, sheet: Sheet) -> str:
    if on is None:
        return _("请写哪天贴的，例如 2026-11-22。")
    if on > today():
        return _("贴的日子不能写以后的。贴好了再来登记。")
    if on < sheet.posted_on:
        return _("这份公示 %(day)s 才公布，贴的日子不会更早。请改一下。", day=said_day(sheet.posted_on))
    return ""


def _down(sheet: Sheet) -> tuple[Said | None, list[str]]:
    """Return the word that a sheet came down, beside what was said of it before."""
    down = day(request.form.get("down", ""))
    if sheet.hung.on is None:
        return None, [_("还没有登记这张单子哪天贴的。请先填哪天贴的、贴在哪里。")]
    if down is None or not sheet.hung.on <= down <= today():
        return None, [_("请写哪天取下的：在贴的那天以后，到今天为止。")]
    return Said(sheet.hung.on, sheet.hung_by, sheet.spot, down=down), []


def _photo() -> tuple[bytes, str]:
    """Return the photo that was sent, written anew (no place, no camera in it), and what is wrong with it in words."""
    upload = request.files.get("photo")
    if not upload or not upload.filename:
        return b"", ""
    try:
        file = attachments.read(upload.read(), "photo")
    except attachments.Unreadable as error:
        return b"", _("照片没有收下：%(why)s。请再拍一张。", why=say(error.message))
    return (file.data, "") if file.type == "jpeg" else (b"", _("请用手机拍一张照片（JPG）。"))


# ---- the county's list


@pages.get("/audit/hanging")
@needs("audit")
def late() -> str:
    """List the sheets of the county that were hung late, too short, or not at all, and what is still to be done."""
    scope = prefix(current_user.area, current_user.level)
    return render_template("hanging/late.html", wrong=displays.wrong(scope, today(), holidays.calendar()), place=areas.label)
