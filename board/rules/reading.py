"""From the lines of a cleaned sheet to rows with values: every cell read by the type of its column, every slip noted where it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from board.rules.figures import MEASURES, UNITS, FigureError, day, figure
from board.rules.kind import Column, Kind
from board.rules.layout import Layout
from board.rules.lines import Sort, sort_of
from board.rules.names import group
from board.rules.places import PlaceReader
from board.rules.private import Cleaned, Person
from board.rules.problems import Problem, problem
from board.rules.table import Cell, Table, plain, span, text

Value = Decimal | date | str
_NOBODY = Person()
_NEVER_FILLED = ("count", "area", "money", "balance")  # a merged amount is one amount, not one for each line


@dataclass
class Row:
    """One row of the roster. ``values`` are exact, in yuan and mu; ``texts`` are the cells as the sheet printed them; both by field."""

    line: int
    place: str = ""
    group: str = ""
    name: str = ""
    person: Person = Person()
    values: dict[str, Value] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def figure(self, field_id: str) -> Decimal | None:
        """The figure of a field, None when its cell is empty or no figure."""
        value = self.values.get(field_id)
        return value if isinstance(value, Decimal) else None


@dataclass
class Total:
    """A total or subtotal line: where it stands among the rows (``after`` that many of them), its figures, and words such as 1194户."""

    line: int
    sort: Sort
    after: int
    values: dict[str, Decimal]
    words: list[str]


@dataclass
class Reading:
    """All that was read below the header."""

    rows: list[Row] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    aside: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Reader:
    """Reads the lines of one sheet. ``place`` and ``town`` are the columns that name the rows' places (None: none does)."""

    def __init__(self, cleaned: Cleaned, table: Table, kind: Kind, found: Layout, where: PlaceReader, town: int | None) -> None:
        self.people, self.table, self.found, self.where, self.town = cleaned.people, table, found, where, town
        self.columns = [(column, found.columns[column.id]) for column in kind.columns if column.id in found.columns]
        self.shared = {id for check in kind.checks if check.type == "running" for id in check.of}
        self.held = {at: origin for at, origin in span(table.merged).items() if origin[0] >= found.last}
        self.result = Reading()
        self.units = {column.id: self._unit(column, index) for column, index in self.columns if column.type in MEASURES}
        self._read_cell: Mapping[str, Callable[[Row, Column, int, Cell], None]] = {
            "place": self._place,
            "group": self._group,
            "name": self._name,
            "date": self._date,
            "text": self._text,
        }

    def read(self) -> Reading:
        """All rows, totals and asides, with the problems of single cells."""
        words = [index for column, index in self.columns if column.type in ("place", "group", "name", "text")]
        key = [index for column, index in self.columns if column.type in ("place", "name")]
        figures = [index for column, index in self.columns if column.type in MEASURES and column.type != "rate"]
        around = self.found.unit_lines | self.found.number_lines
        for line, cells in self.table.lines():
            if line <= self.found.last or line in around:
                self._aside(line, cells)
                continue
            sort = sort_of(cells, words, figures, key)
            if sort == "row":
                self.result.rows.append(self._row(line, cells))
            elif sort in ("total", "subtotal"):
                self._total(line, sort, cells)
            elif sort == "note":
                self._aside(line, cells)
        return self.result

    def _unit(self, column: Column, index: int) -> str:
        """The unit of a column: its header's, else the sheet's, else the kind's own with a warning."""
        one = self.found.heads.get(index)
        measure = MEASURES[column.type]
        if one and one.unit and UNITS[one.unit][0] == measure:
            return one.unit
        if one and one.unit == "元" and measure == "rate":
            return column.unit
        if unit := self.found.units.get(measure):
            return unit
        if measure != "count" and not (measure == "rate" and self.found.units.get("money") == "元"):
            header = one.shown if one else column.label.zh
            self.result.problems.append(problem("units_assumed", self.found.last, header, unit=column.unit, field=column.id, index=index))
        return column.unit

    def _aside(self, line: int, cells: Sequence[Cell]) -> None:
        if line < self.found.first or line > self.found.last:
            self.result.aside.append((line, " ".join(text(cell).strip() for cell in cells if cell != "")))

    def _row(self, line: int, cells: Sequence[Cell]) -> Row:
        row = Row(line, person=self.people.get(line, _NOBODY))
        for column, index in self.columns:
            cell = cells[index] if index < len(cells) else ""
            if cell == "" and self.held and column.type not in _NEVER_FILLED and (line - 1, index) in self.held:
                top, left = self.held[line - 1, index]
                cell = self.table.at(top, left)
            if cell != "":
                row.texts[column.id] = text(cell)
            self._read_cell.get(column.type, self._figure)(row, column, index, cell)
        if "place" not in {column.type for column, _ in self.columns}:
            row.place = self.where.whole or self.where.home
        if self.shared:
            self._one_of_shared(row)
        return row

    def _note(self, code: str, row: Row, column: Column, index: int, **values: Any) -> None:
        header = self.found.heads[index].shown if index in self.found.heads else column.label.zh
        self.result.problems.append(problem(code, row.line, header, field=column.id, index=index, **values))

    def _place(self, row: Row, column: Column, index: int, cell: Cell) -> None:
        written = text(cell).strip()
        if not written:
            if column.required and self.where.level is not None:
                self._note("missing", row, column, index)
            row.place = self.where.home
            return
        place = self.where.read(written, self._town(row.line))
        place.lines.append(row.line)
        row.place, row.group = place.code, row.group or place.group

    def _town(self, line: int) -> str:
        if self.town is None:
            return ""
        return text(self.table.at(*self.held.get((line - 1, self.town), (line - 1, self.town)))).strip()

    def _group(self, row: Row, column: Column, index: int, cell: Cell) -> None:
        row.group = group(text(cell)) or row.group
        if column.required and not row.group:
            self._note("missing", row, column, index)

    def _name(self, row: Row, column: Column, index: int, cell: Cell) -> None:
        name = "".join(text(cell).split())
        if name:
            row.values[column.id] = name
        elif column.required:
            self._note("missing", row, column, index)
        if column.show == "masked":
            row.name = row.name or name

    def _text(self, row: Row, column: Column, index: int, cell: Cell) -> None:
        words = text(cell).strip()
        if words:
            row.values[column.id] = words
        elif column.required:
            self._note("missing", row, column, index)

    def _date(self, row: Row, column: Column, index: int, cell: Cell) -> None:
        try:
            value = day(cell)
        except FigureError:
            self._note("not_a_date", row, column, index)
            row.values[column.id] = text(cell).strip()
            return
        if value is not None:
            row.values[column.id] = value
        elif column.required:
            self._note("missing", row, column, index)

    def _figure(self, row: Row, column: Column, index: int, cell: Cell) -> None:
        try:
            read = figure(cell) if cell != "" else None
        except FigureError:
            self._note("not_a_number", row, column, index)
            return
        if read is None:
            if column.required and column.id not in self.shared:
                self._note("missing", row, column, index)
            return
        if read.unit and UNITS[read.unit][0] != MEASURES[column.type]:
            self._note("not_a_number", row, column, index)
            return
        value = row.values[column.id] = read.measured(self.units[column.id])
        if read.words:
            self._note("number_with_words", row, column, index, value=plain(read.value))
        if column.type in ("money", "balance") and value * 100 % 1:
            self._note("below_fen", row, column, index)

    def _one_of_shared(self, row: Row) -> None:
        """An entry of an account book is income or spending: one of the two must be there, not both."""
        columns = [(column, index) for column, index in self.columns if column.id in self.shared]
        written = [column for column, _ in columns if column.id in row.texts and row.texts[column.id].strip()]
        if columns and not written and any(column.required for column, _ in columns):
            self._note("missing", row, *columns[0])

    def _total(self, line: int, sort: Sort, cells: Sequence[Cell]) -> None:
        values: dict[str, Decimal] = {}
        for column, index in self.columns:
            if column.type not in MEASURES or column.type == "rate" or index >= len(cells):
                continue
            try:
                read = figure(cells[index])
            except FigureError:
                continue
            if read is not None:
                values[column.id] = read.measured(self.units[column.id])
        words = [text(cell) for cell in cells if isinstance(cell, str) and cell]
        self.result.totals.append(Total(line, sort, len(self.result.rows), values, words))
