"""From the lines of a cleaned sheet to rows with values: every cell read by the type of its column, every slip noted where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from board.rules.figures import MEASURES, UNITS, FigureError, day, figure
from board.rules.kind import Column, Kind, Words
from board.rules.layout import Layout
from board.rules.letters import squeezed
from board.rules.lines import COUNTED, Sort, sort_of
from board.rules.names import group, group_key
from board.rules.places import PlaceReader
from board.rules.private import Cleaned, Person
from board.rules.problems import Problem, problem
from board.rules.table import Cell, Table, plain, span, text

Value = Decimal | date | str
_NOBODY = Person()
_NEVER_FILLED = ("count", "area", "money", "balance")  # a merged amount is one amount, not one for each line
_ONE = Decimal(1)


@dataclass(slots=True)
class Row:
    """One row of the roster. ``values`` are exact, in yuan and mu; ``texts`` are the cells as the sheet printed them; both by field.

    ``block`` counts, from 0, the table that the row stands in where several stand side by side: two rows may have one line.
    """

    line: int
    place: str = ""
    group: str = ""
    name: str = ""
    person: Person = _NOBODY
    values: dict[str, Value] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    block: int = 0

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
    block: int = 0


@dataclass
class Reading:
    """All that was read below the header; ``capitals`` are the cells of a column of amounts in capital numerals: row, column, text."""

    rows: list[Row] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    aside: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    capitals: list[tuple[Row, int, str]] = field(default_factory=list)


class Reader:
    """Reads the lines of one sheet. ``place`` and ``town`` are the columns that name the rows' places (None: none does)."""

    def __init__(self, cleaned: Cleaned, table: Table, kind: Kind, found: Layout, where: PlaceReader, town: int | None) -> None:
        self.people, self.table, self.found, self.where, self.town = cleaned.people, table, found, where, town
        self.kind, self.block = kind, 0
        self.columns = self._columns_of(found.columns)
        self.shared = {id for check in kind.checks if check.type == "running" for id in check.of}
        self.held = {at: origin for at, origin in span(table.merged).items() if origin[0] >= found.last}
        self.result = Reading()
        self.named: dict[str, str] = {}  # the unit that the sheet itself gives a column
        self.units = {column.id: self._unit(column, index) for column, index in self.columns if column.type in MEASURES}
        self.factors = {id: UNITS[unit][1] if unit in UNITS else _ONE for id, unit in self.units.items()}
        self.conflicts: dict[tuple[str, int, str], list[int]] = {}
        self.placeless = not any(column.type == "place" for column, _ in self.columns)
        self.plan: list[tuple[Column, int, Callable[[Row, Column, int, Cell], None], bool]] = []
        self.groups: dict[tuple[str, str], str] = {}
        self._read_cell: Mapping[str, Callable[[Row, Column, int, Cell], None]] = {
            "place": self._place,
            "group": self._group,
            "name": self._name,
            "date": self._date,
            "text": self._text,
        }

    def _columns_of(self, columns: Mapping[str, int]) -> list[tuple[Column, int]]:
        return [(column, columns[column.id]) for column in self.kind.columns if column.id in columns]

    def read(self) -> Reading:
        """All rows, totals and asides, with the problems of single cells."""
        for block, columns in enumerate(self.found.blocks()):
            self.block, self.columns = block, self._columns_of(columns)
            self._read_block()
        self.result.aside = sorted(dict(self.result.aside).items())
        self.result.problems += self._unit_conflicts()
        return self.result

    def _read_block(self) -> None:
        words = [index for column, index in self.columns if column.type in ("place", "group", "name", "text")]
        key = [index for column, index in self.columns if column.type in ("place", "name")]
        figures = [index for column, index in self.columns if column.type in MEASURES and column.type != "rate"]
        capital = self._capital()
        fills = bool(self.held)
        self.plan = [
            (column, index, self._read_cell.get(column.type, self._figure), fills and column.type not in _NEVER_FILLED)
            for column, index in self.columns
        ]
        again = [list(self.table.cells[line - 1]) for line in range(self.found.first, self.found.last + 1)]
        around = self.found.unit_lines | self.found.number_lines
        for line, whole in self.table.lines():
            if line <= self.found.last or line in around:
                self._aside(line, whole)
                continue
            if whole in again:  # programs print the header anew on each page
                continue
            cells = self.found.part(self.block, whole)
            sort = sort_of(cells, words, figures, key)
            if sort == "row":
                row = self._row(line, cells)
                self.result.rows.append(row)
                if capital is not None and (written := text(self.table.at(line - 1, capital)).strip()):
                    self.result.capitals.append((row, capital, written))
            elif sort in ("total", "subtotal"):
                self._total(line, sort, cells)
            elif sort == "note":
                self._aside(line, whole)

    def _capital(self) -> int | None:
        """The column of this table in which the amounts stand in capital numerals."""
        own = {index for index, one in self.found.heads.items() if "大写" in one.shown and index not in self.found.columns.values()}
        if self.block:
            own = {index for first, index in self.found.beside[self.block - 1].items() if first in own}
        else:
            own -= {index for twin in self.found.beside for first, index in twin.items() if first != index}
        return min(own, default=None)

    def _unit(self, column: Column, index: int) -> str:
        """The unit of a column: its header's, else the sheet's, else the kind's own with a warning."""
        one = self.found.heads.get(index)
        measure = MEASURES[column.type]
        stated = self.found.units.get(measure, [])
        if one and one.unit and UNITS[one.unit][0] == measure:
            self.named[column.id] = one.unit
            if stated and one.unit not in stated and measure != "count":
                self._conflict(column, index, one.unit, stated[0])
            return one.unit
        if one and one.unit == "元" and measure == "rate":
            return column.unit
        if stated:
            self.named[column.id] = stated[0]
            if len(stated) > 1 and measure not in ("count", "rate"):
                self._conflict(column, index, stated[0], stated[1])
            return stated[0]
        if measure != "count" and not (measure == "rate" and "元" in self.found.units.get("money", [])):
            header = one.shown if one else column.label.zh
            self.result.problems.append(problem("units_assumed", self.found.last, header, unit=column.unit, field=column.id, index=index))
        return column.unit

    def _conflict(self, column: Column, index: int, unit: str, other: str) -> None:
        where, header = Words("单位行", "the unit line"), self.found.shown(index) or column.label.zh
        told: dict[str, Any] = {"unit": unit, "other": other, "where": where, "field": column.id, "index": index}
        self.result.problems.append(problem("unit_conflict", self.found.last, header, **told))

    def _unit_conflicts(self) -> Iterator[Problem]:
        """Units inside cells that are not the one named for their column, told once for each unit."""
        for (id, index, unit), lines in self.conflicts.items():
            where = Words("表头或单位行", "the header or the unit line")
            told: dict[str, Any] = {"unit": unit, "other": self.named[id], "where": where, "field": id}
            yield problem("unit_conflict", lines[0], self.found.shown(index), index=index, lines=tuple(lines), **told)

    def _aside(self, line: int, cells: Sequence[Cell]) -> None:
        if line < self.found.first or line > self.found.last:
            self.result.aside.append((line, " ".join(text(cell).strip() for cell in cells if cell != "")))

    def _row(self, line: int, cells: Sequence[Cell]) -> Row:
        # The personal numbers of a line are those of its first row: which of two people they belong to is not known.
        row = Row(line, person=self.people.get(line, _NOBODY) if self.block == 0 else _NOBODY, block=self.block)
        texts, width = row.texts, len(cells)
        for column, index, read, filled in self.plan:
            cell = cells[index] if index < width else ""
            if filled and cell == "" and (line - 1, index) in self.held:
                cell = self.table.at(*self.held[line - 1, index])
            if type(cell) is not str or cell:  # a number is slow to compare with ""
                texts[column.id] = text(cell)
            read(row, column, index, cell)
        if self.placeless:
            row.place = self.where.whole or self.where.home
        if row.group and row.place:
            row.group = self.groups.setdefault((row.place, group_key(row.group)), row.group)
        if self.shared:
            self._one_of_shared(row)
        return row

    def _note(self, code: str, row: Row, column: Column, index: int, **values: Any) -> None:
        header = self.found.shown(index) or column.label.zh
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
            value = day(cell, getattr(self.table, "since_1904", False))
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
            read = figure(cell)
        except FigureError:
            self._note("not_a_number", row, column, index)
            return
        if read is None:
            if column.required and column.id not in self.shared:
                self._note("missing", row, column, index)
            return
        if read.unit and not self._unit_fits(row, column, index, read.unit):
            return
        factor = UNITS[read.unit][1] if read.unit else self.factors[column.id]
        value = row.values[column.id] = read.value if factor == _ONE else read.value * factor
        if read.words:
            self._note("number_with_words", row, column, index, value=plain(read.value))
        if column.type in ("money", "balance") and value * 100 % 1:
            self._note("below_fen", row, column, index)

    def _unit_fits(self, row: Row, column: Column, index: int, unit: str) -> bool:
        """Whether a unit inside a cell is one of the column's measure; that it is not the column's own is noted."""
        measure, named = MEASURES[column.type], self.named.get(column.id)
        if UNITS[unit][0] != measure:
            self._note("not_a_number", row, column, index)
            return False
        if named and unit != named and measure != "count":
            self.conflicts.setdefault((column.id, index, unit), []).append(row.line)
        return True

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
                if any(map(str.isdigit, text(cells[index]))) and not COUNTED.fullmatch(squeezed(text(cells[index]))):
                    header = self.found.shown(index)
                    self.result.problems.append(problem("total_unread", line, header, field=column.id, index=index))
                continue
            if read is not None and (not read.unit or UNITS[read.unit][0] == MEASURES[column.type]):
                values[column.id] = read.measured(self.units[column.id])
        words = [text(cell) for cell in cells if isinstance(cell, str) and cell]
        self.result.totals.append(Total(line, sort, len(self.result.rows), values, words, self.block))
