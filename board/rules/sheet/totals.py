"""The totals, counts and amounts in capital numerals that a sheet states in its totals, title and notes, to compare with its rows."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from board.rules.bilingual import Words
from board.rules.kind import Column, Kind
from board.rules.sheet.capitals import CapitalsError, amount, amounts_in
from board.rules.sheet.figures import UNITS, FigureError, figure
from board.rules.sheet.line_types import COUNTED, HOW_MANY
from board.rules.sheet.reading import SheetRow, Total
from board.rules.text_width import squeezed

_STATED = re.compile(rf"(?:共|合计|总计|涉及)(?:计|有|发放|补贴)?({HOW_MANY})(户|人)(?!次|均)")
_CAPITALS = "(?:人民币)?[负零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]{2,}"
_BESIDE = re.compile(rf"([\d,]+(?:\.\d+)?)(万元|元)[,、。]?\(?(?:人民币)?(?:大写)?:?({_CAPITALS})")
_OF_A_PLACE = re.compile(r"[^全总]+[镇乡村区组]合计")  # one of several totals, each for its own place
_NOTHING = Decimal(0)
_COUNT_WORDS = {"户": Words("户", "households"), "人": Words("人", "people")}


class Sums:
    """The figures of the rows added up, over all of them or over those between two of the sheet's total lines.

    ``figures`` are those of each field that is added up, row by row. ``begins`` are the lines at which the tables of a joined one begin;
    there are none in a sheet as it was uploaded.
    """

    def __init__(
        self,
        kind: Kind,
        rows: Sequence[SheetRow],
        figures: Mapping[str, Sequence[Decimal | None]],
        totals: Sequence[Total],
        begins: Sequence[int] = (),
    ) -> None:
        self.rows, self.figures, self.totals, self.begins = rows, figures, totals, begins
        self._tables: dict[int, tuple[int, int]] = {}  # the number of a table -> its rows, from ... to before ...
        for at, row in enumerate(rows if begins else ()):
            number = bisect(begins, row.line)
            self._tables[number] = self._tables.get(number, (at, at))[0], at + 1
        self.balances = {id for id in figures if (column := kind.column(id)) and column.type == "balance"}
        self._running = {id: [_NOTHING, *accumulate(value or _NOTHING for value in column)] for id, column in figures.items()}

    def between(self, id: str, start: int, stop: int) -> Decimal:
        """Return the sum of a field over ``rows[start:stop]``; of a balance the last figure there."""
        if id in self.balances:
            return next((value for value in reversed(self.figures[id][start:stop]) if value is not None), _NOTHING)
        return self._running[id][stop] - self._running[id][start]

    def whole(self, id: str) -> Decimal:
        """Return the sum of a field over all rows; of a balance the closing figure."""
        return self.between(id, 0, len(self.rows))

    def own(self, line: int) -> tuple[int, int]:
        """Return the rows of the table in which a line stands, as (from, to before): all rows, unless several tables were joined."""
        return self._tables.get(bisect(self.begins, line), (0, 0)) if self.begins else (0, len(self.rows))

    def stretches(self, number: int) -> list[tuple[int, int]]:
        """Return the runs of rows that a total line may be the sum of, the likeliest first.

        A subtotal, or a total in the middle, is for the rows since the line before it; one that comes before its rows, for those up to
        the next; one right below a subtotal, for any run of groups that ends there. A total first or last is for all rows, unless others
        are beside it or below it. In a joined table, all rows are those of its own part; those of all parts are the last resort.
        """
        total = self.totals[number]
        first, end = self.own(total.line)
        if first == end and self.begins:  # its own table has no row
            return [(first, end), (0, len(self.rows))]
        before = [one.after for one in self.totals[:number] if one.block == total.block and first <= one.after]
        begin, stop = self._beside(total.block)
        begin, stop = max(first, begin), min(end, stop)
        since = max([begin, *before])
        following = min(next((one.after for one in self.totals[number + 1 :] if one.after > total.after), stop), stop)
        middle = begin < total.after < stop
        if total.sort == "subtotal" or middle:
            leads = total.sort == "subtotal" and self._leading()
            found = [(total.after, following), (since, total.after)] if leads else [(since, total.after), (total.after, following)]
            found += [(begin, total.after)] if middle else []
            if since == total.after:  # a town's total below that of its last village
                found += [(one, total.after) for one in before]
        else:
            found = [(first, end), (begin, total.after), (begin, stop)]
            if self._is_one_of_several(number):  # the total of its own table, or of rows that were added to the list
                found = [(since, total.after), *found[1:]]
            elif any(_OF_A_PLACE.fullmatch(squeezed(word)) for word in total.words):
                found += [(since, total.after)]
        return [stretch for stretch in dict.fromkeys([*found, (first, end), (0, len(self.rows))]) if stretch[0] < stretch[1]]

    def _beside(self, block: int) -> tuple[int, int]:
        """Return the rows of one of several tables side by side, as (from, to before)."""
        return bisect_left(self.rows, block, key=_block), bisect(self.rows, block, key=_block)

    def _is_one_of_several(self, number: int) -> bool:
        """Return whether another total stands beside this one, of a table on the left or right, or right below it (合计, 总计); none above
        it."""
        total = self.totals[number]
        near = [one for one in self.totals if one.sort == "total" and (one.block != total.block or one.after == total.after)]
        return len(near) > 1 and not any(one.block == total.block and one.line < total.line for one in near)

    def _leading(self) -> bool:
        """Return whether subtotals stand above their rows: the first of them has no row before it."""
        return next((one.after == 0 for one in self.totals if one.sort == "subtotal"), False)


def _block(row: SheetRow) -> int:
    return row.block


def counted(total: Total) -> Iterator[tuple[int, str]]:
    """Yield the counts that a total line states in words: (1194, 户)."""
    for word in total.words:
        if match := COUNTED.fullmatch(squeezed(word)):
            yield int(match[1].replace(",", "")), match[2]


def stated_counts(words: str) -> Iterator[tuple[int, str]]:
    """Yield the counts that a title, a note or a fact states: 共1194户, 涉及 12 人."""
    for match in _STATED.finditer(squeezed(words)):
        yield int(match[1].replace(",", "")), match[2]


def count_unit(word: str) -> Words:
    """Return the unit of a count, in both languages."""
    return _COUNT_WORDS[word]


def capitals_beside(words: str) -> Iterator[tuple[Decimal, Decimal | None]]:
    """Yield each amount in digits with the capital numerals right behind it, as an amount (None: not well formed)."""
    for match in _BESIDE.finditer(squeezed(words)):
        digits = Decimal(match[1].replace(",", "")) * UNITS[match[2]][1]
        try:
            yield digits, amount(match[3])
        except CapitalsError:
            yield digits, None


def capitals_alone(words: str) -> list[Decimal]:
    """Return the amounts in formal capital numerals of a line that has no digits beside them."""
    return [] if _BESIDE.search(squeezed(words)) else amounts_in(words)


def stated(totals: Iterable[Total], begins: Sequence[int] = (), balances: Collection[str] = ()) -> dict[str, Decimal]:
    """Return the totals that the sheet states, by field; households also from words such as 1194户. The last total line counts.

    Of several tables that were joined (``begins`` their first lines), those that all of them state, added up; of ``balances`` the last.
    """
    tables: dict[int, dict[str, Decimal]] = {}
    for total in totals:
        if total.sort == "total":
            found = tables.setdefault(bisect(begins, total.line), {})
            found |= {"households" if unit == "户" else "people": Decimal(count) for count, unit in counted(total)}
            found |= total.values
    each = list(tables.values())
    if len(each) < max(len(begins), 1):
        return {}
    common = [id for id in each[-1] if all(id in one for one in each)]
    return {id: each[-1][id] if id in balances else sum((one[id] for one in each), Decimal(0)) for id in common}


def rate_stated(facts: Mapping[str, str], column: Column | None) -> Decimal | None:
    """Return the rate that the notice states for a column, in yuan per mu, household or person; None without one that is one figure."""
    try:
        read = figure(facts.get(column.stated, "")) if column and column.stated else None
    except FigureError:
        return None
    return read.measured(column.unit) if column and read else None


def compared(facts: Mapping[str, str], kind: Kind) -> dict[str, str]:
    """Return the facts that a check compares with the rows: the rates, and those that state a count or an amount in capital numerals."""
    rates = {column.stated for column in kind.columns if column.stated}
    return {id: words for id, words in facts.items() if words and (id in rates or [*stated_counts(words), *capitals_beside(words)])}
