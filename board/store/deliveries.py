"""送交清单: what an office has not brought to a reading point yet, the lists of what it brings, and who signed for them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import and_, case, false, func, or_, select
from sqlalchemy.orm import aliased

from board.models import Area, DeliveryItem, DeliveryList, Ledger, Notice, ReadingPoint, User, Version, db
from board.rules.areas import prefix
from board.rules.calendar import day_of
from board.store import areas, cache_versions, ledger, people, sealing
from board.store.engine import writing
from board.store.feature_flags import county
from board.store.notices import IN_FORCE

MOST = 200  # notices on one list; the others wait for the next


class Refused(ValueError):
    """A list is not signed for or cancelled: it was cancelled, or (``signed``) nobody cancels what was signed for."""


@dataclass(frozen=True)
class Waiting:
    """A version of a notice that was not brought to a point yet, or (``removes``) word that it was withdrawn, without its title."""

    point: int
    publisher: str
    number: str
    version: int
    title: str
    posted_on: date
    removes: bool


@dataclass(frozen=True)
class Counts:
    """How many notices of an office, at each point anew, wait to be brought, are on the way, and were signed for.

    ``oldest`` is the day on which the oldest of those that wait was posted; None: none waits.
    """

    waiting: int = 0
    oldest: date | None = None
    on_way: int = 0
    signed: int = 0


def _of_office(column: Any, office: str, level: str, heirs: Mapping[str, str]) -> Any:
    """Return the SQL condition that a notice's home is one that an office brings notices of: a township those of its villages too, and of
    a township that was merged into it."""
    if level != "township":
        return column == office
    handed = [code for code, heir in heirs.items() if heir == office]
    return or_(false(), *(column.startswith(prefix(code, level)) for code in (office, *handed) if code not in heirs or code in handed))


def _township(column: Any, heirs: Mapping[str, str]) -> Any:
    """Return in SQL the first nine digits of the office that brings the notices of a home today: "" where its township was closed and
    none took over."""
    own = func.substr(column, 1, 9)
    return case({code[:9]: heir[:9] for code, heir in heirs.items()}, value=own, else_=own) if heirs else own


def _waiting(home: str, today: date, heirs: Mapping[str, str], *conditions: Any) -> Any:
    """Return the select of what the offices of a county have not brought yet to the points that are open.

    A list that nobody signed for before its office was closed was not brought: nobody is left who could write it down.
    """
    lists, bringer = aliased(DeliveryList), aliased(Area)
    sent = (
        select(
            lists.point,
            DeliveryItem.publisher,
            DeliveryItem.number,
            func.max(DeliveryItem.version).label("version"),
            func.max(case((DeliveryItem.removes, 1), else_=0)).label("removed"),
        )
        .join(lists, (lists.home == DeliveryItem.home) & (lists.no == DeliveryItem.no))
        .join(bringer, bringer.code == lists.home)
        .where(lists.county == home, lists.cancelled_at.is_(None), or_(lists.signed_on.is_not(None), ~bringer.closed))
        .group_by(lists.point, DeliveryItem.publisher, DeliveryItem.number)
        .subquery()
    )
    # A point serves its whole county, or one township with its villages, wherever these went.
    township, served = _township(Notice.home, heirs), func.substr(ReadingPoint.serves, 1, 9)
    there = or_(ReadingPoint.serves == ReadingPoint.home, func.substr(Notice.home, 1, 9) == served, township == served)
    fresh = and_(Notice.withdrawn_at.is_(None), Version.posted_on >= ReadingPoint.since, Version.no > func.coalesce(sent.c.version, 0))
    gone = and_(Notice.withdrawn_at.is_not(None), sent.c.removed == 0)
    removes = Notice.withdrawn_at.is_not(None)
    title = case((removes, ""), else_=Version.title)  # it may be why the notice was taken down
    columns = (ReadingPoint.no, Notice.home, Notice.number, Version.no, title.label("title"), Version.posted_on)
    return (
        select(*columns, removes.label("removes"), township.label("township"))
        .select_from(ReadingPoint)
        .join(Notice, and_(Notice.home.startswith(prefix(home, "county")), there))
        .join(Version, IN_FORCE)
        .outerjoin(sent, and_(sent.c.point == ReadingPoint.no, sent.c.publisher == Notice.home, sent.c.number == Notice.number))
        .where(ReadingPoint.home == home, or_(ReadingPoint.closed_on.is_(None), ReadingPoint.closed_on > today), or_(fresh, gone))
        .where(*([township != ""] if "" in heirs.values() else []), *conditions)
    )


def waiting(office: str, level: str, today: date, point: int | None = None, limit: int = MOST) -> list[Waiting]:
    """Return what an office has not brought yet to a point (None: to each), by point, the oldest first.

    The successor of a closed township brings what that one has not; without one it waits no more.
    """
    home = county(office)
    heirs = areas.heirs(home)
    at_point = [ReadingPoint.no == point] if point is not None else []
    query = _waiting(home, today, heirs, _of_office(Notice.home, office, level, heirs), *at_point)
    query = query.order_by(ReadingPoint.no, Version.posted_on, Notice.number).limit(limit)
    return [Waiting(*row[:7]) for row in db.session.execute(query)]


def counts(home: str, today: date) -> dict[tuple[str, int], Counts]:
    """Return (office, number of the point) -> the counts of a county's offices, a village's with its township's; in three selects."""
    one = _waiting(home, today, areas.heirs(home)).subquery()
    rows = select(one.c.township, one.c.no, func.count(), func.min(one.c.posted_on)).group_by(one.c.township, one.c.no)
    found = {(f"{code}000", no): Counts(count, oldest) for code, no, count, oldest in db.session.execute(rows)}
    brought = func.substr(DeliveryItem.publisher, 1, 9)
    on_way = func.sum(case((DeliveryList.signed_on.is_(None), 1), else_=0))
    sums = (
        select(brought, DeliveryList.point, on_way, func.count())
        .join(DeliveryList, (DeliveryList.home == DeliveryItem.home) & (DeliveryList.no == DeliveryItem.no))
        .join(Area, Area.code == DeliveryList.home)
    )
    standing = DeliveryList.county == home, DeliveryList.cancelled_at.is_(None), or_(DeliveryList.signed_on.is_not(None), ~Area.closed)
    for code, no, unsigned, count in db.session.execute(sums.where(*standing).group_by(brought, DeliveryList.point)):
        before = found.get((f"{code}000", no), Counts())
        found[f"{code}000", no] = Counts(before.waiting, before.oldest, int(unsigned), count - int(unsigned))
    return found


def make(office: str, level: str, point: int, user: int, at: datetime) -> DeliveryList | None:
    """Put what an office has not brought yet to a point on a new list and return it; None where nothing waits, or the point is closed."""
    home = county(office)
    with writing() as session:
        ledger.lock(office)  # first, as where a county changes a point
        # Lock: two clerks of a township and of its village would put the same notice on a list each.
        session.get_one(ReadingPoint, (home, point), with_for_update=True, populate_existing=True)
        found = waiting(office, level, day_of(at), point)
        if not found:
            return None
        no = (session.scalar(select(func.max(DeliveryList.no)).where(DeliveryList.home == office)) or 0) + 1
        made = DeliveryList(
            home=office, no=no, county=home, point=point, made_on=day_of(at), made_by=user, made_at=at.replace(microsecond=0)
        )
        session.add(made)
        session.flush()
        session.add_all(
            [
                DeliveryItem(home=office, no=no, number=one.number, publisher=one.publisher, version=one.version, removes=one.removes)
                for one in found
            ]
        )
        items = sorted([one.publisher, one.number, one.version, one.removes] for one in found)
        said = {"county": home, "point": point, "on": made.made_on.isoformat(), "items": items}
        ledger.append(office, at, people.username(user), "delivery.listed", str(no), **said)
    return made


def sign(office: str, no: int, name: str, on: date, user: int, at: datetime) -> None:
    """Write down who signed for a list, and when, as the paper says; a second time corrects the first. Raises Refused."""
    with writing() as session:
        found = session.get_one(DeliveryList, (office, no), with_for_update=True, populate_existing=True)
        if found.cancelled_at is not None:
            raise Refused
        if found.signed_by and (signer(found), found.signed_on) == (name, on):
            return
        found.signed_by, found.signed_on = sealing.seal(name), on
        found.entered_by, found.entered_at = user, at.replace(microsecond=0)
        session.flush()
        for publisher in sorted({item.publisher for item in _items(office, no)}):
            cache_versions.move(publisher)  # the notice's page says where it lies
        said = {"on": on.isoformat(), "who": _digest(office, no, name)}
        ledger.append(office, at, people.username(user), "delivery.signed", str(no), **said)


def cancel(office: str, no: int, user: int, at: datetime) -> None:
    """Cancel a list that nobody signed for: what is on it waits again. Raises Refused."""
    with writing() as session:
        found = session.get_one(DeliveryList, (office, no), with_for_update=True, populate_existing=True)
        if found.signed_by is not None:
            raise Refused
        if found.cancelled_at is not None:
            return
        found.cancelled_by, found.cancelled_at = user, at.replace(microsecond=0)
        ledger.append(office, at, people.username(user), "delivery.cancelled", str(no))


def one(office: str, no: int) -> DeliveryList | None:
    """Return a list of an office, or None."""
    return db.session.get(DeliveryList, (office, no))


def listed(office: str, limit: int = 50) -> list[tuple[DeliveryList, int]]:
    """Return the newest lists of an office with the number of notices on each: those on the way first, then the others."""
    items = DeliveryItem.home == DeliveryList.home, DeliveryItem.no == DeliveryList.no
    count = select(func.count()).select_from(DeliveryItem).where(*items).correlate(DeliveryList).scalar_subquery()
    done = case((and_(DeliveryList.signed_on.is_(None), DeliveryList.cancelled_at.is_(None)), 0), else_=1)
    query = select(DeliveryList, count).where(DeliveryList.home == office).order_by(done, DeliveryList.no.desc()).limit(limit)
    return [(found, items) for found, items in db.session.execute(query)]


def items(one: DeliveryList) -> list[tuple[DeliveryItem, Version]]:
    """Return what is on a list, each with the version that it names: the oldest first, and what is to be taken off the shelf last."""
    same = (Version.home == DeliveryItem.publisher) & (Version.number == DeliveryItem.number) & (Version.no == DeliveryItem.version)
    query = select(DeliveryItem, Version).join(Version, same).where(DeliveryItem.home == one.home, DeliveryItem.no == one.no)
    query = query.order_by(DeliveryItem.removes, Version.posted_on, DeliveryItem.number)
    return [(item, version) for item, version in db.session.execute(query)]


def signer(one: DeliveryList) -> str:
    """Return who signed for a list, "" for nobody yet; for the office alone."""
    return str(sealing.unseal(one.signed_by, ""))


def _items(office: str, no: int) -> list[DeliveryItem]:
    return list(db.session.scalars(select(DeliveryItem).where(DeliveryItem.home == office, DeliveryItem.no == no)))


def _digest(office: str, no: int, name: str) -> str:
    """Return the keyed digest of a signer's name; keyed, so that it cannot be guessed from the log."""
    return sealing.vault().key("delivery", json.dumps([office, no, name], ensure_ascii=False))


def _signed(one: DeliveryList) -> str:
    try:
        return _digest(one.home, one.no, signer(one))
    except (InvalidTag, ValueError):
        return "cannot be opened"


# ---- proof


def logged(home: str, entries: Iterable[Ledger]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, number) -> what the ledger entries of an office, oldest first, say of each list."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in entries:
        one = found.setdefault((home, entry.subject), {"signed": None, "cancelled": None})
        if entry.action == "delivery.listed":
            made = {"to": [entry.body.get("county"), entry.body.get("point")], "items": entry.body.get("items")}
            one |= made | {"made": (entry.body.get("on"), entry.actor, entry.at)}
        elif entry.action == "delivery.signed":
            one["signed"] = (entry.body.get("who"), entry.body.get("on"), entry.actor, entry.at)
        else:
            one["cancelled"] = (entry.actor, entry.at)
    return found


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the same by the tables."""
    lists = list(db.session.scalars(select(DeliveryList).where(DeliveryList.home == home)))
    by = {user for one in lists for user in (one.made_by, one.entered_by, one.cancelled_by) if user is not None}
    names = {id: username for id, username in db.session.execute(select(User.id, User.username).where(User.id.in_(by)))}  # noqa: C416
    on: dict[int, list[list[Any]]] = {}
    for item in db.session.scalars(select(DeliveryItem).where(DeliveryItem.home == home)):
        on.setdefault(item.no, []).append([item.publisher, item.number, item.version, item.removes])
    found = {(home, str(one.no)): _kept(one, names, sorted(on.pop(one.no, []))) for one in lists}
    return found | {(home, str(no)): {"items": left} for no, left in on.items()}


def _kept(one: DeliveryList, names: dict[int, str], items: list[list[Any]]) -> dict[str, Any]:
    """Return what the table says of one list: a field that is empty in part is a difference, since entries fill it as a whole."""
    entered = one.signed_by is not None or one.signed_on is not None or one.entered_by is not None or one.entered_at is not None
    who = _signed(one) if one.signed_by is not None else ""
    signed = (who, _day(one.signed_on), names.get(one.entered_by or 0), _moment(one.entered_at)) if entered else None
    cancelled = one.cancelled_by is not None or one.cancelled_at is not None
    return {
        "to": [one.county, one.point],
        "items": items,
        "made": (one.made_on.isoformat(), names.get(one.made_by), ledger.moment(one.made_at)),
        "signed": signed,
        "cancelled": (names.get(one.cancelled_by or 0), _moment(one.cancelled_at)) if cancelled else None,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: datetime | None) -> str:
    return ledger.moment(at) if at else ""
