"""How a header is found: which lines of a sheet, up to three, name its columns.

Three questions are answered here, all from the words of the lines themselves:

- ``guess`` (for ``cleaning``, before the kind is known): the header with the most short words among the first lines;
- ``best`` (for ``layout``, when the kind is known): of all candidates the one to which the caller gives the highest score;
- ``is_header`` (for ``splitting``): whether a line further down begins another table.

A candidate (``candidates``) begins at one of the first lines that has a header word, and takes in the lines below it that continue it
(``header_end``, ``is_second``). How the words of the lines become one header for each column is in ``headers``. Lines and columns count
from 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from board.rules.sheet.figures import unit_named
from board.rules.sheet.table import Cell, Range, text
from board.rules.text_width import narrow, squeezed

Cells = Sequence[Sequence[Cell]]

MOST_LINES = 3  # of one header
_NEAR = 15  # the filled lines at the top among which the header begins
_LONGEST = 24  # characters of a header cell; longer ones are notes
_MOST_TITLE_CELLS = 8  # of a line of labels above a table

LABEL = re.compile(r"[\u4e00-\u9fff()]{2,12}:")
_COLUMN_WORD = re.compile(
    r"序号|编号|姓名|户主|户数|人数|村|镇|乡|组|项目|名称|单位|地址|地点|面积|金额|标准|资金|补助|补贴|日期|时间|备注|类别|内容|摘要|收入|支出"
)


class HeaderLines(NamedTuple):
    """The first and the last line of a header; both are -1 where none was found."""

    first: int
    last: int


NONE = HeaderLines(-1, -1)


def guess(cells: Cells, merged: Sequence[Range] = ()) -> HeaderLines:
    """Return the likeliest header without knowing the kind: the one that contains the line with the most short words.

    It is ``lenient``: to overlook a line that names a personal column is worse than to take a line too many.
    """
    widest = max(_near(cells), key=lambda line: _wordy(cells[line]), default=-1)
    if widest < 0 or _wordy(cells[widest]) < 2:
        return NONE
    return best(candidates(cells, merged, lenient=True), lambda lines: 1 + (lines.first <= widest <= lines.last))


def best(possible: Iterable[HeaderLines], score: Callable[[HeaderLines], float]) -> HeaderLines:
    """Return the candidate with the highest score, the first of those within half a point; NONE when no score reaches 1.

    A candidate of 1 or more is a header: its second and third line begin no candidate of their own.
    """
    highest, found, end = 0.0, NONE, -1
    for lines in possible:
        if lines.first <= end:
            continue
        points = score(lines)
        if points >= 1:
            end = lines.last
        if points > highest + 0.5:
            highest, found = points, lines
    return found if highest >= 1 else NONE


def candidates(cells: Cells, merged: Sequence[Range], *, lenient: bool = False) -> Iterator[HeaderLines]:
    """Yield the lines of each possible header: one for each of the first lines that has a header word.

    ``lenient`` also takes a line of short words whose remarks hide the header words, such as 病种（必填：照实）, and counts a third line
    with a single word.
    """
    for first in _near(cells):
        if has_words(cells[first]) or (lenient and _wordy(cells[first]) > 1):
            yield HeaderLines(first, header_end(cells, merged, first, lenient=lenient))


def _near(cells: Cells) -> Iterator[int]:
    """Yield the first lines that are not empty."""
    return islice((line for line, row in enumerate(cells) if any(cell != "" for cell in row)), _NEAR)


def header_end(cells: Cells, merged: Sequence[Range], first: int, *, lenient: bool = False) -> int:
    """Return the last line of a header that begins at ``first``.

    A third line with one word is the name of a village above its rows (高洞村) and no part of the header, unless ``lenient``.
    """
    last = first
    while last < first + MOST_LINES - 1 and is_second(cells, merged, last):
        if not lenient and last > first and sum(cell != "" for cell in cells[last + 1]) == 1:
            break
        last += 1
    return last


def is_second(cells: Cells, merged: Sequence[Range], first: int) -> bool:
    """Return whether the line below ``first`` continues its header: words only, below a merged cell or filling gaps of ``first``."""
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


def is_header(lines: Sequence[tuple[int, Sequence[Cell]]], index: int) -> bool:
    """Return whether ``lines[index]`` is the header of a further table on a sheet; ``lines`` as ``Table.lines`` yields them.

    It has words only, two of them usual in headers, is set apart from the line above, and has figures in one of the three lines below.
    """
    row = lines[index][1]
    if Decimal in map(type, row) or not _is_apart(lines, index):  # the first test is quick and true of most lines
        return False
    words = [cell for cell in row if cell != ""]
    if len(words) < 2 or any(is_figure(cell) or len(squeezed(text(cell))) > _LONGEST or is_labelled(cell) for cell in words):
        return False
    if sum(bool(_COLUMN_WORD.search(squeezed(text(cell)))) for cell in words) < 2:
        return False
    return any(has_figure(below) for _, below in lines[index + 1 : index + 4])


def _is_apart(lines: Sequence[tuple[int, Sequence[Cell]]], index: int) -> bool:
    """Return whether an empty line, a title or a unit line stands above, or nothing."""
    if index == 0 or lines[index - 1][0] < lines[index][0] - 1:
        return True
    return is_title(lines[index - 1][1])


def is_title(row: Sequence[Cell]) -> bool:
    """Return whether a line stands above a table and not in it: one text alone that is no total, or labels such as 单位:元."""
    filled = [cell for cell in row if cell != ""]
    if len(filled) > _MOST_TITLE_CELLS:
        return False
    if len(filled) == 1:
        return not is_figure(filled[0]) and not squeezed(text(filled[0])).endswith("计")
    return all(is_labelled(cell) or is_figure(cell) for cell in filled) and any(is_labelled(cell) for cell in filled)


def has_words(row: Sequence[Cell]) -> bool:
    """Return whether a line has a cell that may be a header."""
    return any(header_word(cell) for cell in row)


def header_word(cell: Cell) -> str:
    """Return a cell's text as a header has it, without white space; "" for a figure or ``label: value`` (监督电话:…).

    金额:万元 and 金额(单位:元) are headers with a unit.
    """
    word = text(cell)
    _label, _, value = squeezed(word).partition(":")
    if is_figure(word) or (value and not unit_named(value.rstrip(")]"))):
        return ""
    return "".join(word.split())


def has_figure(row: Sequence[Cell]) -> bool:
    """Return whether a line has a number or a date."""
    return any(cell != "" and is_figure(cell) for cell in row)


def is_figure(cell: Cell) -> bool:
    """Return whether a cell is a number or a date, or text of nothing else."""
    if not isinstance(cell, str):
        return True
    digits = re.sub(r"[\s.,\-/¥]", "", narrow(cell))
    return digits.isdigit()


def is_labelled(cell: Cell) -> bool:
    """Return whether a cell reads ``label: value`` (填报单位:…, 监督电话:…), as lines around a table do; 补贴面积(单位:亩) is a header."""
    label = LABEL.match(squeezed(cell)) if isinstance(cell, str) else None
    return label is not None and label[0].count("(") == label[0].count(")")


def _wordy(row: Sequence[Cell]) -> int:
    """Return the number of cells with a short text that is neither a figure nor ``label: value``."""
    short = (cell for cell in row if isinstance(cell, str) and 0 < len(cell.strip()) <= _LONGEST)
    return sum(not is_figure(cell) and not is_labelled(cell) for cell in short)
