"""The table of a draft without a spreadsheet: typed row by row, or begun from a posted notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, flash, request
from flask_babel import gettext as _

from board.blank_sheet import offered
from board.models import Draft
from board.rules.kind import Column, Kind
from board.rules.notice import formatting
from board.rules.place_names import Places, canonical
from board.rules.sheet import typed_rows
from board.rules.sheet.typed_rows import FIRST, TypedRow
from board.store import areas
from board.store.drafting import checking
from board.store.drafting import typed_rows as typed
from board.web.desk import table_form
from board.web.desk.drafts import keeping, own, pressed, step
from board.web.desk.table_form import PAGE, Grid, Head
from board.web.guard import needs
from board.web.i18n import say, today, tongue

pages = Blueprint("typed_rows", __name__, url_prefix="/desk")

EMPTY, MORE = 12, 10  # empty rows of a new table, and those that a click adds
_MOST_EMPTY = 100


class Typed(Grid):
    """Rows typed by hand, with ``empty`` ones behind them; nothing is taken out: an emptied row is left out when it is saved."""

    endpoint = "desk.typed_rows.by_hand"

    def __init__(self, draft: Draft, rows: Sequence[TypedRow], empty: int = 0) -> None:
        super().__init__(draft)
        self.rows, self.kind = rows, checking.kind_of(draft)
        level = checking.level_of(draft.home)
        self.columns = dict(enumerate(typed_rows.columns(self.kind, level), 1))
        needed = self.kind.required_columns(level)
        self.heads = {index: Head(_words(one), one.type, one in needed, self._options(one)) for index, one in self.columns.items()}
        self.lines = range(FIRST, FIRST + len(rows))
        least = max(EMPTY - len(rows) % PAGE, 2) if len(rows) % PAGE or not rows else 2
        self.empty = min(max(empty, least), _MOST_EMPTY)
        self.new = range(FIRST + len(rows), FIRST + len(rows) + self.empty)
        found = checking.found(draft) if rows else None  # that of an upload which typed rows would replace is about other lines
        self.problems = [*found.errors, *found.warnings] if found else []

    def _options(self, column: Column) -> list[tuple[str, str]]:
        """Return what may be chosen in a column, as (value, words)."""
        if column.type == "place":
            return [(name, name) for name in places(self.draft.home, self.kind).values()]
        return [(choice.label.zh, say(choice.label)) for choice in column.choices]

    def texts(self, line: int) -> Mapping[int, str]:
        """Return the texts of a line, by column."""
        row = self.rows[line - FIRST].texts if line - FIRST < len(self.rows) else {}
        return {index: row.get(column.id, "") for index, column in self.columns.items()}

    def field(self, line: int, column: int) -> str:
        """Return the name of the form's field for a cell."""
        return f"row-{line - FIRST}-{self.columns[column].id}"

    def tick(self, line: int) -> int:
        """Return the value with which the form says that a line is taken out."""
        return line - FIRST


def _words(column: Column) -> str:
    unit = formatting.unit(column, tongue())
    return say(column.label) + (f"（{unit}）" if unit else "")


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
        rows = _typed(typed_rows.columns(kind, checking.level_of(home)), held or [])
        if rows != (held or []):
            table = typed.table(home, kind, rows, today())
            with keeping(draft, "typed") as (session, saved):
                typed.keep(session, saved, table)
        return _on(draft, rows, len(held or []))
    return table_form.page(Typed(draft, held or [], request.args.get("empty", 0, type=int)), replaces=held is None and bool(draft.chosen))


def _typed(columns: Sequence[Column], held: list[TypedRow]) -> list[TypedRow]:
    """Return all rows with those of the submitted page in place; rows without text are dropped."""
    first = (min(max(request.form.get("page", 1, type=int), 1), max(1, -(-len(held) // PAGE))) - 1) * PAGE
    on_page = []
    for index in range(first, first + PAGE + _MOST_EMPTY):
        was = held[index] if index < min(first + PAGE, len(held)) else TypedRow({})
        texts = {column.id: request.form.get(f"row-{index}-{column.id}", was.texts.get(column.id, "")) for column in columns}
        on_page.append(was.retyped(texts))
    for index in request.form.getlist("gone", type=int):
        if first <= index < first + len(on_page):
            on_page[index - first] = TypedRow({})
    rows = [*held[:first], *on_page, *held[first + PAGE :]]
    return [row for row in rows if row.texts]


def _on(draft: Draft, rows: Sequence[TypedRow], before: int) -> Any:
    """Redirect according to the pressed button: to the check, to another page, or to the same one; ``before`` is the old number of rows."""
    grid = Typed(draft, rows)
    if leads := pressed(draft) or table_form.turned(grid):
        return leads
    go, no = request.form.get("go", ""), request.form.get("page", 1, type=int)
    if go == "upload":
        return step("sheet.sheet", draft)
    if go == "check" and rows:
        return step("sheet.columns", draft)
    empty = max(request.form.get("empty", 0, type=int) - max(len(rows) - before, 0), 0)
    if go == "more":
        return table_form.to_page(grid, grid.pages, empty=empty + MORE)
    if go == "check":
        flash(_("还没有填。请先填一行。"), "wrong")
    else:
        flash(_("存好了。"), "good")
    return table_form.to_page(grid, no, empty=empty)


def places(home: str, kind: Kind) -> dict[str, str]:
    """Return the places that a row may belong to (code -> name): those of the kind's level, and the publisher's own."""
    area = areas.get(home)
    level = kind.places_for(area.level)
    open_ones = Places([one for one in areas.around(home) if not one.closed], home)
    return {**(dict(offered(open_ones, level)) if level else {}), home: canonical(area.name)}
