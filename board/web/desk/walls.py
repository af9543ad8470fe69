"""The walls of a desk: list, new wall, photo, plate for the sign maker, and closing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import attachments
from board.models import Wall, WallCheck
from board.paper.plate import Plate, plate
from board.paper.qr import wall_address
from board.rules import numbers, wall_check
from board.rules.areas import prefix
from board.rules.calendar import day_of
from board.rules.notice.attachment import MIME
from board.rules.personal import detection
from board.rules.place_names import canonical
from board.store import areas, walls
from board.store.clock import now
from board.web import text_checks
from board.web.address_check import printable
from board.web.downloads import File
from board.web.guard import may, needs
from board.web.i18n import link, say, today
from board.web.installation import public_address, short_address
from board.web.place_words import speak_of

pages = Blueprint("walls", __name__, url_prefix="/desk/walls")

LONGEST_SPOT = 30


def own(action: str, number: str) -> Wall:
    """Return a wall with which the user may do ``action``, or answer 404."""
    wall = walls.find(number)
    if wall is None or not may(action, wall.home):
        abort(404)
    speak_of(wall.home)
    return wall


@pages.app_template_test("wall_overdue")
@pages.app_template_global()
def wall_due(wall: Wall, checked: dict[str, WallCheck]) -> bool:
    """Return whether a wall is due for a check; ``checked`` is the result of ``walls.last_checked``."""
    last = checked.get(wall.number)
    return wall.closed_at is None and wall_check.due(day_of(last.at) if last else None, day_of(wall.made), today())


@pages.get("")
@needs("wall.check")
def listed() -> str:
    """List every village of the desk with its walls; villages without a wall and overdue walls are marked."""
    reach = prefix(current_user.area, current_user.level)
    homes = [area for area in areas.desk_of(current_user.area, current_user.level) if may("wall.check", area.code)]
    return render_template("desk/walls/listed.html", homes=homes, walls=walls.of_places(reach), checked=walls.last_checked(reach))


@pages.route("/<place:home>", methods=["GET", "POST"])
@needs("wall.keep")
def place(home: str) -> Any:
    """Show the walls of one place, and add one at a described spot."""
    area = areas.find(home)
    if area is None or not may("wall.keep", home):
        abort(404)
    problem, spot = "", " ".join(request.form.get("spot", "").split())
    if request.method == "POST":
        problem = _spot_fault(spot) or (_("这个地方已经撤销，不能再添公示墙。") if area.closed else "")
        if not problem:
            wall = walls.add(home, spot, current_user.id, now())
            flash(_("公示墙添好了，编号 %(number)s。请打印牌子。", number=numbers.spaced(wall.number)), "good")
            return redirect(link("desk.walls.one", number=wall.number))
    typed = detection.mask(spot)[:LONGEST_SPOT]
    found = walls.of_place(home)
    page = render_template("desk/walls/place.html", area=area, walls=found, checked=walls.last_checked(home), problem=problem, typed=typed)
    return page, 422 if problem else 200


def _spot_fault(spot: str) -> str:
    """Return the error message for a spot, or ""."""
    if not 2 <= len(spot) <= LONGEST_SPOT:
        return _("请写墙在哪里，2 到 %(n)s 个字，例如“村委会门口”。", n=LONGEST_SPOT)
    return text_checks.personal_fault(spot)


@pages.get("/<number:number>")
@needs("wall.check")
def one(number: str) -> str:
    """Show one wall to its staff: its photo, its plate, and the findings of its checks."""
    return _one(own("wall.check", number))


def _one(wall: Wall, problem: str = "") -> str:
    return render_template(
        "desk/walls/one.html",
        wall=wall,
        photographed=wall.photo is not None,
        area=areas.get(wall.home),
        checks=walls.checks(wall.home, wall.number, limit=50),
        checked=walls.last_checked(wall.home),
        findings=wall_check,
        address=public_address() if printable(wall.home) else "",
        problem=problem,
    )


@pages.post("/<number:number>/photo")
@needs("wall.keep")
def take(number: str) -> Any:
    """Store a photo of a wall; it is re-encoded, so that it carries no metadata, and only staff see it."""
    wall = own("wall.keep", number)
    upload = request.files.get("photo")
    if not upload or not upload.filename:
        return _one(wall, _("还没有选照片。请先点“选择文件”。")), 422
    try:
        file = attachments.read(upload.read(), upload.filename)
    except attachments.UnreadableAttachment as error:
        return _one(wall, say(error.message) + _("。")), 422
    if file.type not in ("jpeg", "png"):
        return _one(wall, _("这不是照片。请用手机或平板拍一张（.jpg、.png）。")), 422
    walls.picture(wall, file.data, current_user.id, now())
    flash(_("照片存好了，拍照地点已去掉。请看一眼：墙拍全了没有？"), "good")
    return redirect(link("desk.walls.one", number=number))


@pages.get("/<number:number>/photo")
@needs("wall.check")
def photo(number: str) -> Response:
    """Return a wall's photo, for its staff."""
    data = own("wall.check", number).photo or abort(404)
    return File(data, mimetype=MIME["png" if data.startswith(b"\x89PNG") else "jpeg"])


@pages.get("/<number:number>/plate.<any(pdf, svg):form>")
@needs("wall.keep")
def sign(number: str, form: str) -> Response:
    """Return a wall's plate for the sign maker as PDF or SVG; text and QR code are outlines in the SVG."""
    wall = own("wall.keep", number)
    base = public_address() if printable(wall.home) else abort(404)
    words = Plate(
        place_name=canonical(areas.get(wall.home).name),
        qr_text=wall_address(base, number),
        short_address=short_address(f"/w/{number}"),
        number=numbers.spaced(number),
        demo_mark="演示数据" if current_app.config["DEMO"] else "",
    )
    kind: Any = form
    headers = {"Content-Disposition": f'attachment; filename="plate-{number}.{form}"'}
    return File(plate(words, kind), mimetype={"pdf": "application/pdf", "svg": "image/svg+xml"}[form], headers=headers)


@pages.post("/<number:number>/close")
@needs("wall.keep")
def close(number: str) -> Any:
    """Record that a wall was taken away."""
    wall = own("wall.keep", number)
    if "sure" not in request.form:
        return _one(wall, _("请先勾上“这面墙真的撤掉了”，再点一次。")), 422
    walls.close(wall, current_user.id, now())
    flash(_("已记下。扫这块牌子的人会看到墙撤掉了，公示还能看。"), "good")
    return redirect(link("desk.walls.place", home=wall.home))
