"""The table of an upload, every cell of it: rewritten, rows taken out and added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _

from board.models import Draft
from board.rules.notice.check_result import COUNTER, Result
from board.rules.personal import detection
from board.rules.sheet import table_edits
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.table import Table, text
from board.store.drafting import checking, drafts, proposing, staging, typed_rows
from board.store.sealing import seal
from board.web.desk import forms, table_form
from board.web.desk.drafts import keeping, own, pressed, step
from board.web.desk.sheet import result_of
from board.web.desk.table_form import Grid, Head
from board.web.guard import needs
from board.web.i18n import link

pages = Blueprint("table", __name__, url_prefix="/desk")

EMPTY = 3  # lines behind the last one
BASE = ("元", "亩")


class Uploaded(Grid):
    """The cells of an upload, with the clerk's changes in place."""

    endpoint = "desk.table.table"

    def __init__(self, draft: Draft, found: Result, kept: Cleaned) -> None:
        super().__init__(draft)
        self.found, edits, table = found, checking.edits(draft), kept.table
        self.table = table_edits.edited(table, {at: said for at, said in edits.items() if at[1] != table_edits.GONE})
        self.gone = table_edits.taken_out(edits)
        self.heads = _heads(draft, found)
        first = next((line for line, row in table.lines() if _is_header(row, found)), 0)
        self.lines = [line for line, _row in table.lines() if line > first]
        end = len(table.cells)
        last = max(table_edits.added(edits, table), default=end)  # an emptied line between added ones stays
        self.new = range(end + 1, min(last + EMPTY, end + table_edits.MOST_ADDED) + 1)
        self.problems = [*found.errors, *found.warnings]

    def texts(self, line: int) -> Mapping[int, str]:
        """Return the texts of a line, by column."""
        row = self.table.cells[line - 1] if line <= len(self.table.cells) else ()
        return {index: text(row[index]) if index < len(row) else "" for index in self.heads}

    def field(self, line: int, column: int) -> str:
        """Return the name of the form's field for a cell."""
        return f"cell-{line}-{column}"

    def name(self, line: int) -> str:
        """Return how messages name a line: in joined tables with its sheet."""
        return self.found.line_name(line)


def _heads(draft: Draft, found: Result) -> dict[int, Head]:
    """Return the columns that can be changed: all but those of personal data, and the one that counts the lines."""
    fields = {index: field for field, index in found.indexes.items()}
    types = {column.id: column.type for column in checking.kind_of(draft).columns}
    shown = {index: head for index, head in found.shown_headers().items() if index in fields or not COUNTER.fullmatch(head)}
    return {index: Head(head, types.get(fields.get(index, ""), "")) for index, head in shown.items()}


def _is_header(row: Sequence[Any], found: Result) -> bool:
    heads = [head for head in found.heads.values() if head]
    return sum(text(cell).strip() in heads for cell in row) * 2 > len(heads)


@pages.route("/<place:home>/<token:id>/table", methods=["GET", "POST"])
@needs("draft.write")
def table(home: str, id: str) -> Any:
    """Show a page of an upload's table, or save what was changed on it; typed rows are opened for typing."""
    draft = own("draft.write", home, id)
    if typed_rows.typed(draft):
        if request.method == "POST":
            raise drafts.Overtaken(draft)  # typed rows have taken the place of the upload; what was typed is given back
        return redirect(link("desk.typed_rows.by_hand", home=home, id=id))
    found, kept = result_of(draft), staging.cleaned(draft)
    assert kept is not None
    if request.method == "POST":
        return _saved(draft, found, kept)
    return table_form.page(Uploaded(draft, found, kept))


def _saved(draft: Draft, found: Result, kept: Cleaned) -> Any:
    """Save the cells, taken-out rows and added rows of the form, and go on: to another page, to what is still wrong, or to submission."""
    before = checking.edits(draft)
    edits = _taken(_typed(before, Uploaded(draft, found, kept), kept.table), draft, found, kept.table)
    if edits != before:
        with keeping(draft, "edited") as (_session, saved):
            saved.edits = seal([[*at, words] for at, words in edits.items()]) if edits else None
        draft = saved
        if "totals" in request.form and not kept.table.origins:  # of joined sheets each has totals of its own
            draft = _with_totals(draft, found)
    grid = Uploaded(draft, found, kept)
    if leads := pressed(draft) or table_form.turned(grid):
        return leads
    result = checking.found(draft)
    if result is None:
        return step("sheet.progress", draft)
    if result.errors:
        flash(_("存好了。还有 %(n)s 处要改。", n=result.error_count), "wrong")
        return table_form.to_page(grid, request.form.get("page", 1, type=int))
    flash(_("存好了。"), "good")
    return step("sheet.ready" if proposing.unexplained(draft, result) or proposing.missing(draft) else "drafts.finish", draft)


def _with_totals(draft: Draft, before: Result) -> Draft:
    """Write the sheet's own totals anew where they agreed with the rows before the change, and no longer do; the reviewer sees old and new.

    Only whole totals in yuan and mu: what a subtotal or a total in other units should be is left to the clerk.
    """
    differed = {one.index for one in before.warnings if one.code == "total_differs"}
    now = checking.found(draft)
    told = [one for one in (now.warnings if now else ()) if one.code == "total_differs" and one.index not in differed]
    right = {
        (one.line, one.index): now.totals[one.field] for one in told if now and now.units.get(one.field) in BASE and one.field in now.totals
    }
    if not right:
        return draft
    with keeping(draft, "edited", draft.revision) as (_session, saved):
        saved.edits = seal([[*at, words] for at, words in (checking.edits(saved) | right).items()])
    return saved


def _typed(before: table_edits.Edits, grid: Uploaded, table: Table) -> dict[tuple[int, int], str]:
    """Return all edits with those of the form's own cells; a cell that has its first text again is none."""
    edits, known = dict(before), {*grid.lines, *range(len(table.cells) + 1, len(table.cells) + table_edits.MOST_ADDED + 1)}
    now = table_edits.edited(table, {at: said for at, said in before.items() if at[1] != table_edits.GONE})
    for name, typed in request.form.items():
        match = forms.CELL.fullmatch(name)
        at = (int(match[1]), int(match[2])) if match else None
        if at is None or at[0] not in known or at[1] not in grid.heads:
            continue
        words = detection.mask(typed.strip()[:500])
        if words == _at(now, *at):
            continue
        edits[at] = words
        if at[0] <= len(table.cells) and words == _at(table, *at) or at[0] > len(table.cells) and not words:
            del edits[at]
    return edits


def _taken(edits: table_edits.Edits, draft: Draft, found: Result, table: Table) -> dict[tuple[int, int], str]:
    """Return the edits with the lines that the form takes out or puts back, and the villages that stood in them written below."""
    shown, was = set(request.form.getlist("line", type=int)), table_edits.taken_out(edits)
    ticked = {line for line in request.form.getlist("gone", type=int) if line in shown}
    out = {line for line in ticked if 0 < line <= len(table.cells)}
    kept = {at: words for at, words in edits.items() if at[1] != table_edits.GONE or at[0] not in shown}
    kept = {at: words for at, words in kept.items() if at[0] not in ticked - out}  # of a row added behind the last nothing is left
    places = [one.id for one in checking.kind_of(draft).columns if one.type in ("place", "group")]
    columns = [found.indexes[id] for id in places if id in found.indexes]
    down = table_edits.carried_down(table_edits.edited(table, kept), out | (was - shown), columns) if out - was else ()
    return kept | {(line, table_edits.GONE): table_edits.TAKEN_OUT for line in out} | dict(down)


def _at(table: Table, line: int, column: int) -> str:
    row = table.cells[line - 1] if line <= len(table.cells) else ()
    return text(row[column]).strip() if column < len(row) else ""
