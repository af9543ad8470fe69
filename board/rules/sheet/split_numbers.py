"""Numbers that are split over cells: a digit in each of a row of boxes, or parts in neighbouring cells below one header.

No cell of them has enough digits to be looked at. So the cells are joined before they are judged. Figures stand in neighbouring cells as
well, and what is certain of a joined number is less than of an unbroken one: see ``detection``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from board.rules.personal.detection import What, asked, find, number_in
from board.rules.personal.identifiers import check_digit, unbroken
from board.rules.sheet.table import Cell, Table, text
from board.rules.text_width import squeezed

_LEAST_BOXES = 11  # digits of a mobile
_WIDEST_BOX = 4  # characters, with blanks around the digit
_APART = 2  # columns from one box to the next: a merged pair leaves one blank
_NUMBERED = re.compile(r"(\D+?)\s*(\d{1,2})")
_PART = re.compile(r"\d*[\dXx]")
_FIRST_PART = re.compile(r"(?:\D*\D)?\d+")
_JOINT = "|"  # stands between two cells: a separator of a number, but of none of its usual groupings


class Split(NamedTuple):
    """A number over several cells of one line: its class, its digits, the columns of its parts, and whether it is certain."""

    what: What
    number: str
    columns: Sequence[int]
    is_certain: bool


def groups(table: Table, first: int, last: int, heads: Mapping[int, str]) -> list[range]:
    """Return the columns in which a number may be split, in groups: those below one merged cell of the header (lines ``first`` to ``last``
    from 0), a column with a header and those without one on its right, and those whose headers count (卡1, 卡2)."""
    if first < 0:
        return []
    found = {range(left, right + 1) for top, left, bottom, right in table.merged if first <= top <= last and right > left}
    taken = {column for group in found for column in group}
    marks = [*sorted(heads), table.width]
    for left, following in zip(marks, marks[1:], strict=False):
        if following > left + 1 and not taken.intersection(range(left, following)):
            found.add(range(left, following))
    begin = 0
    for column in range(1, table.width + 1):
        if column == table.width or not _counts_on(heads.get(column - 1, ""), heads.get(column, "")):
            if column - begin > 1 and not any(set(group) & set(range(begin, column)) for group in found):
                found.add(range(begin, column))
            begin = column
    return sorted(found, key=lambda group: (group.start, group.stop))


def _counts_on(before: str, head: str) -> bool:
    """Return whether a header is the one before with the next number behind the same word."""
    one, two = _NUMBERED.fullmatch(before), _NUMBERED.fullmatch(head)
    return one is not None and two is not None and one[1] == two[1] and int(two[2]) == int(one[2]) + 1


def splits(row: Sequence[Cell], groups: Sequence[range], labels: Mapping[int, str]) -> Iterator[Split]:
    """Yield the numbers split over cells of a line, those in boxes first; ``labels`` are the headers that announce a number."""
    boxed: set[int] = set()
    for columns in _boxes(row):
        if found := _in_boxes([text(row[column]) for column in columns], columns, labels.get(columns[0], "")):
            boxed.update(found.columns)
            yield found
    for group in groups:
        if group.start < len(row) and not boxed.intersection(group):
            yield from _in_group(row, group, labels.get(group.start, ""))


def _boxes(row: Sequence[Cell]) -> Iterator[Sequence[int]]:
    """Yield the columns of each run of eleven cells or more with one digit each, at most one blank cell apart.

    Any such run holds each eleventh filled cell.
    """
    filled = [column for column, cell in enumerate(row) if type(cell) is not str or cell]
    done = -1
    for middle in range(_LEAST_BOXES - 1, len(filled), _LEAST_BOXES):
        if middle > done and _is_box(row[filled[middle]]):
            left = right = middle
            while left > 0 and filled[left] - filled[left - 1] <= _APART and _is_box(row[filled[left - 1]]):
                left -= 1
            while right + 1 < len(filled) and filled[right + 1] - filled[right] <= _APART and _is_box(row[filled[right + 1]]):
                right += 1
            done = right
            if right - left + 1 >= _LEAST_BOXES:
                yield filled[left : right + 1]


def _is_box(cell: Cell) -> bool:
    if type(cell) is Decimal:
        return not cell or (cell.adjusted() == 0 and cell > 0 and cell == cell.to_integral_value())
    if type(cell) is not str or not 0 < len(cell) <= _WIDEST_BOX:
        return False
    digit = squeezed(cell)
    return len(digit) == 1 and digit in "0123456789xX"


def _in_boxes(cells: Sequence[str], columns: Sequence[int], label: str) -> Split | None:
    number = squeezed("".join(cells)).upper()
    for at in range(len(number) - 17):
        one = number[at : at + 18]
        if unbroken(one) == "id_number" and check_digit(one[:17]) == one[17]:
            return Split("id_number", one, columns[at : at + 18], is_certain=True)
    if what := unbroken(number):
        return Split(what, number, columns, is_certain=bool(find(f"{label}:{_JOINT.join(number)}")))
    return None


def _in_group(row: Sequence[Cell], group: range, label: str) -> Iterator[Split]:
    columns = [column for column in group if column < len(row) and row[column] != ""]
    cells = [text(row[column]) for column in columns]
    if len(cells) < 2 or sum(map(len, cells)) < _LEAST_BOXES:
        return
    joined = f"{label}:{_JOINT.join(cells)}"
    starts = _starts(cells, len(label) + 1)
    for look, is_certain in ((find, True), (asked, False)):
        for one in look(joined):
            touched = [
                column
                for column, start, cell in zip(columns, starts, cells, strict=True)
                if start < one.end and one.start < start + len(cell)
            ]
            if len(touched) > 1 and _are_parts([row[column] for column in touched]):
                yield Split(one.what, number_in(joined, one), touched, is_certain)


def _are_parts(cells: Sequence[Cell]) -> bool:
    """Return whether cells hold nothing but digits, the first perhaps behind its label: a date, a rate or 3组 is no part of a number."""
    words = ["" if isinstance(cell, date) else squeezed(text(cell)) for cell in cells]
    return bool(_FIRST_PART.fullmatch(words[0])) and all(_PART.fullmatch(word) for word in words[1:])


def _starts(cells: Sequence[str], first: int) -> list[int]:
    starts = [first]
    for cell in cells[:-1]:
        starts.append(starts[-1] + len(cell) + len(_JOINT))
    return starts
