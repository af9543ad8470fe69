"""Rows that may be totals: their figures are the sums of the rows above, whatever they are called, or they are named like a total.

Money would be counted twice, so the clerk is asked about each; until he answers it counts as the total.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from decimal import Decimal

from board.rules.bilingual import Words
from board.rules.kind import Kind
from board.rules.sheet.layout import Layout
from board.rules.sheet.problems import Problem
from board.rules.sheet.questions import CHOICES, Answers, answer, answered, question
from board.rules.sheet.reading import Reading, SheetRow, Total
from board.rules.sheet.table import Table, text
from board.rules.sheet.total_words import ends_with_total, is_only_a_total, like_a_total
from board.rules.sheet.totals import Sums
from board.rules.surnames import whole_name
from board.rules.text_width import squeezed

_ADDED = ("money", "area", "count")  # the types of columns whose figures add up
_FEWEST = 2  # rows of which a row may be the sum
_BY_CHANCE = 3  # rows of which a household's figures may be the sum by chance
_NOTHING = Decimal(0)
_EQUAL = Words("：它的数正好等于上面各行相加", ": its figures are the sums of the rows above")
_FIRST = Words("：它的数正好等于下面各行相加", ": its figures are the sums of the rows below")
_NAMED = Words("：看它的名字", ": by its name")


class HiddenTotals:
    """The rows of one sheet that may be totals, and what the clerk said of them."""

    def __init__(self, kind: Kind, reading: Reading, table: Table, found: Layout, answers: Answers) -> None:
        """``table`` is the sheet as it was written, without what was filled into its blank cells."""
        fields = found.columns
        self.kind, self.reading, self.table, self.answers, self.fields = kind, reading, table, answers, fields
        self.blocks = found.blocks()
        # Of goods small figures of different units are the sum of others by chance, and mean nothing: no total is looked for there.
        self.added = [column.id for column in kind.columns if column.id in fields and column.type in _ADDED and not column.unit_in]
        self.texts = [column.id for column in kind.columns if column.id in fields and column.type in ("place", "group", "name", "text")]
        self.dates = [column.id for column in kind.columns if column.type == "date"]
        self.rates = [column.id for column in kind.columns if column.type == "rate"]
        self.bounds = {total.after for total in reading.totals}
        self.covered = self._covered()
        self.found: dict[int, Words] = {}  # position of a row -> why it may be a total

    def settle(self) -> list[Problem]:
        """Make totals of the rows that are some, in the reading, and return the questions and what was answered."""
        for first, end in self._tables():
            self._look(first, end)
        problems, totals = [], list[int]()
        for at, why in self.found.items():
            row = self.reading.rows[at]
            key, said = f"total:{row.line}", self._said(row)
            given = answer(self.answers, key, list(CHOICES["like_total"]))
            asked = question("like_total", key, row.line, said=said, why=why, index=self._index(row))
            problems.append(
                answered(asked, given, Words(f"第 {row.line} 行“{said}”是不是合计", f"Row {row.line}, “{said}”")) if given else asked
            )
            totals += [at] if given != "row" else []
        self._move(totals)
        return problems

    def _covered(self) -> set[int]:
        """Return the positions of the rows that a total of the sheet counts as rows: with them it is right."""
        figures = {id: [row.figure(id) for row in self.reading.rows] for id in self.added}
        sums = Sums(self.kind, self.reading.rows, figures, self.reading.totals, self.reading.begins)
        covered: set[int] = set()
        for number, total in enumerate(self.reading.totals):
            stated = {id: value for id, value in total.values.items() if id in figures}
            right = (one for one in sums.stretches(number) if all(sums.between(id, *one) == value for id, value in stated.items()))
            if any(stated.values()) and (stretch := next(right, None)):
                covered.update(range(*stretch))
        return covered

    def _tables(self) -> Iterator[tuple[int, int]]:
        """Yield the rows of each table, as (from, to before): those joined and those side by side have each their own."""
        rows, start = self.reading.rows, 0
        for at in range(1, len(rows) + 1):
            if at == len(rows) or self._table(rows[at]) != self._table(rows[start]):
                yield start, at
                start = at

    def _table(self, row: SheetRow) -> tuple[int, int]:
        return row.block, bisect(self.reading.begins, row.line)

    def _look(self, first: int, end: int) -> None:
        """Find the rows of one table that may be totals: of all rows above, or of those since the last total."""
        whole, part = _Sums(self.added), _Sums(self.added)
        for at in range(first, end):
            row = self.reading.rows[at]
            if at in self.bounds:
                part = _Sums(self.added)
            of = max((sums.rows for sums in (whole, part) if self._is_sum(row, sums)), default=0) if at not in self.covered else 0
            every = at + 1 == end and of == whole.rows > _FEWEST
            if why := self._why(row, at, end, of, every):
                self.found[at] = why
                part = _Sums(self.added)
                if answer(self.answers, f"total:{row.line}", ["row"]) != "row":
                    continue
            whole.add(row)
            part.add(row)
        self._look_at_first(first, end)

    def _look_at_first(self, first: int, end: int) -> None:
        rest = _Sums(self.added)
        for at in range(first + 1, end):
            if at not in self.found:
                rest.add(self.reading.rows[at])
        row = self.reading.rows[first]
        if first in self.covered or self._is_dated(row) or self._is_entry(row) or not self._is_sum(row, rest):
            return
        if rest.rows > _FEWEST or self._poorer(first, first + 1):
            self.found[first] = _FIRST

    def _is_sum(self, row: SheetRow, sums: _Sums) -> bool:
        figures = {id: value for id in self.added if (value := row.figure(id))}
        return bool(figures) and sums.rows >= _FEWEST and all(sums.of[id] == value for id, value in figures.items())

    def _why(self, row: SheetRow, at: int, end: int, of: int, every: bool) -> Words | None:
        """Return why a row is asked about: it equals the sum of so many rows (``of``), or of ``every`` row of its table as the last one.

        A person by number is no total; nor is an entry with a date, or one with all it needs and a person's name that equals two or three
        rows above, as among small figures many do.
        """
        name = squeezed(row.name)
        perhaps = bool(name) and (like_a_total(row.name) or name.endswith("小结") or at > 0 and name in self._places(at - 1))
        perhaps = perhaps or any(self._is_called(row, id) for id in self.texts)
        named = perhaps or any(ends_with_total(row.texts.get(id, "")) for id in self.texts)
        if row.person.person_key or row.person.account_key or (self._is_dated(row) and not named):
            return None
        if not of:
            return _NAMED if perhaps or named and self._poorer(at, at - 1) else None
        nobody = bool(name) and not whole_name(name)
        if self._is_entry(row):
            return _EQUAL if named or every or nobody or of > _BY_CHANCE else None
        last = at + 1 == end or at + 1 in self.bounds or self.reading.rows[at + 1].line > row.line + 1
        several = sum(bool(row.figure(id)) for id in self.added) > 1
        return _EQUAL if last or several or named or nobody or self._poorer(at, at - 1) else None

    def _is_called(self, row: SheetRow, id: str) -> bool:
        """Return whether a text of a row is the word of a total and nothing else, where no name says whose row it is."""
        said = row.texts.get(id, "")
        return bool(said) and not whole_name(squeezed(row.name)) and is_only_a_total(said)

    def _places(self, at: int) -> set[str]:
        """Return what a row says of its place and group: below it, a name that is one of these is nobody's."""
        texts = self.reading.rows[at].texts
        return {squeezed(texts.get(column.id, "")) for column in self.kind.columns if column.type in ("place", "group")} - {""}

    def _is_entry(self, row: SheetRow) -> bool:
        """Return whether a row has as many words as totals rarely have: village, group and name, or two of them and a rate."""
        words = len(self._written(row))
        return words > 2 or (words > 1 and any(row.figure(id) for id in self.rates))

    def _is_dated(self, row: SheetRow) -> bool:
        return any(row.values.get(id) for id in self.dates)

    def _poorer(self, at: int, other: int) -> bool:
        """Return whether a row says less in words than another one; the first row has none above it."""
        if other < 0:
            return False
        return bool(self._written(self.reading.rows[other]) - self._written(self.reading.rows[at]))

    def _written(self, row: SheetRow) -> set[str]:
        """Return the fields of words that a row's own cells fill."""
        columns = self.blocks[row.block]
        return {id for id in self.texts if id in columns and text(self.table.at(row.line - 1, columns[id])).strip()}

    def _said(self, row: SheetRow) -> str:
        """Return what a row is called: its word for a total, else its name, else its first words."""
        words = [one for id in self.texts if (one := row.texts.get(id, "").strip())]
        return next((one for one in reversed(words) if ends_with_total(one)), row.name or next(iter(words), "……"))

    def _index(self, row: SheetRow) -> int:
        filled = [id for id in self.texts if row.texts.get(id, "").strip()]
        said = self._said(row)
        return next((self.fields[id] for id in filled if row.texts[id].strip() == said), self.fields[filled[0]] if filled else -1)

    def _move(self, positions: Sequence[int]) -> None:
        """Take rows out of the reading and put totals in their place."""
        if not positions:
            return
        reading, gone = self.reading, set(positions)
        lines = {(reading.rows[at].line, reading.rows[at].block) for at in gone}
        before = sorted(gone)
        for total in reading.totals:
            total.after -= bisect(before, total.after - 1)
        for number, at in enumerate(before):
            row = reading.rows[at]
            values = {id: value for id in self.added if (value := row.figure(id)) is not None}
            reading.totals.append(Total(row.line, "total", at - number, values, [*row.texts.values()], row.block))
        reading.totals.sort(key=lambda total: (total.block, total.line))
        reading.rows = [row for at, row in enumerate(reading.rows) if at not in gone]
        own = {line for line, _ in lines} - {row.line for row in reading.rows}
        reading.problems = [one for one in reading.problems if one.line not in own or one.lines]
        reading.capitals = [one for one in reading.capitals if (one[0].line, one[0].block) not in lines]


class _Sums:
    """The sums of some rows' figures."""

    def __init__(self, fields: Sequence[str]) -> None:
        self.of, self.rows = dict.fromkeys(fields, _NOTHING), 0

    def add(self, row: SheetRow) -> None:
        self.rows += 1
        for id in self.of:
            self.of[id] += row.figure(id) or _NOTHING
