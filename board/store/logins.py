"""Signing in and out: one row for each signed-in browser, and the count of failed sign-ins."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from threading import BoundedSemaphore

from flask import current_app
from sqlalchemy import ColumnElement, and_, delete, false, or_, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from board.models import Login, SignInFailure, User, db
from board.rules import passwords, throttle
from board.store import people
from board.store.engine import outage, writing
from board.store.people import Person, token_digest

TOUCH = timedelta(minutes=1)  # a login's ``seen`` is updated at most this often, so that page views rarely write
# The number of passwords from new devices that are checked at a time: an attacker who tries thousands of names gets refused, and does not
# slow down sign-ins from known devices.
_new_devices = BoundedSemaphore(4)


@dataclass(frozen=True)
class Try:
    """The result of a sign-in: the ``person``, or None with ``wait`` seconds before the next try, or 0 for a wrong name or password.

    ``busy``: the wait is due to many concurrent sign-ins, not to failures.
    """

    person: Person | None = None
    wait: int = 0
    busy: bool = False


def sign_in(username: str, password: str, device: str, shared: bool, at: datetime) -> Try:
    """Check a password and open a login; ``device`` is the id of a device known for this user, else empty.

    A try during the waiting time is refused without checking the password. An unknown user, a disabled one and a wrong password take the
    same time and give the same result.
    """
    username = username if people.USERNAME.fullmatch(username) else ""  # not a valid username: an unknown user, without a query
    bucket = throttle.bucket(username, device)
    failed = db.session.get(SignInFailure, bucket)
    if failed and (wait := throttle.wait(failed.count, failed.last, at)):
        return Try(wait=wait)
    if device:
        return _checked(username, password, bucket, shared, at)
    if not _new_devices.acquire(blocking=False):  # blocking would use up the server's threads
        return Try(wait=throttle.BUSY, busy=True)
    try:
        return _checked(username, password, bucket, shared, at)
    finally:
        _new_devices.release()


def _checked(username: str, password: str, bucket: str, shared: bool, at: datetime) -> Try:
    if wait := _count(bucket, at):
        return Try(wait=wait)
    decoy = _decoy_hash(current_app.config["PASSWORD_MEMORY_KB"])
    user = db.session.execute(select(User.id, User.password, User.disabled).where(User.username == username)).first()
    right = people.matches(user.password if user else decoy, password)
    known_to_all = password.casefold() == passwords.DEMO and not current_app.config["DEMO"]
    if not right or user is None or user.disabled or known_to_all:
        return Try()
    return Try(_open(user.id, user.password, password, bucket, shared, at))


@cache
def _decoy_hash(memory: int) -> str:
    """Return the hash to check against when the user is unknown, so that the check takes as long."""
    return people.hasher(memory).hash(secrets.token_hex())


def _count(bucket: str, at: datetime) -> int:
    """Count a try as failed before the check, so that parallel tries gain nothing, and return 0; or return the seconds to wait."""
    with writing() as session:
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        session.execute(insert(SignInFailure).values(bucket=bucket, count=0, last=at).on_conflict_do_nothing())
        row = session.get_one(SignInFailure, bucket, with_for_update=True, populate_existing=True)
        wait = throttle.wait(row.count, row.last, at)
        if not wait:
            row.count, row.last = 1 + (row.count if at - row.last < throttle.FORGOTTEN else 0), at
    return wait


def _open(id: int, stored: str, password: str, bucket: str, shared: bool, at: datetime) -> Person | None:
    fresh = people.hasher().hash(password) if people.hasher().check_needs_rehash(stored) else ""
    token = secrets.token_urlsafe(32)
    with writing() as session:
        user = session.get_one(User, id, with_for_update=True, populate_existing=True)
        if user.disabled or user.password != stored:  # changed meanwhile by an admin
            return None
        user.password = fresh or stored
        over = SignInFailure.last <= at - throttle.FORGOTTEN
        stale = select(SignInFailure.bucket).where(or_(SignInFailure.bucket == bucket, over)).with_for_update(skip_locked=True)
        session.execute(delete(SignInFailure).where(SignInFailure.bucket.in_(stale)))
        session.execute(delete(Login).where(Login.user_id == id, _idle(at)))
        session.add(Login(token=token_digest(token), user_id=id, shared=shared, started=at, seen=at))
    found = people.find(id)
    return found and replace(found, token=token)


def _idle(at: datetime) -> ColumnElement[bool]:
    """Return the SQL condition that a login exceeded its idle time-out."""
    own, shared = (at - timedelta(minutes=current_app.config[name]) for name in ("IDLE_MINUTES", "SHARED_IDLE_MINUTES"))
    return or_(and_(Login.shared == false(), Login.seen <= own), and_(Login.shared == true(), Login.seen <= shared))


def person(token: str, at: datetime) -> Person | None:
    """Return the user signed in under a token, or None; the request restarts the idle time-out."""
    query = people.columns().add_columns(Login.seen).join(Login, Login.user_id == User.id)
    row = db.session.execute(query.where(Login.token == token_digest(token), User.disabled.is_(False), ~_idle(at))).first()
    if row is None:
        return None
    if abs(at - row.seen) >= TOUCH:  # a clock that was set back would keep a login open for as long as it was
        _touch(token, at)
    return replace(Person(*row[:-1]), token=token)


def _touch(token: str, at: datetime) -> None:
    try:
        with writing() as session:
            login = session.get(Login, token_digest(token))
            if login:
                login.seen = at
    except DBAPIError as error:  # SQLite is locked by a long import, or the disk is full: the page is shown, and a later request writes it
        if not outage(error):
            raise


def listed(id: int, at: datetime) -> list[Login]:
    """Return a user's valid logins, newest first."""
    return list(db.session.scalars(select(Login).where(Login.user_id == id, ~_idle(at)).order_by(Login.started.desc(), Login.token)))


def end(token: str) -> None:
    """Sign one browser out."""
    with writing() as session:
        session.execute(delete(Login).where(Login.token == token_digest(token)))


def end_all(id: int) -> None:
    """Sign a user out on all devices."""
    with writing() as session:
        session.execute(delete(Login).where(Login.user_id == id))
