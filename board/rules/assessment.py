"""Assessment (考核) from facts alone: what each figure of a township and a quarter counts; docs/auditor.md says the same in plain words.

Each thing that is counted has one state, and a figure counts some states of one source, so that its list is found by the same states.
There is no volume to reach, no score, no order among offices, and no sum of unlike things.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from board.rules.areas import prefix
from board.rules.calendar import Calendar
from board.rules.display import Hung, standing
from board.rules.kind import Period
from board.rules.quarters import Quarter

Source = Literal["duty", "sheet", "notice", "poster", "correction", "error", "stop", "leak"]
State = Literal[
    "on_time", "late", "missing", "whole", "partly", "complete", "open", "enough", "short", "early", "corrected", "mended", "unmended",
    "stopped", "leaked",
]  # fmt: skip
Name = Literal[
    "owed", "on_time", "late", "missing", "sheets", "whole", "partly", "posted", "complete", "open", "ended", "enough", "short", "early",
    "corrections", "found", "mended", "unmended", "stopped", "leaked",
]  # fmt: skip


class Figure(NamedTuple):
    """What a figure counts: the things of a source that are in one of these states."""

    source: Source
    states: Sequence[State]


FIGURES: Mapping[Name, Figure] = {
    "owed": Figure("duty", ("on_time", "late", "missing")),
    "on_time": Figure("duty", ("on_time",)),
    "late": Figure("duty", ("late",)),
    "missing": Figure("duty", ("missing",)),
    "posted": Figure("notice", ("complete", "open")),
    "complete": Figure("notice", ("complete",)),
    "open": Figure("notice", ("open",)),
    "sheets": Figure("sheet", ("whole", "partly")),
    "whole": Figure("sheet", ("whole",)),
    "partly": Figure("sheet", ("partly",)),
    "ended": Figure("poster", ("enough", "short")),
    "enough": Figure("poster", ("enough",)),
    "short": Figure("poster", ("short",)),
    "early": Figure("poster", ("early",)),
    "corrections": Figure("correction", ("corrected",)),
    "found": Figure("error", ("mended", "unmended")),
    "mended": Figure("error", ("mended",)),
    "unmended": Figure("error", ("unmended",)),
    "stopped": Figure("stop", ("stopped",)),
    "leaked": Figure("leak", ("leaked",)),
}
OF: Mapping[Name, Name] = {"on_time": "owed", "complete": "posted", "whole": "sheets", "enough": "ended", "mended": "found"}  # x -> n

# Answers to a case that say that the notice was wrong (board/policies/cases.toml).
ERROR_FOUND = ("true_corrected", "true_county", "corrected")
# What was withdrawn or corrected before it was asked whether something was shown that must not be: the public reason names it.
LEAK_WORDS = (
    "身份证", "证件号", "卡号", "手机号", "电话号码", "隐私", "个人信息", "病情", "出生日期", "住址", "全名",
)  # fmt: skip


@dataclass(frozen=True)
class Assessed:
    """The figures of one office, and in the middle how many days a correction took after its case (None: no correction)."""

    figures: Mapping[Name, int]
    days: float | None = None

    def __getitem__(self, name: Name) -> int:
        """Return a figure."""
        return self.figures[name]

    @property
    def any(self) -> bool:
        """Whether anything was counted at all."""
        return any(self.figures.values())


def assessed(counts: Mapping[State, int], days: Sequence[int] = ()) -> Assessed:
    """Return the figures of an office from how many things are in each state."""
    found = {name: sum(counts.get(state, 0) for state in figure.states) for name, figure in FIGURES.items()}
    return Assessed(found, statistics.median(days) if days else None)


def office(code: str) -> str:
    """Return the office that answers for a publisher: a village's township; a county's own."""
    return prefix(code, "township").ljust(12, "0")


def middle(towns: Iterable[Assessed]) -> dict[Name, float]:
    """Return what is in the middle of the townships: of an x of n how many of a hundred, over those that have an n; of the others the
    number, over those of which anything was counted. Fewer than two have no middle."""
    there = [town for town in towns if town.any]
    found: dict[Name, list[float]] = {
        name: [100 * town[name] / town[OF[name]] for town in there if town[OF[name]]] if name in OF else [town[name] for town in there]
        for name in FIGURES
    }
    return {name: statistics.median(values) for name, values in found.items() if len(values) > 1}


def display_state(shown: tuple[date, date], hung: Hung, withdrawn: date | None, period: Period, today: date, calendar: Calendar) -> State:
    """Return the state of a poster whose display is over; ``withdrawn`` is the day on which its notice was taken down, None: it was not."""
    if withdrawn and withdrawn <= shown[1]:
        return "early"
    return "short" if standing(shown, period, hung, today, calendar).lacking else "enough"


def quarter_of(asked: Quarter | None, closed: Quarter, today: date) -> Quarter:
    """Return the quarter that is shown: the one asked for, unless it has not begun, or the last one that is over."""
    return asked if asked and asked.first <= today else closed
