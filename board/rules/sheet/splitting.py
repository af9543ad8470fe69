"""Several tables below each other on one sheet, taken apart so that one can be chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from board.rules.sheet.header_lines import is_figure, is_said
from board.rules.sheet.table import Cell, Table, text
from board.rules.text_width import squeezed

_MOST = 50  # tables of one sheet; a sheet with more is no stack of tables
_HEADER = re.compile(
    r"序号|编号|姓名|户主|户数|人数|村|镇|乡|组|项目|名称|单位|地址|地点|面积|金额|标准|资金|补助|补贴|日期|时间|备注|类别|内容|摘要|收入|支出"
)

_PAGE = re.compile(r"[(\[](?:续表?|接上页)[)\]]|续表|接上页|第\d+页|共\d+页|[,、]")  # what a printed page says of itself


def split(table: Table) -> list[Table]:
    """The tables that stand below each other on a sheet, each with a header of its own; a sheet with one comes back as it is.

    A part keeps the sheet's line numbers: the lines before it are empty. A header that comes again without a title, or under the
    same one, is the next page of the same table, as programs print it; page numbers are no title.
    """
    lines = list(table.lines())
    starts = _starts(lines)
    if not 1 < len(starts) <= _MOST:
        return [table]
    ends = [*starts[1:], len(table.cells) + 1]
    return [_part(table, no, start if no > 1 else 1, end) for no, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)]


def _starts(lines: Sequence[tuple[int, Sequence[Cell]]]) -> list[int]:
    """The line at which each table begins: its title, or its header where it has none."""
    starts: list[int] = []
    known: list[tuple[str, ...]] = []
    title, body = "", False
    for index, (_, row) in enumerate(lines):
        if not _is_header(lines, index):
            body = body or (bool(starts) and _has_figure(row))
            continue
        first = _title(lines, index)
        words = (squeezed(text(next(cell for cell in row if cell != ""))) for _, row in lines[first:index])
        said = next(filter(None, (_PAGE.sub("", word) for word in words)), "")
        head = tuple(squeezed(text(cell)) for cell in row)
        if starts and (not body or (head in known and said in ("", title))):
            continue  # the second line of a header, or the header of the next page
        starts.append(lines[first][0])
        known.append(head)
        title, body = said or title, False
    return starts


def _is_header(lines: Sequence[tuple[int, Sequence[Cell]]], index: int) -> bool:
    """Whether a line is words only, two of them words of headers, set apart from what is above it and with figures below it."""
    if Decimal in map(type, lines[index][1]) or not _is_apart(lines, index):  # the first is quick, and true of most lines
        return False
    words = [cell for cell in lines[index][1] if cell != ""]
    if len(words) < 2 or any(is_figure(cell) or len(squeezed(text(cell))) > 24 or is_said(cell) for cell in words):
        return False
    if sum(bool(_HEADER.search(squeezed(text(cell)))) for cell in words) < 2:
        return False
    return any(_has_figure(row) for _, row in lines[index + 1 : index + 4])


def _is_apart(lines: Sequence[tuple[int, Sequence[Cell]]], index: int) -> bool:
    """Whether an empty line, a title or a unit line stands above; the first line always is."""
    if index == 0 or lines[index - 1][0] < lines[index][0] - 1:
        return True
    return _is_title(lines[index - 1][1])


def _is_title(row: Sequence[Cell]) -> bool:
    """Whether a line stands above a table and not in it: one text alone, or labels such as 单位:元."""
    filled = [cell for cell in row if cell != ""]
    if len(filled) > 8:
        return False
    if len(filled) == 1:
        word = squeezed(text(filled[0]))
        return not is_figure(filled[0]) and not word.endswith("计")
    return all(is_said(cell) or is_figure(cell) for cell in filled) and any(is_said(cell) for cell in filled)


def _title(lines: Sequence[tuple[int, Sequence[Cell]]], header: int) -> int:
    """The index of the first line that belongs above a header: titles and unit lines without an empty line between them and it."""
    first = header
    while first and header - first < 4 and _is_title(lines[first - 1][1]) and not _is_foot(lines, first - 1):
        first -= 1
    return first


def _is_foot(lines: Sequence[tuple[int, Sequence[Cell]]], index: int) -> bool:
    """Whether a line belongs to the table above: it follows a figure line at once, and an empty line follows it."""
    above = index and lines[index - 1][0] == lines[index][0] - 1
    return bool(above) and lines[index + 1][0] > lines[index][0] + 1


def _has_figure(row: Sequence[Cell]) -> bool:
    return any(cell != "" and is_figure(cell) for cell in row)


def _part(table: Table, no: int, start: int, end: int) -> Table:
    """Lines ``start`` to before ``end``, with nothing in the lines above."""
    cells: list[Sequence[Cell]] = [*([[]] * (start - 1)), *table.cells[start - 1 : end - 1]]
    return replace(
        table,
        cells=cells,
        merged=[one for one in table.merged if start - 1 <= one[0] and one[2] < end - 1],
        hidden_rows=frozenset(line for line in table.hidden_rows if start <= line < end),
        part=no,
    )
