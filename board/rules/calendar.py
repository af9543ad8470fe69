"""Working days: weekends, public holidays and make-up working days (调休), as the State Council publishes them each year.

The table of a year is published in the November before it, and the county may correct it. Until then the days of that year follow the
standing rules only and are *provisional*; every date counted from them must say so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
SATURDAY = 5
# 春节, 国庆 and 劳动节 make five to nine days off in a row, in which hardly anyone passes the wall; 元旦, 清明, 端午 and 中秋 make three.
LONG_RUN = 5


def day_of(moment: datetime) -> date:
    """Return the day in China on which a moment (with its zone) falls: every day of the program is one of China's."""
    return moment.astimezone(CHINA).date()


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(1))


# The holidays that 全国年节及纪念日放假办法 (as amended 2024-11, in force 2025-01-01) fixes by the solar calendar: 元旦, 劳动节, 国庆节.
# The dates of the others change each year; neither they nor 调休 are guessed, since a guess would look like a published day.
_FIXED: Mapping[tuple[int, int], str] = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}


@dataclass(frozen=True)
class Run:
    """Days off in a row, ``first`` to ``last``, with the name of the holiday among them."""

    first: date
    last: date
    name: str


@dataclass(frozen=True)
class Calendar:
    """The days of work and of rest.

    ``days`` holds what a published table says: True for a day of a public holiday (weekends within it included), False for a
    make-up working day; all other days are as their weekday says. ``known`` holds the years whose table is published.
    ``names`` gives the holiday of a day, for words on a page.
    """

    days: Mapping[date, bool]
    known: Collection[int]
    names: Mapping[date, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[date, bool, str]]) -> Calendar:
        """Return the calendar of a table of (day, off, holiday's name).

        A year is known when the table has its National Day: one day that the county entered ahead does not make a year known.
        """
        days, names = {}, {}
        for day, off, name in rows:
            days[day], names[day] = off, name
        known = frozenset(day.year for day, off in days.items() if off and (day.month, day.day) == (10, 1))
        return cls(days, known, names)

    def is_working(self, day: date) -> bool:
        """Return whether offices work on that day."""
        if day in self.days:
            return not self.days[day]
        return day.weekday() < SATURDAY and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        """Return whether the day belongs to a public holiday; a plain Saturday or Sunday does not."""
        if day in self.days:
            return self.days[day]
        return self.provisional(day) and (day.month, day.day) in _FIXED

    def is_makeup(self, day: date) -> bool:
        """Return whether the day is a Saturday or Sunday that is worked."""
        return day.weekday() >= SATURDAY and self.is_working(day)

    def provisional(self, day: date) -> bool:
        """Return whether the day's year has no published table, so that its days may still change."""
        return day.year not in self.known

    def name(self, day: date) -> str:
        """Return the name of the holiday that the day belongs to, or nothing."""
        if not self.is_holiday(day):
            return ""
        return self.names.get(day) or _FIXED.get((day.month, day.day), "")

    def add_working_days(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``, which is not counted; ``day`` itself for 0. Raises ValueError for a negative
        count."""
        if count < 0:
            raise ValueError(f"cannot count {count} working days")
        while count:
            day += DAY
            count -= self.is_working(day)
        return day

    def run(self, day: date) -> Run | None:
        """Return the days off in a row around ``day`` if a public holiday is among them, else None."""
        if self.is_working(day):
            return None
        first = last = day
        while not self.is_working(first - DAY):
            first -= DAY
        while not self.is_working(last + DAY):
            last += DAY
        holidays = [found for offset in range((last - first).days + 1) if self.is_holiday(found := first + offset * DAY)]
        return Run(first, last, self.name(holidays[0])) if holidays else None

    def long_holiday(self, start: date, end: date) -> Run | None:
        """Return the first holiday of five days off or more that overlaps ``start`` to ``end``, or None."""
        day = start
        while day <= end:
            run = self.run(day)
            if run and (run.last - run.first).days >= LONG_RUN - 1:
                return run
            day = (run.last if run else day) + DAY
        return None
