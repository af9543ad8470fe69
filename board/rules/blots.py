"""What words tell of a person (a birth date, an illness, a door) in the cells of a roster that anybody may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from board.rules.kind import Kind
from board.rules.layout import Layout
from board.rules.personal import Finding, What, find, mask
from board.rules.table import Cell, Table

_WORDS: tuple[What, ...] = ("birth", "health", "address")


@dataclass(frozen=True)
class Blot:
    """One cell that tells of a person: where it stands, of which field it is, what it tells, and its text with ● over that."""

    line: int
    index: int
    field: str
    what: What
    covered: str


def blots(table: Table, kind: Kind, found: Layout) -> Iterator[Blot]:
    """The cells of text columns that are not for staff only and tell of a person. Numbers were taken out when the sheet was cleaned."""
    columns = [
        (index, column.id, 4 if column.type == "name" else 1)  # a name with nothing behind it is passed over, for there are many
        for block in found.blocks()
        for column in kind.columns
        if column.type in ("text", "name") and column.show != "staff" and (index := block.get(column.id)) is not None
    ]
    for line in range(found.last + 1, len(table.cells) + 1) if columns else ():
        row = table.cells[line - 1]
        for index, field, bare in columns:
            cell = row[index] if index < len(row) else ""
            if isinstance(cell, str) and len(cell) > bare and (told := _told(cell)):
                yield Blot(line, index, field, told[0].what, mask(cell, _WORDS))


@lru_cache(maxsize=10_000)
def _told(words: str) -> tuple[Finding, ...]:
    return tuple(find(words, _WORDS))


def blotted(table: Table, found: Sequence[Blot]) -> Table:
    """The table with those cells covered."""
    if not found:
        return table
    cells: list[Sequence[Cell]] = list(table.cells)
    for one in found:
        row = list(cells[one.line - 1])
        row[one.index] = one.covered
        cells[one.line - 1] = row
    return replace(table, cells=cells)
