"""Section lines: 高洞村 alone on a line, and below it the rows of 高洞村, which do not repeat the name."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from board.rules.bilingual import Words
from board.rules.kind import Column, Kind
from board.rules.place_names import Places, group, split_place
from board.rules.sheet.headers import Head
from board.rules.sheet.layout import Layout
from board.rules.sheet.line_types import Sort, key_columns, sort_of
from board.rules.sheet.places import town_column
from board.rules.sheet.problems import Problem, problem
from board.rules.sheet.table import TYPED, Cell, Table, span, text
from board.rules.text_width import squeezed

Slot = Literal["town", "place", "group"]
SLOTS: tuple[Slot, ...] = ("town", "place", "group")  # each lies inside the one before it
_BEFORE = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.)]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.])?"
    r"(?:(?:村名|村别|村\(社区\)|行政村|所在村|组别|社别|村|组|乡镇|镇街):)?"
)
_BEHIND = re.compile(r"[(,:]?共?(?P<count>\d{1,6})(?P<unit>户|人)[^)]{0,12}\)?$|[:。.]$")
_SERIAL = re.compile(r"\(?[一二三四五六七八九十\d]{1,3}\)?[、.]?")
_SIGNED = re.compile(r"章|签")  # 东林村民委员会(盖章) is below a table, not above rows
_TITLED = re.compile(r"(?:册|表|清单|名单|明细|公示)$")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,14}(?:村|社区|居委会|委员会|镇|乡|街道)")
_NUMBERED = re.compile(r"\d{1,3}[组社队]")
_NAMED = re.compile(r"[\u4e00-\u9fff]{1,5}(?:小组|组|(?<!合作)社)")


@dataclass
class Section:
    """One such line: what it names (``word``), how many households it says there are (None: it does not), and its ``rows`` as filled."""

    line: int
    slot: Slot
    word: str
    count: int | None = None
    rows: int = 0


@dataclass
class _Line:
    """A line below the header: the section that it may open, or what it is, and which slots it fills by itself."""

    number: int
    sort: Sort
    opens: Section | None = None
    own: frozenset[Slot] = frozenset()


@dataclass
class Sectioned:
    """A table whose rows name their places and groups themselves, in columns of the sheet or in new ones behind its last."""

    table: Table
    sections: list[Section] = field(default_factory=list)
    rows: int = 0  # the rows that were filled

    def problems(self, kind: Kind) -> Iterator[Problem]:
        """Yield one note at the first section for all rows that were filled, and one for each section whose stated number of households
        is wrong."""
        if self.sections:
            first, lines = self.sections[0], tuple(section.line for section in self.sections)
            yield problem("filled_from_line", first.line, lines=lines, times=len(lines), said=first.word, rows=self.rows)
        for one in self.sections:
            if kind.names != "none" and one.count not in (None, one.rows):
                where, rows = Words(f"第 {one.line} 行“{one.word}”", f"Row {one.line} “{one.word}”"), one.rows
                unit, found = Words("户", "households"), Words(f"{rows} 行", f"{rows} rows")
                yield problem("count_differs", one.line, where=where, value=one.count, unit=unit, expected=found)


def sectioned(table: Table, kind: Kind, found: Layout, places: Places, width: int, typed: Container[tuple[int, int]] = ()) -> Sectioned:
    """Fill the rows below section lines, and take these lines out; each new column is added to ``found``, at ``width`` or behind it.

    A line is a section only where the row after it leaves that cell blank. A row with a place of its own ends the section, as does a
    total: blank cells after it stay blank and are reported, for their place is unknown. Cells that a clerk ``typed`` (line, column) are
    left as they are, and end nothing. Tables side by side are left as they are; of one that was typed by hand each line is a row.
    """
    columns: dict[Slot, Column] = {column.type: column for column in kind.columns if column.type in ("place", "group")}
    if (
        table.name == TYPED
        or not found.first
        or found.beside
        or not columns
        or not any(_opened(number, row, places) for number, row in _below(table, found))
    ):
        return Sectioned(table)
    targets = _targets(columns, found, width)
    lines = list(_lines(table, kind, found, places, {slot: target[0] for slot, target in targets.items()}, typed))
    return _Filling(table, kind, found, targets, typed).filled(lines, places)


def _below(table: Table, found: Layout) -> Iterator[tuple[int, Sequence[Cell]]]:
    around = found.unit_lines | found.number_lines
    return ((number, row) for number, row in table.lines() if number > found.last and number not in around)


def _opened(number: int, row: Sequence[Cell], places: Places) -> Section | None:
    """Return the section that a line may open: one cell of words, beside a serial number at most, that names a place or a group."""
    filled = [cell for cell in row if type(cell) is not str or cell]  # a number is slow to compare with ""
    if len(filled) == 2 and _SERIAL.fullmatch(squeezed(text(filled[0]))):
        filled = filled[1:]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return None
    word = squeezed(filled[0])
    behind = _BEHIND.search(word)
    said = int(behind["count"]) if behind and behind["unit"] == "户" else None
    word = word[: behind.start()] if behind else word
    before = _BEFORE.match(word)
    word = word[before.end() :] if before else word
    if not _SERIAL.fullmatch(word) and (_NUMBERED.fullmatch(group(word)) or _NAMED.fullmatch(word)):
        return Section(number, "group", word, said)
    name, part = split_place(word, places) if word and not _SIGNED.search(word) else ("", "")
    rest = word[len(name) :]
    if rest and not _TITLED.search(rest) and group(rest) != part:  # a sentence about the village
        return None
    if name and (places.find(name) or _PLACE.fullmatch(name)):
        return Section(number, "place", name + part, said)
    return None


def _lines(
    table: Table, kind: Kind, found: Layout, places: Places, columns: Mapping[Slot, int], typed: Container[tuple[int, int]]
) -> Iterator[_Line]:
    key = key_columns(kind, found.columns)
    held = {at for at, origin in span(table.merged).items() if origin[0] >= found.last}
    for number, row in _below(table, found):
        if opens := _opened(number, row, places):
            yield _Line(number, "note", opens)
            continue
        filled = {
            slot
            for slot, at in columns.items()
            if (number, at) not in typed and ((number - 1, at) in held or (at < len(row) and text(row[at]).strip()))
        }
        yield _Line(number, sort_of(row, key), own=frozenset(filled))


def _targets(columns: Mapping[Slot, Column], found: Layout, width: int) -> dict[Slot, tuple[int, str, str]]:
    """Return the target of each slot: its column, the field of that column, and the header of one that the sheet does not have."""
    place = found.columns.get(columns["place"].id) if "place" in columns else None
    town = town_column(found.heads, place)
    targets: dict[Slot, tuple[int, str, str]] = {"town": (width + len(columns) if town is None else town, "", "乡镇")}
    for number, slot in enumerate(slot for slot in SLOTS if slot in columns):
        id = columns[slot].id
        targets[slot] = (found.columns.get(id, width + number), id, columns[slot].label.zh)
    return targets


class _Filling:
    """One run down the lines, with the sections that are open."""

    def __init__(
        self, table: Table, kind: Kind, found: Layout, targets: Mapping[Slot, tuple[int, str, str]], typed: Container[tuple[int, int]]
    ) -> None:
        self.table, self.kind, self.found, self.targets, self.typed = table, kind, found, targets, typed
        self.cells: list[Sequence[Cell]] = list(table.cells)
        self.open: dict[Slot, Section] = {}
        self.rows = 0

    def filled(self, lines: Sequence[_Line], places: Places) -> Sectioned:
        """Return the table with every row filled that a section line stands above."""
        below: dict[int, _Line | None] = {}
        row: _Line | None = None
        for line in reversed(lines):
            below[line.number] = row
            row = line if line.sort == "row" else row
        sections = []
        for line in lines:
            if line.opens:
                sections += self._opened(line.opens, below[line.number], places)
            elif line.sort == "row":
                self._row(line)
            elif line.sort in ("total", "subtotal"):
                self._total(line)
        if not sections:
            return Sectioned(self.table)
        self._name_columns({section.slot for section in sections})
        return Sectioned(replace(self.table, cells=self.cells), sections, self.rows)

    def _name_columns(self, slots: Collection[Slot]) -> None:
        """Add the columns to the layout that were filled and that the sheet does not have."""
        for slot in slots:
            index, id, header = self.targets[slot]
            self.found.heads.setdefault(index, Head(index, header, (header,)))
            if id:
                self.found.columns[id] = index
        columns = self.found.columns
        self.found.columns = {column.id: columns[column.id] for column in self.kind.columns if column.id in columns}

    def _opened(self, opens: Section, row: _Line | None, places: Places) -> list[Section]:
        """Return the section as it is opened, its line taken out; none where the row below it needs none."""
        if opens.slot == "place" and row and "place" in row.own and places.find(opens.word, "township"):
            opens.slot = "town"
        if row is None or opens.slot in row.own or opens.slot not in self.targets:
            return []
        self._end(opens.slot)
        self.open[opens.slot] = opens
        self.cells[opens.line - 1] = ()
        return [opens]

    def _end(self, slot: Slot) -> None:
        """End the open section of a slot, and those inside it."""
        self.open = {one: section for one, section in self.open.items() if SLOTS.index(one) < SLOTS.index(slot)}

    def _row(self, line: _Line) -> None:
        for slot in line.own:  # a row with a place of its own
            if slot in self.open:
                self._end(slot)
        if not self.open:
            return
        self.rows += 1
        cells = list(self.cells[line.number - 1])
        for slot, section in self.open.items():
            section.rows += 1
            index = self.targets[slot][0]
            if (line.number, index) not in self.typed:
                cells.extend([""] * (index + 1 - len(cells)))
                cells[index] = section.word
        self.cells[line.number - 1] = cells

    def _total(self, line: _Line) -> None:
        """A total ends all sections; the subtotal of a group that group, and of a page nothing."""
        words = "".join(cell for cell in self.table.cells[line.number - 1] if isinstance(cell, str))
        if line.sort == "subtotal" and "本页" in words:
            return
        self._end("group" if line.sort == "subtotal" and "group" in self.open else "town")
