"""The people who sign in: adding, moving and disabling them, their passwords, and the drafts that pass from one to another.

What a person did stays under his user id for ever; nobody is deleted.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from sqlalchemy import delete, func, select

from board.models import Area, Draft, Hand, Login, User, db
from board.rules import passwords, roles
from board.store import ledger
from board.store.engine import writing

CONSOLE = "console"  # who did it, in the ledger, when it was typed at the server
NOBODYS = frozenset({CONSOLE, "villager", "wall"})  # who did it, where it was nobody with an account: no account is called so
OPEN = ("draft", "submitted", "returned")  # states of a draft that somebody still has to see to
# Whoever watches a whole county is of the county (or the city); only clerks and reviewers work in townships and villages.
COUNTY_ROLES = frozenset({"auditor", "inspector", "admin"})
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


class PersonRefused(ValueError):
    """A person cannot be made or changed like that.

    ``reason``: username (its form), taken, role, area (unknown or closed), level (no such role at such an area), self, heir, drafts (none
    that the heir may take), old (the old password is wrong), same (as the old one), or a fault of ``rules.passwords``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Person:
    """One of the staff, with what his area is called and how high it is (city, county, township, village).

    ``token`` is what the browser's cookie holds; empty unless it is the person who is signed in. flask-login asks for the rest.
    """

    id: int
    username: str
    name: str
    role: str
    area: str
    level: str
    area_name: str
    must_change: bool
    disabled: bool
    token: str = ""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return what flask-login puts into the session: the token, never the user id, so that a login can end on the server."""
        return self.token

    def may(self, action: str, home: str) -> bool:
        """Return whether this person may do the action of ``rules.roles`` for that home."""
        return roles.may(self.role, self.area, self.level, action, home)


def columns() -> Any:
    """Return the select whose rows make a Person (all but the token)."""
    query = select(User.id, User.username, User.name, User.role, User.area, Area.level, Area.name, User.must_change, User.disabled)
    return query.join(Area, Area.code == User.area)


def find(id: int) -> Person | None:
    """Return a person, disabled or not, or None."""
    row = db.session.execute(columns().where(User.id == id)).first()
    return Person(*row) if row else None


def named(username: str) -> Person | None:
    """Return the person of that username, disabled or not, or None."""
    row = db.session.execute(columns().where(User.username == username)).first()
    return Person(*row) if row else None


def names(usernames: Collection[str]) -> dict[str, str]:
    """Return the names of people by their usernames in one select; usernames that nobody has are left out."""
    query = select(User.username, User.name).where(User.username.in_(usernames))
    return {username: name for username, name in db.session.execute(query)}  # noqa: C416 - dict() would take its keys() for a mapping's


def listed(prefix: str) -> list[Person]:
    """Return everybody whose area is under a code prefix, by area, disabled ones last in each."""
    query = columns().where(User.area.startswith(prefix)).order_by(User.area, User.disabled, User.role, User.username)
    return [Person(*row) for row in db.session.execute(query)]


def username(id: int | None) -> str:
    """Return the username of a user id, as the ledger names him; "" for None."""
    return db.session.scalars(select(User.username).where(User.id == id)).one() if id is not None else ""


def usernames(ids: Iterable[int]) -> list[str]:
    """Return the usernames of these user ids, in alphabetical order."""
    return list(db.session.scalars(select(User.username).where(User.id.in_(list(ids))).order_by(User.username)))


def hasher(memory: int | None = None) -> PasswordHasher:
    """Return argon2 with the settings of this installation; ``memory`` in KiB."""
    return PasswordHasher(time_cost=2, memory_cost=memory or current_app.config["PASSWORD_MEMORY_KB"], parallelism=1)


def matches(stored: str, password: str) -> bool:
    """Return whether the password is the one that was stored; costs one hash."""
    try:
        return hasher().verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def add(username: str, name: str, role: str, area: str, password: str = "", *, actor: str = CONSOLE, at: datetime | None = None) -> str:
    """Add a person and return his password; without one given he gets a temporary one, to be changed when he first signs in.

    ``at`` None is this moment. Raises Refused.
    """
    username = username.strip().casefold()
    if not USERNAME.fullmatch(username):
        raise PersonRefused("username")
    given = password or passwords.temporary(secrets.choice)
    _check_password(given, username)
    hashed = hasher().hash(given)
    with writing() as session:
        if username in NOBODYS or session.scalar(select(User.id).where(User.username == username)) is not None:
            raise PersonRefused("taken")
        _check_post(role, area)
        session.add(User(username=username, name=name.strip()[:200], role=role, area=area, password=hashed, must_change=not password))
        ledger.append(area, at or datetime.now(UTC), actor, "person.added", username, role=role)
    return given


def _check_password(password: str, username: str) -> None:
    fault = passwords.fault(password, username, current_app.config["PASSWORD_LENGTH"], current_app.config["DEMO"])
    if fault:
        raise PersonRefused(fault)


def _check_post(role: str, area: str) -> None:
    """Refuse a role that is not there, an area that is not there any more, and a watcher of counties in a village."""
    if role not in roles.ROLES:
        raise PersonRefused("role")
    found = db.session.get(Area, area)
    if found is None or found.closed:
        raise PersonRefused("area")
    if role in COUNTY_ROLES and found.level not in ("county", "city"):
        raise PersonRefused("level")


def disable(id: int, actor: str, at: datetime) -> None:
    """Shut a person out at once, on all devices. Raises Refused when he does it to himself."""
    with writing():
        user = _locked(id)
        if user.username == actor:
            raise PersonRefused("self")
        if not user.disabled:
            user.disabled = True
            _end_logins(id)
            ledger.append(user.area, at, actor, "person.disabled", user.username)


def enable(id: int, actor: str, at: datetime) -> None:
    """Let a disabled person in again, under his old password. Raises Refused when his area was closed meanwhile."""
    with writing():
        user = _locked(id)
        if user.disabled:
            _check_post(user.role, user.area)
            user.disabled = False
            ledger.append(user.area, at, actor, "person.enabled", user.username)


def move(id: int, role: str, area: str, actor: str, at: datetime) -> None:
    """Give a person another role or area; he signs in again, so that no open page acts with the rights he had. Raises Refused."""
    with writing():
        user = _locked(id)
        if user.username == actor:
            raise PersonRefused("self")
        _check_post(role, area)
        before = {"role": user.role, "area": user.area}
        if before == {"role": role, "area": area}:
            return
        user.role, user.area = role, area
        _end_logins(id)
        for home in sorted({before["area"], area}):  # both desks have to see that it happened
            ledger.append(home, at, actor, "person.moved", user.username, role=role, area=area, before=before)


def reset(id: int, actor: str, at: datetime) -> str:
    """Return a temporary password that replaces the person's own; his devices are signed out."""
    given = passwords.temporary(secrets.choice)
    hashed = hasher().hash(given)
    with writing():
        user = _locked(id)
        user.password, user.must_change = hashed, True
        _end_logins(id)
        ledger.append(user.area, at, actor, "person.reset", user.username)
    return given


def change_password(person: Person, old: str, new: str, at: datetime) -> None:
    """Give a person the password he chose; his other devices are signed out, this one stays. Raises Refused."""
    stored = db.session.scalars(select(User.password).where(User.id == person.id)).one()
    if not matches(stored, old):
        raise PersonRefused("old")
    if new == old:
        raise PersonRefused("same")
    _check_password(new, person.username)
    hashed = hasher().hash(new)
    with writing():
        user = _locked(person.id)
        if user.password != stored:  # reset by the admin in between: the old password counts no more
            raise PersonRefused("old")
        user.password, user.must_change = hashed, False
        _end_logins(person.id, keep=person.token)
        ledger.append(user.area, at, user.username, "person.changed_password", user.username)


def _locked(id: int) -> User:
    return db.session.get_one(User, id, with_for_update=True, populate_existing=True)


def token_digest(token: str) -> str:
    """Return what the table keeps of a login's token: a stolen backup signs nobody in."""
    return hashlib.sha256(token.encode()).hexdigest()


def _end_logins(user: int, keep: str = "") -> None:
    db.session.execute(delete(Login).where(Login.user_id == user, Login.token != token_digest(keep)))


def open_drafts(id: int) -> dict[str, int]:
    """Return how many open drafts a person owns, by home."""
    query = select(Draft.home, func.count()).where(Draft.owner == id, Draft.state.in_(OPEN)).group_by(Draft.home).order_by(Draft.home)
    return dict(iter(db.session.execute(query)))


def heirs(id: int) -> list[Person]:
    """Return who may take over some of a person's open drafts: the other clerks of the desks where these are."""
    homes = open_drafts(id)
    if not homes:
        return []
    query = columns().where(User.role == "clerk", User.disabled.is_(False), User.id != id).order_by(User.area, User.username)
    clerks = [Person(*row) for row in db.session.execute(query)]
    return [clerk for clerk in clerks if any(clerk.may("draft.write", home) for home in homes)]


def hand_over(id: int, heir: int, actor: str, at: datetime) -> int:
    """Give a person's open drafts to a clerk of the same desk and return how many; those of other desks stay. Raises Refused."""
    with writing() as session:
        to = find(heir)
        if to is None or to.disabled or to.id == id:
            raise PersonRefused("heir")
        query = select(Draft).where(Draft.owner == id, Draft.state.in_(OPEN)).order_by(Draft.home, Draft.id).with_for_update()
        taken = [draft for draft in session.scalars(query) if to.may("draft.write", draft.home)]
        if not taken:
            raise PersonRefused("drafts")
        for draft in taken:
            draft.owner = to.id
            session.merge(Hand(home=draft.home, draft=draft.id, user_id=to.id, did="took over"))
        for home in sorted({draft.home for draft in taken}):
            drafts = [draft.id for draft in taken if draft.home == home]
            ledger.append(home, at, actor, "drafts.handed_over", username(id), to=to.username, drafts=drafts)
    return len(taken)
