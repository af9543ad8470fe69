"""Read the lines of a cleaned sheet into rows with values: each cell by the type of its column, each fault with its line and column."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from board.rules.bilingual import Words
from board.rules.kind import Column, Kind
from board.rules.place_names import group, group_key
from board.rules.sheet.cleaning import Cleaned, Person
from board.rules.sheet.column_units import ColumnUnits
from board.rules.sheet.figures import MEASURES, UNITS, FigureError, day, figure, measured
from board.rules.sheet.layout import Layout
from board.rules.sheet.line_types import COUNTED, MARKS, Sort, key_columns, sort_of
from board.rules.sheet.places import PlaceReader
from board.rules.sheet.problems import Problem, problem
from board.rules.sheet.questions import Answers
from board.rules.sheet.table import Cell, Table, plain, span, text
from board.rules.text_width import squeezed

Value = Decimal | date | str
_NOBODY = Person()
_BROUGHT = re.compile("结转|期初|承前|上[年季月期]末?(?:余额|结余)")
_PART = re.compile("([1-9]\\d{0,3}|0[1-9])[年月日号]?")  # of a date, in a cell of its own
_NEVER_FILLED = ("count", "area", "money", "balance")  # a merged amount is one amount, not one for each line
_ONE, _FEN = Decimal(1), Decimal("0.01")
EVERY = 1_000  # rows between two reports of progress
Tell = Callable[[int], None]  # gets the number of rows done; an exception from it ends the work
_Read = Callable[["SheetRow", Column, int, Cell, str], None]  # takes a cell of a column, with its text, into a row


@dataclass(slots=True)
class SheetRow:
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
        """Return the figure of a field, None when its cell is empty or no figure."""
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
    """All that was read below the header; ``capitals`` are the cells of a column of amounts in capital numerals: row, column, text.

    ``begins`` are the lines at which the tables of a joined one begin (``Table.origins``): a total is for the rows of its own table.
    """

    rows: list[SheetRow] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    aside: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    capitals: list[tuple[SheetRow, int, str]] = field(default_factory=list)
    begins: Sequence[int] = ()


class Reader:
    """Reads the lines of one sheet. ``place`` and ``town`` are the columns that name the rows' places (None: none does)."""

    def __init__(
        self,
        cleaned: Cleaned,
        table: Table,
        kind: Kind,
        found: Layout,
        where: PlaceReader,
        town: int | None,
        answers: Answers | None = None,
    ) -> None:
        self.cleaned, self.table, self.found, self.where, self.town = cleaned, table, found, where, town
        self.kind, self.block = kind, 0
        self.columns = self._columns_of(found.columns)
        self.shared = {id for check in kind.checks if check.type == "running" for id in check.of}
        self.held = {at: origin for at, origin in span(table.merged).items() if origin[0] >= found.last}
        self.result = Reading(begins=[one.first for one in table.origins])
        self.column_units = ColumnUnits(table, self.columns, found, answers or {})
        self.units = self.column_units.of
        own = {column.id: column.unit for column in kind.columns}
        self.converted = {id for id, unit in self.units.items() if measured(_ONE, unit, own[id]) != (_ONE, True)}
        self.often: dict[tuple[str, str, int, str], list[int]] = {}  # reported once for all lines: code, field, column, unit -> lines
        self.months = self._months()
        self.uncalculated = frozenset(table.formulas)  # such a total says nothing
        self.placeless = not any(column.type == "place" for column, _ in self.columns)
        self.plan: list[tuple[Column, int, _Read, bool]] = []
        self.groups: dict[tuple[str, str], str] = {}  # place and group's key -> the spelling used first
        self.spelt: dict[tuple[str, str], str] = {}  # place and group -> the same
        self._read_cell: Mapping[str, _Read] = {
            "place": self._place,
            "group": self._group,
            "name": self._name,
            "date": self._date,
            "text": self._text,
        }

    def _columns_of(self, columns: Mapping[str, int]) -> list[tuple[Column, int]]:
        return [(column, columns[column.id]) for column in self.kind.columns if column.id in columns]

    def read(self, tell: Tell | None = None) -> Reading:
        """Return all rows, totals and asides, with the problems of single cells.

        ``tell`` is called every thousand rows with the number of rows read; an exception from it ends the reading.
        """
        for block, columns in enumerate(self.found.blocks()):
            self.block, self.columns = block, self._columns_of(columns)
            self._read_block(columns, tell)
        self.result.aside = sorted(dict(self.result.aside).items())
        self.result.problems += self.column_units.problems()
        self.result.problems += self._repeated()
        return self.result

    def _read_block(self, columns: Mapping[str, int], tell: Tell | None) -> None:
        key = key_columns(self.kind, columns)
        capital = self._capital()
        fills = bool(self.held)
        self.plan = [
            (column, index, self._read_cell.get(column.type, self._figure), fills and column.type not in _NEVER_FILLED)
            for column, index in self.columns
        ]
        around = self.found.unit_lines | self.found.number_lines
        rows = self.result.rows
        for line, whole in self.table.lines():
            if line <= self.found.last or line in around:
                self._aside(line, whole)
                continue
            cells = self.found.part(self.block, whole)
            sort = "row" if _plainly_row(cells, key.words, key.figures) else sort_of(cells, key)
            if sort == "row":
                row = self._row(line, cells)
                rows.append(row)
                if tell and not len(rows) % EVERY:
                    tell(len(rows))
                if capital is not None and (written := text(self.table.at(line - 1, capital)).strip()):
                    self.result.capitals.append((row, capital, written))
            elif sort in ("total", "subtotal"):
                self._total(line, sort, cells)
            elif sort == "note":
                self._aside(line, whole)

    def _capital(self) -> int | None:
        """Return the column of this table in which the amounts stand in capital numerals."""
        own = {index for index, one in self.found.heads.items() if "大写" in one.shown and index not in self.found.columns.values()}
        if self.block:
            own = {index for first, index in self.found.beside[self.block - 1].items() if first in own}
        else:
            own -= {index for twin in self.found.beside for first, index in twin.items() if first != index}
        return min(own, default=None)

    def _once(self, what: str, row: SheetRow, column: Column, index: int, unit: str = "") -> None:
        self.often.setdefault((what, column.id, index, unit), []).append(row.line)

    def _repeated(self) -> Iterator[Problem]:
        """Yield the warnings that one cause gives on many lines, once each: words for dates, units that are not the column's, rates
        without an end."""
        sheet = Words("表头或单位行", "the header or the unit line")
        notice = Words("公示上（折算除不尽，取到九位小数）", "the notice (where it has no end and is rounded to nine decimals)")
        own = {column.id: column for column in self.kind.columns}
        for (what, id, index, unit), lines in self.often.items():
            details: dict[str, Any] = {"field": id, "index": index, "lines": tuple(lines)}
            if what == "conflict":
                details |= {"unit": unit, "other": self.column_units.named[id], "where": sheet}
            elif what == "endless":
                details |= {"unit": unit, "other": own[id].unit, "where": notice}
            yield problem("unit_conflict" if unit else what, lines[0], self.found.shown(index) or own[id].label.zh, **details)

    def _aside(self, line: int, cells: Sequence[Cell]) -> None:
        if line < self.found.first or line > self.found.last:
            self.result.aside.append((line, " ".join(text(cell).strip() for cell in cells if cell != "")))

    def _row(self, line: int, cells: Sequence[Cell]) -> SheetRow:
        person = self.cleaned.beside.get((line, self.block)) if self.block else self.cleaned.people.get(line)
        row = SheetRow(line, person=person or _NOBODY, block=self.block)
        texts, width = row.texts, len(cells)
        for column, index, read, filled in self.plan:
            cell = cells[index] if index < width else ""
            if filled and cell == "" and (line - 1, index) in self.held:
                cell = self.table.at(*self.held[line - 1, index])
            if written := cell if type(cell) is str else text(cell):
                texts[column.id] = written
            read(row, column, index, cell, written)
        if self.placeless:
            row.place = self.where.whole or self.where.home
        if row.group and row.place:
            row.group = self.spelt.get((row.place, row.group)) or self._first_spelling(row.place, row.group)
        if self.shared:
            self._one_of_shared(row)
        return row

    def _first_spelling(self, place: str, group: str) -> str:
        """Return the spelling of a group that the sheet uses first in a place; rows of 3组 and of 3社 stand together."""
        self.spelt[place, group] = shown = self.groups.setdefault((place, group_key(group)), group)
        return shown

    def _note(self, code: str, row: SheetRow, column: Column, index: int, **values: Any) -> None:
        header = self.found.shown(index) or column.label.zh
        self.result.problems.append(problem(code, row.line, header, field=column.id, index=index, **values))

    def _place(self, row: SheetRow, column: Column, index: int, cell: Cell, written: str) -> None:
        written = written.strip()
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

    def _group(self, row: SheetRow, column: Column, index: int, cell: Cell, written: str) -> None:
        row.group = group(written) or row.group
        if column.required and not row.group:
            self._note("missing", row, column, index)

    def _name(self, row: SheetRow, column: Column, index: int, cell: Cell, written: str) -> None:
        name = "".join(written.split())
        if name:
            row.values[column.id] = name
        elif column.required:
            self._note("missing", row, column, index)
        if column.show == "masked":
            row.name = row.name or name

    def _text(self, row: SheetRow, column: Column, index: int, cell: Cell, written: str) -> None:
        words = written.strip()
        if words:
            row.values[column.id] = words
        elif column.required:
            self._note("missing", row, column, index)

    def _date(self, row: SheetRow, column: Column, index: int, cell: Cell, written: str) -> None:
        if row.line in self.months and (part := _part([cell], 0)):
            cell = written = row.texts[column.id] = f"{self.months[row.line]}-{part}"
        try:
            value = day(cell, getattr(self.table, "since_1904", False))
        except FigureError:
            self._once("not_a_date", row, column, index)
            row.values[column.id] = written.strip()
            return
        if value is not None:
            row.values[column.id] = value
        elif column.required:
            self._note("missing", row, column, index)

    def _months(self) -> dict[int, str]:
        """Year and month of each line of a book whose column of dates holds days only; what is not written again is as above."""
        if (parts := self.found.parts) is None:
            return {}
        table, year, month = 0, parts.stated, ""
        found = {}
        for line, cells in self.table.lines():
            if (number := bisect(self.result.begins, line)) != table:
                table, year, month = number, parts.stated, ""
            if line > self.found.last:
                year, month = _part(cells, parts.year) or year, _part(cells, parts.month) or month
                if year and month:
                    found[line] = f"{20 if len(year) == 2 else ''}{year}-{month}"
        return found

    def _figure(self, row: SheetRow, column: Column, index: int, cell: Cell, written: str) -> None:
        try:
            read = figure(cell)
        except FigureError:
            self._note("not_a_number", row, column, index)
            return
        if read is None:
            if column.required and column.id not in self.shared:
                self._note("missing", row, column, index)
            return
        value, unit = self.column_units.unit(column, index, row.line, cell, read)
        if unit and column.type == "rate":
            unit = self._per_unit(column, unit)
        if unit and not self._unit_fits(row, column, index, unit):
            return
        (self.column_units.united if unit else self.column_units.bare).add(column.id)
        if unit or column.id in self.converted:
            value, exact = measured(value, unit or self.units[column.id], column.unit)
            if not exact:
                self._once("endless", row, column, index, unit or self.units[column.id])
        row.values[column.id] = value
        if read.words:
            self._note("number_with_words", row, column, index, value=plain(read.value))
        if column.type in ("money", "balance") and value % _FEN:
            self._note("below_fen", row, column, index)

    def _per_unit(self, column: Column, unit: str) -> str:
        """Return the unit of a rate whose cell may say only 元: it is for one of what the column's own unit is for."""
        per = f"{unit}/{self.units[column.id].partition('/')[2]}"
        return per if per in UNITS else unit

    def _unit_fits(self, row: SheetRow, column: Column, index: int, unit: str) -> bool:
        """Return whether a unit inside a cell is one of the column's measure; that it is not the column's own is noted."""
        measure, named = MEASURES[column.type], self.column_units.named.get(column.id)
        if UNITS[unit].measure != measure:
            self._note("not_a_number", row, column, index)
            return False
        if named and unit != named and measure != "count":
            self._once("conflict", row, column, index, unit)
        return True

    def _one_of_shared(self, row: SheetRow) -> None:
        """An entry of an account book is income or spending, and must have one of the two; a balance brought forward has neither."""
        columns = [(column, index) for column, index in self.columns if column.id in self.shared]
        written = [column for column, _ in columns if column.id in row.texts and row.texts[column.id].strip()]
        brought = [value for value in row.values.values() if isinstance(value, str) and _BROUGHT.search(value)]
        if columns and not written and not brought and any(column.required for column, _ in columns):
            self._note("missing", row, *columns[0])

    def _total(self, line: int, sort: Sort, cells: Sequence[Cell]) -> None:
        values: dict[str, Decimal] = {}
        for column, index in self.columns:
            if column.type not in MEASURES or column.type == "rate" or index >= len(cells) or (line, index) in self.uncalculated:
                continue
            try:
                read = figure(cells[index])
            except FigureError:
                if any(map(str.isdigit, text(cells[index]))) and not COUNTED.fullmatch(squeezed(text(cells[index]))):
                    header = self.found.shown(index)
                    self.result.problems.append(problem("total_unread", line, header, field=column.id, index=index))
                continue
            if read is not None and (value := self.column_units.total(column, index, line, cells[index], read)) is not None:
                values[column.id] = value
                if not read.unit:
                    self.column_units.bare.add(column.id)
        words = [text(cell) for cell in cells if isinstance(cell, str) and cell]
        self.result.totals.append(Total(line, sort, len(self.result.rows), values, words, self.block))


def _part(cells: Sequence[Cell], index: int) -> str:
    """Return the digits of a year, a month or a day that has a cell of its own, or ""."""
    part = _PART.fullmatch(squeezed(text(cells[index]))) if 0 <= index < len(cells) else None
    return part[1] if part else ""


def _plainly_row(cells: Sequence[Cell], words: Sequence[int], figures: Sequence[int]) -> bool:
    """Return whether a line is a row at first sight, as nearly all are: a serial number first, a figure in its column, no word such as
    合计."""
    width = len(cells)
    if not width or type(cells[0]) is not Decimal:
        return False
    for index in words:
        if index < width and type(cell := cells[index]) is str and MARKS.search(cell):
            return False
    return any(index < width and type(cells[index]) is Decimal for index in figures)
