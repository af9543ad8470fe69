"""没有这项、已在别处公开、只贴了纸: what an office says once for any number of its places, and takes back."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import aliased

from board import policies
from board.models import Area, DutySettlement, DutyStatement, DutyStatementPlace, Ledger, User, db
from board.rules.areas import prefix
from board.rules.calendar import CHINA, day_of
from board.rules.digest import short
from board.rules.duties import statement
from board.rules.duties.duty import Duty
from board.rules.duties.statement import Said
from board.store import areas, ledger, people, sealing
from board.store.duties import settling
from board.store.engine import writing


class SayingRefused(ValueError):
    """A statement is not kept; ``reason`` is what ``rules.duties.statement.fault`` says."""

    def __init__(self, reason: statement.Fault) -> None:
        super().__init__(reason)
        self.reason = reason


def say(home: str, said: Said, user: int, at: datetime) -> DutyStatement:
    """Keep what an office says of its places, in one act; its texts are checked before. Raises SayingRefused."""
    duty = policies.duties().get(said.duty)
    owing = places_of(home, duty) if duty else []
    if fault := statement.fault(said, duty, areas.get(home).level, owing, day_of(at)):
        raise SayingRefused(fault)
    with writing() as session:
        settling.lock(said.places)
        ledger.lock(home)
        no = (session.scalar(select(func.max(DutyStatement.no)).where(DutyStatement.home == home)) or 0) + 1
        one = DutyStatement(
            home=home, no=no, duty=said.duty, period=said.period, sort=said.sort, day=said.day, address=said.address, digest=said.digest,
            seen_by=said.seen_by.strip(), why=said.why.strip(), user_id=user, at=at.replace(microsecond=0),
        )  # fmt: skip
        session.add(one)
        session.flush()
        session.add_all([DutyStatementPlace(home=home, no=no, place=place) for place in sorted(said.places)])
        _settles(one)
        ledger.append(home, at, people.username(user), "duty.said", str(no), **_body(one, sorted(said.places)))
    return one


def take_back(home: str, no: int, user: int, at: datetime) -> bool:
    """Take a statement back; what it settled is open again, or settled by what comes next. False where it does not stand."""
    with writing() as session:
        settling.lock(_places(home, no))
        one = session.get(DutyStatement, (home, no), with_for_update=True, populate_existing=True)
        if one is None or one.taken_back_at is not None:
            return False
        one.taken_back_at, one.taken_back_by = at.replace(microsecond=0), user
        session.flush()
        _settles(one)
        ledger.append(home, at, people.username(user), "duty.taken_back", str(no))
    return True


def _settles(one: DutyStatement) -> None:
    db.session.flush()
    same = DutyStatement.home == one.home, DutyStatement.no == one.no
    settling.replace_candidates(f"s{one.home}-{one.no}", _places(one.home, one.no), list(settling.of_statements(*same)))


def _places(home: str, no: int) -> list[str]:
    query = select(DutyStatementPlace.place).where(DutyStatementPlace.home == home, DutyStatementPlace.no == no)
    return list(db.session.scalars(query.order_by(DutyStatementPlace.place)))


def places_of(home: str, duty: Duty) -> list[str]:
    """Return the codes of the open areas in an office's scope that owe a duty, itself among them; by code."""
    office = areas.get(home)
    inside = Area.code.startswith(prefix(home, office.level)), Area.level == duty.level, ~Area.closed
    return list(db.session.scalars(select(Area.code).where(*inside).order_by(Area.code)))


def standing(place: str, duty: str, period: str) -> list[DutyStatement]:
    """Return the statements of a cell that stand, oldest first."""
    cell = DutySettlement.home == place, DutySettlement.duty == duty, DutySettlement.period == period
    sources = db.session.scalars(select(DutySettlement.source).where(*cell, DutySettlement.sort != "notice"))
    found = [db.session.get_one(DutyStatement, _of(source)) for source in sources]
    return sorted(found, key=lambda one: (one.at, one.home, one.no))


def _of(source: str) -> tuple[str, int]:
    """Return the key of the statement that is the source of a settlement."""
    home, _, no = source[1:].partition("-")
    return home, int(no)


def public_words(sources: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return source -> what everybody reads of these statements, in one select: the reason or the address, and the digest of what stood
    there, short, or ""; never who saw the paper hang.

    Sources that are notices are left out.
    """
    keys = [_of(source) for source in sources if source.startswith("s")]
    query = select(DutyStatement.home, DutyStatement.no, DutyStatement.why, DutyStatement.address, DutyStatement.digest)
    rows = db.session.execute(query.where(tuple_(DutyStatement.home, DutyStatement.no).in_(keys))) if keys else ()
    return {f"s{home}-{no}": (why or address, short(digest) if digest else "") for home, no, why, address, digest in rows}


def listed(prefix: str, limit: int = 100, before: tuple[datetime, str, int] | None = None) -> list[DutyStatement]:
    """Return the newest statements of the offices under a code prefix; ``before`` is (at, home, no) of the last one already shown."""
    query = select(DutyStatement).where(DutyStatement.home.startswith(prefix))
    if before:
        query = query.where(tuple_(DutyStatement.at, DutyStatement.home, DutyStatement.no) < before)
    return list(
        db.session.scalars(query.order_by(DutyStatement.at.desc(), DutyStatement.home.desc(), DutyStatement.no.desc()).limit(limit))
    )


def said(home: str, since: date, limit: int) -> list[tuple[DutyStatement, list[str]]]:
    """Return the newest statements of one office since a day that stand, each with its places, in two selects."""
    begins = datetime.combine(since, time.min, CHINA)
    query = select(DutyStatement).where(DutyStatement.home == home, DutyStatement.at >= begins, DutyStatement.taken_back_at.is_(None))
    found = list(db.session.scalars(query.order_by(DutyStatement.no.desc()).limit(limit)))
    about: dict[int, list[str]] = {}
    of = select(DutyStatementPlace.no, DutyStatementPlace.place).where(DutyStatementPlace.home == home)
    for no, place in db.session.execute(of.where(DutyStatementPlace.no.in_([one.no for one in found])).order_by(DutyStatementPlace.place)):
        about.setdefault(no, []).append(place)
    return [(one, about.get(one.no, [])) for one in found]


def places(one: DutyStatement) -> list[str]:
    """Return the codes of the places that a statement is about."""
    return _places(one.home, one.no)


# ---- proof


def digest(home: str, no: int, *texts: str) -> str:
    """Return the keyed digest of a statement's words; keyed, so that they cannot be guessed from the public log."""
    return sealing.vault().key("duty", json.dumps([home, no, *texts], ensure_ascii=False))


def _body(one: DutyStatement, places: list[str]) -> dict[str, Any]:
    return {
        "sort": one.sort, "duty": one.duty, "period": one.period, "places": places, "day": one.day.isoformat(), "address": one.address,
        "digest": one.digest, "words": digest(one.home, one.no, one.why, one.seen_by),
    }  # fmt: skip


def logged(entries: list[Ledger]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, no) -> a statement as a home's ledger has it; ``entries`` are those of statements, oldest first."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in entries:
        key = entry.home, int(entry.subject)
        if entry.action == "duty.said":
            found[key] = {**entry.body, "said": f"{entry.actor} {entry.at}", "taken_back": None}
        elif entry.action == "duty.taken_back":
            found.setdefault(key, {})["taken_back"] = f"{entry.actor} {entry.at}"
    return found


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the same of a home by the tables."""
    who, back = aliased(User), aliased(User)
    query = select(DutyStatement, who.username, back.username).join(who, who.id == DutyStatement.user_id)
    rows = query.outerjoin(back, back.id == DutyStatement.taken_back_by).where(DutyStatement.home == home)
    about: dict[int, list[str]] = {}
    of = select(DutyStatementPlace.no, DutyStatementPlace.place).where(DutyStatementPlace.home == home)
    for no, place in db.session.execute(of.order_by(DutyStatementPlace.no, DutyStatementPlace.place)):
        about.setdefault(no, []).append(place)
    return {
        (home, one.no): {
            **_body(one, about.get(one.no, [])),
            "said": f"{username} {ledger.moment(one.at)}",
            "taken_back": f"{undone} {ledger.moment(one.taken_back_at)}" if one.taken_back_at else None,
        }
        for one, username, undone in db.session.execute(rows)
    }
