"""The table of days off and make-up working days: loaded from the published calendars and edited by the county.

One table for all counties of an installation, since the State Council's calendar is national; every county's ledger logs its changes.
Source: docs/sources.md: holidays.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from board import policies
from board.models import Holiday, db
from board.rules.calendar import SATURDAY, Calendar
from board.store import areas, ledger
from board.store.engine import writing

YEARS = range(2020, 2100)


class HolidayRefused(ValueError):
    """A day is refused; ``reason``: year (not in YEARS), name (empty or too long), weekday (a make-up day from Monday to Friday)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def rows() -> list[tuple[date, bool, str]]:
    """Return the table as (day, off, name), by day; the published calendars while the table is empty."""
    found = db.session.execute(select(Holiday.day, Holiday.off, Holiday.name).order_by(Holiday.day))
    return [(day, off, name) for day, off, name in found] or policies.holiday_rows()


def calendar() -> Calendar:
    """Return the calendar for counting working days."""
    return Calendar.of(rows())


def assumed(year: int) -> list[tuple[date, str]]:
    """Return, as (day, name), the days assumed to be holidays in a year whose calendar is not published yet."""
    found = calendar()
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return [(day, found.name(day)) for day in days if day.year == year and day not in found.days and found.is_holiday(day)]


def load(actor: str, at: datetime | None = None) -> int:
    """Add the published days of missing years and return how many; the county's own entries stay. ``at`` None is now."""
    with writing():
        added = _seed()
        if added:
            _log(at or datetime.now(UTC), actor, "holidays.loaded", "", days=added)
    return added


def _seed() -> int:
    own = {row.day: row for row in db.session.scalars(select(Holiday))}
    known = Calendar.of((row.day, row.off, row.name) for row in own.values()).known
    missing = [(day, off, name) for day, off, name in policies.holiday_rows() if day.year not in known and day not in own]
    db.session.add_all(Holiday(day=day, off=off, name=name) for day, off, name in missing)
    db.session.flush()
    return len(missing)


def _start() -> None:
    """Load the published years before the first change: they are no longer read once the table has a row."""
    if db.session.scalar(select(Holiday.day).limit(1)) is None:
        _seed()


def put(day: date, off: bool, name: str, actor: str, at: datetime) -> None:
    """Enter a day as off, or (``off`` False) as a Saturday or Sunday that is worked. Raises HolidayRefused."""
    if day.year not in YEARS:
        raise HolidayRefused("year")
    if not 1 <= len(name) <= 20:
        raise HolidayRefused("name")
    if not off and day.weekday() < SATURDAY:
        raise HolidayRefused("weekday")
    with writing() as session:
        _start()
        found = session.get(Holiday, day)
        if found and (found.off, found.name) == (off, name):
            return
        session.merge(Holiday(day=day, off=off, name=name))
        _log(at, actor, "holiday.put", day.isoformat(), off=off, name=name)


def remove(day: date, actor: str, at: datetime) -> None:
    """Delete a day from the table, so that its weekday decides again."""
    with writing() as session:
        _start()
        found = session.get(Holiday, day)
        if found:
            session.delete(found)
            _log(at, actor, "holiday.removed", day.isoformat(), off=found.off, name=found.name)


def _log(at: datetime, actor: str, action: str, subject: str, **body: Any) -> None:
    for county in areas.counties():
        ledger.append(county.code, at, actor, action, subject, **body)
