"""A spreadsheet as it was read: its cells, before they are interpreted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from board.rules.bilingual import Words

TYPED = "手工填写"  # the name of a table that was typed, by which it is opened again for typing

Cell = str | Decimal | date  # an empty cell is ""
Range = tuple[int, int, int, int]  # top, left, bottom, right; from 0, all of them inside


class Format(NamedTuple):
    """A number format that shows other figures than a column's cells hold, on the lines ``first`` to ``last``.

    The figure shown is the cell's times ten to the ``power``, and the words ``behind`` stand after it: 200000 with the format 0!.0000
    is shown as 20.0000, a power of -4.
    """

    column: int
    first: int
    last: int
    power: int
    behind: str = ""


class Origin(NamedTuple):
    """One of the tables that were joined into one: the ``first`` line it has there, its ``label``, and the ``shift`` from its own lines.

    ``place`` is the place that its name means, where no column gives the places of its rows ("": one does, or the name is no place).
    """

    first: int
    label: str
    shift: int
    place: str = ""


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook; ``cells[0]`` is line 1 of the sheet, however empty it may be.

    ``merged`` lists the merged ranges, whose value stands in their first cell only. ``hidden`` sheets are not shown by the program
    that wrote them, nor are ``hidden_rows`` (lines from 1) and ``hidden_columns`` (from 0); ``filtered`` says that a filter hides
    lines, ``since_1904`` that numbers for days count from 1904. ``file`` is the file's name inside a zip. Of several tables on one
    sheet, ``part`` counts from 1 and the lines of the tables before it are empty, so that line numbers stay those of the sheet; 0 is
    the whole sheet. ``formats`` are the number formats that show other figures, ``formulas`` the cells (line, column) of formulas that no
    program has calculated.
    """

    name: str
    cells: Sequence[Sequence[Cell]]
    merged: Sequence[Range] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    file: str = ""
    part: int = 0
    since_1904: bool = False
    origins: Sequence[Origin] = ()
    formats: Sequence[Format] = ()
    formulas: Sequence[tuple[int, int]] = ()

    def lines(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Yield each line that is not wholly empty, with its number as the sheet's own program shows it (from 1)."""
        for line, row in enumerate(self.cells, start=1):
            if any(row) or any(cell != "" for cell in row):  # the second test is for a line of zeros only; comparing numbers is slow
                yield line, row

    def at(self, row: int, column: int) -> Cell:
        """Return the cell at a row and a column (from 0); empty beyond a line's end, for lines are as long as what is in them."""
        cells = self.cells[row] if row < len(self.cells) else ()
        return cells[column] if column < len(cells) else ""

    @property
    def width(self) -> int:
        """The number of columns of the widest line."""
        return max(map(len, self.cells), default=0)

    @property
    def label(self) -> str:
        """The name that distinguishes this table within its upload: file in a zip, sheet, and of several on a sheet its lines."""
        lines = [line for line, _ in self.lines()]
        where = f"第 {lines[0]}–{lines[-1]} 行" if self.part and lines else ""
        return " / ".join(filter(None, (self.file, self.name, where)))

    def origin(self, line: int) -> tuple[str, int]:
        """Return the label of the table that a line of a joined one comes from, and its line there; ``("", line)`` of any other table."""
        of = next((one for one in reversed(self.origins) if one.first <= line), Origin(1, "", 0))
        return of.label, line - of.shift

    def preview(self, most: int = 5) -> list[tuple[int, list[str]]]:
        """Return the first lines that are not empty, as (line, texts). To be shown of a cleaned table only."""
        return [(line, [text(cell) for cell in row]) for (line, row), _ in zip(self.lines(), range(most), strict=False)]

    def looks_like_table(self) -> bool:
        """Return whether at least two lines have two filled cells: a cover page or a note has not."""
        wide = (1 for _, row in self.lines() if sum(cell != "" for cell in row) > 1)
        return next(wide, 0) + next(wide, 0) == 2

    def to_json(self) -> dict[str, Any]:
        """Return the table as JSON holds it, all cells as texts: a number is ``#4.95``, a date ``/2026-07-02``, so that nothing is rounded.

        A text that begins with such a mark, or with another letter that comes before the digits, has a ``'`` before it.
        """
        cells = [[cell if type(cell) is str and (cell >= "0" or not cell) else _packed(cell) for cell in row] for row in self.cells]
        return {
            "name": self.name,
            "cells": cells,
            "merged": [list(range_) for range_ in self.merged],
            "hidden": self.hidden,
            "hidden_rows": sorted(self.hidden_rows),
            "hidden_columns": sorted(self.hidden_columns),
            "filtered": self.filtered,
            "file": self.file,
            "part": self.part,
            "since_1904": self.since_1904,
            "origins": [list(one) for one in self.origins],
            "formats": [list(one) for one in self.formats],
            "formulas": [list(one) for one in self.formulas],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Table:
        """Return the table that ``to_json`` wrote; what was staged before a field existed has its default."""
        known = _Unpacked()
        return cls(
            name=data["name"],
            cells=[[cell if cell >= "0" or not cell else known[cell] for cell in row] for row in data["cells"]],
            merged=[(top, left, bottom, right) for top, left, bottom, right in data["merged"]],
            hidden=data["hidden"],
            hidden_rows=frozenset(data.get("hidden_rows", ())),
            hidden_columns=frozenset(data.get("hidden_columns", ())),
            filtered=data.get("filtered", False),
            file=data.get("file", ""),
            part=data.get("part", 0),
            since_1904=data.get("since_1904", False),
            origins=tuple(Origin(*one) for one in data.get("origins", ())),
            formats=tuple(Format(*one) for one in data.get("formats", ())),
            formulas=tuple((line, column) for line, column in data.get("formulas", ())),
        )


@dataclass(frozen=True)
class Book:
    """All tables of one upload; hidden sheets are named without their cells. ``notes`` are remarks on how it was read, for the clerk.

    ``swept`` are the personal numbers in parts that no table shows (comments, properties, hidden sheets, the file's name) and that
    no shown cell holds, counted as ``{"where", "what", "count"}``; what = id_number, bank_card or phone.
    """

    tables: Sequence[Table]
    notes: Sequence[Words] = ()
    swept: Sequence[Mapping[str, Any]] = ()

    @property
    def first(self) -> int:
        """The index of the sheet to take unless the clerk names another: the first shown one that looks like a table."""
        shown = [index for index, table in enumerate(self.tables) if not table.hidden and any(table.lines())]
        return next((index for index in shown if self.tables[index].looks_like_table()), shown[0] if shown else 0)

    def table(self, index: int | None = None) -> Table:
        """Return the sheet at ``index``, by default the ``first``. Raises IndexError when there is none."""
        return self.tables[self.first if index is None else index]

    @property
    def others(self) -> list[tuple[int, str]]:
        """Index and name of the shown sheets that ``table()`` leaves aside though something is in them."""
        shown = ((index, table) for index, table in enumerate(self.tables) if not table.hidden and any(table.lines()))
        return [(index, table.label) for index, table in shown if index != self.first]


def text(cell: Cell) -> str:
    """Return a cell as a person reads it; a number without exponent or useless zeros."""
    if isinstance(cell, str):
        return cell
    return plain(cell) if isinstance(cell, Decimal) else cell.isoformat()


def plain(number: Decimal) -> str:
    """Return a number in plain digits: ``12.0`` is ``12``, ``1E+3`` is ``1000``."""
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") or "0" if "." in digits else digits


def span(ranges: Iterable[Range]) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each covered cell (row, column from 0) of merged ranges the cell that holds the value; the holder itself is left out.

    A range of more than 200,000 cells is passed over: a hostile file may merge the whole sheet.
    """
    held: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in ranges:
        if (bottom - top + 1) * (right - left + 1) > 200_000:
            continue
        for row in range(top, bottom + 1):
            held.update({(row, column): (top, left) for column in range(left, right + 1)})
        held.pop((top, left), None)
    return held


def _packed(cell: Cell) -> str:
    if type(cell) is Decimal:
        return "#" + str(cell)
    return f"/{cell.isoformat()}" if isinstance(cell, date) else f"'{cell}"


class _Unpacked(dict[str, Cell]):
    """Cell values by their marked texts. Each is made once: in a roster the same amounts come again and again."""

    def __missing__(self, packed: str) -> Cell:
        mark, word = packed[0], packed[1:]
        self[packed] = cell = Decimal(word) if mark == "#" else date.fromisoformat(word) if mark == "/" else word
        return cell
