"""The cases of a figure as a file: CSV or XLSX, a line for each, without anything that says who asked, who answered or what was said."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from flask import Blueprint, Response, flash, redirect, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds
from board.rules.cases import machine
from board.rules.rendering.open_data import BOM, cell, record
from board.store import areas, ledger, people
from board.store.cases import figures
from board.store.cases.figures import Line
from board.store.clock import now
from board.store.engine import writing
from board.web.county.chosen import chosen
from board.web.county.figures import categories, class_names, class_of, days_late, figure, offices_of, with_committee
from board.web.guard import needs
from board.web.i18n import link, say, today

pages = Blueprint("case_files", __name__, url_prefix="/audit")

MOST = 100_000  # lines of one file
Cell = str | int | date
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.post("/cases/file")
@needs("audit.export")
def file() -> Any:
    """Send the cases that a figure counts as a file (``as``: csv or xlsx), and log that it was taken, with its filter."""
    seen, which, form = chosen(), figure(), "xlsx" if request.form.get("as") == "xlsx" else "csv"
    offices = offices_of(seen)
    number = sum(one[which] for one in figures.counted(offices, seen.cases, today()).values())
    if number > MOST:
        flash(_("超过 %(n)s 件，一个文件放不下。请选一个乡镇、一个季度再下载。", n=MOST), "wrong")
        return redirect(link("county.figures.listed", figure=which, area=seen.area or None, **seen.kept))
    named = cache(areas.label)
    rows = [_cells(line, named) for line in figures.every(which, offices, seen.cases, today())]
    told = {name: str(value) for name, value in {**seen.kept, "area": seen.area}.items() if value}
    by = people.username(current_user.id)
    with writing():
        ledger.append(current_user.area, now(), by, "audit.exported", which, form=form, rows=len(rows), **told)
    name = f"cases-{which}-{today().isoformat()}.{form}"
    data = workbook([header(), *rows]) if form == "xlsx" else csv([header(), *rows])
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return Response(data, mimetype=XLSX if form == "xlsx" else "text/csv", headers=headers)


def header() -> list[str]:
    """Return the names of a file's columns."""
    return [
        _("公示编号"), _("公示事项"), _("区划代码"), _("地方"), _("先问的单位"), _("先问的单位代码"), _("现在归谁办"),
        _("现在算在哪个单位（代码）"), _("哪一类"), _("收到"), _("最晚答复"), _("答复日期"), _("到哪一步"), _("现在迟了几天"),
        _("第一次答复按时"), _("没解决，转上一级"), _("结果"), _("村民怎么评"),
    ]  # fmt: skip


def _cells(line: Line, named: Callable[[str], str]) -> list[Cell]:
    """Return a line's cells; ``named`` returns an office's name. What an office still has to tell has no day of answer yet."""
    one, case = line.standing, line.case
    category, kind, waits = categories().get(one.category), kinds.load().get(one.kind), one.state in machine.OPEN
    outcome = category.outcome(case.outcome) if category and case.outcome else None
    rated = {5: _("非常满意"), 4: _("满意"), 3: _("基本满意"), 2: _("不满意"), 1: _("非常不满意")}
    truth = {True: _("是"), False: _("否"), None: ""}
    has = _("%(village)s的监督委员会", village=named(case.home)) if with_committee(line) else named(one.has)
    return [
        case.number or "", say(kind.name) if kind else one.kind, case.place, line.place, named(one.arose), one.arose, has, one.has,
        say(category.label) if category else one.category, one.received, one.due, one.answered if one.answered and not waits else "",
        class_names()[class_of(one)], days_late(one) if waits else "", truth[one.prompt], truth[one.disputed],
        say(outcome.label) if outcome else "", rated.get(one.rating or 0, ""),
    ]  # fmt: skip


def csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return rows as a CSV that WPS and Excel open: days as 2026-11-29; no cell runs as a formula."""
    return (BOM + "".join(record(cell(text) if isinstance(text, str) else str(text) for text in row) for row in rows)).encode()


def workbook(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return rows as an .xlsx in which days are days, numbers are numbers, and every other cell is a text."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.set_column(0, len(rows[0]) - 1, 16)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write_number(number, column, value)
    return held.getvalue()
