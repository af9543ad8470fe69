"""Which lines at the top of a sheet are its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from board.rules.sheet.table import Cell, Range, text
from board.rules.text_width import narrow, squeezed

MOST_LINES = 3  # of a header


_LABELLED = re.compile(r"[\u4e00-\u9fff()]{2,12}:")


def header_lines(cells: Sequence[Sequence[Cell]], merged: Sequence[Range] = ()) -> tuple[int, int]:
    """First and last index of the lines that are most likely the header: the widest line of short words near the top, and those that
    belong to it, above and below. ``(-1, -1)`` when there is none."""
    near = list(islice((index for index, row in enumerate(cells) if any(cell != "" for cell in row)), 15))
    widest = max(near, key=lambda index: _wordy(cells[index]), default=-1)
    if widest < 0 or _wordy(cells[widest]) < 2:
        return -1, -1
    first = last = -1
    while last < widest:
        first = next(index for index in near if index > last)
        last = header_end(cells, merged, first)
    return first, last


def header_end(cells: Sequence[Sequence[Cell]], merged: Sequence[Range], first: int) -> int:
    """The index of the last line of a header that begins at ``first``: it has three lines at most."""
    return next((line for line in range(first, first + MOST_LINES - 1) if not is_second(cells, merged, line)), first + MOST_LINES - 1)


def is_second(cells: Sequence[Sequence[Cell]], merged: Sequence[Range], first: int) -> bool:
    """Whether the line below ``first`` is a second header line: words only, below a merged parent or filling gaps of the first."""
    if first + 1 >= len(cells):
        return False
    above, below = cells[first], cells[first + 1]
    filled = [column for column, cell in enumerate(below) if cell != ""]
    if not filled or any(is_figure(below[column]) or ":" in narrow(text(below[column])) for column in filled):
        return False
    wide = [(left, right) for top, left, bottom, right in merged if top == bottom == first and right > left]
    if wide:
        return any(left <= column <= right for left, right in wide for column in filled) and sum(cell != "" for cell in above) > 1
    gaps = [column for column in filled if column >= len(above) or above[column] == ""]
    return filled[0] > 0 and len(gaps) * 2 >= len(filled) and _wordy(above) > 1


def is_figure(cell: Cell) -> bool:
    """Whether a cell is a number or a date, or text that is nothing else."""
    if not isinstance(cell, str):
        return True
    digits = re.sub(r"[\s.,\-/¥]", "", narrow(cell))
    return digits.isdigit()


def _wordy(row: Sequence[Cell]) -> int:
    return sum(1 for cell in row if isinstance(cell, str) and 0 < len(cell.strip()) <= 24 and not is_figure(cell) and not is_said(cell))


def is_said(cell: Cell) -> bool:
    """Whether a cell says ``label: value`` (填报单位:…, 监督电话:…), as lines around a table do; 补贴面积(单位:亩) is a header."""
    label = _LABELLED.match(squeezed(cell)) if isinstance(cell, str) else None
    return label is not None and label[0].count("(") == label[0].count(")")
