"""The layout of a sheet: unit lines, header of one to three lines, tables side by side, and the field of each column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from board.rules.kind import Kind
from board.rules.sheet import units
from board.rules.sheet.figures import UNITS, Measure, unit_named
from board.rules.sheet.header_lines import HeaderLines, best, candidates
from board.rules.sheet.headers import Head, assigned, heads
from board.rules.sheet.table import Cell, Table, span, text
from board.rules.text_width import squeezed

_YEAR = re.compile(r"((?:19|20)\d\d)年")
_HELD = 30  # the lines among which merged cells of a header are looked for
_LONGEST_UNIT = 6
_FOOT = 12  # the lines at the end among which a unit line is still looked for


class Parts(NamedTuple):
    """Where the month and the year of a date are when its day has a column of its own: their columns, or a ``stated`` year (column -1)."""

    month: int
    year: int
    stated: str = ""


@dataclass
class Layout:
    """The layout found: lines from 1 (0: none), columns from 0.

    ``units`` are those that lines of the sheet state, by measure, the line nearest to the header first. ``beside`` has a mapping for each
    further table on the right of the first: a column of the first to the one that repeats it (itself, where both share it). ``parts`` is
    None unless the column of dates holds days only.
    """

    first: int = 0
    last: int = 0
    heads: dict[int, Head] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)  # field id -> column, in the first table
    beside: list[dict[int, int]] = field(default_factory=list)
    units: dict[Measure, list[str]] = field(default_factory=dict)
    unread: dict[int, str] = field(default_factory=dict)  # line -> its word for a unit of money that is none that is known
    unit_lines: set[int] = field(default_factory=set)
    number_lines: set[int] = field(default_factory=set)  # of column numbers, and of title and header where a page repeats them
    chosen: dict[int, str] = field(default_factory=dict)  # a clerk's choice for a column, now or earlier: field id, "" for none
    parts: Parts | None = None
    unit_column: int | None = None  # of units of money, line by line
    halves: list[dict[str, int]] = field(default_factory=list)  # of a book with income on the left and spending on the right

    def blocks(self) -> list[dict[str, int]]:
        """Return field id -> column for each of the tables side by side, from left to right; as a rule there is one."""
        return self.halves or [
            self.columns,
            *({id: twin[index] for id, index in self.columns.items() if index in twin} for twin in self.beside),
        ]

    def shown(self, index: int) -> str:
        """Return the header of a column for people; of several tables side by side, with the number of its own."""
        word = self.heads[index].shown if index in self.heads else ""
        number = next((number for number, twin in enumerate(self.beside, 2) if index in twin.values() and index not in twin), 1)
        return word if number == 1 else f"{word}（第 {number} 栏）"

    def left(self) -> dict[int, Head]:
        """Return the heads of the first table."""
        return _left(self.heads, self.beside)

    def starts(self) -> list[int]:
        """Return the first column of each of the tables side by side."""
        return [0, *(min(own for shared, own in twin.items() if own != shared) for twin in self.beside)]

    def part(self, block: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        """Return a line as one of several tables side by side has it: the cells of the others are blank, and so is all if it has none of
        its own."""
        if not self.beside:
            return cells
        starts = [*self.starts(), len(cells)]
        shared = {own for twin in self.beside for first, own in twin.items() if own == first}
        own = range(starts[block], starts[block + 1])
        mine = [cell if index in own or index in shared else "" for index, cell in enumerate(cells)]
        return mine if any(cell != "" for index, cell in enumerate(mine) if index not in shared) else ()


Headers = Mapping[HeaderLines, Mapping[int, Head]]  # what each possible header of a sheet names


def possible_headers(table: Table) -> Headers:
    """Return the heads of each possible header of a sheet, in its order: whoever tries many kinds reads them once."""
    held = span(one for one in table.merged if one[0] < _HELD)
    return {lines: heads(table, *lines, held) for lines in candidates(table.cells, table.merged)}


def layout(
    table: Table,
    kind: Kind,
    private: Mapping[int, str],
    chosen: Mapping[int, str],
    remembered: Mapping[str, str],
    possible: Headers | None = None,
) -> Layout:
    """Read the layout of a sheet for a kind; ``private`` columns are never taken.

    ``chosen`` ({column: field or ""}) is the clerk's choice for this sheet, ``remembered`` ({header: field or ""}) for earlier ones.
    """
    found = Layout()
    possible = possible_headers(table) if possible is None else possible
    header = best(possible, lambda lines: _score(possible[lines], kind, private))
    if header.first < 0:
        return found
    found.first, found.last, found.heads = header.first + 1, header.last + 1, dict(possible[header])
    _read_units(table, found)
    found.beside = _beside(found.heads, kind, private)
    _read_lines_below(table, found, private)
    _read_repeats(table, found, private)
    left = found.left()
    found.chosen = {index: remembered[one.shown] for index, one in left.items() if one.shown in remembered} | dict(chosen)
    found.columns = assigned(kind, left, private, found.chosen)
    _read_halves(kind, found, private)
    _read_days(kind, found)
    _read_unit_column(table, kind, found, private)
    return found


def _read_unit_column(table: Table, kind: Kind, found: Layout, private: Collection[int]) -> None:
    """Note the column of units (单位, 计量单位): nothing but short words below it, one of them at least a unit of money."""
    goods = {found.columns.get(column.unit_in) for column in kind.columns if column.unit_in}  # there 元 is the unit of a gift of money
    for index, one in found.heads.items():
        if index in goods or index in private or not one.own.endswith(("单位", "币种")) or found.beside:
            continue
        words = {squeezed(text(row[index])) for row in table.cells[found.last :] if index < len(row)} - {""}
        if any(units.is_money(word) for word in words) and not any(len(word) > _LONGEST_UNIT for word in words):
            found.unit_column = index
            found.columns = {id: at for id, at in found.columns.items() if at != index}
            return


def _read_halves(kind: Kind, found: Layout, private: Mapping[int, str]) -> None:
    """Take the columns of a book with income on one side and spending on the other, each side by itself."""
    if not found.beside or found.beside != _in_and_out(found.heads, kind, private):
        return
    sides = found.left(), {index: found.heads[index] for index in found.beside[0].values()}
    found.halves = [assigned(kind, side, private, {at: id for at, id in found.chosen.items() if at in side}) for side in sides]
    found.columns = _in_order(kind, found.halves[1] | found.halves[0])


def _read_days(kind: Kind, found: Layout) -> None:
    """Take the column of days for that of dates, where an account book has columns for 年, 月 and 日, or for 月 and 日 below 2026年."""
    id = next((column.id for column in kind.columns if column.type == "date"), "")
    own = {} if found.beside or not id else {index: one.own for index, one in found.heads.items()}
    for day in own:
        if own[day] != "日" or own.get(day - 1) != "月" or found.columns.get(id, day) != day or found.chosen.get(day, id) != id:
            continue
        year = _YEAR.search(found.heads[day].parent)
        if year or own.get(day - 2) == "年":
            found.parts = Parts(day - 1, -1, year[1]) if year else Parts(day - 1, day - 2)
            found.columns = _in_order(kind, found.columns | {id: day})
            return


def _in_order(kind: Kind, columns: Mapping[str, int]) -> dict[str, int]:
    return {column.id: columns[column.id] for column in kind.columns if column.id in columns}


def _score(named: Mapping[int, Head], kind: Kind, private: Mapping[int, str]) -> float:
    """Return how many of the kind's columns and private columns a header names, and a hundredth for each column; 0 for one column only."""
    if len(named) < 2:
        return 0
    left = _left(named, _beside(named, kind, private))
    return len(assigned(kind, left, private, {})) + len(private.keys() & named.keys()) + len(named) / 100


def _left(named: Mapping[int, Head], beside: Iterable[Mapping[int, int]]) -> dict[int, Head]:
    """Return the heads of the first table, without those of the tables beside it."""
    end = min((own for twin in beside for first, own in twin.items() if own != first), default=max(named, default=0) + 1)
    return {index: one for index, one in named.items() if index < end}


def _beside(named: Mapping[int, Head], kind: Kind, private: Mapping[int, str]) -> list[dict[int, int]]:
    """Return the tables that stand on the right of the first: the same headers in the same order, once or twice more.

    A serial number or a village before the first table may serve all of them; what repeats must be two of the kind's columns at least.
    """
    order = sorted(named)
    words = [named[index].shown for index in order]
    for shared in range(min(3, len(words))):
        starts = [at for at in range(shared + 2, len(words)) if words[at] == words[shared]]
        width = starts[0] - shared if starts else 0
        if not width or words[starts[0] : starts[0] + width] != words[shared : starts[0]]:
            continue
        first = {index: named[index] for index in order[shared : shared + width]}
        if len(assigned(kind, first, private, {})) < 2:
            continue
        common = {index: index for index in order[:shared]}
        return [common | {order[shared + at]: order[start + at] for at in range(min(width, len(order) - start))} for start in starts]
    return _in_and_out(named, kind, private)


def _in_and_out(named: Mapping[int, Head], kind: Kind, private: Mapping[int, str]) -> list[dict[int, int]]:
    """Return the table of spending on the right of that of income, or the other way round: in all else they have the same columns."""
    order = sorted(named)
    twin = dict(zip(order[: len(order) // 2], order[len(order) // 2 :], strict=False))
    for parts in (set(check.of) for check in kind.checks if check.type == "running" and len(order) % 2 == 0):
        left, right = (assigned(kind, {index: named[index] for index in side}, private, {}) for side in (twin, twin.values()))
        alike = [(index, right[id]) for id, index in left.items() if id in right]
        if alike and left.keys() ^ right.keys() == parts and left.keys() & parts and right.keys() & parts:
            both = [*alike, *((left[one], right[other]) for one in parts & left.keys() for other in parts & right.keys())]
            return [twin] if all(twin[index] == other for index, other in both) else []
    return []


def _read_units(table: Table, found: Layout) -> None:
    """Note the unit lines above the header and below the table (单位:亩、元); 填报单位 and 单位(盖章) name an office and are none."""
    unlabelled: dict[int, str] = {}
    for line in (*range(found.first - 1, 0, -1), *range(max(found.last + 1, len(table.cells) - _FOOT + 1), len(table.cells) + 1)):
        cells = [cell for cell in table.cells[line - 1] if cell != ""]
        alone = len(cells) == 1 and line < found.first
        for cell in cells:
            said = units.stated(cell) if isinstance(cell, str) else units.NOTHING
            if isinstance(cell, str) and said == units.NOTHING and (alone or (line < found.first and unit_named(cell))):
                said = units.titled(cell)
            for unit in said.units:
                stated = found.units.setdefault(UNITS[unit].measure, [])
                stated += [unit] if unit not in stated else []
            if said.unread:
                found.unread[line] = said.unread
            if said != units.NOTHING:
                found.unit_lines.add(line)
            elif isinstance(cell, str) and (line < found.first or len(cells) == 1) and (word := units.loose(cell)):
                unlabelled[line] = word
    if "money" not in found.units and not found.unread:
        found.unread |= unlabelled


def _read_lines_below(table: Table, found: Layout, private: Collection[int]) -> None:
    """Set aside a line of units and a line of column numbers (1 2 3 …, 甲 乙 …) right below the header."""
    for line in range(found.last + 1, min(found.last + 3, len(table.cells) + 1)):
        cells = {column: cell for column, cell in enumerate(table.cells[line - 1]) if cell != ""}
        words = {column: unit_named(re.sub(r"[()\s]", "", squeezed(text(cell)))) for column, cell in cells.items()}
        if cells and all(words.values()):
            for column, unit in words.items():
                if column in found.heads and unit:
                    found.heads[column] = replace(found.heads[column], unit=found.heads[column].unit or unit)
            found.unit_lines.add(line)
        elif _are_column_numbers(table.cells[line - 1], private, found.starts()):
            found.number_lines.add(line)


def _are_column_numbers(cells: Sequence[Cell], private: Collection[int], starts: Collection[int]) -> bool:
    """Return whether cells count up by one from 1 over at least three columns, letters (甲, A) aside; a table beside may begin anew.

    The number over a ``private`` column was taken out with it.
    """
    count, numbers = 0, 0
    for column, cell in enumerate(cells):
        number = re.sub(r"[()\s]", "", squeezed(text(cell))).split("=")[0]
        if column in starts and number == "1":
            count = 0
        if number.isdigit() or (not number and column in private):
            count += 1
            numbers += number.isdigit()
        if number and number != str(count) and (number.isdigit() or len(number) > 1):
            return False
    return numbers > 2


def _read_repeats(table: Table, found: Layout, private: Collection[int]) -> None:
    """Note where a page repeats the title or the header; what stands over a private column was taken out there."""
    header = [bare for row in table.cells[: found.last] if (bare := _bare(row, private))]
    starts = {next((cell for cell in row if cell != ""), "") for row in header}
    for line, row in table.lines():
        if line > found.last and next(cell for cell in row if cell != "") in starts and _bare(row, private) in header:
            found.number_lines.add(line)


def _bare(row: Sequence[Cell], private: Collection[int]) -> list[Cell]:
    cells = ["" if column in private else cell for column, cell in enumerate(row)]
    while cells and cells[-1] == "":
        cells.pop()
    return cells
