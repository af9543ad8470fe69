"""What a spreadsheet program made of a cell and nobody wrote: a group that became a date, a picture's formula, the mark of an error,
a formula that was never calculated.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from board.rules.bilingual import Words
from board.rules.kind import Kind
from board.rules.sheet.figures import FigureError, day
from board.rules.sheet.layout import Layout
from board.rules.sheet.problems import Problem, problem
from board.rules.sheet.questions import CHOICES, Answers, answer, answered, question
from board.rules.sheet.table import Cell, Table
from board.rules.text_width import squeezed

_PICTURE = re.compile(r"=?(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|BUSY!|GETTING_DATA|名称[?？])|Err:\d{3}")
_HASHES = re.compile(r"#{3,}")  # a column that was too narrow, copied as text
_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
# What an uncalculated 0 brings out beside its own question.
CONSEQUENCES = frozenset({
    "missing", "zero_amount", "product_differs", "sum_differs", "running_differs", "total_differs", "subtotal_differs", "all_same",
})  # fmt: skip


@dataclass
class Artefacts:
    """A table without them, and where they were: (line, column) -> what was written, or what its program made of it."""

    table: Table
    pictures: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    days: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()

    def problems(self, found: Layout, lines: Collection[int], answers: Answers) -> Iterator[Problem]:
        """Yield what the clerk is told and asked of the artefacts on the lines of rows, once for each column."""
        for index, places in _by_column(self.pictures, lines):
            yield problem("picture_left_out", places[0], found.shown(index), lines=tuple(places), index=index)
        for (line, index), word in sorted(self.errors.items()):
            if line in lines:
                yield problem("not_a_text", line, found.shown(index), written=word, index=index)
        for index, places in _by_column(self.days, lines):
            words, header = self.days[places[0], index], found.shown(index)
            asked = question("turned_into_days", f"days:{index}", places[0], header, lines=tuple(places), written=words, index=index)
            given = answer(answers, f"days:{index}", asked.choices)
            about = Words(f"“{header}”里有日期，改回“{words}”这样的字", f"Dates in “{header}” are turned back into words like “{words}”")
            yield answered(asked, given, about) if given else asked

    def uncalculated(self, found: Layout, lines: Collection[int], answers: Answers) -> tuple[list[Problem], set[str]]:
        """Return the question about formulas that were never calculated, one for all columns, and the fields that wait for its answer."""
        blocks = found.blocks()
        fields = {at: id for block in blocks for id, at in block.items()}
        cells = sorted((line, index) for line, index in self.formulas if line in lines and index in fields)
        if not cells:
            return [], set()
        headers = "、".join(dict.fromkeys(found.shown(index) for _, index in cells))
        first, rows = cells[0], tuple(dict.fromkeys(line for line, _ in cells))
        asked = question("formulas_not_calculated", "formulas", first[0], headers, lines=rows, index=first[1])
        if given := answer(answers, "formulas", list(CHOICES["formulas_not_calculated"])):
            return [answered(asked, given, Words(f"“{headers}”的公式算过没有", f"Were the formulas of “{headers}” calculated"))], set()
        return [asked], {fields[index] for _, index in cells}


def cleared(table: Table, kind: Kind, found: Layout, typed: Collection[tuple[int, int]] = ()) -> Artefacts:
    """Return a table whose pictures are blank and whose groups, names and places are words again; ``typed`` cells are the clerk's own."""
    types = {index: column.type for block in found.blocks() for id, index in block.items() if (column := kind.column(id))}
    worded = {index: type for index, type in types.items() if type in ("place", "group", "name", "text", "date")}
    result = Artefacts(table, formulas=frozenset(at for at in table.formulas if at not in typed))
    cells: list[Sequence[Cell]] = list(table.cells)
    for line, row in table.lines():
        if line <= found.last or sum(cell != "" for cell in row) < 2:  # the date of a signature stands alone
            continue
        for index in worded:
            cell = row[index] if index < len(row) else ""
            if cell != "" and (new := _cleared(result, line, index, cell, worded[index])) is not None:
                cells[line - 1] = [*cells[line - 1][:index], new, *cells[line - 1][index + 1 :]]
    result.table = replace(table, cells=cells) if result.pictures or result.days else table
    return result


def _cleared(found: Artefacts, line: int, index: int, cell: Cell, type: str) -> Cell | None:
    """Return what a cell becomes, None for one that stays, and note it."""
    if isinstance(cell, str):
        if _PICTURE.match(cell):
            found.pictures[line, index] = cell
            return ""
        if cell[0] in "#E" and (_ERROR.fullmatch(cell) or _HASHES.fullmatch(cell)):
            found.errors[line, index] = cell
            return None
    if type in ("group", "name") and (words := _undated(cell)):
        found.days[line, index] = words
        return words
    return None


def _undated(cell: Cell) -> str:
    """Return what was probably written where a date stands (3-2 for 2 March), "" where none stands."""
    if isinstance(cell, str):
        if match := _DAY.fullmatch(squeezed(cell)):
            return f"{int(match[1])}-{int(match[2])}"
        if not cell[0].isdigit() or len(cell) < len("2026.1.1"):
            return ""
    try:
        found = day(cell) if isinstance(cell, str | date) else None
    except FigureError:
        return ""
    return f"{found.month}-{found.day}" if found else ""


def _by_column(cells: Mapping[tuple[int, int], str], lines: Collection[int]) -> list[tuple[int, list[int]]]:
    found: dict[int, list[int]] = {}
    for line, index in sorted(cells):
        if line in lines:
            found.setdefault(index, []).append(line)
    return sorted(found.items())
