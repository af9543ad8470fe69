"""Rows typed by hand: a roster as a table to fill in on a tablet, and read back for further typing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from board.rules import digest
from board.rules.kind import Column, Kind, Level
from board.rules.personal.detection import find, mask
from board.rules.sheet.cell_numbers import NUMBERS
from board.rules.sheet.cleaning import Cleaned, Key, Person, clean
from board.rules.sheet.figures import KEPT
from board.rules.sheet.table import TYPED, Cell, Table, text
from board.rules.sheet.table_edits import Edits, edited

FIRST = 2  # the line of the first row: the header stands above it, as in a spreadsheet
LONGEST = 500  # characters of a cell

# Each row begins with the number of its line, so that a nearly empty row is not taken for words around the table.
_NUMBER = "行号"
_UNITS = {"money": "元", "balance": "元", "area": "亩"}  # the units of the stored figures, so that rows carried over stay the same


@dataclass(frozen=True)
class TypedRow:
    """One row as it was typed: its texts by field (no field is empty), and the person's keys, which are never shown.

    ``covered`` are the fields in which ● covers a number that has not been rewritten or accepted yet, with its class.
    """

    texts: Mapping[str, str]
    person: Person = Person()
    covered: Mapping[str, str] = field(default_factory=dict)

    def retyped(self, texts: Mapping[str, str]) -> TypedRow:
        """Return the row with other texts in place of its own. Under another name it is another person, without keys."""
        kept = {id: word for id, typed in texts.items() if (word := _tidy(typed))}
        covered = {id: what for id, what in self.covered.items() if kept.get(id) == self.texts.get(id)}
        for id, word in kept.items():
            if found := find(word):
                kept[id], covered[id] = mask(word), min((one.what for one in found), key=NUMBERS.index)
        same = "".join(kept.get("name", "").split()) == "".join(self.texts.get("name", "").split())
        return TypedRow(kept, self.person if same else Person(), covered)


def _tidy(typed: str) -> str:
    """Return a cell without the white space around it and the control characters that no keyboard types."""
    plain = "".join(" " if letter.isspace() else letter for letter in typed if letter.isspace() or _is_letter(letter))
    return plain.strip()[:LONGEST].strip()


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs")


def columns(kind: Kind, level: Level) -> list[Column]:
    """Return the columns that a publisher of ``level`` fills in: that of the places only where rows may belong to more than one."""
    alone = kind.places_for(level) == level
    return [column for column in kind.columns if not (alone and column.type == "place")]


def fields(kind: Kind, level: Level) -> dict[str, str]:
    """Return the field of each column of the typed table (index as text -> field), in the form of ``Draft.columns``."""
    return {"0": "", **{str(index): column.id for index, column in enumerate(columns(kind, level), 1)}}


def unit(column: Column) -> str:
    """Return the unit in which a column's figures are typed, "" for none: yuan and mu, whatever the kind's sheets are in
    (平方米 where that is the column's)."""
    return column.unit if column.unit in KEPT else _UNITS.get(column.type, column.unit)


def table_of(kind: Kind, level: Level, rows: Iterable[Mapping[str, str]]) -> Table:
    """Return the table that typed rows (field -> text) make: a line of labels with their units, then a line a row; empty rows are left
    out."""
    asked = columns(kind, level)
    filled = [row for row in rows if any(row.get(column.id) for column in asked)]
    lines: list[list[Cell]] = [
        [Decimal(line), *(row.get(column.id, "") for column in asked)] for line, row in enumerate(filled, start=FIRST)
    ]
    return Table(TYPED, [_header(asked), *lines])


def _header(asked: Sequence[Column]) -> list[Cell]:
    return [_NUMBER, *(f"{column.label.zh}({unit(column)})" if unit(column) else column.label.zh for column in asked)]


def rows_of(kind: Kind, level: Level, table: Table) -> list[dict[str, str]] | None:
    """Return the rows (field -> text) that ``table_of`` made a table of; None for a table that was uploaded, or typed for another kind."""
    asked = columns(kind, level)
    if table.name != TYPED or not table.cells or list(table.cells[0]) != _header(asked):
        return None
    read = [{column.id: text(cell) for column, cell in zip(asked, line[1:], strict=False)} for line in table.cells[FIRST - 1 :]]
    return [{id: word for id, word in row.items() if word} for row in read]


def opened(kind: Kind, level: Level, cleaned: Cleaned, edits: Edits) -> list[TypedRow] | None:
    """Return the rows of a typed table with its later corrections ({(line, column): text}); None as in ``rows_of``.

    A corrected cell counts as accepted: the clerk saw the ● in it.
    """
    rows = rows_of(kind, level, edited(cleaned.table, edits))
    if rows is None:
        return None
    covered: dict[int, dict[str, str]] = {}
    meant = fields(kind, level)
    for (line, column), what in cleaned.masked.items():
        if (line, column) not in edits and (id := meant.get(str(column))):
            covered.setdefault(line, {})[id] = what
    return [TypedRow(row, cleaned.people.get(line, Person()), covered.get(line, {})) for line, row in enumerate(rows, start=FIRST)]


def cleaned(kind: Kind, level: Level, rows: Iterable[TypedRow], key: Key, today: date) -> Cleaned:
    """Return typed rows as they are staged: their table, cleaned like an upload, with the keys that they were carried over with."""
    filled = [row for row in rows if row.texts]
    found = clean(table_of(kind, level, (row.texts for row in filled)), key, today)
    at = {id: int(index) for index, id in fields(kind, level).items()}
    covered = {(line, at[id]): what for line, row in enumerate(filled, start=FIRST) for id, what in row.covered.items()}
    known = {line: row.person for line, row in enumerate(filled, start=FIRST) if row.person != Person()}
    return replace(found, people={**found.people, **known}, masked={**found.masked, **covered})


def fingerprint(table: Table) -> str:
    """Return the SHA-256 of a typed table in canonical form, in place of the digest of an uploaded file."""
    return digest.of("sha256", table.to_json())
