"""Quarters of a year, for the villages' booklets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from board.rules.bilingual import Words

PATTERN = "20[0-9]{2}-q[1-4]"
_NUMERALS = "一二三四"


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter; ``str`` gives it as it stands in an address: 2026-q4."""

    year: int
    no: int

    def __str__(self) -> str:
        return f"{self.year}-q{self.no}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.no - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year + self.no // 4, 3 * self.no % 12 + 1, 1) - timedelta(1)

    @property
    def words(self) -> Words:
        """The quarter in words: 2026年第四季度."""
        return Words(f"{self.year}年第{_NUMERALS[self.no - 1]}季度", f"quarter {self.no} of {self.year}")


def of(day: date) -> Quarter:
    """Return the quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def parse(text: str) -> Quarter:
    """Return the quarter of an address, such as 2026-q4. Raises ValueError for anything else."""
    if not re.fullmatch(PATTERN, text):
        raise ValueError(f"not a quarter: {text!r}")
    return Quarter(int(text[:4]), int(text[-1]))
