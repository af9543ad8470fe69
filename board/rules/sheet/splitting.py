"""Splitting of a sheet with several tables below each other, so that one can be chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from board.rules.sheet.header_lines import has_figure, is_header, is_title
from board.rules.sheet.table import Cell, Table, text
from board.rules.text_width import squeezed

_MOST = 50  # tables of one sheet; a sheet with more is no stack of tables
_PAGE = re.compile(r"[(\[](?:续表?|接上页)[)\]]|续表|接上页|第\d+页|共\d+页|[,、]")  # the page marks of a printed table


def split(table: Table) -> list[Table]:
    """Return the tables that stand below each other on a sheet, each with a header of its own; a sheet with one comes back as it is.

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
    """Return the line at which each table begins: its title, or its header where it has none."""
    starts: list[int] = []
    known: list[tuple[str, ...]] = []
    title, body = "", False
    for index, (_, row) in enumerate(lines):
        if not is_header(lines, index):
            body = body or (bool(starts) and has_figure(row))
            continue
        first = _title(lines, index)
        words = (squeezed(text(next(cell for cell in row if cell != ""))) for _, row in lines[first:index])
        heading = next(filter(None, (_PAGE.sub("", word) for word in words)), "")
        head = tuple(squeezed(text(cell)) for cell in row)
        if starts and (not body or (head in known and heading in ("", title))):
            continue  # the second line of a header, or the header of the next page
        starts.append(lines[first][0])
        known.append(head)
        title, body = heading or title, False
    return starts


def _title(lines: Sequence[tuple[int, Sequence[Cell]]], header: int) -> int:
    """Return the index of the first line that belongs above a header: titles and unit lines without an empty line between them and it."""
    first = header
    while first and header - first < 4 and is_title(lines[first - 1][1]) and not _is_foot(lines, first - 1):
        first -= 1
    return first


def _is_foot(lines: Sequence[tuple[int, Sequence[Cell]]], index: int) -> bool:
    """Return whether a line belongs to the table above: it follows a figure line at once, and an empty line follows it."""
    above = index and lines[index - 1][0] == lines[index][0] - 1
    return bool(above) and lines[index + 1][0] > lines[index][0] + 1


def _part(table: Table, no: int, start: int, end: int) -> Table:
    """Return lines ``start`` to before ``end`` as a table, with nothing in the lines above."""
    cells: list[Sequence[Cell]] = [*([[]] * (start - 1)), *table.cells[start - 1 : end - 1]]
    return replace(
        table,
        cells=cells,
        merged=[one for one in table.merged if start - 1 <= one[0] and one[2] < end - 1],
        hidden_rows=frozenset(line for line in table.hidden_rows if start <= line < end),
        part=no,
    )
