"""The table of a draft without a spreadsheet: typed row by row, or begun from a posted notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _

from board.blank_sheet import offered
from board.models import Draft
from board.rules.kind import Column, Kind
from board.rules.personal import detection
from board.rules.place_names import Places, canonical
from board.rules.sheet import typed_rows
from board.rules.sheet.figures import MEASURES
from board.rules.sheet.problems import Problem
from board.rules.sheet.typed_rows import TypedRow
from board.store import areas
from board.store.drafting import checking
from board.store.drafting import typed_rows as typed
from board.web.desk import line_search
from board.web.desk.drafts import keeping, own, pressed, step
from board.web.guard import needs
from board.web.i18n import link, say, today

pages = Blueprint("typed_rows", __name__, url_prefix="/desk")

PAGE = 50  # rows a page
EMPTY, MORE = 12, 10  # empty rows of a new table, and those that a click adds
_MOST_EMPTY = 100
CARDS = 12  # problems on top of the page


@dataclass(frozen=True)
class FormRow:
    """A row of the form: its line number in messages, its index among the rows, texts and problems by field, and its place and number on
    paper ("" and 0: none yet)."""

    no: int
    index: int
    texts: Mapping[str, str]
    problems: Mapping[str, Problem]
    place: str = ""
    number: int = 0


@pages.route("/<place:home>/<token:id>/by-hand", methods=["GET", "POST"])
@needs("draft.write")
def by_hand(home: str, id: str) -> Any:
    """Let a clerk type rows; every save keeps what was typed, with or without errors, except personal numbers, which are masked."""
    draft = own("draft.write", home, id)
    kind = checking.kind_of(draft)
    if not kind.columns:
        abort(404)
    held = typed.opened(draft)
    if request.method == "POST":
        first, rows = _typed(typed_rows.columns(kind, checking.level_of(home)), held or [])
        if rows != (held or []):
            table = typed.table(home, kind, rows, today())
            with keeping(draft, "typed") as (session, saved):
                typed.keep(session, saved, table)
        return _on(draft, first, rows, len(held or []))
    return render_template(
        "desk/typed_rows/by_hand.html", draft=draft, kind=kind, uploaded=held is None and draft.chosen, **_page(draft, held or [])
    )


def _typed(columns: Sequence[Column], held: list[TypedRow]) -> tuple[int, list[TypedRow]]:
    """Return (index of the submitted page's first row, all rows with the submitted ones in place); rows without text are dropped."""
    first = min(max(request.form.get("first", 0, type=int), 0), len(held)) // PAGE * PAGE
    on_page = []
    for index in range(first, first + PAGE + _MOST_EMPTY):
        was = held[index] if index < min(first + PAGE, len(held)) else TypedRow({})
        texts = {column.id: request.form.get(f"row-{index}-{column.id}", was.texts.get(column.id, "")) for column in columns}
        on_page.append(was.retyped(texts))
    for index in request.form.getlist("gone", type=int):
        if first <= index < first + len(on_page):
            on_page[index - first] = TypedRow({})
    rows = [*held[:first], *on_page, *held[first + PAGE :]]
    return first, [row for row in rows if row.texts]


def _on(draft: Draft, first: int, rows: Sequence[TypedRow], before: int) -> Any:
    """Redirect according to the pressed button: to the check, to another page, or to the same one; ``before`` is the old number of rows."""
    if leads := pressed(draft):
        return leads
    go = request.form.get("go", "")
    if go == "check" and rows:
        return step("sheet.columns", draft)
    page, empty = first // PAGE + 1, max(request.form.get("empty", 0, type=int) - max(len(rows) - before, 0), 0)
    if go == "upload":
        return step("sheet.sheet", draft)
    if go == "check":
        flash(_("还没有填。请先填一行。"), "wrong")
    elif go == "more":
        page, empty = _pages(rows), empty + MORE
    elif go == "find":
        return _to_row(draft, rows, request.form.get("find", "").strip()[:40], page)
    elif go.removeprefix("page-").isdecimal():
        page = int(go.removeprefix("page-")[:6])
    else:
        flash(_("存好了。"), "good")
    return redirect(link("desk.typed_rows.by_hand", home=draft.home, id=draft.id, page=page, empty=empty))


def _to_row(draft: Draft, rows: Sequence[TypedRow], sought: str, page: int) -> Any:
    """Redirect to the row that is looked for, on a page after ``page`` before one above it; flashes if there is none."""
    lines = _hits(draft, rows, checking.lines_by_number(draft), sought)
    if not lines:
        flash(_("没有找到“%(sought)s”。", sought=detection.mask(sought)), "warn")
        return redirect(link("desk.typed_rows.by_hand", home=draft.home, id=draft.id, page=page))
    pages = [(line - typed_rows.FIRST) // PAGE + 1 for line in lines]
    at = next((at for at, one in enumerate(pages) if one > page), 0)
    return redirect(link("desk.typed_rows.by_hand", home=draft.home, id=draft.id, page=pages[at], _anchor=f"l{lines[at]}"))


def _hits(draft: Draft, rows: Sequence[TypedRow], numbers: Mapping[int, tuple[str, int]], sought: str) -> list[int]:
    texts = ((index + typed_rows.FIRST, list(row.texts.values())) for index, row in enumerate(rows))
    return line_search.hits(sought, draft.home, numbers, texts)


def _pages(rows: Sequence[TypedRow]) -> int:
    return max(1, -(-len(rows) // PAGE))


def _page(draft: Draft, rows: Sequence[TypedRow]) -> dict[str, Any]:
    """Return the template data of one page of the table: its rows, on the last page also empty ones, and the input of each column."""
    kind, level = checking.kind_of(draft), checking.level_of(draft.home)
    last = _pages(rows)
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    first = (page - 1) * PAGE
    here = list(rows[first : first + PAGE])
    least = max(EMPTY - len(here), 2) if page == last else 0
    empty = min(max(request.args.get("empty", 0, type=int), least), _MOST_EMPTY) if page == last else 0
    problems, numbers = _problems(draft), checking.lines_by_number(draft) if checking.found(draft) else {}
    labels = areas.labels({place for place, _no in numbers.values()})
    lines = []
    for index, row in enumerate([*here, *[TypedRow({})] * empty], start=first):
        no = index + typed_rows.FIRST
        place, number = numbers.get(no, ("", 0))
        lines.append(FormRow(no, index, row.texts, problems.get(no, {}), canonical(labels.get(place, "")), number))
    meant = _hits(draft, rows, numbers, line_search.meant(draft.returned_because)) if draft.state == "returned" else []
    options = {column.id: [(choice.label.zh, say(choice.label)) for choice in column.choices] for column in kind.columns if column.choices}
    offered_places = [(name, name) for name in places(draft.home, kind).values()]
    options |= {column.id: offered_places for column in kind.columns if column.type == "place"}
    columns = typed_rows.columns(kind, level)
    needed = kind.required_columns(level)
    shown = {
        "meant": meant,
        "cards": _cards(draft),
        "seen": _seen(lines, columns),
        "lines": lines,
        "columns": columns,
        "needed": needed,
        "options": options,
        "figures": MEASURES,
    }
    return shown | {"first": first, "empty": empty, "page": page, "pages": last, "row_count": len(rows)}


def _seen(lines: Sequence[FormRow], columns: Sequence[Column]) -> dict[str, str]:
    """Return what each field of the page holds, so that what somebody typed is told from it when a colleague was quicker."""
    return {f"row-{line.index}-{column.id}": line.texts.get(column.id, "") for line in lines for column in columns}


def _cards(draft: Draft) -> list[tuple[Problem, int]]:
    """Return the first problems of single rows, each with the page that has it."""
    result = checking.found(draft)
    told = [one for one in (*result.errors, *result.warnings) if one.line >= typed_rows.FIRST] if result else []
    return [(one, (one.line - typed_rows.FIRST) // PAGE + 1) for one in told[:CARDS]]


def _problems(draft: Draft) -> dict[int, dict[str, Problem]]:
    """Return the first error of each typed cell, by line and field; {} while the check is running."""
    meant = typed_rows.fields(checking.kind_of(draft), checking.level_of(draft.home))
    found: dict[int, dict[str, Problem]] = {}
    result = checking.found(draft)
    for one in result.errors if result else ():
        for line in one.lines or (one.line,):
            if field := meant.get(str(one.index)):
                found.setdefault(line, {}).setdefault(field, one)
    return found


def places(home: str, kind: Kind) -> dict[str, str]:
    """Return the places that a row may belong to (code -> name): those of the kind's level, and the publisher's own."""
    area = areas.get(home)
    level = kind.places_for(area.level)
    open_ones = Places([one for one in areas.around(home) if not one.closed], home)
    return {**(dict(offered(open_ones, level)) if level else {}), home: canonical(area.name)}
