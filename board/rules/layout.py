"""Where things stand in a sheet: its unit line, its one or two header lines, and which column is which field of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from board.rules.figures import MEASURES, UNITS, Measure, unit_named
from board.rules.kind import Column, Kind, header_form
from board.rules.letters import squeezed
from board.rules.private import is_figure, is_second
from board.rules.table import Cell, Table, span, text

_UNITS = re.compile(r"(?:^|[^\u4e00-\u9fff])(?:金额|计量|计价|货币)?单位:([^:]+)$")
_HEADER_UNIT = re.compile(r"[(\[](?:单位:)?([^()\[\]]+)[)\]]$|[:/](.+)$")
_WHOLE = ("合计", "小计", "总计", "总额")
_YEAR = re.compile(r"^(19|20)\d\d年(度)?")
_PART = re.compile(r"^(其中|含)|[上去]年|上期|上次|原|已扣")


@dataclass(frozen=True)
class Head:
    """The header of one column: its ``shown`` text for people and ``forms`` to compare, from the most to the least telling."""

    index: int
    shown: str
    forms: tuple[str, ...]
    unit: str = ""


@dataclass
class Layout:
    """What was found: lines from 1 (0: none), columns from 0. ``unit`` is by measure, from the sheet's unit line."""

    first: int = 0
    last: int = 0
    heads: dict[int, Head] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)  # field id -> column
    units: dict[Measure, str] = field(default_factory=dict)
    unit_lines: set[int] = field(default_factory=set)
    number_lines: set[int] = field(default_factory=set)
    chosen: dict[int, str] = field(default_factory=dict)  # what a clerk said of a column, now or before: field id, "" for none


def layout(table: Table, kind: Kind, private: Mapping[int, str], chosen: Mapping[int, str], remembered: Mapping[str, str]) -> Layout:
    """Read the layout of a sheet for a kind; ``private`` columns are never taken.

    ``chosen`` ({column: field or ""}) is the clerk's word on this sheet, ``remembered`` ({header: field or ""}) on earlier ones.
    """
    found = Layout()
    first, last, heads = _best_header(table, kind, private)
    if first < 0:
        return found
    found.first, found.last, found.heads = first + 1, last + 1, heads
    _read_units(table, found)
    _read_lines_below(table, found)
    found.chosen = {index: remembered[one.shown] for index, one in heads.items() if one.shown in remembered} | dict(chosen)
    found.columns = assigned(kind, found.heads, private, found.chosen)
    return found


def _best_header(table: Table, kind: Kind, private: Mapping[int, str]) -> tuple[int, int, dict[int, Head]]:
    """Index of the first and last header line and their heads: those among the first lines that name most of the kind's columns."""
    best: tuple[float, int, int, dict[int, Head]] = (0, -1, -1, {})
    held = span(one for one in table.merged if one[0] < 30)
    near = [line - 1 for line, _ in zip((line for line, _ in table.lines()), range(15), strict=False)]
    for first in near:
        last = first + 1 if is_second(table.cells, table.merged, first) else first
        heads = _heads(table, first, last, held)
        score = len(assigned(kind, heads, private, {})) + len(private.keys() & heads.keys()) + len(heads) / 100
        if len(heads) > 1 and score > best[0] + 0.5:
            best = score, first, last, heads
    return best[1:] if best[0] >= 1 else (-1, -1, {})


def _heads(table: Table, first: int, last: int, held: Mapping[tuple[int, int], tuple[int, int]]) -> dict[int, Head]:
    """The header of each column over one or two lines; a cell merged across gives its text to each column below it."""
    heads = {}
    for column in range(table.width):
        words: list[str] = []
        for row in range(first, last + 1):
            top, left = held.get((row, column), (row, column))
            if top >= first and (word := _word(table, top, left)) and (not words or words[-1] != word):
                words.append(word)
        if words:
            heads[column] = head(column, words)
    return _inherited(table, first, last, heads, held)


def _inherited(
    table: Table, first: int, last: int, heads: dict[int, Head], held: Mapping[tuple[int, int], tuple[int, int]]
) -> dict[int, Head]:
    """Where nothing is merged (a CSV), a second line's word belongs to the nearest word on its left in the line above."""
    if last == first or any(key[0] == first for key in held):
        return heads
    parent = ""
    for column in range(table.width):
        above, below = _word(table, first, column), _word(table, last, column)
        parent = above or parent
        if below and not above and parent:
            heads[column] = head(column, [parent, below])
    return heads


def _word(table: Table, row: int, column: int) -> str:
    word = text(table.at(row, column))
    label, _, value = squeezed(word).partition(":")
    if is_figure(word) or (value and not unit_named(value)):  # 监督电话:… is no header, 金额:万元 is one
        return ""
    return "".join(word.split())


def head(index: int, words: Sequence[str]) -> Head:
    """The head of a column whose header cells, from top to bottom, hold these words."""
    bare = [_without_unit(word) for word in words]
    own = bare[-1][0]
    unit = next((unit for _, unit in reversed(bare) if unit), "")
    parent = "".join(word for word, _ in bare[:-1])
    forms = [parent + own, own] if parent else [own]
    if parent and own in _WHOLE:
        forms = [parent + own, parent, own]
    forms += [_YEAR.sub("", form) for form in forms]
    return Head(index, " ".join(words), tuple(dict.fromkeys(form for form in forms if form)), unit)


def _without_unit(word: str) -> tuple[str, str]:
    """A header's words and the unit that they end with, if any."""
    word = squeezed(word)
    match = _HEADER_UNIT.search(word)
    unit = unit_named(match[1] or match[2]) if match else None
    if match and unit:
        return header_form(word[: match.start()]), unit
    return header_form(word), ""


def assigned(kind: Kind, heads: Mapping[int, Head], private: Mapping[int, str], chosen: Mapping[int, str]) -> dict[str, int]:
    """Which column is which field: what the clerk chose, then the closest likeness first; each field and each column once."""
    columns = {field_id: index for index, field_id in chosen.items() if kind.column(field_id) and index not in private}
    taken = set(chosen) | set(private)
    likenesses = sorted(_likenesses(kind, heads), key=lambda entry: (-entry[0], entry[1]))
    for _, index, field_id in likenesses:
        if index not in taken and field_id not in columns:
            columns[field_id] = index
            taken.add(index)
    return {column.id: columns[column.id] for column in kind.columns if column.id in columns}


def _likenesses(kind: Kind, heads: Mapping[int, Head]) -> Iterator[tuple[int, int, str]]:
    for index, one in heads.items():
        for column in kind.columns:
            score = max((_likeness(form, column) - rank for rank, form in enumerate(one.forms)), default=0)
            if score > 10 and _fits(one.unit, column):
                yield score, index, column.id


def _likeness(form: str, column: Column) -> int:
    """100 where a header is the field's label, 90 a synonym, less where it only ends with one: in Chinese the last word is the noun."""
    label = header_form(column.label.zh)
    if form in (label, label.replace("(", "").replace(")", "")):
        return 100
    if form in column.synonyms:
        return 90
    if _PART.search(form):
        return 0
    endings = [len(word) for word in (label, *column.synonyms) if len(word) > 1 and form.endswith(word)]
    return 30 + max(endings) if endings else 0


def _fits(unit: str, column: Column) -> bool:
    """Whether a header's unit is one of the field's measure; a rate may say only 元 (每亩补助资金(元))."""
    if not unit:
        return True
    measure = MEASURES.get(column.type)
    return UNITS[unit][0] == measure or (measure == "rate" and unit == "元")


def _read_units(table: Table, found: Layout) -> None:
    """Note the unit line above the header (单位:亩、元); 填报单位 and 单位(盖章) name an office and are none."""
    for line in range(1, found.first):
        for cell in table.cells[line - 1]:
            if isinstance(cell, str) and (units := stated_units(cell)):
                found.units |= {UNITS[unit][0]: unit for unit in reversed(units)}
                found.unit_lines.add(line)


def stated_units(cell: str) -> list[str]:
    """The units that a line such as 单位:亩、元/亩、元 states, or none."""
    match = _UNITS.search(squeezed(cell).rstrip(")]"))
    if match is None:
        return []
    units = [unit_named(word) for word in re.split(r"[、,,;;]", match[1])]
    return [unit for unit in units if unit] if all(units) else []


def _read_lines_below(table: Table, found: Layout) -> None:
    """Set aside a line of units and a line of column numbers (1 2 3 …, 甲 乙 …) right below the header."""
    for line in range(found.last + 1, min(found.last + 3, len(table.cells) + 1)):
        cells = {column: cell for column, cell in enumerate(table.cells[line - 1]) if cell != ""}
        words = {column: unit_named(re.sub(r"[()\s]", "", squeezed(text(cell)))) for column, cell in cells.items()}
        if cells and all(words.values()):
            for column, unit in words.items():
                if column in found.heads and unit:
                    one = found.heads[column]
                    found.heads[column] = Head(column, one.shown, one.forms, one.unit or unit)
            found.unit_lines.add(line)
        elif _are_column_numbers(list(cells.values())):
            found.number_lines.add(line)


def _are_column_numbers(cells: Sequence[Cell]) -> bool:
    """Whether cells count up by one from 1 over at least three columns, letters (甲, A) aside."""
    numbers = [re.sub(r"[()\s]", "", squeezed(text(cell))) for cell in cells]
    numbers = [number.split("=")[0] for number in numbers if not (len(number) == 1 and not number.isdigit())]
    return len(numbers) > 2 and numbers == [str(count) for count in range(1, len(numbers) + 1)]
