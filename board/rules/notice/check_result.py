"""The result of a check as a draft keeps it, without the rows: a page about 100,000 rows opens as fast as one about ten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from board.rules.bilingual import Words
from board.rules.kind import Check, Kind
from board.rules.notice.proposal import Roster, exact
from board.rules.notice.roster_diff import RosterDiff
from board.rules.sheet.check import Checked, GridCell
from board.rules.sheet.problems import Problem
from board.rules.sheet.table import Origin, Table, text

FEW = 3
MOST = 200  # problems of one rule, and lines to change: with more, a better sheet helps and a longer page does not
COUNTER = re.compile(r"序号?|编号|No\.?|号")  # counts the lines of the sheet: the program counts anew
# What may be shown of an unrecognised column: an amount, an area, a count. Longer digits may be a personal number or a birthday.
_EXAMPLE = re.compile(r"-?(\d{1,7}|\d{1,3}(,\d{3})+)(\.\d{1,5})?")


@dataclass(frozen=True)
class OpenColumn:
    """A column that was not recognised; examples are figures only, never a word that could be a name."""

    index: int
    header: str
    private: bool
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """A check without its rows; the fields that ``sheet.Checked`` has too mean the same here.

    ``errors`` and ``warnings`` hold MOST of each rule, ``beyond`` says how many more a rule gave; ``lines`` are the texts of the lines
    that have an error, with their neighbours, ``origins`` the tables that a joined one was made of; ``chosen`` the remembered (place as
    written, code) on which rows rest, ``edited`` what the clerk typed over the sheet in words; ``letters`` all characters of the names;
    ``likely`` the kind that the sheet is really of ("": this one); ``roster`` what was staged (None: errors stand in the way).
    """

    row_count: int
    columns: Mapping[str, str]
    heads: Mapping[int, str]
    units: Mapping[str, str]
    compared: Sequence[tuple[int, int]]  # index in the kind's checks, rows
    unmapped: Sequence[OpenColumn]
    totals: Mapping[str, str]
    stated: Mapping[str, str]
    errors: Sequence[Problem]
    warnings: Sequence[Problem]
    beyond: Mapping[str, int]
    private: Sequence[Mapping[str, Any]]
    lines: Sequence[tuple[int, Sequence[str]]]
    origins: Sequence[Origin]
    chosen: Sequence[tuple[str, str]]
    edited: Sequence[Words]
    letters: str
    likely: str
    roster: Roster | None
    indexes: Mapping[str, int] = field(default_factory=dict)  # field id -> its column; {} in results of an earlier program
    difference: RosterDiff | None = None  # from the notice that it was begun from; None: it was begun afresh

    @property
    def error_count(self) -> int:
        """How many errors there are, those beyond MOST too."""
        return self.count(self.errors)

    def count(self, problems: Sequence[Problem]) -> int:
        """Return how many problems were found where only these are kept."""
        return len(problems) + sum(self.beyond.get(code, 0) for code in {one.code for one in problems})

    def line_name(self, line: int) -> str:
        """Return the name of a line in the clerk's file: its number, in a joined table after the label of its own."""
        label, own = Table("", (), origins=self.origins).origin(line)
        return f"{label} {own}".strip()

    def checks(self, kind: Kind) -> list[tuple[Check, int]]:
        """Return each check of the kind with how many rows it was done on."""
        return [(kind.checks[index], rows) for index, rows in self.compared]

    def shown_headers(self) -> dict[int, str]:
        """Return the headers of the clerk's table by column, "" where there is none; what was dropped as personal is left out."""
        dropped = {one.index for one in self.unmapped if one.private}
        return {index: self.heads.get(index, "") for index in range(max(self.heads, default=-1) + 1) if index not in dropped}

    def grid(self) -> Iterator[tuple[int, list[GridCell]]]:
        """Yield the lines to change, each cell with its problem, errors before warnings."""
        wrong: dict[tuple[int, int], Problem] = {}
        for one in (*self.errors, *self.warnings):
            for line in one.lines or (one.line,):
                wrong.setdefault((line, one.index), one)
        for line, texts in self.lines:
            yield line, [GridCell(index, cell, wrong.get((line, index))) for index, cell in enumerate(texts)]

    def to_json(self) -> dict[str, Any]:
        """Return the result as plain JSON values."""
        return asdict(self) | {"roster": self.roster and self.roster.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Result:
        """Return the result that ``to_json`` gave."""
        return cls(**{
            **data,
            "heads": {int(index): header for index, header in data["heads"].items()},
            "unmapped": [OpenColumn(**one | {"examples": tuple(one["examples"])}) for one in data["unmapped"]],
            "errors": [_problem(one) for one in data["errors"]],
            "warnings": [_problem(one) for one in data["warnings"]],
            "lines": [(line, texts) for line, texts in data["lines"]],
            "origins": [Origin(*one) for one in data["origins"]],
            "chosen": [(written, code) for written, code in data["chosen"]],
            "edited": [Words(**one) for one in data["edited"]],
            "roster": data["roster"] and Roster.from_json(data["roster"]),
            "difference": data["difference"] and RosterDiff(**data["difference"]),
        })  # fmt: skip


def result(checked: Checked, roster: Roster | None, *, chosen: Sequence[tuple[str, str]], edited: Sequence[Words], likely: str) -> Result:
    """Return the part of a check that is stored."""
    errors, warnings = _most(checked.errors), _most(checked.warnings)
    all_counts = Counter(one.code for one in (*checked.errors, *checked.warnings))
    kept = Counter(one.code for one in (*errors, *warnings))
    return Result(
        row_count=len(checked.rows),
        columns=dict(checked.columns),
        heads=dict(checked.heads),
        units=dict(checked.units),
        compared=[(checked.kind.checks.index(check), rows) for check, rows in checked.compared],
        unmapped=[
            OpenColumn(index, header, hidden, () if hidden else _figures(checked, index)) for index, header, hidden in checked.unmapped
        ],
        totals={id: exact(value) for id, value in checked.totals.items()},
        stated={id: exact(value) for id, value in checked.stated.items()},
        errors=errors,
        warnings=warnings,
        beyond=dict(all_counts - kept),
        private=[dict(found) for found in checked.private],
        lines=[(line, [cell.text for cell in cells]) for line, cells in checked.grid(_to_change(checked, errors))],
        origins=checked.table.origins,
        chosen=chosen,
        edited=edited,
        letters="".join(sorted({letter for row in checked.rows for letter in row.name})),
        likely=likely,
        roster=roster,
        indexes=dict(checked.indexes),
    )


def _most(problems: Sequence[Problem]) -> list[Problem]:
    """Return the first MOST problems of each rule, in their order; of a problem of many lines, the first MOST lines."""
    counts: Counter[str] = Counter()
    kept = []
    for one in problems:
        counts[one.code] += 1
        if counts[one.code] <= MOST:
            kept.append(one)
    return kept


def _to_change(checked: Checked, errors: Sequence[Problem]) -> list[int]:
    """Return the lines of the sheet that have an error, with their neighbours, so that a clerk sees them in their surroundings.

    Of an error that is about many lines and no one cell of theirs, the first few are enough.
    """
    lines = {line for one in errors if one.index >= 0 for line in (one.lines or (one.line,))}
    lines |= {line for one in errors if one.index < 0 for line in one.lines[:FEW]}
    near = {line + step for line in lines for step in (-1, 0, 1)} & {row.line for row in checked.rows}
    return sorted(near)[:MOST]


def _figures(checked: Checked, index: int) -> tuple[str, ...]:
    cells = (checked.table.cells[row.line - 1] for row in checked.rows[:50])
    written = dict.fromkeys(text(line[index]).strip() for line in cells if index < len(line))
    return tuple(one for one in written if _EXAMPLE.fullmatch(one))[:3]


def _problem(data: Mapping[str, Any]) -> Problem:
    return Problem(
        **{
            **data,
            "message": Words(**data["message"]),
            "lines": tuple(data["lines"]),
            "offers": tuple(data["offers"]),
            "choices": tuple(data.get("choices", ())),
        }
    )


def all_columns(found: Result) -> list[tuple[OpenColumn, str]]:
    """Return every column that is not private with the field it is used for ("": none), in the order of the sheet."""
    used = {index: id for id, index in found.indexes.items()}
    open_ = {one.index: one for one in found.unmapped}
    each = {index: open_.get(index, OpenColumn(index, header, private=False)) for index, header in found.heads.items()}
    return [(one, used.get(index, "")) for index, one in sorted(each.items()) if not one.private]


def open_columns(found: Result, chosen: Mapping[str, str], remembered: Mapping[str, str]) -> list[OpenColumn]:
    """Return the columns to ask the clerk about: those not yet decided.

    ``chosen`` is the clerk's choice for this sheet (column index as text -> field), ``remembered`` what the office chose for headers
    before.
    """
    unused = [one for one in found.unmapped if not one.private and str(one.index) not in chosen]
    return [one for one in unused if one.header not in remembered and not COUNTER.fullmatch(one.header)]
