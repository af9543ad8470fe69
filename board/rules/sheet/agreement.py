"""Whether the figures of a sheet agree with each other: differences are reported, never corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import prod
from typing import Any

from board.rules import row_units
from board.rules.bilingual import Words
from board.rules.kind import Check, Column, Kind
from board.rules.place_names import group_key
from board.rules.sheet.capitals import CapitalsError, amount
from board.rules.sheet.figures import MEASURES, UNITS
from board.rules.sheet.layout import Layout
from board.rules.sheet.problems import Problem, problem
from board.rules.sheet.reading import Reading, SheetRow, Total
from board.rules.sheet.table import plain
from board.rules.sheet.totals import Sums, capitals_alone, capitals_beside, count_unit, counted, rate_stated, stated_counts
from board.rules.text_width import squeezed

_FEW = 3  # with fewer rows, equal amounts are no reason for a warning
_TOTALLED = ("count", "area", "money", "balance")
_NOTHING, _ONE = Decimal(0), Decimal(1)


class Agreement:
    """The checks of one kind over what was read of one sheet; ``units`` are those of its columns, by field."""

    def __init__(self, kind: Kind, reading: Reading, found: Layout, units: Mapping[str, str]) -> None:
        self.kind, self.rows, self.reading, self.found, self.units = kind, reading.rows, reading, found, units
        self.columns = found.columns
        types = {column.id: column.type for column in kind.columns}
        returned = kind.chain.returned if kind.chain else ""  # may be filled in without a column of its own
        filled = returned not in self.columns and any(row.figure(returned) for row in self.rows)
        fields = [*self.columns, *([returned] if filled else [])]
        self.figures = {id: [row.figure(id) for row in self.rows] for id in fields if types[id] in MEASURES}
        self.totalled = [id for id in fields if types[id] in _TOTALLED]
        self.added = Sums(kind, self.rows, {id: self.figures[id] for id in self.totalled}, reading.totals, reading.begins)
        self.blocks = found.blocks()
        self.goods: dict[str, Column] = {column.id: column for column in kind.columns if column.unit_in}

    def problems(self, facts: Mapping[str, str]) -> Iterator[Problem]:
        """Yield every disagreement, as warnings."""
        for check in self.kind.checks:
            yield from self._checked(check, facts)
        yield from self._rates(facts)
        yield from self._totals()
        yield from self._stated(facts)
        yield from self._capitals()
        yield from self._twice()
        yield from self._odd_amounts()

    def sums(self) -> dict[str, Decimal]:
        """Return the total of each public field that has a figure, in the form of ``proposal.add_up``; of a balance the closing one."""
        open = {column.id for column in self.kind.columns if column.show != "staff" and column.adds_up}
        filled = [id for id in self.totalled if id in open and len(self._lacking(id)) < len(self.rows)]
        sums = {id: self.added.whole(id) for id in filled if id not in self.goods}
        for id in (id for id in filled if id in self.goods):
            for row, value in zip(self.rows, self._figures(id), strict=True):
                if value is not None:
                    name = row_units.key(self.goods[id], self._unit(row, id))
                    sums[name] = sums.get(name, _NOTHING) + value
        return sums

    def _unit(self, row: SheetRow, id: str) -> str:
        return squeezed(str(row.values.get(self.goods[id].unit_in, "")))

    def _figures(self, id: str) -> Sequence[Decimal | None]:
        """Return the figures of a field, row by row; of one that the sheet does not have, None for each row."""
        return self.figures.get(id) or [None] * len(self.rows)

    def _lacking(self, id: str) -> set[int]:
        """Return the rows, from 0, that have no figure in a field."""
        return {at for at, value in enumerate(self._figures(id)) if value is None}

    def _note(self, code: str, line: int, id: str, block: int = 0, **values: Any) -> Problem:
        index = self.blocks[block].get(id, -1)
        return problem(code, line, self.found.shown(index), field=id, index=index, **values)

    def _row_note(self, code: str, row: SheetRow, id: str, **values: Any) -> Problem:
        return self._note(code, row.line, id, row.block, **values)

    def _tolerance(self, check: Check) -> Decimal:
        """Return how far a result may be off: the kind's tolerance in the unit of its column, for 万元 are rounded in 万元."""
        unit = self.units.get(check.result, "")
        return Decimal(check.tolerance) * (UNITS[unit][1] if unit in UNITS else 1)

    def compared(self, check: Check, facts: Mapping[str, str]) -> int:
        """Return on how many rows a check can be done: those that have its result and its operands, and nothing that rules it out."""
        lacking = [self._lacking(id) for id in check.of if id in self.columns or self._standing_in(id, facts) is None]
        without = set.union(*lacking) if check.type == "product" else set.intersection(*lacking)
        ruled_out = {at for at, row in enumerate(self.rows) if self._ruled_out(check, row)}
        return len(self.rows) - len(without | ruled_out | self._lacking(check.result))

    def _ruled_out(self, check: Check, row: SheetRow) -> bool:
        return any(row.figure(id) is not None for id in check.unless)

    def _checked(self, check: Check, facts: Mapping[str, str]) -> Iterator[Problem]:
        if check.result not in self.columns:
            return
        if check.type == "product":
            yield from self._product(check, facts)
        elif check.type == "sum":
            yield from self._parts(check)
        else:
            yield from self._running(check)

    def _product(self, check: Check, facts: Mapping[str, str]) -> Iterator[Problem]:
        """Yield the rows that differ from quantity × rate; where the sheet has no rate, that of the notice is taken."""
        tolerance = self._tolerance(check)
        of = [[standing] * len(self.rows) if (standing := self._standing_in(id, facts)) else self._figures(id) for id in check.of]
        for row, result, *found in zip(self.rows, self._figures(check.result), *of, strict=True):
            factors = [value for value in found if value is not None]
            if result is None or len(factors) < len(found) or self._ruled_out(check, row):
                continue
            expected = prod(factors, start=_ONE)
            if abs(expected - result) > tolerance:
                shown = {"value": plain(result), "factors": " × ".join(map(plain, factors)), "expected": plain(expected)}
                yield self._row_note("product_differs", row, check.result, **shown)

    def _standing_in(self, id: str, facts: Mapping[str, str]) -> Decimal | None:
        """Return the rate that the notice states where a factor is one that the sheet does not have."""
        return rate_stated(facts, self.kind.column(id)) if id not in self.columns else None

    def _parts(self, check: Check) -> Iterator[Problem]:
        parts = [id for id in check.of if id in self.figures]
        tolerance = self._tolerance(check)
        for row in self.rows:
            result = row.figure(check.result)
            values = [value for id in parts if (value := row.figure(id)) is not None]
            expected = sum(values, _NOTHING)
            if result is not None and values and abs(expected - result) > tolerance:
                yield self._row_note("sum_differs", row, check.result, value=plain(result), expected=plain(expected))

    def _running(self, check: Check) -> Iterator[Problem]:
        """Yield each balance that does not follow from the one above; the next is compared with what is written, so that one slip is
        reported once."""
        tolerance, above = self._tolerance(check), None
        for row in self.rows:
            result = row.figure(check.result)
            if above is not None:
                plus, minus = (row.figure(id) or _NOTHING for id in check.of)
                expected = above + plus - minus
                if result is not None and abs(expected - result) > tolerance:
                    yield self._row_note("running_differs", row, check.result, value=plain(result), expected=plain(expected))
                above = expected if result is None else result
            else:
                above = result

    def _rates(self, facts: Mapping[str, str]) -> Iterator[Problem]:
        """Yield each rate that is not the one the notice states, once with all its lines."""
        for column in self.kind.columns:
            said = rate_stated(facts, column) if column.id in self.columns else None
            lines: dict[Decimal, list[int]] = defaultdict(list)
            for row, value in zip(self.rows, self._figures(column.id), strict=True):
                if value is not None and said is not None and value != said:
                    lines[value].append(row.line)
            for value, found in lines.items():
                yield self._note("rate_differs", found[0], column.id, lines=tuple(found), value=plain(value), expected=plain(said or value))

    def _totals(self) -> Iterator[Problem]:
        """Yield each total line that agrees with none of the runs of rows it may stand for, with the likeliest of them."""
        for number, total in enumerate(self.reading.totals):
            stretches = self.added.stretches(number)
            if mixed := self._mixed(total, stretches):
                yield mixed
            for id, value in total.values.items():
                if mixed and id in self.goods:
                    continue
                sums = [self.added.between(id, *stretch) for stretch in stretches]
                if sums and value not in sums:
                    figures = {"value": plain(value), "expected": plain(sums[0]), "difference": plain(abs(value - sums[0]))}
                    yield self._note(f"{total.sort}_differs", total.line, id, total.block, **figures)
            yield from self._counted(total, stretches)

    def _mixed(self, total: Total, stretches: Sequence[tuple[int, int]]) -> Problem | None:
        """Return the warning that a total line adds up figures of different units (吨 and 床), for the likeliest rows it may stand for."""
        for id in total.values if stretches else ():
            if id in self.goods:
                rows = [row for row in self.rows[slice(*stretches[0])] if row.figure(id) is not None]
                units = list(dict.fromkeys(self._unit(row, id) for row in rows))
                if len(units) > 1:
                    return self._note("units_added", total.line, id, total.block, units="、".join(units))
        return None

    def _counted(self, total: Total, stretches: Sequence[tuple[int, int]]) -> Iterator[Problem]:
        """Yield the counts on a total (1194户) that differ from the number of rows."""
        where = Words(f"第 {total.line} 行合计", f"The total on row {total.line}")
        for count, unit in counted(total):
            yield from self._count(total.line, where, count, unit, stretches)

    def _count(self, line: int, where: Words, count: int, unit: str, stretches: Sequence[tuple[int, int]]) -> Iterator[Problem]:
        """Yield a stated number of households or people, where each row is one; of people, where the sheet counts them in a column."""
        if self.kind.names == "none" or not self.rows:
            return
        people = unit == "人" and "people" in self.columns
        found = [self.added.between("people", *one) if people else Decimal(one[1] - one[0]) for one in stretches]
        if count not in found:
            expected = Words(f"{plain(found[0])} {unit if people else '行'}", f"{plain(found[0])} {'people' if people else 'rows'}")
            yield problem("count_differs", line, where=where, unit=count_unit(unit), value=count, expected=expected)

    def _stated(self, facts: Mapping[str, str]) -> Iterator[Problem]:
        """Yield the counts and amounts in the title, the notes and the facts that differ from the rows."""
        everything = [(0, len(self.rows))]
        for line, words in self.reading.aside:
            where = Words(f"第 {line} 行", f"Row {line}")
            for count, unit in stated_counts(words):
                yield from self._count(line, where, count, unit, [self.added.own(line), *everything])
            yield from self._beside(line, where, words)
        for words in facts.values():
            where = Words("公示内容里", "The notice")
            for count, unit in stated_counts(words):
                yield from self._count(0, where, count, unit, everything)
            yield from self._beside(0, where, words)

    def _beside(self, line: int, where: Words, words: str) -> Iterator[Problem]:
        for digits, capitals in capitals_beside(words):
            if capitals is None:
                yield problem("capitals_unread", line, "大写")
            elif capitals != digits:
                yield problem("capitals_differ", line, where=where, value=plain(capitals), expected=plain(digits))

    def _capitals(self) -> Iterator[Problem]:
        """Yield amounts in capital numerals that differ: a column of them row by row, and those on total lines against the total in
        digits."""
        for row, index, written in self.reading.capitals:
            where, value = Words(f"第 {row.line} 行", f"Row {row.line}"), row.figure("amount")
            try:
                capitals = amount(written)
            except CapitalsError:
                yield problem("capitals_unread", row.line, self.found.shown(index), index=index)
                continue
            if value is not None and capitals != value:
                figures: dict[str, Any] = {"value": plain(capitals), "expected": plain(value), "where": where, "index": index}
                yield problem("capitals_differ", row.line, self.found.shown(index), **figures)
        for number, total in enumerate(self.reading.totals):
            sums = [self.added.between("amount", *one) for one in self.added.stretches(number)] if "amount" in self.totalled else []
            right = [total.values["amount"]] if "amount" in total.values else sums
            where = Words(f"第 {total.line} 行合计", f"The total on row {total.line}")
            for capitals in (found for word in total.words for found in capitals_alone(word)):
                if right and capitals not in right:
                    yield problem("capitals_differ", total.line, where=where, value=plain(capitals), expected=plain(right[0]))

    def _twice(self) -> Iterator[Problem]:
        people: dict[str, SheetRow] = {}
        named: dict[tuple[str, str, str], SheetRow] = {}
        for row in self.rows:
            key = row.person.person_key
            if key and (other := people.setdefault(key, row)) is not row:
                yield problem("same_person", row.line, other=other.line)
                continue
            other = named.setdefault((row.place, group_key(row.group), row.name), row)
            if other is not row and row.name and not _two_people(row, other):
                yield problem("same_name", row.line, other=other.line)

    def _odd_amounts(self) -> Iterator[Problem]:
        for id in self.columns:
            column = self.kind.column(id)
            if column is None:
                continue
            ceiling = Decimal(column.ceiling) if column.ceiling else None
            if column.type != "money" and ceiling is None:
                continue
            for row, value in zip(self.rows, self._figures(id), strict=True):
                if value is None:
                    continue
                if value <= 0 and column.type == "money" and (value < 0 or id == "amount"):
                    yield self._row_note("negative_amount" if value < 0 else "zero_amount", row, id)
                elif ceiling is not None and value > ceiling:
                    yield self._row_note("above_ceiling", row, id, value=plain(value), expected=plain(ceiling))
        amounts = set(self._figures("amount"))
        if len(self.rows) >= _FEW and len(amounts) == 1 and (same := amounts.pop()):
            yield self._note("all_same", 0, "amount", value=plain(same))


def _two_people(row: SheetRow, other: SheetRow) -> bool:
    """Return whether two rows of one name are surely not the same person: their ID numbers differ."""
    return bool(row.person.person_key and other.person.person_key)
