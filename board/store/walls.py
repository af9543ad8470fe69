"""公示墙: add, photograph, close, check and list walls."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from board.models import Area, Hanging, Printed, User, Wall, WallCheck, db
from board.store import ledger, people, printed_numbers
from board.store.engine import writing


def add(home: str, spot: str, user: int, at: datetime) -> Wall:
    """Add a wall of a place under a new number and return it; ``spot`` describes where it is."""
    with writing() as session:
        wall = Wall(home=home, number=printed_numbers.fresh(), spot=spot, made=at.replace(microsecond=0), made_by=user)
        session.add_all([Printed(number=wall.number, home=home, what="wall"), wall])
        ledger.append(home, at, people.username(user), "wall.added", wall.number, spot=spot)
    return wall


def find(number: str) -> Wall | None:
    """Return the wall under a printed number, closed or not, or None."""
    given = db.session.get(Printed, number)
    return db.session.get(Wall, (given.home, number)) if given and given.what == "wall" else None


def picture(wall: Wall, photo: bytes, user: int, at: datetime) -> None:
    """Replace the photo of a wall; ``photo`` is rewritten by ``board.attachments``."""
    with writing() as session:
        found = session.get_one(Wall, (wall.home, wall.number), with_for_update=True, populate_existing=True)
        found.photo = photo
        ledger.append(wall.home, at, people.username(user), "wall.photo", wall.number, sha256=digest(photo))


def close(wall: Wall, user: int, at: datetime) -> None:
    """Close a wall that was taken away; its page stays and says so. Does nothing when it is closed already."""
    with writing() as session:
        found = session.get_one(Wall, (wall.home, wall.number), with_for_update=True, populate_existing=True)
        if found.closed_at is None:
            found.closed_at = at.replace(microsecond=0)
            ledger.append(wall.home, at, people.username(user), "wall.closed", wall.number)


def of_place(home: str) -> list[Wall]:
    """Return a place's walls, open ones first, each in the order in which they were added."""
    query = select(Wall).where(Wall.home == home).order_by(Wall.closed_at.is_not(None), Wall.made, Wall.number)
    return list(db.session.scalars(query))


def of_places(prefix: str) -> dict[str, list[Wall]]:
    """Return place -> open walls under a code prefix."""
    found: dict[str, list[Wall]] = {}
    for wall in standing(prefix):
        found.setdefault(wall.home, []).append(wall)
    return found


def standing(prefix: str) -> list[Wall]:
    """Return the open walls under a code prefix, by place."""
    query = select(Wall).where(Wall.home.startswith(prefix), Wall.closed_at.is_(None)).order_by(Wall.home, Wall.made, Wall.number)
    return list(db.session.scalars(query))


def bare(prefix: str) -> list[Area]:
    """Return the open villages under a code prefix without an open wall, by code."""
    with_wall = select(Wall.home).where(Wall.closed_at.is_(None))
    query = select(Area).where(Area.code.startswith(prefix), Area.level == "village", ~Area.closed, Area.code.not_in(with_wall))
    return list(db.session.scalars(query.order_by(Area.code)))


def last_hung(prefix: str) -> dict[str, date]:
    """Return place -> last day on which a poster was reported as hung, under a code prefix."""
    query = select(Hanging.place, func.max(Hanging.hung_on)).where(Hanging.place.startswith(prefix))
    return {place: day for place, day in db.session.execute(query.group_by(Hanging.place)) if day}


@dataclass(frozen=True)
class Found:
    """One code read in a wall check: its finding (``rules.wall_check``), and its text as far as it may be stored."""

    finding: str
    read: str


def note(wall: Wall, way: str, found: Iterable[Found], user: int, at: datetime) -> None:
    """Store and log a wall check, one row for each code; ``way`` is how they were read (camera, photo, typed)."""
    with writing() as session:
        session.get_one(Wall, (wall.home, wall.number), with_for_update=True)  # lock, so that concurrent checks get different numbers
        query = select(func.coalesce(func.max(WallCheck.no), 0)).where(WallCheck.home == wall.home, WallCheck.number == wall.number)
        last = session.scalars(query).one()
        for no, one in enumerate(found, last + 1):
            check = {"no": no, "way": way, "finding": one.finding, "read": one.read}
            session.add(WallCheck(home=wall.home, number=wall.number, at=at.replace(microsecond=0), user_id=user, **check))
            ledger.append(wall.home, at, people.username(user), "wall.checked", wall.number, **check)


@dataclass(frozen=True)
class Checked:
    """One check with its wall and the name of the staff member."""

    check: WallCheck
    wall: Wall
    who: str


def checks(prefix: str, number: str = "", findings: Iterable[str] = (), limit: int = 200) -> list[Checked]:
    """Return the checks of walls under a code prefix, newest first; ``number`` selects one wall, ``findings`` certain findings."""
    same = (Wall.home == WallCheck.home) & (Wall.number == WallCheck.number)
    query = select(WallCheck, Wall, User.name).join(Wall, same).join(User, User.id == WallCheck.user_id)
    query = query.where(WallCheck.home.startswith(prefix))
    if number:
        query = query.where(WallCheck.number == number)
    if wanted := list(findings):
        query = query.where(WallCheck.finding.in_(wanted))
    query = query.order_by(WallCheck.at.desc(), WallCheck.number, WallCheck.no.desc()).limit(limit)
    return [Checked(*row) for row in db.session.execute(query)]


def last_checked(prefix: str) -> dict[str, WallCheck]:
    """Return wall number -> last check in which a code was scanned; typed numbers do not prove what the code contains."""
    newest = select(WallCheck.number, func.max(WallCheck.no).label("no")).where(WallCheck.home.startswith(prefix), WallCheck.way != "typed")
    last = newest.group_by(WallCheck.number).subquery()
    query = select(WallCheck).join(last, (WallCheck.number == last.c.number) & (WallCheck.no == last.c.no))
    return {check.number: check for check in db.session.scalars(query)}


def digest(photo: bytes) -> str:
    """Return the SHA-256 of a photo for the ledger."""
    return hashlib.sha256(photo).hexdigest()
