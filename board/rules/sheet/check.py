"""Checking a cleaned sheet against its kind: rows with exact values, totals, and every problem where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from board.rules.bilingual import Words
from board.rules.kind import Check, Column, Kind, Level
from board.rules.personal.detection import WHAT_WORDS, What, find
from board.rules.place_names import Places
from board.rules.sheet.agreement import Agreement
from board.rules.sheet.artefacts import CONSEQUENCES, cleared
from board.rules.sheet.blanks import filled
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.headers import rivals
from board.rules.sheet.hidden_totals import HiddenTotals
from board.rules.sheet.joining import located, placed
from board.rules.sheet.layout import Layout, layout
from board.rules.sheet.outcomes import contradictions, fill_returned
from board.rules.sheet.personal_words import Redaction, redacted, redactions
from board.rules.sheet.places import PlaceReader, place_column, town_column
from board.rules.sheet.possible_numbers import possible_numbers
from board.rules.sheet.problems import ERRORS, LEVEL_WORDS, Problem, problem, together
from board.rules.sheet.questions import Answers
from board.rules.sheet.reading import Reader, Reading, SheetRow, Tell
from board.rules.sheet.sections import sectioned
from board.rules.sheet.sensitive_roster import sensitive_roster
from board.rules.sheet.table import TYPED, Table, plain, text
from board.rules.sheet.table_edits import Edits, edited
from board.rules.sheet.titles import OTHER_KIND, doubts
from board.rules.sheet.totals import stated


@dataclass(frozen=True)
class GridCell:
    """One cell of the page of rows: its column's index, its text as it is stored, and what is wrong with it (None: nothing)."""

    index: int
    text: str
    problem: Problem | None = None


@dataclass(frozen=True)
class Checked:
    """A sheet as the program understood it. Lines count from 1, columns from 0; fields are column ids of the kind.

    ``units`` of a field is the one its cells were read in, ``compared`` each check of the kind with how many rows it was done on.
    ``columns`` gives each field's header, ``indexes`` its column, ``heads`` the header of every column that has one; ``unmapped`` the
    other columns as (index, header, private or not); ``totals`` in yuan and mu, of a balance the closing figure; ``stated`` the
    sheet's own totals; ``private`` the findings of ``clean``; ``aside`` the lines around the table (title, unit line, notes).
    """

    kind: Kind
    columns: Mapping[str, str] = field(default_factory=dict)
    indexes: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    compared: Sequence[tuple[Check, int]] = ()
    heads: Mapping[int, str] = field(default_factory=dict)
    unmapped: Sequence[tuple[int, str, bool]] = ()
    rows: Sequence[SheetRow] = ()
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    stated: Mapping[str, Decimal] = field(default_factory=dict)
    errors: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    private: Sequence[Mapping[str, Any]] = ()
    aside: Sequence[tuple[int, str]] = ()
    table: Table = field(default_factory=lambda: Table("", []), repr=False)

    @property
    def ok(self) -> bool:
        """Whether nothing blocks the sheet."""
        return not self.errors

    def grid(self, lines: Iterable[int] | None = None) -> Iterator[tuple[int, list[GridCell]]]:
        """Yield the rows' cells with the problem of each, errors before warnings, for all rows or only those of some lines."""
        wrong = self._wrong()
        width = max(self.heads, default=-1) + 1
        for line in lines if lines is not None else dict.fromkeys(row.line for row in self.rows):
            cells = self.table.cells[line - 1]
            shown = [text(cells[index]) if index < len(cells) else "" for index in range(width)]
            yield line, [GridCell(index, one, wrong.get((line, index))) for index, one in enumerate(shown)]

    def _wrong(self) -> dict[tuple[int, int], Problem]:
        found: dict[tuple[int, int], Problem] = {}
        for one in (*self.errors, *self.warnings):
            for line in one.lines or (one.line,):
                found.setdefault((line, one.index), one)
        return found


def check(
    cleaned: Cleaned,
    kind: Kind,
    places: Places,
    *,
    area: str,
    columns: Mapping[int, str] | None = None,
    edits: Edits | None = None,
    choices: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    facts: Mapping[str, str] | None = None,
    whole: str = "",
    answers: Answers | None = None,
    title: str = "",
    tell: Tell | None = None,
) -> Checked:
    """Return a cleaned sheet read as a roster of ``kind``, published by the area of that code, which lies in the scope of ``places``.

    ``columns`` is the clerk's {column: field id, "" for none}, ``headers`` the same by header as remembered from earlier sheets;
    ``edits`` {(line, column): text} typed in place, read instead of the sheet; ``choices`` {place as written: code}; ``facts`` the
    notice's, of which ``standard`` is compared; ``whole`` is the code of the place that all rows of a sheet without places belong to;
    ``answers`` are the clerk's to questions (``questions``), ``title`` the notice's own.
    ``tell`` is called every thousand rows with the number of rows read; an exception from it ends the check. Raises KeyError for an area
    outside the scope.
    """
    table = edited(cleaned.table, edits or {})
    found = layout(table, kind, cleaned.private, columns or {}, headers or {})
    where = PlaceReader(places, area, kind.places_for(places.by_code[area].level), choices or {}, whole)
    return _Checking(cleaned, kind, table, found, where, edits or {}, answers or {}).result(facts or {}, title, tell)


class _Checking:
    """One check: the layout, then the rows, then whether their figures agree."""

    def __init__(
        self, cleaned: Cleaned, kind: Kind, table: Table, found: Layout, where: PlaceReader, edits: Edits, answers: Answers
    ) -> None:
        self.cleaned, self.kind, self.found, self.where, self.edits, self.answers = cleaned, kind, found, where, edits, answers
        self.level: Level = where.places.by_code[where.home].level
        place_column(table, kind, found, where)
        self.artefacts = cleared(table, kind, found, edits)
        self.sections = sectioned(self.artefacts.table, kind, found, where.places, cleaned.table.width, edits)
        self.table, self.blanks = filled(self.sections.table, kind, found, answers, edits)
        self.redactions = list(redactions(self.table, kind, found))
        self.table = redacted(self.table, [one for one in self.redactions if self._blocks(one)])

    def result(self, facts: Mapping[str, str], title: str, tell: Tell | None) -> Checked:
        if not self.found.first:
            labels = "、".join(column.label.zh for column in self.kind.columns if column.required)
            return Checked(self.kind, errors=[problem("no_header", labels=labels)], private=self.cleaned.findings, table=self.table)
        reader = Reader(self.cleaned, self.table, self.kind, self.found, self.where, self._town(), self.answers)
        reading = reader.read(tell)
        asked = (
            [] if self.table.name == TYPED else HiddenTotals(self.kind, reading, self.artefacts.table, self.found, self.answers).settle()
        )

        self.where.keep({row.line for row in reading.rows})
        asked += list(self._elsewhere(reading))
        titles = list(doubts(reading.aside, self.found.first, self.kind, self.where.places, self.where.home, title, self.answers))
        title_open = any(one.ask == OTHER_KIND and one.choices for one in titles)
        asked += sensitive_roster(self.cleaned, self.kind, self.found, by_title=not title_open)
        asked += fill_returned(self.kind, reading.rows, self.found)
        agreement = Agreement(self.kind, reading, self.found, reader.units)
        problems = [*self._columns_missing(), *self._cells(reading), *self._unusual(reading), *agreement.problems(facts)]
        problems = [*self.blanks, *titles, *asked, *self._made_by_programs(reading, problems)]
        problems = sorted(located(together(problems), self.table), key=lambda one: (one.line, one.index))
        return Checked(
            kind=self.kind,
            columns=self._headers(),
            indexes=dict(self.found.columns),
            units=reader.units,
            compared=[(check, agreement.compared(check, facts)) for check in self.kind.checks],
            heads={index: self._header(index) for index in sorted(self.found.heads)},
            unmapped=self._unmapped(),
            rows=reading.rows,
            totals=agreement.sums(),
            stated=stated(reading.totals, reading.begins, agreement.added.balances),
            errors=[one for one in problems if one.code in ERRORS],
            warnings=[one for one in problems if one.code not in ERRORS],
            private=self.cleaned.findings,
            aside=reading.aside,
            table=self.table,
        )

    def _place(self) -> Column | None:
        return next((column for column in self.kind.columns if column.type == "place"), None)

    def _town(self) -> int | None:
        place = self._place()
        return town_column(self.found.heads, self.found.columns.get(place.id)) if place else None

    def _headers(self) -> dict[str, str]:
        return {id: self._header(index) for id, index in self.found.columns.items()}

    def _header(self, index: int) -> str:
        return self.found.shown(index) or f"第{index + 1}列"

    def _unmapped(self) -> list[tuple[int, str, bool]]:
        used = {index for block in self.found.blocks() for index in block.values()}
        used |= {own for twin in self.found.beside for first, own in twin.items() if own != first}
        return [(index, one.shown, index in self.cleaned.private) for index, one in sorted(self.found.heads.items()) if index not in used]

    def _columns_missing(self) -> Iterator[Problem]:
        """Yield the required columns that are missing; for the places there is a message of its own."""
        place = self._place()
        place_known = self.where.whole or self.where.level == self.level or self.kind.places is None
        if place and not place_known and place.id not in self.found.columns:
            yield problem("no_place", self.found.last, field=place.id, label=place.label, level=LEVEL_WORDS[self.where.level or self.level])
        for column in self.kind.required_columns(self.level):
            if column.id not in self.found.columns and column.type != "place":
                yield problem("no_column", self.found.last, field=column.id, label=column.label)

    def _cells(self, reading: Reading) -> Iterator[Problem]:
        """Yield the problems of single cells, with those of places and of personal data."""
        if not reading.rows:
            yield problem("no_rows", self.found.last)
        yield from reading.problems
        place = self._place()
        if place and place.id in self.found.columns:
            index = self.found.columns[place.id]
            yield from self.where.problems(place.id, index, self._header(index))
        lines = {row.line for row in reading.rows}
        yield from self._personal(lines)
        yield from self._possible(lines)

    def _unusual(self, reading: Reading) -> Iterator[Problem]:
        """Yield what the clerk may not see in the sheet: digits already lost, tables side by side, hidden rows and columns."""
        lost: dict[int, list[int]] = {}
        for line, index in self.cleaned.lost:
            lost.setdefault(index, []).append(line)
        for index, lines in lost.items():
            yield problem("digits_lost", lines[0], self._header(index), index=index, lines=tuple(lines))
        for id, others in rivals(self.kind, self.found.left(), self.found.columns, self.found.chosen):
            yield self._alike(id, others)
        yield from self._chosen_between()
        yield from contradictions(self.kind, reading.rows, self.found)
        yield from self.sections.problems(self.kind)
        yield from placed(self.table)
        if self.found.beside:
            yield problem("two_tables", self.found.first, count=len(self.found.beside) + 1)
        hidden = set(getattr(self.table, "hidden_rows", ()))
        if lines := sorted({row.line for row in reading.rows if row.line in hidden}):
            yield problem("hidden_rows", lines[0], lines=tuple(lines))
        for id, index in self.found.columns.items():
            if index in getattr(self.table, "hidden_columns", ()):
                yield problem("hidden_columns", self.found.last, self._header(index), field=id, index=index)

    def _chosen_between(self) -> Iterator[Problem]:
        """Yield for the reviewer which of several columns alike the clerk took, for this sheet or for an earlier one."""
        for id, others in rivals(self.kind, self.found.left(), self.found.columns, ()):
            index, column = self.found.columns[id], self.kind.column(id)
            if index in self.found.chosen or any(other in self.found.chosen for other in others):
                taken, label = self._header(index), column.label if column else Words("", "")
                named = "、".join(f"“{self._header(other)}”" for other in others)
                asked = Words(f"“{taken}”和{named}都像是“{label.zh}”", f"“{taken}” and {named} may each be “{label.en}”")
                yield problem(
                    "answered", self.found.last, taken, asked=asked, given=Words(f"用“{taken}”", f"take “{taken}”"), field=id, index=index
                )

    def _elsewhere(self, reading: Reading) -> Iterator[Problem]:
        """Yield the question whether it is another office's sheet; where only our own rows are wanted, the others are taken out."""
        place = self._place()
        if place is None or place.id not in self.found.columns:
            return
        index = self.found.columns[place.id]
        if told := self.where.elsewhere(place.id, index, self._header(index), self.answers):
            yield told
        if self.where.ours_only:
            reading.rows = [row for row in reading.rows if row.place]
            lines = {row.line for row in reading.rows}
            reading.totals = []
            reading.problems = [one for one in reading.problems if one.lines or one.line in lines or not one.line]
            self.where.keep(lines)

    def _made_by_programs(self, reading: Reading, problems: Sequence[Problem]) -> Iterator[Problem]:
        """Yield what is asked of cells that a program made, and all other problems but those that come of it."""
        lines = {row.line for row in reading.rows}
        asked, waiting = self.artefacts.uncalculated(self.found, lines, self.answers)
        yield from asked
        yield from self.artefacts.problems(self.found, lines, self.answers)
        yield from (one for one in problems if one.field not in waiting or one.code not in CONSEQUENCES)

    def _alike(self, id: str, others: Sequence[int]) -> Problem:
        index, column = self.found.columns[id], self.kind.column(id)
        named = "、".join(f"“{self._header(other)}”" for other in others)
        label = column.label if column else ""
        return problem("columns_alike", self.found.last, self._header(index), field=id, index=index, others=named, label=label)

    def _blocks(self, blot: Redaction) -> bool:
        """Return whether words are surely about a person: all of them where rows are people; elsewhere an address is not."""
        return blot.surely or self.kind.names != "none"

    def _personal(self, lines: set[int]) -> Iterator[Problem]:
        """Yield the personal numbers inside cells that would be stored; an edit resolves one, unless it brings in another."""
        fields = {index: id for block in self.found.blocks() for id, index in block.items()}
        typed = {at: found[0].what for at, words in self.edits.items() if (found := find(words))}
        masked: dict[tuple[int, int], str] = {at: what for at, what in self.cleaned.masked.items() if at not in self.edits}
        for (line, index), what in sorted((masked | typed).items()):
            if line in lines and index in fields:
                yield problem("personal_data", line, self._header(index), field=fields[index], index=index, what=WHAT_WORDS[what])
        for one in self.redactions:
            code = "personal_data" if self._blocks(one) else "personal_words"
            if one.line in lines and (one.line, one.index) not in masked | typed:
                yield problem(code, one.line, self._header(one.index), field=one.field, index=one.index, what=WHAT_WORDS[one.what])

    def _possible(self, lines: set[int]) -> Iterator[Problem]:
        """Yield one question for each column whose figures may be personal numbers in several parts."""
        asked: dict[tuple[int, str, What], list[int]] = {}
        for one in possible_numbers(self.table, self.kind, self.found):
            if one.line in lines:
                asked.setdefault((one.column, one.field, one.what), []).append(one.line)
        for (index, id, what), at in asked.items():
            yield problem("maybe_number", at[0], self._header(index), field=id, index=index, lines=tuple(at), what=WHAT_WORDS[what])


def accepted(cleaned: Cleaned) -> dict[tuple[int, int], str]:
    """Return the edits by which a clerk accepts every masked cell as it is now, ● and all."""
    return {(line, index): text(cleaned.table.cells[line - 1][index]) for line, index in cleaned.masked}


def report(checked: Checked) -> dict[str, Any]:
    """Return what was found in a sheet, as plain JSON: figures as decimal strings in yuan and mu, messages in Chinese."""
    return {
        "ok": checked.ok,
        "rows": len(checked.rows),
        "columns": dict(checked.columns),
        "totals": {id: _printed(checked.kind, id, value) for id, value in checked.totals.items()},
        "stated": {id: _printed(checked.kind, id, value) for id, value in checked.stated.items()},
        "errors": [_problem_json(one) for one in checked.errors],
        "warnings": [_problem_json(one) for one in checked.warnings],
        "private": [{name: value for name, value in finding.items() if name != "around"} for finding in checked.private],
    }


def _printed(kind: Kind, id: str, value: Decimal) -> str:
    column = kind.column(id)
    return f"{value:.2f}" if column and column.type in ("money", "balance") else plain(value)


def _problem_json(one: Problem) -> dict[str, Any]:
    return {"row": one.line, "column": one.column, "code": one.code, "message": one.message.zh}
