"""The choice among several tables of an upload: one, or several with equal headers, which are joined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _

from board import sheets
from board.models import Draft
from board.rules.bilingual import Words
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.joining import apart, offers
from board.rules.sheet.table import Book, Table
from board.store.drafting import checking, drafts, staging
from board.web.desk.drafts import keeping, own, step
from board.web.guard import needs
from board.web.i18n import say

pages = Blueprint("table_choice", __name__, url_prefix="/desk")

MOST_TABLES, MOST_LINES = 50, 100_000
_MOST_NAMED = 8  # table names in a flashed message, which is held in a cookie: browsers limit that to 4 KB


class TooMany(sheets.UnreadableSheet):
    """An upload has more than 50 tables, or more than 100,000 lines in several tables."""

    def __init__(self) -> None:
        super().__init__("too_large")
        self.message = Words(
            "这个文件里的表太多（最多 50 张，合起来最多 10 万行）。请把要公开的几张另存成一个文件，再上传",
            "This file has too many tables (at most 50, with 100,000 lines in all). Please save those to be posted as a file of their own",
        )


def tables_of(book: Book) -> list[Table]:
    """Return the tables of an upload that may be a roster, and flash which ones were left out. Raises TooMany."""
    shown = [table for table in book.tables if not table.hidden and any(table.lines())]
    tables = [table for table in shown if table.looks_like_table()] or [book.table()]
    if len(tables) > MOST_TABLES or (len(tables) > 1 and sum(1 for table in tables for _line in table.lines()) > MOST_LINES):
        raise TooMany
    if left := [table for table in shown if table not in tables]:
        flash(_("没有用：%(names)s（不像表格）。", names=_named(left)), "warn")
    if hidden := [table for table in book.tables if table.hidden]:
        flash(_("没有读：%(names)s（在原文件里是隐藏的）。要用的话，请在原文件里取消隐藏再上传。", names=_named(hidden)), "warn")
    return tables


def _named(tables: Sequence[Table]) -> str:
    """Return the labels of tables for a message: the first eight, and how many more there are."""
    names = "、".join(table.label[:40] for table in tables[:_MOST_NAMED])
    more = len(tables) - _MOST_NAMED
    return names if more <= 0 else _("%(names)s，还有 %(n)s 张", names=names, n=more)


def only(draft: Draft, tables: list[Cleaned]) -> int | None:
    """Return the index of the only table with all columns that the kind needs, and flash its name; None: the clerk has to choose."""
    if len(tables) < 2:
        return None
    kind, headers = checking.kind_of(draft), drafts.remembered_columns(draft.home, draft.kind)
    _best, offered = offers(tables, kind, checking.level_of(draft.home), headers)
    fitting = [number for number, offer in enumerate(offered) if not offer.lacking]
    if len(fitting) != 1:
        return None
    used = tables[fitting[0]]
    others = _named([one.table for one in tables if one is not used])
    flash(_("用的是“%(label)s”这张表。没有用：%(others)s。", label=used.table.label, others=others), "warn")
    return fitting[0]


@pages.route("/<place:home>/<token:id>/choose", methods=["GET", "POST"])
@needs("draft.write")
def choose(home: str, id: str) -> Any:
    """Show the first lines of an upload's tables; the clerk takes one of them, or several to be joined."""
    draft = own("draft.write", home, id)
    found = staging.tables(draft)
    if len(found) < 2:
        return step("sheet.columns" if found else "sheet.sheet", draft)
    problem = ""
    if request.method == "POST":
        numbers = sorted({sheet.no for sheet in found} & set(request.form.getlist("table", type=int)))
        problem = _unlike(draft, numbers) if numbers else _("还没有选。请先选一张表，再点按钮。")
        if not problem:
            return step("sheet.columns", _take(draft, numbers))
    return render_template(
        "desk/table_choice/choose.html", draft=draft, problem=problem, sheets=found, **_offered(draft)
    ), 422 if problem else 200


def _take(draft: Draft, numbers: list[int]) -> Draft:
    """Make the roster of those tables; another choice resets edits, columns and answers."""
    with keeping(draft, "edited") as (_session, saved):
        if saved.chosen != numbers:
            saved.chosen, saved.edits, saved.columns, saved.answers = numbers, None, {}, {}
            saved.facts = {name: value for name, value in saved.facts.items() if name != drafts.WHOLE_PLACE}
    return saved


def _offered(draft: Draft) -> dict[str, Any]:
    """Return the page's data on each table: how it fits the kind, what was removed from it, and which one fits best."""
    kind, kept = checking.kind_of(draft), staging.uploaded(draft)
    headers = drafts.remembered_columns(draft.home, draft.kind)
    likeliest, offered = offers(kept, kind, checking.level_of(draft.home), headers)
    fitting = [number for number, offer in enumerate(offered) if not offer.lacking]
    return {
        "kind": kind,
        "previews": [staging.preview(sheet) for sheet in staging.tables(draft)],
        "likeliest": likeliest,
        "offers": offered,
        "fitting": fitting,
        "together": [number for number, offer in enumerate(offered) if not offer.apart] if offered[likeliest].apart is None else [],
        "swept": [[found for found in table.findings if "around" not in found] for table in kept],
        "of_file": [found for found in kept[0].findings if "around" in found],
    }


def _unlike(draft: Draft, numbers: list[int]) -> str:
    """Return the message why the tables cannot be joined, or ""."""
    first, *others = staging.uploaded(draft, numbers)
    for other in others:
        if why := apart(first, other, checking.kind_of(draft)):
            names = {"table": other.table.label, "first": first.table.label, "why": say(why)}
            return _("“%(table)s”不能和“%(first)s”合在一起：%(why)s。请分开用，或在原表里改成一样的再上传。", **names)
    return ""
