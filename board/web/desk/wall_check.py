"""The check of a wall: a code scanned with the camera, read from a photo, or its number typed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import codes
from board.models import Wall
from board.rules import wall_check
from board.rules.wall_check import Known, ScannedCode, Verdict
from board.store import areas, notices, walls
from board.store.clock import now
from board.web.desk.walls import own
from board.web.guard import filmed, needs
from board.web.i18n import link, say, today
from board.web.installation import county_office, public_address
from board.web.public.posted_pages import page_of

pages = Blueprint("wall_check", __name__, url_prefix="/desk/walls")


@pages.route("/<number:number>/check", methods=["GET", "POST"])
@needs("wall.check")
@filmed
def check(number: str) -> Any:
    """Read codes on a wall, record what each is, and show what to do about it. Answers 404 for a closed wall, 422 if nothing was read."""
    wall = own("wall.check", number)
    if wall.closed_at:
        abort(404)
    if request.method == "GET":
        return _page(wall)
    try:
        way, read = _read()
    except codes.UnreadablePhoto as error:
        return _page(wall, say(error.message) + _("。")), 422
    if not read:
        return _page(wall, _unread(way), retry=way == "photo"), 422
    found = [walls.Found(_judged(wall, scanned), scanned.shown) for scanned in read]
    walls.note(wall, way, found, current_user.id, now())
    return render_template(
        "desk/wall_check/found.html",
        wall=wall,
        area=areas.get(wall.home),
        found=found,
        findings=wall_check,
        way=way,
        county=county_office(),
    )


@pages.post("/<number:number>/unreadable")
@needs("wall.check")
def unreadable(number: str) -> Any:
    """Record that a code cannot be read and has to be printed again."""
    wall = own("wall.check", number)
    walls.note(wall, "photo", [walls.Found("unreadable", "")], current_user.id, now())
    flash(_("已记下：这面墙上有一个码扫不出来，要重新打印。"), "good")
    return redirect(link("desk.walls.one", number=number))


def _page(wall: Wall, problem: str = "", *, retry: bool = False) -> str:
    return render_template("desk/wall_check/check.html", wall=wall, area=areas.get(wall.home), problem=problem, retry=retry)


def _read() -> tuple[str, list[ScannedCode]]:
    """Return (way, codes); a photo may show several codes. Raises codes.UnreadablePhoto."""
    base = public_address()
    photo = request.files.get("photo")
    if photo and photo.filename:
        return "photo", [wall_check.parse(text, base) for text in codes.read(photo.read())]
    if scanned := request.form.get("said", "").strip():
        return "camera", [wall_check.parse(scanned, base)]
    text = request.form.get("typed", "").strip()
    typed = wall_check.typed(text, base) if text else None
    return "typed", [typed] if typed else []


def _unread(way: str) -> str:
    """Return the message for a check in which nothing was read."""
    if way == "photo":
        return _("照片上没有认出二维码。请走近一点，对正了再拍一张，不要晃。")
    if way == "typed" and request.form.get("typed", "").strip():
        return _("这个编号不对，可能打错了。请看清楚再输一次；单子上印的真是这个号，请扫码或者拍照。")
    return _("请扫码、拍照，或者输码下面的编号。")


def _judged(wall: Wall, scanned: ScannedCode) -> Verdict:
    chain = [area.code for area in areas.chain(wall.home)]
    return wall_check.judge(scanned, _known(scanned, chain), wall.home, chain, wall.number, today())


def _known(scanned: ScannedCode, chain: list[str]) -> Known | None:
    """Return what the database knows of the number in a code, for the code's place or the nearest area in ``chain`` that has a part."""
    if found := walls.find(scanned.number):
        return Known(wall=True, gone=found.closed_at is not None)
    posted = notices.find(scanned.number)
    if posted is None:
        return None
    page, changed = page_of(posted), None
    for code in [scanned.place] if scanned.place else reversed(chain):
        if page.has(code):
            part = notices.part(posted, code)
            changed = part.changed_in if part else posted.version.no  # the table of all places changes with every version
            page = page_of(posted, code)  # a correction of another place does not change this poster's period
            break
    return Known(wall=False, gone=posted.notice.withdrawn_at is not None, current=posted.version.no, changed_in=changed, ends=page.ends)
