"""What words tell of a person (a birth date, an illness, a door) in the cells of a roster that anybody may read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from board.rules.kind import Kind
from board.rules.personal.detection import REDACTION, What, find, mask
from board.rules.sheet.figures import MEASURES
from board.rules.sheet.layout import Layout
from board.rules.sheet.table import Cell, Table

_WORDS: tuple[What, ...] = ("birth", "health", "address")
_OF_SOMEBODY = re.compile(
    r"(?<=[(（])[^()（）]*(?:残|病|癌|瘫|聋|哑|盲|痴|孕|服刑|吸毒|戒毒)[^()（）]*(?=[)）])"
)  # behind a name: 张三（残疾）
_BRACKET = re.compile(r"[(（\[［]")
_SHORT = 3  # letters of a name or a group with nothing behind it: passed over, for there are many


@dataclass(frozen=True)
class Redaction:
    """One cell that tells of a person: where it stands, of which field it is, what it tells, and its text with ● over that.

    ``surely`` says that the words are about a person whatever the sheet is about: a road to be mended has a number as well.
    """

    line: int
    index: int
    field: str
    what: What
    covered: str
    surely: bool


def redactions(table: Table, kind: Kind, found: Layout) -> Iterator[Redaction]:
    """The cells that anybody may read and that tell of a person: words of a text, and those beside a name, a group, a date or a figure.

    Numbers were taken out when the sheet was cleaned; of a place nothing but its area is kept.
    """
    columns = [
        (index, column, 0 if column.type == "text" else _SHORT)
        for block in found.blocks()
        for column in kind.columns
        if column.type != "place" and column.show != "staff" and (index := block.get(column.id)) is not None
    ]
    for line in range(found.last + 1, len(table.cells) + 1) if columns else ():
        row = table.cells[line - 1]
        width = len(row)
        for index, column, short in columns:
            if index < width and type(cell := row[index]) is str and len(cell) > short and (blot := _blot(cell, column.type)):
                yield Redaction(line, index, column.id, *blot)


@lru_cache(maxsize=10_000)
def _blot(cell: str, type: str) -> tuple[What, str, bool] | None:
    """What a cell of a column of that type tells of a person, how it reads when covered, and whether that is sure; or None."""
    if type in MEASURES and not _BRACKET.search(cell):  # a figure has words only in brackets
        return None
    told = {finding.what for finding in find(cell, _WORDS)}
    covered = mask(cell, _WORDS) if told else cell
    if type == "name" and (noted := _OF_SOMEBODY.search(covered)):
        told.add("health")
        covered = covered[: noted.start()] + REDACTION * len(noted[0]) + covered[noted.end() :]
    what = next((what for what in _WORDS if what in told), None)
    return (what, covered, what != "address") if what else None


def redacted(table: Table, found: Sequence[Redaction]) -> Table:
    """The table with those cells covered."""
    if not found:
        return table
    cells: list[Sequence[Cell]] = list(table.cells)
    for one in found:
        row = list(cells[one.line - 1])
        row[one.index] = one.covered
        cells[one.line - 1] = row
    return replace(table, cells=cells)
