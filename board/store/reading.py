"""能看纸质的地方: the reading points of a county, and which of a notice lies at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select

from board.models import DeliveryItem, DeliveryList, Ledger, ReadingPoint, User, db
from board.rules import reading as rules
from board.rules.areas import prefix
from board.rules.reading import Point
from board.store import areas, cache_versions, ledger, people
from board.store.engine import writing
from board.store.feature_flags import county
from board.store.notices import Posted


def put(home: str, no: int | None, point: Point, user: int, at: datetime) -> int:
    """Keep what a county says of a reading point (None: a new one), and return its number; the same again is no act."""
    with writing() as session:
        ledger.lock(home)
        found = session.get(ReadingPoint, (home, no), with_for_update=True, populate_existing=True) if no else None
        if found and told(found) == point:
            return found.no
        if found is None:
            if same := next((one for one in of(home) if told(one) == point), None):
                return same.no  # the same form, sent twice
            no = (session.scalar(select(func.max(ReadingPoint.no)).where(ReadingPoint.home == home)) or 0) + 1
            found = ReadingPoint(home=home, no=no)
            session.add(found)
        for name, value in vars(point).items():
            setattr(found, name, value)
        found.user_id, found.at = user, at.replace(microsecond=0)
        session.flush()
        for publisher in sorted(_publishers(home, found.no)):
            cache_versions.move(publisher)  # the pages of what lies there say where it is
        ledger.append(home, at, people.username(user), "reading_point.put", str(found.no), **_body(point))
    return found.no


def _publishers(home: str, no: int) -> list[str]:
    lists = DeliveryList.home == DeliveryItem.home, DeliveryList.no == DeliveryItem.no
    query = select(DeliveryItem.publisher).join(DeliveryList, lists[0] & lists[1])
    return list(db.session.scalars(query.where(DeliveryList.county == home, DeliveryList.point == no).distinct()))


def told(one: ReadingPoint) -> Point:
    """Return what a county says of a point."""
    return Point(one.name, one.sort, one.address, one.hours, one.phone, one.serves, one.paper, one.file, one.since, one.closed_on)


def _body(point: Point) -> dict[str, Any]:
    closed = point.closed_on.isoformat() if point.closed_on else ""
    return vars(point) | {"since": point.since.isoformat(), "closed_on": closed}


def one(home: str, no: int) -> ReadingPoint | None:
    """Return a point of a county, closed or not, or None."""
    return db.session.get(ReadingPoint, (home, no))


def of(home: str) -> list[ReadingPoint]:
    """Return the points of a county, closed ones too, in the order in which they were added."""
    return list(db.session.scalars(select(ReadingPoint).where(ReadingPoint.home == home).order_by(ReadingPoint.no)))


def serving(code: str, today: date) -> list[ReadingPoint]:
    """Return the points that are open today where the notices of an area lie: those of its office; of a county, all."""
    return _open(code, today) if code == county(code) else of_office(code, today)


def of_office(office: str, today: date) -> list[ReadingPoint]:
    """Return the points that are open today to which an office brings its notices, or those of a township that was merged into it."""
    found = _open(office, today)
    if all(_brings(point, office) for point in found):
        return found
    heirs = areas.heirs(county(office))
    handed = {code for code, heir in heirs.items() if heir and office.startswith(prefix(heir, "township"))}
    return [point for point in found if _brings(point, office) or point.serves in handed]


def _open(code: str, today: date) -> list[ReadingPoint]:
    stands = ReadingPoint.home == county(code), or_(ReadingPoint.closed_on.is_(None), ReadingPoint.closed_on > today)
    return list(db.session.scalars(select(ReadingPoint).where(*stands).order_by(ReadingPoint.no)))


def _brings(point: ReadingPoint, office: str) -> bool:
    return rules.serves(point.home, point.serves, office)


@dataclass(frozen=True)
class Lying:
    """A point where a notice lies: which version of it, and since which day."""

    point: ReadingPoint
    version: int
    since: date


def lying(posted: Posted, today: date) -> list[Lying]:
    """Return where the newest version that was signed for lies, at points that are open today, in their order."""
    query: Any = (
        select(ReadingPoint, DeliveryItem.version, DeliveryList.signed_on)
        .join(DeliveryList, (DeliveryList.county == ReadingPoint.home) & (DeliveryList.point == ReadingPoint.no))
        .join(DeliveryItem, (DeliveryItem.home == DeliveryList.home) & (DeliveryItem.no == DeliveryList.no))
        .where(DeliveryItem.publisher == posted.home, DeliveryItem.number == posted.number, ~DeliveryItem.removes)
        .where(DeliveryList.signed_on.is_not(None), DeliveryList.cancelled_at.is_(None))
        .order_by(ReadingPoint.home, ReadingPoint.no, DeliveryItem.version, DeliveryList.signed_on.desc())
    )
    newest = {(row[0].home, row[0].no): Lying(*row) for row in db.session.execute(query)}
    return [found for found in newest.values() if rules.is_open(found.point.closed_on, today)]


def logged(home: str, entries: Iterable[Ledger]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, number) -> what the ledger entries of a county, oldest first, say of each point."""
    return {(home, entry.subject): {**entry.body, "by": (entry.actor, entry.at)} for entry in entries}


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the same by the table."""
    rows = select(ReadingPoint, User.username).join(User, User.id == ReadingPoint.user_id).where(ReadingPoint.home == home)
    return {
        (home, str(point.no)): {**_body(told(point)), "by": (username, ledger.moment(point.at))}
        for point, username in db.session.execute(rows)
    }
