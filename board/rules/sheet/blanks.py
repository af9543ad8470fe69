"""A village that stands once, with the lines below it blank: what is left of merged cells in a CSV or in a pasted table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from board.rules.bilingual import Words
from board.rules.kind import Kind
from board.rules.sheet.layout import Layout
from board.rules.sheet.line_types import key_columns, sort_of
from board.rules.sheet.problems import Problem
from board.rules.sheet.questions import CHOICES, Answers, answer, answered, question
from board.rules.sheet.table import TYPED, Cell, Table, span

_FEWEST = 2  # blank cells that are asked about


def filled(
    table: Table, kind: Kind, found: Layout, answers: Answers, typed: Collection[tuple[int, int]] = ()
) -> tuple[Table, list[Problem]]:
    """Return a table whose blank places and groups are as above, and the question about it or what was answered.

    Until he answers they count as filled; where he says they are blank, nothing is filled and each is reported. Cells inside merged ones
    have their value already, and those that a clerk ``typed`` are his own. Asked are columns of which half the cells are blank at least,
    and the first is not.
    """
    columns = [
        found.columns[column.id] for type in ("place", "group") for column in kind.columns if _is(column.id, column.type, type, found)
    ]
    if not found.first or found.beside or table.name == TYPED or not columns:
        return table, []
    lines = list(_rows(table, kind, found))
    held = span(one for one in table.merged if one[0] >= found.last)
    open_ = {index: [line for line, row in lines if row and _blank(line, row, index, held, typed)] for index in columns}
    asked = [index for index in columns if _stands_once(lines, index, open_[index])]
    given = answer(answers, "above", list(CHOICES["blank_as_above"]))
    if columns[0] in asked or given:
        asked = [index for index in columns if open_[index]]  # the groups below a village were merged with it
    if not asked:
        return table, []
    first = min(open_[index][0] for index in asked)
    count, headers = max(len(open_[index]) for index in asked), "、".join(found.shown(index) for index in asked)
    blank = tuple(sorted({line for index in asked for line in open_[index]}))
    one = question("blank_as_above", "above", first, headers, lines=blank, count=count)
    told = answered(one, given, Words(f"“{headers}”下面的空格是不是同上", f"Blank cells of “{headers}” as above")) if given else one
    if given == "blank":
        return table, [told]
    return replace(table, cells=_filled(table, lines, asked, {index: set(open_[index]) for index in asked})), [told]


def _is(id: str, type: str, wanted: str, found: Layout) -> bool:
    return type == wanted and id in found.columns


def _rows(table: Table, kind: Kind, found: Layout) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Yield the rows, and an empty one for each total of all: nothing is as above across it."""
    columns = key_columns(kind, found.columns)
    around = found.unit_lines | found.number_lines
    for line, row in table.lines():
        if line > found.last and line not in around and (sort := sort_of(row, columns)) in ("row", "total"):
            yield line, row if sort == "row" else ()


def _blank(line: int, row: Sequence[Cell], index: int, held: Collection[tuple[int, int]], typed: Collection[tuple[int, int]]) -> bool:
    cell = row[index] if index < len(row) else ""
    return (cell == "" or cell == " ") and (line - 1, index) not in held and (line, index) not in typed


def _stands_once(lines: Sequence[tuple[int, Sequence[Cell]]], index: int, blank: Sequence[int]) -> bool:
    rows = [line for line, row in lines if row]
    return len(blank) >= _FEWEST and len(blank) * 2 >= len(rows) and rows[0] not in blank and len(blank) < len(rows)


def _filled(
    table: Table, lines: Sequence[tuple[int, Sequence[Cell]]], columns: Sequence[int], blank: dict[int, set[int]]
) -> list[Sequence[Cell]]:
    """Return the cells with those of the columns as above; what lies further right begins anew where one on its left is written."""
    cells: list[Sequence[Cell]] = list(table.cells)
    above: dict[int, Cell] = {}
    for line, row in lines:
        if not row:
            above = {}
            continue
        new = [*row, *([""] * (max(columns) + 1 - len(row)))]
        for at, index in enumerate(columns):
            if line in blank[index]:
                new[index] = above.get(index, "")
            else:
                above = {other: above[other] for other in columns[:at] if other in above} | {index: new[index]}
        cells[line - 1] = new
    return cells
