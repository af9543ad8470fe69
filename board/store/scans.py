"""Scan counts: how often printed codes were opened, by place and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from board.models import Area, Printed, ScanCount, db
from board.store.engine import writing

Code = tuple[str, str, date]  # a printed number, the place that its code names ("": none), the day
_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def add(counted: Mapping[Code, int]) -> None:
    """Add scans to the counts; codes with an unknown number or place are left out.

    A code without a place (a wall's plate, a whole notice) is counted for its home.
    """
    with writing() as session:
        query = select(Printed.number, Printed.home).where(Printed.number.in_({number for number, _place, _day in counted}))
        homes = {given.number: given.home for given in session.execute(query)}
        places = set(session.scalars(select(Area.code).where(Area.code.in_({place for _number, place, _day in counted}))))
        rows: dict[tuple[str, str, str, date], int] = {}
        for (number, place, day), count in counted.items():
            if number in homes and (not place or place in places):
                key = (homes[number], number, place or homes[number], day)
                rows[key] = rows.get(key, 0) + count
        names = ("home", "number", "place", "day")
        for key, count in sorted(rows.items()):  # sorted, so that two processes cannot deadlock
            put = _INSERT[session.get_bind().dialect.name](ScanCount).values(**dict(zip(names, key, strict=True)), count=count)
            more = {"count": ScanCount.count + put.excluded.count}
            session.execute(put.on_conflict_do_update(index_elements=[getattr(ScanCount, name) for name in names], set_=more))


def by_number(prefix: str, since: date) -> dict[str, int]:
    """Return number -> scans since a day, for homes under a code prefix."""
    query = select(ScanCount.number, func.sum(ScanCount.count).label("scans"))
    query = query.where(ScanCount.home.startswith(prefix), ScanCount.day >= since).group_by(ScanCount.number)
    return {one.number: int(one.scans) for one in db.session.execute(query)}


def of_sheets(prefix: str, since: date) -> dict[str, int]:
    """Return place -> scans of posters since a day, for places under a code prefix."""
    query = select(ScanCount.place, func.sum(ScanCount.count).label("scans")).join(Printed, Printed.number == ScanCount.number)
    query = query.where(ScanCount.place.startswith(prefix), ScanCount.day >= since, Printed.what == "notice").group_by(ScanCount.place)
    return {one.place: int(one.scans) for one in db.session.execute(query)}


@dataclass(frozen=True)
class Days:
    """The scans of one notice's posters in one place, as (day, count) for days with scans."""

    place: str
    days: list[tuple[date, int]]


def of_notice(home: str, number: str) -> list[Days]:
    """Return a notice's scans, one ``Days`` for each place."""
    query = select(ScanCount.place, ScanCount.day, ScanCount.count).where(ScanCount.home == home, ScanCount.number == number)
    found: dict[str, list[tuple[date, int]]] = {}
    for place, day, count in db.session.execute(query.order_by(ScanCount.place, ScanCount.day)):
        found.setdefault(place, []).append((day, count))
    return [Days(place, days) for place, days in found.items()]
