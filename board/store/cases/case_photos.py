"""Photos that a villager adds to a case: sealed, opened by the office that has the case, and deleted when their days are over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import func, select

from board.models import Case, CasePhoto, Message, db
from board.rules.calendar import day_of
from board.rules.cases import photos
from board.rules.cases.log import CLOCK, VILLAGER
from board.rules.cases.machine import OPEN
from board.store import ledger, people, sealing
from board.store.cases import acting
from board.store.cases.acting import MovedOn
from board.store.engine import writing


class Full(Exception):
    """The case has as many photos as a case may have."""


@dataclass(frozen=True)
class Photo:
    """What is known of a photo without opening it; ``deleted_by`` is "" for one that is kept, else villager, office or expired."""

    no: int
    at: datetime
    deleted_by: str


def of(case: Case) -> list[Photo]:
    """Return the photos of a case, deleted ones too, in the order in which they came."""
    columns = (CasePhoto.no, CasePhoto.at, func.coalesce(CasePhoto.deleted_by, ""))
    query = select(*columns).where(CasePhoto.home == case.home, CasePhoto.case == case.id).order_by(CasePhoto.no)
    return [Photo(*row) for row in db.session.execute(query)]


def add(home: str, id: str, photo: bytes, at: datetime) -> None:
    """Add a villager's photo, rewritten by ``board.attachments``, to a case; one that the case has already is not added again.

    Raises MovedOn when no office has to answer, and Full.
    """
    sha256 = hashlib.sha256(photo).hexdigest()
    with writing() as session:
        case = acting.locked(home, id)
        if case.state not in OPEN:
            raise MovedOn(case)
        before = _rows(home, id)
        kept = [row for row in before if row.deleted_at is None]
        if sha256 in (row.sha256 for row in kept):
            return
        if len(kept) >= photos.MOST:
            raise Full
        row = CasePhoto(home=home, case=id, no=len(before) + 1, at=at, size=len(photo), sha256=sha256)
        row.photo = sealing.vault().seal_bytes(photo)
        session.add(row)
        ledger.append(home, at, VILLAGER, "case.photo_added", id, no=row.no, photo=_digest(row))


def open_one(home: str, id: str, no: int, user: int, at: datetime) -> bytes | None:
    """Return a photo, unsealed, and log who opened it; None without an entry when it is deleted or was never there."""
    with writing() as session:
        row = session.get(CasePhoto, (home, id, no))
        if row is None or row.photo is None:
            return None
        ledger.append(home, at, people.username(user), "case.photo_opened", id, no=no)
        return sealing.vault().open_bytes(row.photo)


def remove(home: str, id: str, no: int, user: int | None, at: datetime) -> None:
    """Delete a photo for its office, or for its villager (``user`` None); one that is deleted stays as it is."""
    actor, why = (people.username(user), "office") if user else (VILLAGER, "villager")
    with writing():
        acting.locked(home, id)
        for row in _rows(home, id):
            if row.no == no and row.deleted_at is None:
                _delete(row, actor, why, at)


def expire(at: datetime) -> int:
    """Delete the photos whose days are over on the day of ``at``, and return how many; any number of processes may do so at once."""
    deleted = 0
    for home, id in _over(day_of(at)):
        with writing():
            acting.locked(home, id)
            if _over(day_of(at), Case.home == home, Case.id == id):  # else asked again meanwhile, or done by another process
                due = [row for row in _rows(home, id) if row.deleted_at is None]
                for row in due:
                    _delete(row, CLOCK, "expired", at)
                deleted += len(due)
    return deleted


def _over(today: date, *which: Any) -> list[tuple[str, str]]:
    """Return the cases (home, id) with photos whose days are over."""
    solved = select(func.max(Message.at)).where(Message.home == Case.home, Message.case == Case.id, Message.act == "solve")
    with_photos = select(CasePhoto.no).where(CasePhoto.home == Case.home, CasePhoto.case == Case.id, CasePhoto.deleted_at.is_(None))
    query = select(Case.home, Case.id, Case.state, Case.answered, solved.scalar_subquery()).where(Case.state.not_in(OPEN), *which)
    found = db.session.execute(query.where(with_photos.exists()).order_by(Case.home, Case.id))
    days = ((home, id, photos.delete_from(state, _day(answered), _day(closed))) for home, id, state, answered, closed in found)
    return [(home, id) for home, id, day in days if day and today >= day]


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


def _delete(row: CasePhoto, actor: str, why: str, at: datetime) -> None:
    row.photo, row.deleted_at, row.deleted_by = None, at, why
    ledger.append(row.home, at, actor, "case.photo_removed", row.case, no=row.no, why=why)


def _rows(home: str, id: str) -> list[CasePhoto]:
    query = select(CasePhoto).where(CasePhoto.home == home, CasePhoto.case == id).order_by(CasePhoto.no)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _digest(row: Any) -> str:
    """Return the keyed digest of a photo for the ledger; keyed, since who has the photo could make a plain one and find the case."""
    return sealing.vault().key("photo", f"{row.home}/{row.case}/{row.no}/{row.size}/{row.sha256}")


def evidence(home: str) -> dict[str, dict[int, tuple[Any, ...]]]:
    """Return case -> number -> what the table says of each photo of a home, as ``rules.cases.log.replay`` gives it."""
    columns = (CasePhoto.home, CasePhoto.case, CasePhoto.no, CasePhoto.at, CasePhoto.size, CasePhoto.sha256, CasePhoto.photo)
    query = select(*columns, CasePhoto.deleted_at, CasePhoto.deleted_by).where(CasePhoto.home == home)
    found: dict[str, dict[int, tuple[Any, ...]]] = {}
    for row in db.session.execute(query.execution_options(yield_per=10)):
        deleted = ledger.moment(row.deleted_at) if row.deleted_at else ""
        kept = row.photo is not None
        told = _digest(row) if not kept or _whole(row) else "not the photo that was added"
        found.setdefault(row.case, {})[row.no] = (told, ledger.moment(row.at), kept, row.deleted_by or "", deleted)
    return found


def _whole(row: Any) -> bool:
    try:
        photo = sealing.vault().open_bytes(row.photo)
    except (InvalidTag, ValueError):
        return False
    return (len(photo), hashlib.sha256(photo).hexdigest()) == (row.size, row.sha256)
