"""Display of a poster on its wall, compared with the period of its kind: late, too short, and the last day that it must be up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from board.rules import periods
from board.rules.calendar import DAY, Calendar
from board.rules.kind import Period

State = Literal["ahead", "missing", "hanging", "down"]


@dataclass(frozen=True)
class Hung:
    """The days on which a poster was reported as put up and taken down; None: not reported."""

    on: date | None = None
    down: date | None = None


@dataclass(frozen=True)
class DisplayStatus:
    """How one sheet stands on a day.

    ``ahead`` is not hung and need not be yet; ``missing`` is not hung though its display has begun. ``late`` counts the days from the first
    day of display to the day it was hung (or to today), ``lacking`` those that it was, or will be, shown too few: in the days of its kind,
    calendar or working. ``until`` is the last day on which it has to hang.
    """

    state: State
    late: int
    lacking: int
    until: date

    @property
    def wrong(self) -> bool:
        """Whether the county is alerted."""
        return self.late > 0 or self.lacking > 0


def standing(shown: tuple[date, date], period: Period, hung: Hung, today: date, calendar: Calendar) -> DisplayStatus:
    """Return the display status of a poster today; ``shown`` are the first and last day of display, ``period`` is how long it must last.

    A poster that was put up late must stay beyond the last day: its period begins on the day it was put up. One that is not up is counted
    as if it were put up today; one not reported as taken down, as up until its last day and, after that, until today.
    """
    starts, ends = shown
    begun = max(hung.on or today, starts)
    until = ends if begun == starts else max(ends, periods.end(begun, period, calendar))
    gone = hung.down or (max(ends, today) if hung.on else ends)
    lacking = max(period.days - counted(begun, gone, period, calendar), 0) if begun > starts or gone < until else 0
    return DisplayStatus(_state(starts, hung, today), (begun - starts).days, lacking, until)


def counted(first: date, last: date, period: Period, calendar: Calendar) -> int:
    """Return how many days of a period lie between the day on which a poster was put up and the last day on which it was up."""
    day, days = (first if period.first_day_counts else first + DAY), 0
    while day <= last:
        days += calendar.is_working(day) if period.unit == "working" else 1
        day += DAY
    return days


def _state(starts: date, hung: Hung, today: date) -> State:
    if hung.down:
        return "down"
    if hung.on:
        return "hanging"
    return "missing" if today > starts else "ahead"
