"""What a sheet says of itself in its totals, title and notes, held against its rows: sums, counts, amounts in capital numerals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from board.rules.capitals import CapitalsError, amount, amounts_in
from board.rules.figures import UNITS, FigureError, figure
from board.rules.kind import Kind, Words
from board.rules.letters import squeezed
from board.rules.lines import COUNTED
from board.rules.reading import Row, Total

_SAID = re.compile(r"(?:共|合计|总计|涉及)(?:计|有|发放|补贴)?(\d+)(户|人)(?!次|均)")
_CAPITALS = "(?:人民币)?[负零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]{2,}"
_BESIDE = re.compile(rf"([\d,]+(?:\.\d+)?)(万元|元)[,、。]?\(?(?:人民币)?(?:大写)?:?({_CAPITALS})")
_OF_A_PLACE = re.compile(r"[^全总]+[镇乡村区组]合计")  # one of several totals, each for its own place
_COUNT_WORDS = {"户": Words("户", "households"), "人": Words("人", "people")}


class Sums:
    """The figures of the rows added up, over all of them or over those between two of the sheet's total lines."""

    def __init__(self, kind: Kind, rows: Sequence[Row], fields: Iterable[str], totals: Sequence[Total]) -> None:
        self.kind, self.rows, self.totals = kind, rows, totals
        self.balances = {id for id in fields if (column := kind.column(id)) and column.type == "balance"}
        self._running = {id: [Decimal(0), *accumulate(row.figure(id) or Decimal(0) for row in rows)] for id in fields}
        self._starts = [next((at for at, row in enumerate(rows) if row.block == total.block), len(rows)) for total in totals]

    def between(self, id: str, start: int, stop: int) -> Decimal:
        """The sum of a field over ``rows[start:stop]``; of a balance the last figure there."""
        if id in self.balances:
            return next((value for row in reversed(self.rows[start:stop]) if (value := row.figure(id)) is not None), Decimal(0))
        return self._running[id][stop] - self._running[id][start]

    def whole(self, id: str) -> Decimal:
        """The sum of a field over all rows; of a balance the closing figure."""
        return self.between(id, 0, len(self.rows))

    def stretches(self, number: int) -> list[tuple[int, int]]:
        """The runs of rows that a total line may stand for, the likeliest first.

        A subtotal, or a total in the middle, is for the rows since the line before it; one that comes before its rows, for those up to
        the next; one right below a subtotal, for any run of groups that ends there. A total first or last is for all rows.
        """
        total, end = self.totals[number], len(self.rows)
        before = [one.after for one in self.totals[:number] if one.block == total.block]
        begin = self._starts[number]
        since = max([begin, *before])
        following = next((one.after for one in self.totals[number + 1 :] if one.after > total.after), end)
        middle = 0 < total.after < end
        if total.sort == "subtotal" or middle:
            leads = total.sort == "subtotal" and self._leading()
            found = [(total.after, following), (since, total.after)] if leads else [(since, total.after), (total.after, following)]
            found += [(begin, total.after)] if middle else []
            if since == total.after:  # a town's total below that of its last village
                found += [(one, total.after) for one in before]
        else:
            found = [(0, end), (begin, total.after)]
            found += [(since, total.after)] if any(_OF_A_PLACE.fullmatch(squeezed(word)) for word in total.words) else []
        return [stretch for stretch in dict.fromkeys([*found, (0, end)]) if stretch[0] < stretch[1]]

    def _leading(self) -> bool:
        """Whether subtotals stand above their rows: the first of them has no row before it."""
        return next((one.after == 0 for one in self.totals if one.sort == "subtotal"), False)


def counted(total: Total) -> Iterator[tuple[int, str]]:
    """What a total line says in words of how many there are: (1194, 户)."""
    for word in total.words:
        if match := COUNTED.fullmatch(squeezed(word)):
            yield int(match[1]), match[2]


def said(words: str) -> Iterator[tuple[int, str]]:
    """What a title, a note or a fact says of how many there are: 共1194户, 涉及 12 人."""
    for match in _SAID.finditer(squeezed(words)):
        yield int(match[1]), match[2]


def count_unit(word: str) -> Words:
    """The unit of a count, in both languages."""
    return _COUNT_WORDS[word]


def capitals_beside(words: str) -> Iterator[tuple[Decimal, Decimal | None]]:
    """Each amount in digits with capital numerals right behind it, and what these say (None: they are not well formed)."""
    for match in _BESIDE.finditer(squeezed(words)):
        digits = Decimal(match[1].replace(",", "")) * UNITS[match[2]][1]
        try:
            yield digits, amount(match[3])
        except CapitalsError:
            yield digits, None


def capitals_alone(words: str) -> list[Decimal]:
    """The amounts in formal capital numerals of a line that has no digits beside them."""
    return [] if _BESIDE.search(squeezed(words)) else amounts_in(words)


def stated(totals: Iterable[Total]) -> dict[str, Decimal]:
    """What the sheet itself gives as its totals, by field; households also from words such as 1194户. The last total line wins."""
    found: dict[str, Decimal] = {}
    for total in totals:
        if total.sort == "total":
            found |= {"households" if unit == "户" else "people": Decimal(count) for count, unit in counted(total)}
            found |= total.values
    return found


def standard(facts: Mapping[str, str]) -> Decimal | None:
    """The rate that the notice states in its fact ``standard``, in yuan per mu; None when it states none that is one figure."""
    try:
        read = figure(facts.get("standard", ""))
    except FigureError:
        return None
    return read.measured("元/亩") if read else None
