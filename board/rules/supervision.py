"""The supervision committee of a village (村务监督) and of a community (居务监督): its words, and the half-years it reports on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from board.rules.bilingual import Words
from board.rules.place_names import canonical

REPORT = "supervision-report"  # the kind of the committee's half-year report
VILLAGE, COMMUNITY = Words("村务监督", "village supervision"), Words("居务监督", "residents' supervision")


def community(name: str) -> bool:
    """Return whether an area of this name is a community, whose affairs are 居务 (城市居民委员会组织法 36)."""
    return canonical(name).endswith("社区")


def title(name: str) -> Words:
    """Return what the supervision of an area of this name is called: 村务监督 or 居务监督."""
    return COMMUNITY if community(name) else VILLAGE


@dataclass(frozen=True)
class HalfYear:
    """One half of a year, about which the committee reports once it is over; ``half`` is 1 or 2."""

    year: int
    half: int

    @property
    def name(self) -> str:
        """How a report names it: 2026年上半年."""
        return f"{self.year}年{'上' if self.half == 1 else '下'}半年"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)


def last_half(day: date) -> HalfYear:
    """Return the half-year that was over before a day."""
    return HalfYear(day.year, 1) if day.month > 6 else HalfYear(day.year - 1, 2)
