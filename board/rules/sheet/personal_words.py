"""Descriptions of a person (a birth date, an illness, an address) in the public cells of a roster."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from board.rules.kind import Kind
from board.rules.personal import mentions
from board.rules.personal.descriptions import treatments
from board.rules.personal.detection import REDACTION, What, find, mask
from board.rules.sheet.figures import MEASURES
from board.rules.sheet.layout import Layout
from board.rules.sheet.table import Cell, Table
from board.rules.text_width import narrow

_WORDS: tuple[What, ...] = ("birth", "health", "address")
_OF_SOMEBODY = re.compile(
    r"(?<=[(（])[^()（）]*(?:残|病|癌|瘫|聋|哑|盲|痴|孕|服刑|吸毒|戒毒)[^()（）]*(?=[)）])"
)  # behind a name: 张三（残疾）
_BESIDE_NAME = re.compile(  # and without brackets: 张三 残疾
    r"(?<=[\u4e00-\u9fff]{2})[\s\-—_/、,，:：]*(?:残疾\S*|重残|聋哑|精神病|智障|痴呆|[\u4e00-\u9fff]?癌症?|瘫痪|服刑|吸毒|戒毒|艾滋病?|尿毒症)\s*$"
)
_BRACKET = re.compile(r"[(（\[［]")
_SHORT = 3  # letters of a name or a group with nothing behind it: passed over, for there are many


@dataclass(frozen=True)
class Redaction:
    """One cell that describes a person: its position, its field, the class of what was found, and its text with ● over that.

    ``surely`` is True when the words are about a person whatever the sheet is about: a road to be mended has a number as well.
    """

    line: int
    index: int
    field: str
    what: What
    covered: str
    surely: bool


def redactions(table: Table, kind: Kind, found: Layout) -> Iterator[Redaction]:
    """Yield the public cells that describe a person: words of a text, and those beside a name, a group, a date or a figure.

    Numbers were taken out when the sheet was cleaned; of a place only its area is kept.
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
            if index < width and type(cell := row[index]) is str and len(cell) > short and (described := _described(cell, column.type)):
                yield Redaction(line, index, column.id, *described)


@lru_cache(maxsize=10_000)
def _described(cell: str, type: str) -> tuple[What, str, bool] | None:
    """Return the class of a description of a person in a cell of that column type, the cell with ● over it, and whether it is sure; or
    None."""
    if type in MEASURES and not _BRACKET.search(cell):  # a figure has words only in brackets
        return None
    classes = {finding.what for finding in find(cell, _WORDS)}
    covered = mask(cell, _WORDS) if classes else cell
    if type == "name" and (noted := _OF_SOMEBODY.search(covered) or _BESIDE_NAME.search(covered)):
        classes.add("health")
        covered = _cover(covered, *noted.span())
    if type == "text" and "health" not in classes:
        for start, end in _named_treatments(narrow(cell)):
            classes.add("health")
            covered = _cover(covered, start, end)
    what = next((what for what in _WORDS if what in classes), None)
    return (what, covered, what != "address") if what else None


def _named_treatments(text: str) -> Sequence[tuple[int, int]]:
    """Return the words on the illness of a person who is named in an entry of an account book or the like."""
    found = list(treatments(text))
    return found if found and (mentions.named(text) or any(mentions.named_first(text[end:]) for _start, end in found)) else ()


def _cover(text: str, start: int, end: int) -> str:
    return text[:start] + REDACTION * (end - start) + text[end:]


def redacted(table: Table, found: Sequence[Redaction]) -> Table:
    """Return the table with those cells covered."""
    if not found:
        return table
    cells: list[Sequence[Cell]] = list(table.cells)
    for one in found:
        row = list(cells[one.line - 1])
        row[one.index] = one.covered
        cells[one.line - 1] = row
    return replace(table, cells=cells)
