"""What a county changed in its catalogue: its own words for who publishes and by when. What is left out follows from its duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from board import policies
from board.models import CatalogueLine, Ledger, User, db
from board.rules.duties import catalogue as rules
from board.rules.duties.catalogue import Edit, Key
from board.store import duties, ledger, people
from board.store.engine import writing
from board.store.feature_flags import county


@dataclass(frozen=True)
class Edited:
    """An edit that stands, with the name of who made it and when."""

    edit: Edit
    who: str
    at: datetime


def put(home: str, kind: str, level: str, edit: Edit, user: int, at: datetime) -> bool:
    """Have a county say this of a line from now on (an empty edit: what the program says); returns False when it is so already."""
    with writing() as session:
        found = session.get(CatalogueLine, (home, kind, level), with_for_update=True, populate_existing=True)
        if (_edit(found) if found else Edit()) == edit:
            return False
        if found and edit == Edit():
            session.delete(found)
        else:
            said = {"off_because": edit.off_because, "office": edit.office, "note": edit.note}
            session.merge(CatalogueLine(home=home, kind=kind, level=level, **said, user_id=user, at=at.replace(microsecond=0)))
        session.flush()
        body = {"level": level, "off_because": edit.off_because, "office": edit.office, "note": edit.note}
        ledger.append(home, at, people.username(user), "catalogue.put", kind, **body)
    return True


def edits(home: str, today: date) -> dict[Key, Edit]:
    """Return what the county of an area says of its lines today: (kind, level) -> edit."""
    return {key: one.edit for key, one in edited(county(home), today).items()}


def edited(home: str, today: date) -> dict[Key, Edited]:
    """Return the same of a county with who said it, and when."""
    rows = db.session.execute(_of(home).add_columns(User.name).join(User, User.id == CatalogueLine.user_id))
    found = {(one.kind, one.level): Edited(_edit(one), name, one.at) for one, name in rows}
    made = duties.holding(home, today)
    for key, why in rules.decided(policies.duties().values(), {duty: one.act for duty, one in made.items()}).items():
        own = found.pop(key, None)
        edit = replace(own.edit if own else Edit(), off_because=why)
        last = next(made[one.id] for one in policies.duties().values() if (one.kind, one.publisher) == key and one.id in made)
        if edit != Edit():
            found[key] = Edited(edit, last.who, last.at) if why or own is None else Edited(edit, own.who, own.at)
    return found


def _of(home: str) -> Any:
    return select(CatalogueLine).where(CatalogueLine.home == home)


def _edit(one: CatalogueLine) -> Edit:
    return Edit(one.off_because, one.office, one.note)


def logged(home: str, entries: Iterable[Ledger]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, kind, level) -> what the ledger entries of a home, oldest first, say of the line."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in entries:
        said = {name: entry.body.get(name) for name in ("off_because", "office", "note")}
        found[home, entry.subject, entry.body.get("level")] = said | {"by": (entry.actor, entry.at)}
    return {key: one for key, one in found.items() if one["off_because"] or one["office"] or one["note"]}


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the same by the table."""
    rows = db.session.execute(_of(home).add_columns(User.username).join(User, User.id == CatalogueLine.user_id))
    return {
        (home, one.kind, one.level): {
            "off_because": one.off_because, "office": one.office, "note": one.note, "by": (username, ledger.moment(one.at)),
        }
        for one, username in rows
    }  # fmt: skip
