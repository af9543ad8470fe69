"""The table of an upload, every cell of it: rewritten, rows taken out and added, found by their numbers on paper; what is wrong on top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _

from board.models import Draft
from board.rules.notice.check_result import COUNTER, Result
from board.rules.personal import detection
from board.rules.place_names import canonical
from board.rules.sheet import table_edits
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.problems import Problem
from board.rules.sheet.table import Table, text
from board.store import areas
from board.store.drafting import checking, proposing, staging, typed_rows
from board.store.sealing import seal
from board.web.desk import line_search
from board.web.desk.drafts import keeping, own, pressed, step
from board.web.desk.sheet import result_of
from board.web.guard import needs
from board.web.i18n import link

pages = Blueprint("table", __name__, url_prefix="/desk")

PAGE, EMPTY = 50, 3  # lines a page, and empty ones behind the last
CARDS = 12  # problems on top of the page
BASE = ("元", "亩")
_CELL = re.compile(r"cell-(\d{1,7})-(\d{1,4})")


@dataclass(frozen=True)
class Line:
    """A line of the form: its name in messages, its place and number on paper ("" and 0: none), its cells by column, and whether it is
    taken out."""

    no: int
    name: str
    place: str
    number: int
    cells: Mapping[int, str]
    gone: bool


@pages.route("/<place:home>/<token:id>/table", methods=["GET", "POST"])
@needs("draft.write")
def table(home: str, id: str) -> Any:
    """Show a page of an upload's table, or save what was changed on it; typed rows have a page of their own."""
    draft = own("draft.write", home, id)
    if typed_rows.typed(draft):
        return redirect(link("desk.typed_rows.by_hand", home=home, id=id))
    found, kept = result_of(draft), staging.cleaned(draft)
    assert kept is not None
    if request.method == "POST":
        return _saved(draft, found, kept)
    lines, numbers = _lines(kept.table, found), checking.lines_by_number(draft)
    last = _last(lines)
    meant = _hits(draft, kept.table, lines, numbers, line_search.meant(draft.returned_because))
    if meant and "page" not in request.args:  # straight to the row that the reviewer named
        return redirect(link("desk.table.table", home=home, id=id, page=lines.index(meant[0]) // PAGE + 1, _anchor=f"l{meant[0]}"))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    shown = list(_shown(draft, kept.table, found, numbers, lines[(page - 1) * PAGE : page * PAGE], last=page == last))
    return render_template(
        "desk/table/table.html",
        seen={f"cell-{line.no}-{index}": words for line in shown for index, words in line.cells.items()},
        draft=draft,
        found=found,
        kind=checking.kind_of(draft),
        cards=_cards(found, lines),
        headers=_headers(found),
        lines=shown,
        wrong=_wrong(found),
        meant=meant,
        page=page,
        pages=last,
    )


def _lines(table: Table, found: Result) -> list[int]:
    """Return the numbers of the table's lines below its header, and of those that the clerk added."""
    first = next((line for line, row in table.lines() if _is_header(row, found)), 0)
    return [line for line, _row in table.lines() if line > first]


def _headers(found: Result) -> dict[int, str]:
    """Return the headers of the columns that can be changed: all but those of personal data, and the one that counts the lines."""
    used = set(found.indexes.values())
    return {index: head for index, head in found.shown_headers().items() if index in used or not COUNTER.fullmatch(head)}


def _is_header(row: Sequence[Any], found: Result) -> bool:
    heads = [head for head in found.heads.values() if head]
    return sum(text(cell).strip() in heads for cell in row) * 2 > len(heads)


def _last(lines: Sequence[int]) -> int:
    return max(1, -(-len(lines) // PAGE))


def _shown(
    draft: Draft, table: Table, found: Result, numbers: Mapping[int, tuple[str, int]], lines: Sequence[int], *, last: bool
) -> Iterator[Line]:
    edits, shown = checking.edits(draft), _headers(found)
    now, gone = (
        table_edits.edited(table, {at: said for at, said in edits.items() if at[1] != table_edits.GONE}),
        table_edits.taken_out(edits),
    )
    labels = areas.labels({place for line in lines if (place := numbers.get(line, ("", 0))[0])})
    new = range(len(table.cells) + 1, len(table.cells) + 1 + min(len(table_edits.added(edits, table)) + EMPTY, table_edits.MOST_ADDED))
    for line in [*lines, *(new if last else ())]:
        row = now.cells[line - 1] if line <= len(now.cells) else ()
        place, number = numbers.get(line, ("", 0))
        cells = {index: text(row[index]) if index < len(row) else "" for index in shown}
        yield Line(line, found.line_name(line), canonical(labels.get(place, "")), number, cells, line in gone)


def _wrong(found: Result) -> dict[tuple[int, int], Problem]:
    """Return the first problem of each cell, errors before warnings."""
    wrong: dict[tuple[int, int], Problem] = {}
    for one in (*found.errors, *found.warnings):
        for line in one.lines or (one.line,):
            wrong.setdefault((line, one.index), one)
    return wrong


def _cards(found: Result, lines: Sequence[int]) -> list[tuple[Problem, int]]:
    """Return the first problems of single cells, each with the page that has its line (0: no line)."""
    at = {line: index // PAGE + 1 for index, line in enumerate(lines)}
    told = [one for one in (*found.errors, *found.warnings) if one.line]
    return [(one, at.get(one.line, 0)) for one in told[:CARDS]]


def _hits(draft: Draft, table: Table, lines: Sequence[int], numbers: Mapping[int, tuple[str, int]], sought: str) -> list[int]:
    return line_search.hits(sought, draft.home, numbers, ((line, [text(cell) for cell in table.cells[line - 1]]) for line in lines))


def _saved(draft: Draft, found: Result, kept: Cleaned) -> Any:
    """Save the cells, taken-out rows and added rows of the form, and go on: to another page, to what is still wrong, or to submission."""
    before = checking.edits(draft)
    edits = _taken(_typed(before, kept.table), draft, found, kept.table)
    if edits != before:
        with keeping(draft, "edited") as (_session, saved):
            saved.edits = seal([[*at, words] for at, words in edits.items()]) if edits else None
        draft = saved
        if "totals" in request.form:
            draft = _with_totals(draft, found)
    if leads := pressed(draft):
        return leads
    go = request.form.get("go", "")
    if go == "find":
        return _to_line(draft, found, kept.table, request.form.get("find", "").strip()[:40])
    if go.removeprefix("page-").isdecimal():
        return redirect(link("desk.table.table", home=draft.home, id=draft.id, page=int(go[5:11])))
    result = checking.found(draft)
    if result is None:
        return step("sheet.progress", draft)
    if result.errors:
        flash(_("存好了。还有 %(n)s 处要改。", n=result.error_count), "wrong")
        return redirect(link("desk.table.table", home=draft.home, id=draft.id, page=request.form.get("page", 1, type=int)))
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


def _to_line(draft: Draft, found: Result, table: Table, sought: str) -> Any:
    """Redirect to the line that is looked for; what was typed, which may be a name, is in no address."""
    lines = _lines(table, found)
    hits = _hits(draft, table, lines, checking.lines_by_number(draft), sought)
    if not hits:
        flash(_("没有找到“%(sought)s”。", sought=detection.mask(sought)), "warn")
        return redirect(link("desk.table.table", home=draft.home, id=draft.id, page=request.form.get("page", 1, type=int)))
    page = lines.index(hits[0]) // PAGE + 1
    return redirect(link("desk.table.table", home=draft.home, id=draft.id, page=page, _anchor=f"l{hits[0]}"))


def _typed(before: table_edits.Edits, table: Table) -> dict[tuple[int, int], str]:
    """Return all edits with those of the form; a cell that has its first text again is none."""
    edits = dict(before)
    now = table_edits.edited(table, {at: said for at, said in before.items() if at[1] != table_edits.GONE})
    for name, typed in request.form.items():
        match = _CELL.fullmatch(name)
        at = (int(match[1]), int(match[2])) if match else None
        if at is None or not 0 < at[0] <= len(table.cells) + table_edits.MOST_ADDED:
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
    out = {line for line in request.form.getlist("gone", type=int) if line in shown and 0 < line <= len(table.cells)}
    kept = {at: words for at, words in edits.items() if at[1] != table_edits.GONE or at[0] not in shown}
    places = [one.id for one in checking.kind_of(draft).columns if one.type in ("place", "group")]
    columns = [found.indexes[id] for id in places if id in found.indexes]
    down = table_edits.carried_down(table_edits.edited(table, kept), out | (was - shown), columns) if out - was else ()
    return kept | {(line, table_edits.GONE): table_edits.TAKEN_OUT for line in out} | dict(down)


def _at(table: Table, line: int, column: int) -> str:
    row = table.cells[line - 1] if line <= len(table.cells) else ()
    return text(row[column]).strip() if column < len(row) else ""
