"""Users: add, move and disable them, change passwords, and hand over drafts.

Users are never deleted, because drafts, versions and ledger entries refer to them.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased

from board.models import Area, Draft, Hand, Login, User, db
from board.rules import passwords, roles
from board.rules.cases import log
from board.rules.kind import GROUPS
from board.rules.people_list import Entry
from board.store import ledger
from board.store.engine import writing

CONSOLE = "console"  # actor in the ledger for commands typed on the server
RESERVED = frozenset({CONSOLE, *log.NOBODY, "wall"})  # actors in the ledger without an account: reserved usernames
OPEN = ("draft", "submitted", "returned")  # states of a draft that still needs work
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


class PersonRefused(ValueError):
    """A user cannot be added or changed.

    ``reason``: username (its form), taken, role, area (unknown or closed), level (no such role at such an area), group (a department
    without a group of kinds, or another role with one), self (the actor's own account), heir (not a clerk who may take the drafts), drafts
    (none that the heir may take), old (the old password is wrong), same (as the old one), or a fault of ``rules.passwords``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EntryRefused(ValueError):
    """A user of a list cannot be added, and so none of it was; ``reason`` is that of PersonRefused."""

    def __init__(self, entry: Entry, reason: str) -> None:
        super().__init__(reason)
        self.entry, self.reason = entry, reason


@dataclass(frozen=True)
class Person:
    """A user, with name and level of the area (city, county, township, village).

    ``token`` is the login token in the browser's cookie; empty unless this is the signed-in user. The class has the attributes that
    flask-login requires of a user.
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
    group: str | None = None  # of a department
    above: str = ""  # the name of the area above
    token: str = ""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return the id that flask-login stores in the session: the token, so that the server can end a login."""
        return self.token

    def may(self, action: str, home: str) -> bool:
        """Return whether this user may do an action of ``rules.roles`` for a home."""
        return roles.may(self.role, self.area, self.level, action, home)


def columns() -> Any:
    """Return the select of Person's fields (without the token)."""
    above = aliased(Area)
    query = select(
        User.id, User.username, User.name, User.role, User.area, Area.level, Area.name, User.must_change, User.disabled, User.group,
        func.coalesce(above.name, ""),
    )  # fmt: skip
    return query.join(Area, Area.code == User.area).outerjoin(above, above.code == Area.parent)


def find(id: int) -> Person | None:
    """Return a user by id, disabled or not, or None."""
    row = db.session.execute(columns().where(User.id == id)).first()
    return Person(*row) if row else None


def named(username: str) -> Person | None:
    """Return a user by username, disabled or not, or None."""
    row = db.session.execute(columns().where(User.username == username)).first()
    return Person(*row) if row else None


def names(usernames: Collection[str]) -> dict[str, str]:
    """Return username -> name in one select; unknown usernames are left out."""
    query = select(User.username, User.name).where(User.username.in_(usernames))
    return {username: name for username, name in db.session.execute(query)}  # noqa: C416 - dict() would take its keys() for a mapping's


def listed(prefix: str) -> list[Person]:
    """Return the users whose area is under a code prefix, by area, disabled ones last in each."""
    query = columns().where(User.area.startswith(prefix)).order_by(User.area, User.disabled, User.role, User.username)
    return [Person(*row) for row in db.session.execute(query)]


def led(area: str) -> bool:
    """Return whether an office has a leader who reads letters."""
    query = select(User.id).where(User.role == "leader", User.area == area, ~User.disabled)
    return db.session.scalars(query).first() is not None


def supervised(area: str) -> bool:
    """Return whether a village's supervision committee has an account here."""
    query = select(User.id).where(User.role == "supervisor", User.area == area, ~User.disabled)
    return db.session.scalars(query).first() is not None


def supervisors_within(area: str) -> bool:
    """Return whether a village's supervision committee, or that of some village of a township, has an account here; not of a county."""
    inside = User.area == area if int(area[9:]) else User.area.startswith(area[:9])
    return db.session.scalars(select(User.id).where(User.role == "supervisor", inside, ~User.disabled)).first() is not None


def username(id: int | None) -> str:
    """Return the username of a user id, as in ledger entries; "" for None."""
    return db.session.scalars(select(User.username).where(User.id == id)).one() if id is not None else ""


def usernames(ids: Iterable[int]) -> list[str]:
    """Return the usernames of user ids, sorted."""
    return list(db.session.scalars(select(User.username).where(User.id.in_(list(ids))).order_by(User.username)))


def hasher(memory: int | None = None) -> PasswordHasher:
    """Return the argon2 hasher with this installation's settings; ``memory`` in KiB."""
    return PasswordHasher(time_cost=2, memory_cost=memory or current_app.config["PASSWORD_MEMORY_KB"], parallelism=1)


def matches(stored: str, password: str) -> bool:
    """Return whether a password matches its stored hash; takes the time of one hash."""
    try:
        return hasher().verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def add(
    username: str, name: str, role: str, area: str, password: str = "", *, actor: str = CONSOLE, at: datetime | None = None, group: str = ""
) -> str:
    """Add a user and return the password; an empty ``password`` makes a temporary one, to be changed at the first sign-in.

    ``at`` None is now; ``group`` is a department's group of kinds. Raises PersonRefused.
    """
    username = username.strip().casefold()
    given = password or passwords.temporary(secrets.choice)
    hashed = _hashed(username, given)
    with writing():
        _add(Entry(0, name, username, role, area, group), hashed, actor, at or datetime.now(UTC), must_change=not password)
    return given


def add_all(entries: Sequence[Entry], actor: str, at: datetime) -> dict[str, str]:
    """Add all users of a list or none, and return username -> temporary password. Raises EntryRefused."""
    given = {one.username: passwords.temporary(secrets.choice) for one in entries}
    one = entries[0]
    try:
        hashed = {(one := entry).username: _hashed(entry.username, given[entry.username]) for entry in entries}
        with writing():
            for one in entries:
                _add(one, hashed[one.username], actor, at, must_change=True)
    except PersonRefused as refused:
        raise EntryRefused(one, refused.reason) from None
    return given


def _hashed(username: str, password: str) -> str:
    """Return the hash of a new user's password. Raises PersonRefused."""
    if not USERNAME.fullmatch(username):
        raise PersonRefused("username")
    _check_password(password, username)
    return hasher().hash(password)


def _add(one: Entry, hashed: str, actor: str, at: datetime, *, must_change: bool) -> None:
    """Add a user within a running transaction. Raises PersonRefused."""
    if one.username in RESERVED or db.session.scalar(select(User.id).where(User.username == one.username)) is not None:
        raise PersonRefused("taken")
    _check_post(one.role, one.area, one.group)
    given = {"username": one.username, "name": one.name.strip()[:200], "role": one.role, "area": one.area, "group": one.group or None}
    db.session.add(User(**given, password=hashed, must_change=must_change))
    ledger.append(one.area, at, actor, "person.added", one.username, role=one.role, **({"group": one.group} if one.group else {}))


def _check_password(password: str, username: str) -> None:
    fault = passwords.fault(password, username, current_app.config["PASSWORD_LENGTH"], current_app.config["DEMO"])
    if fault:
        raise PersonRefused(fault)


def _check_post(role: str, area: str, group: str) -> None:
    """Raise PersonRefused for an unknown role, an unknown or closed area, or a role that areas of this level do not have; a department has
    a group of kinds, and nobody else has."""
    if role not in roles.ROLES:
        raise PersonRefused("role")
    found = db.session.get(Area, area)
    if found is None or found.closed:
        raise PersonRefused("area")
    if found.level not in roles.LEVELS.get(role, (found.level,)):
        raise PersonRefused("level")
    if (role == "department") != bool(group) or (group and group not in GROUPS):
        raise PersonRefused("group")


def disable(id: int, actor: str, at: datetime) -> None:
    """Disable a user and end all logins. Raises PersonRefused when the user is the actor."""
    with writing():
        user = _locked(id)
        if user.username == actor:
            raise PersonRefused("self")
        if not user.disabled:
            user.disabled = True
            _end_logins(id)
            ledger.append(user.area, at, actor, "person.disabled", user.username)


def enable(id: int, actor: str, at: datetime) -> None:
    """Enable a disabled user with the old password. Raises PersonRefused when the area was closed meanwhile."""
    with writing():
        user = _locked(id)
        if user.disabled:
            _check_post(user.role, user.area, user.group or "")
            user.disabled = False
            ledger.append(user.area, at, actor, "person.enabled", user.username)


def move(id: int, role: str, area: str, actor: str, at: datetime, group: str = "") -> None:
    """Change a user's role, area and group of kinds, and end all logins, so that no open page has the former rights.
    Raises PersonRefused."""
    with writing():
        user = _locked(id)
        if user.username == actor:
            raise PersonRefused("self")
        _check_post(role, area, group)
        before = {"role": user.role, "area": user.area} | ({"group": user.group} if user.group else {})
        after = {"role": role, "area": area} | ({"group": group} if group else {})
        if before == after:
            return
        user.role, user.area, user.group = role, area, group or None
        _end_logins(id)
        for home in sorted({before["area"], area}):  # logged for both offices
            ledger.append(home, at, actor, "person.moved", user.username, **after, before=before)


def reset(id: int, actor: str, at: datetime) -> str:
    """Replace a user's password by a temporary one, end all logins, and return the password."""
    given = passwords.temporary(secrets.choice)
    hashed = hasher().hash(given)
    with writing():
        user = _locked(id)
        user.password, user.must_change = hashed, True
        _end_logins(id)
        ledger.append(user.area, at, actor, "person.reset", user.username)
    return given


def change_password(person: Person, old: str, new: str, at: datetime) -> None:
    """Replace a user's password by ``new`` and end the logins on other devices. Raises PersonRefused."""
    stored = db.session.scalars(select(User.password).where(User.id == person.id)).one()
    if not matches(stored, old):
        raise PersonRefused("old")
    if new == old:
        raise PersonRefused("same")
    _check_password(new, person.username)
    hashed = hasher().hash(new)
    with writing():
        user = _locked(person.id)
        if user.password != stored:  # reset by an admin meanwhile: the old password is no longer valid
            raise PersonRefused("old")
        user.password, user.must_change = hashed, False
        _end_logins(person.id, keep=person.token)
        ledger.append(user.area, at, user.username, "person.changed_password", user.username)


def _locked(id: int) -> User:
    return db.session.get_one(User, id, with_for_update=True, populate_existing=True)


def token_digest(token: str) -> str:
    """Return the SHA-256 of a login's token; only this is stored, so that a stolen backup contains no usable token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _end_logins(user: int, keep: str = "") -> None:
    db.session.execute(delete(Login).where(Login.user_id == user, Login.token != token_digest(keep)))


def open_drafts(id: int) -> dict[str, int]:
    """Return home -> number of open drafts that a user owns."""
    query = select(Draft.home, func.count()).where(Draft.owner == id, Draft.state.in_(OPEN)).group_by(Draft.home).order_by(Draft.home)
    return dict(iter(db.session.execute(query)))


def heirs(id: int) -> list[Person]:
    """Return the clerks who may take over some of a user's open drafts, by area."""
    homes = open_drafts(id)
    if not homes:
        return []
    query = columns().where(User.role == "clerk", User.disabled.is_(False), User.id != id).order_by(User.area, User.username)
    clerks = [Person(*row) for row in db.session.execute(query)]
    return [clerk for clerk in clerks if any(clerk.may("draft.write", home) for home in homes)]


def hand_over(id: int, heir: int, actor: str, at: datetime) -> int:
    """Give a user's open drafts to another clerk, where that clerk may write them, and return how many. Raises PersonRefused."""
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
