"""Figures in public cells that may together be one personal number: a question to the clerk, since only a person can tell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from board.rules.kind import Kind
from board.rules.personal.detection import What, asked
from board.rules.sheet.figures import MEASURES
from board.rules.sheet.layout import Layout
from board.rules.sheet.split_numbers import groups, splits
from board.rules.sheet.table import Table

_LEAST = 11  # characters of the shortest number


class Possible(NamedTuple):
    """A cell whose figures may be a number, alone or with the cells on its right: position, field and class."""

    line: int
    column: int
    field: str
    what: What


def possible_numbers(table: Table, kind: Kind, found: Layout) -> Iterator[Possible]:
    """Yield the cells of public columns whose figures may be one personal number, line by line."""
    public = {column.id: column for column in kind.columns if column.show != "staff"}
    fields = {index: public[id] for block in found.blocks() for id, index in block.items() if id in public}
    words = [(index, column.id) for index, column in fields.items() if column.type not in MEASURES]
    heads = {index: head.shown for index, head in found.heads.items()}
    together = [group for group in groups(table, found.first - 1, found.last - 1, heads) if fields.keys() & set(group)]
    for line, row in enumerate(table.cells[found.last :], start=found.last + 1) if fields else ():
        for index, id in words:
            if index < len(row) and type(cell := row[index]) is str and len(cell) >= _LEAST and (what := _possible(cell)):
                yield Possible(line, index, id, what)
        for split in splits(row, together, {}) if together or len(row) >= _LEAST else ():
            index = next((one for one in split.columns if one in fields), -1)
            if index >= 0 and any(type(row[one]) is str for one in split.columns):
                yield Possible(line, index, fields[index].id, split.what)


@lru_cache(maxsize=10_000)
def _possible(cell: str) -> What | None:
    return next((one.what for one in asked(cell)), None)
