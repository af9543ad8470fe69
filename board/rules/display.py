"""How long a sheet hung on its wall, against how long its kind says: what is late, what is short, and until when it must hang."""

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
    """What was said of a sheet: the day it was hung and the day it came down; None: nobody said so."""

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
        """Whether the county has to hear of it."""
        return self.late > 0 or self.lacking > 0


def standing(shown: tuple[date, date], period: Period, hung: Hung, today: date, calendar: Calendar) -> DisplayStatus:
    """How a sheet stands today whose display is ``shown`` (first and last day) and has to last for ``period``.

    One that was hung late has to hang longer than its last day: its period begins on the day it was hung, as if it were posted then.
    One that is not hung is counted as if it were hung today; one of which nobody said that it came down, as hanging till its last day
    and, behind that, till today.
    """
    starts, ends = shown
    begun = max(hung.on or today, starts)
    until = ends if begun == starts else max(ends, periods.end(begun, period, calendar))
    gone = hung.down or (max(ends, today) if hung.on else ends)
    lacking = max(period.days - counted(begun, gone, period, calendar), 0) if begun > starts or gone < until else 0
    return DisplayStatus(_state(starts, hung, today), (begun - starts).days, lacking, until)


def counted(first: date, last: date, period: Period, calendar: Calendar) -> int:
    """How many days of a period lie between the day on which a sheet was hung and the last day on which it hung."""
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
