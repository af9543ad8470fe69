"""The period that a notice is for (哪一期): a month, quarter, half or year, or the matter that a series of notices is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from board.rules.bilingual import MONTHS, Words
from board.rules.duties.duty import Every
from board.rules.notice import same_period

LENGTHS: Mapping[Every, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
STATED = ("covers", "period")  # the facts of kinds that say their period in words
MATTER = "n"  # then the printed number of the notice with which the matter began
_KEY = re.compile(r"(20\d\d)(?:-(?:(q)([1-4])|(h)([12])|(0[1-9]|1[0-2])))?")
_LETTERS: Mapping[str, Every] = {"q": "quarter", "h": "half"}
_NUMERALS = "一二三四"


@dataclass(frozen=True, order=True)
class DutyPeriod:
    """A period of a year: the ``no``-th of its length, from 1."""

    year: int
    every: Every
    no: int

    @property
    def key(self) -> str:
        """It as it is stored and stands in addresses: 2026, 2026-h1, 2026-q3, 2026-09."""
        ends: Mapping[Every, str] = {"month": f"-{self.no:02}", "quarter": f"-q{self.no}", "half": f"-h{self.no}", "year": ""}
        return f"{self.year}{ends[self.every]}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, LENGTHS[self.every] * (self.no - 1) + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        months = LENGTHS[self.every] * self.no
        return date(self.year + months // 12, months % 12 + 1, 1) - timedelta(1)

    @property
    def words(self) -> Words:
        """It in words: 2026年第三季度."""
        if self.every == "year":
            return Words(f"{self.year}年", str(self.year))
        if self.every == "half":
            return Words(f"{self.year}年{'上下'[self.no - 1]}半年", f"{('first', 'second')[self.no - 1]} half of {self.year}")
        if self.every == "quarter":
            return Words(f"{self.year}年第{_NUMERALS[self.no - 1]}季度", f"quarter {self.no} of {self.year}")
        return Words(f"{self.year}年{self.no}月", f"{MONTHS[self.no - 1]} {self.year}")

    @property
    def next(self) -> DutyPeriod:
        """The one after it."""
        return of(self.last + timedelta(1), self.every)

    @property
    def previous(self) -> DutyPeriod:
        """The one before it."""
        return of(self.first - timedelta(1), self.every)


def of(day: date, every: Every) -> DutyPeriod:
    """Return the period of this length in which a day lies."""
    return DutyPeriod(day.year, every, (day.month - 1) // LENGTHS[every] + 1)


def parse(key: str) -> DutyPeriod:
    """Return the period of a key. Raises ValueError for anything else, a matter's key among it."""
    found = _KEY.fullmatch(key)
    if not found:
        raise ValueError(f"not a period: {key!r}")
    year, q, quarter, h, half, month = found.groups()
    every: Every = _LETTERS[q or h] if q or h else "month" if month else "year"
    return DutyPeriod(int(year), every, int(quarter or half or month or 1))


def of_year(year: int, every: Every) -> list[DutyPeriod]:
    """Return the periods of this length of a year, in order."""
    return [DutyPeriod(year, every, no) for no in range(1, 12 // LENGTHS[every] + 1)]


def matter(number: str) -> str:
    """Return the key of the matter that began with a notice of this printed number."""
    return f"{MATTER}{number}"


def told(every: Every, title: str, facts: Mapping[str, str]) -> str:
    """Return the key of the period that a title and the facts say themselves, "" where they say none of this length, or several.

    A notice of September is none of its quarter, and the day on which it was posted says nothing: what is not told is to be asked.
    """
    said = same_period.about(title, facts, "")
    if len(said.years) != 1:
        return ""
    year = min(said.years)
    if every == "year":
        return DutyPeriod(year, every, 1).key
    for one in of_year(year, every):
        if said.months == frozenset(range(one.first.month, one.last.month + 1)):
            return one.key
    return ""
