"""Reading points of 泸县 for tests, and how a list goes there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from board.models import Area, DeliveryList
from board.rules.reading import Point
from board.store import deliveries, people, reading
from board.store.engine import writing
from tests.store.posted import AT, TOWN

COUNTY, OTHER = "510521000000", "510521117000"
SIGNER = "罗小暑"


def point(name: str = "泸县图书馆", **said: Any) -> int:
    """Add a reading point, and return its number."""
    told: dict[str, Any] = {
        "sort": "library", "address": "公开街2号", "hours": "周二到周日 9:00—17:00", "phone": "0830-0000002", "serves": COUNTY,
        "paper": True, "file": True, "since": date(2026, 11, 1),
    }  # fmt: skip
    return reading.put(COUNTY, None, Point(name, **(told | said)), _id("luxian-disclosure"), AT)


def brings(no: int, at: datetime = AT) -> DeliveryList | None:
    """Have 百和镇 list what it has not brought to a point."""
    return deliveries.make(TOWN, "township", no, _id("baihe-clerk"), at)


def signed(made: DeliveryList | None, name: str = SIGNER, on: date = date(2026, 11, 20), at: datetime = AT) -> None:
    """Write down who signed for a list."""
    assert made
    deliveries.sign(made.home, made.no, name, on, _id("baihe-clerk"), at)


def waits(no: int | None = None, office: str = TOWN, level: str = "township", today: date = date(2026, 11, 22)) -> list[tuple[Any, ...]]:
    """Return (point, number, version, removes) of what an office has not brought yet."""
    return [(one.point, one.number, one.version, one.removes) for one in deliveries.waiting(office, level, today, no)]


def _id(username: str) -> int:
    person = people.named(username)
    assert person
    return person.id


def closes(into: str | None = None) -> None:
    """Close 百和镇 with its villages, merged into another township or into none, as when all its people were moved."""
    with writing() as session:
        session.execute(update(Area).where(Area.code.startswith(TOWN[:9])).values(closed=True, closed_on=AT.date()))
        session.execute(update(Area).where(Area.code == TOWN).values(merged_into=into))
