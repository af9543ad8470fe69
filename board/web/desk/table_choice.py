"""The choice among several tables of an upload: one, or several with equal headers, which are joined."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _

from board.models import Draft
from board.rules.kind import Kind
from board.rules.sheet import selection
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.joining import apart, offers
from board.store.drafting import checking, drafts, staging
from board.web.desk.drafts import keeping, own, step
from board.web.guard import needs
from board.web.i18n import say

pages = Blueprint("table_choice", __name__, url_prefix="/desk")


def only(home: str, kind: Kind, tables: list[Cleaned]) -> int | None:
    """Return the index of the only table with all columns that the kind needs, and flash its name; None: the clerk has to choose."""
    headers = drafts.remembered_columns(home, kind.id)
    chosen = selection.choice(tables, kind, checking.level_of(home), headers)
    if len(tables) < 2 or not chosen.sure:
        return None
    if chosen.note:
        flash(say(chosen.note), "warn")
    return chosen.at


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
