"""Whether the figures of a sheet agree with each other: what differs is told and never mended."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from board.rules.figures import UNITS, FigureError, figure
from board.rules.kind import Check, Kind, Words
from board.rules.letters import squeezed
from board.rules.names import group_key
from board.rules.problems import Problem, problem
from board.rules.reading import Row, Total
from board.rules.table import plain

_COUNTED = re.compile(r"(?:合计|总计|共计?)?:?(\d+)(户|人)")
_FEW = 3  # below this many rows it says nothing that all amounts are the same


class Agreement:
    """The checks of one kind over the rows of one sheet; ``headers`` are the shown headers and ``indexes`` the columns, by field."""

    def __init__(
        self, kind: Kind, rows: Sequence[Row], headers: Mapping[str, str], indexes: Mapping[str, int], units: Mapping[str, str]
    ) -> None:
        self.kind, self.rows, self.headers, self.indexes, self.units = kind, rows, headers, indexes, units

    def problems(self, totals: Sequence[Total], facts: Mapping[str, str]) -> Iterator[Problem]:
        """Everything that does not agree, as warnings."""
        standard = _standard(facts)
        for check in self.kind.checks:
            yield from self._checked(check, standard)
        yield from self._rates(standard)
        yield from self._totals(totals)
        yield from self._twice()
        yield from self._odd_amounts()

    def sums(self) -> dict[str, Decimal]:
        """The total of each field that readers see and that has a figure, as ``posting.add_up`` has them; of a balance the closing one."""
        open = {column.id for column in self.kind.columns if column.show != "staff" and column.type in _TOTALLED}
        return {id: self._sum(id, self.rows) for id in self.headers if id in open and any(row.figure(id) is not None for row in self.rows)}

    def _sum(self, id: str, rows: Sequence[Row]) -> Decimal:
        values = [value for row in rows if (value := row.figure(id)) is not None]
        column = self.kind.column(id)
        if column and column.type == "balance":
            return values[-1] if values else Decimal(0)
        return sum(values, Decimal(0))

    def _note(self, code: str, line: int, id: str, **values: Any) -> Problem:
        return problem(code, line, self.headers.get(id, ""), field=id, index=self.indexes.get(id, -1), **values)

    def _tolerance(self, check: Check) -> Decimal:
        """How far a result may be off: the kind's tolerance in the unit of its column, for 万元 are rounded in 万元."""
        unit = self.units.get(check.result, "")
        return Decimal(check.tolerance) * (UNITS[unit][1] if unit in UNITS else 1)

    def _checked(self, check: Check, standard: Decimal | None) -> Iterator[Problem]:
        if check.result not in self.headers:
            return
        if check.type == "product":
            yield from self._product(check, standard)
        elif check.type == "sum":
            yield from self._parts(check)
        else:
            yield from self._running(check)

    def _product(self, check: Check, standard: Decimal | None) -> Iterator[Problem]:
        """Quantity × rate; where the sheet has no rate, the standard that the notice states stands in for it."""
        tolerance = self._tolerance(check)
        for row in self.rows:
            result = row.figure(check.result)
            first, second = (self._factor(row, id, standard) for id in check.of)
            if result is None or first is None or second is None or abs(first * second - result) <= tolerance:
                continue
            shown = {"value": plain(result), "first": plain(first), "second": plain(second), "expected": plain(first * second)}
            yield self._note("product_differs", row.line, check.result, **shown)

    def _factor(self, row: Row, id: str, standard: Decimal | None) -> Decimal | None:
        column = self.kind.column(id)
        if id not in self.headers and column and column.type == "rate":
            return standard
        return row.figure(id)

    def _parts(self, check: Check) -> Iterator[Problem]:
        parts = [id for id in check.of if id in self.headers]
        tolerance = self._tolerance(check)
        for row in self.rows:
            result = row.figure(check.result)
            values = [value for id in parts if (value := row.figure(id)) is not None]
            expected = sum(values, Decimal(0))
            if result is not None and values and abs(expected - result) > tolerance:
                yield self._note("sum_differs", row.line, check.result, value=plain(result), expected=plain(expected))

    def _running(self, check: Check) -> Iterator[Problem]:
        """Each balance against the one above; after a slip the count goes on from what is written, so that one slip is told once."""
        tolerance, above = self._tolerance(check), None
        for row in self.rows:
            result = row.figure(check.result)
            if above is not None:
                plus, minus = (row.figure(id) or Decimal(0) for id in check.of)
                expected = above + plus - minus
                if result is not None and abs(expected - result) > tolerance:
                    yield self._note("running_differs", row.line, check.result, value=plain(result), expected=plain(expected))
                above = expected if result is None else result
            else:
                above = result

    def _rates(self, standard: Decimal | None) -> Iterator[Problem]:
        """Each rate that is not the one the notice states, told once with all its lines."""
        rate = next((column.id for column in self.kind.columns if column.type == "rate" and column.id in self.headers), None)
        if rate is None or standard is None:
            return
        lines: dict[Decimal, list[int]] = defaultdict(list)
        for row in self.rows:
            value = row.figure(rate)
            if value is not None and value != standard:
                lines[value].append(row.line)
        for value, found in lines.items():
            yield self._note("rate_differs", found[0], rate, lines=tuple(found), value=plain(value), expected=plain(standard))

    def _totals(self, totals: Sequence[Total]) -> Iterator[Problem]:
        """Totals against all rows, subtotals against the rows since the one before; a 合计 in the middle may be a subtotal."""
        start = 0
        for total in totals:
            block = self.rows[start : total.after]
            yield from self._one_total(total, block)
            yield from self._count(total, block)
            if total.sort == "subtotal" or 0 < total.after < len(self.rows):
                start = total.after

    def _one_total(self, total: Total, block: Sequence[Row]) -> Iterator[Problem]:
        for id, value in total.values.items():
            part, whole = self._sum(id, block), self._sum(id, self.rows)
            expected = part if total.sort == "subtotal" or 0 < total.after < len(self.rows) else whole
            if value in (expected, whole) or (total.sort == "subtotal" and not block):
                continue
            figures = {"value": plain(value), "expected": plain(expected), "difference": plain(abs(value - expected))}
            yield self._note(f"{total.sort}_differs", total.line, id, **figures)

    def _count(self, total: Total, block: Sequence[Row]) -> Iterator[Problem]:
        """Words such as 1194户 on a total against the number of rows, where each row is a household or a person."""
        if self.kind.names == "none":
            return
        for word in total.words:
            match = _COUNTED.fullmatch(squeezed(word))
            expected = len(block) if total.sort == "subtotal" else len(self.rows)
            if match and int(match[1]) not in (expected, len(block)):
                unit = Words(match[2], "households" if match[2] == "户" else "people")
                yield problem("count_differs", total.line, unit=unit, value=match[1], expected=expected)

    def _twice(self) -> Iterator[Problem]:
        people: dict[str, Row] = {}
        named: dict[tuple[str, str, str], Row] = {}
        for row in self.rows:
            key = row.person.person_key
            if key and (other := people.setdefault(key, row)) is not row:
                yield problem("same_person", row.line, other=other.line)
            elif row.name and not _two_people(row, other := named.setdefault((row.place, group_key(row.group), row.name), row)):
                yield problem("same_name", row.line, other=other.line)

    def _odd_amounts(self) -> Iterator[Problem]:
        for id in self.headers:
            column = self.kind.column(id)
            if column is None or column.type != "money":
                continue
            for row in self.rows:
                value = row.figure(id)
                if value is not None and (value < 0 or (value == 0 and id == "amount")):
                    yield self._note("negative_amount" if value < 0 else "zero_amount", row.line, id)
        amounts = {row.figure("amount") for row in self.rows}
        if len(self.rows) >= _FEW and len(amounts) == 1 and (same := amounts.pop()):
            yield self._note("all_same", 0, "amount", value=plain(same))


_TOTALLED = ("count", "area", "money", "balance")


def _two_people(row: Row, other: Row) -> bool:
    """Whether rows of one name are surely not the same person: the very same row, or ID numbers that differ."""
    if row is other:
        return True
    return bool(row.person.person_key and other.person.person_key)


def _standard(facts: Mapping[str, str]) -> Decimal | None:
    """The rate that the notice states in its fact ``standard``, in yuan per mu; None when it states none that is one figure."""
    try:
        read = figure(facts.get("standard", ""))
    except FigureError:
        return None
    return read.measured("元/亩") if read else None


def stated(totals: Iterable[Total]) -> dict[str, Decimal]:
    """What the sheet itself gives as its totals, by field; households also from words such as 1194户. The last total line wins."""
    said: dict[str, Decimal] = {}
    for total in totals:
        if total.sort != "total":
            continue
        for word in total.words:
            if match := _COUNTED.fullmatch(squeezed(word)):
                said["households" if match[2] == "户" else "people"] = Decimal(match[1])
        said |= total.values
    return said
