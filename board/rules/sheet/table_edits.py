"""What a clerk changed in an uploaded table: cells rewritten, rows taken out and rows added behind the last one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from board.rules.personal.detection import mask
from board.rules.sheet.sections import SLOTS
from board.rules.sheet.table import Cell, Range, Table, text

Edits = Mapping[tuple[int, int], str]
GONE = -1  # the column under which a line is taken out: {(line, GONE): TAKEN_OUT}
TAKEN_OUT = "x"
MOST_ADDED = 200  # lines behind the last one; who has more uploads them


def edited(table: Table, edits: Edits) -> Table:
    """Return the table with the clerk's texts in place, without the lines taken out, and with those added.

    Personal numbers in his texts get ● like those of the sheet. Lines keep their numbers: one taken out is blank.
    """
    if not edits:
        return table
    cells: list[list[Cell]] = [list(row) for row in table.cells]
    # A cell beyond the columns that places and groups may get behind the last one is on no page: only a forged form names it, and
    # 20,000 such would fill the memory.
    width, last = table.width + len(SLOTS) + 1, len(cells) + MOST_ADDED
    for (line, column), words in edits.items():
        if 0 < line <= last and 0 <= column < width:
            cells.extend([] for _ in range(line - len(cells)))
            row = cells[line - 1]
            row.extend([""] * (column + 1 - len(row)))
            row[column] = mask(words)
    gone = taken_out(edits)
    return replace(table, cells=_without(cells, gone), merged=_moved(table.merged, cells, gone)) if gone else replace(table, cells=cells)


def taken_out(edits: Edits) -> frozenset[int]:
    """Return the lines that are taken out."""
    return frozenset(line for (line, column), said in edits.items() if column == GONE and said == TAKEN_OUT)


def added(edits: Edits, table: Table) -> list[int]:
    """Return the lines that were added behind the last one of a table and have words in them."""
    return sorted({line for (line, _column), said in edits.items() if len(table.cells) < line <= len(table.cells) + MOST_ADDED and said})


def carried_down(table: Table, gone: Collection[int], columns: Collection[int]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the cells that have to be written where lines are taken out: a village that stood once, above blank cells, stays above them.

    ``columns`` are those of places and groups.
    """
    for line in sorted(gone):
        below = line + 1
        while below in gone:
            below += 1
        for column in columns:
            words = _at(table, line, column)
            if words and below <= len(table.cells) and any(table.cells[below - 1]) and not _at(table, below, column):
                yield (below, column), words


def _at(table: Table, line: int, column: int) -> str:
    row: Sequence[Cell] = table.cells[line - 1] if 0 < line <= len(table.cells) else ()
    return text(row[column]).strip() if column < len(row) else ""


def _without(cells: list[list[Cell]], gone: Collection[int]) -> list[list[Cell]]:
    return [[""] * len(row) if line in gone else row for line, row in enumerate(cells, 1)]


def _moved(merged: Sequence[Range], cells: Sequence[list[Cell]], gone: Collection[int]) -> list[Range]:
    """Return the merged ranges without the lines taken out; the value of one that began there moves down with its beginning."""
    found = []
    for top, left, bottom, right in merged:
        first = top
        while first <= bottom and first + 1 in gone:
            first += 1
        if top < first <= bottom:
            row = cells[first]
            row.extend([""] * (left + 1 - len(row)))
            row[left] = cells[top][left] if left < len(cells[top]) else ""
        found.append((min(first, bottom), left, bottom, right))
    return found
