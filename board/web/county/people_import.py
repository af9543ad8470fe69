"""Many accounts at once: a list of people uploaded or pasted, and their one-time passwords as slips to cut apart."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import sheets
from board.rules import people_list
from board.rules.people_list import Fault
from board.rules.personal import detection
from board.rules.place_names import canonical
from board.rules.sheet.table import Cell
from board.slots import UPLOADS, Busy
from board.store import areas, people
from board.store.clock import now
from board.web.county.admin import refusal
from board.web.county.admin_forms import areas_called
from board.web.guard import needs
from board.web.i18n import say
from board.web.installation import short_address
from board.web.outages import uploads_busy

pages = Blueprint("people_import", __name__)

FIELDS = {"name": "姓名", "username": "用户名", "role": "做什么", "area": "在哪里"}  # as the list itself heads its columns


@pages.route("/admin/people/import", methods=["GET", "POST"])
@needs("people")
def add() -> Any:
    """Add everybody of a list, or nobody where a line is wrong; show the temporary passwords once, as slips to print."""
    if request.method == "GET":
        return _page([])
    try:
        cells = _cells()
    except (sheets.UnreadableSheet, Busy) as error:
        return _page([say(error.message) + _("。") if isinstance(error, sheets.UnreadableSheet) else uploads_busy()]), 422
    entries, faults = people_list.read(cells, areas_called)
    if faults:
        return _page([_said(one) for one in faults]), 422
    try:
        given = people.add_all(entries, current_user.username, now())
    except people.EntryRefused as refused:
        field = (
            "username" if refused.reason in ("username", "taken") else "role" if refused.reason in ("role", "level", "group") else "area"
        )
        return _page([_at(refused.entry.line, field) + refusal(refused.reason)]), 422
    labels = areas.full_labels([one.area for one in entries])
    return render_template(
        "county/people_import/slips.html", entries=entries, given=given, places=labels, address=short_address("/sign-in")
    )


def _page(faults: list[str]) -> str:
    typed = detection.mask(request.form.get("table", ""))
    return render_template("county/people_import/add.html", faults=faults, typed=typed, most=people_list.MOST)


def _cells() -> list[list[Cell]]:
    """Return the first table of the form's file, or of what was pasted. Raises UnreadableSheet and Busy."""
    file, pasted = request.files.get("file"), request.form.get("table", "")
    most = current_app.config["UPLOAD_MB"] << 20
    with UPLOADS.slot():
        book = sheets.read(file.read(), file.filename, most) if file and file.filename else sheets.pasted(pasted, most)
    return [list(row) for row in book.tables[0].cells] if book.tables else []


def _at(line: int, field: str) -> str:
    return _("第 %(line)s 行“%(field)s”：", line=line, field=FIELDS[field])


def _said(fault: Fault) -> str:
    """Return the message of a fault: where it is, and what to do about it. A personal number in the cell is masked."""
    shown = detection.mask(fault.said)
    words = {
        "no_header": _("没有找到这四列的列名：姓名、用户名、做什么、在哪里。请在第一行写上。"),
        "none": _("名单是空的。请一行写一个人。"),
        "many": _("一次最多 %(n)s 个人，请分几次。", n=people_list.MOST),
        "empty": _("没有填。请补上。"),
        "role": _("“%(said)s”看不懂。请写经办、审核、审计、政务公开办、主管部门或管理。", said=shown),
        "group": _("“%(said)s”没写管哪一类。请写成主管部门（涉农补贴）这样。", said=shown),
        "inspector": _("受理（纪检）的账号不在这里开，由纪检部门请管服务器的人开。请把这一行去掉。"),
        "area": _("“%(said)s”不是本县的地方。请写全名或者 12 位代码。", said=shown),
        "areas": _("叫“%(said)s”的不止一处（%(codes)s）。请写 12 位代码。", said=shown, codes=_named(fault.said)),
        "twice": _("“%(said)s”在名单里有两次。请改一个。", said=shown),
    }
    return (_at(fault.line, fault.field) if fault.field else "") + words[fault.reason]


def _named(said: str) -> str:
    found = areas.labels(areas_called(said))
    return str(_("、")).join(f"{canonical(name)} {code}" for code, name in found.items())
