"""A database that fails for a while: it does not answer, or it can store nothing."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, text

from board.models import db
from tests.actors import Page
from tests.databases import Databases

_FULL = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$"
_WRITTEN = ("login", "sign_in_failure", "case", "message", "receipt", "ledger", "draft")


@contextmanager
def away(app: Flask, databases: Databases) -> Iterator[None]:
    """Let nobody reach the database within the block."""
    url = db.engine.url
    db.session.remove()
    if not databases.cluster:
        db.engine.dispose()  # an open file is read on; on PostgreSQL the pool keeps its connections, which break
    if databases.cluster:
        _open(databases, str(url.database), False)
        try:
            yield
        finally:
            _open(databases, str(url.database), True)
    else:
        folder = Path(str(url.database)).parent
        hidden = folder.rename(folder.with_name("hidden"))
        try:
            yield
        finally:
            hidden.rename(folder)


def _open(databases: Databases, name: str, open: bool) -> None:
    assert databases.cluster
    databases.cluster.sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {open}")
    if not open:
        keeper = databases.kept.connection.info.backend_pid if databases.kept else 0  # which puts the database back after the test
        ours = f"datname = '{name}' AND pid <> {keeper}"
        databases.cluster.sql(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {ours}")  # noqa: S608


@contextmanager
def full(app: Flask, databases: Databases) -> Iterator[None]:
    """Let the database read and store nothing within the block."""
    if databases.cluster:
        _full(True)
        try:
            yield
        finally:
            _full(False)
        return
    app.jinja_env.bytecode_cache = None  # it writes files too
    db.session.remove()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _full(on: bool) -> None:
    db.session.remove()
    with db.engine.begin() as connection:
        if on:
            connection.execute(text(_FULL))
        for table in _WRITTEN:
            made = "CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION full_disk()"
            connection.execute(text((made if on else "DROP TRIGGER full_disk ON {}").format(f'"{table}"')))
        if not on:
            connection.execute(text("DROP FUNCTION full_disk"))


BOUNDS, STATEMENTS = ("begin", "commit", "rollback"), ("before_cursor_execute", "after_cursor_execute")


def broken_at_each_point(databases: Databases, act: Callable[[], Page], begins: Callable[[], Any] = str, every: int = 1) -> list[Page]:
    """Let PostgreSQL end the connection at the first point of an act, then at the second, until there are no more; return all answers.

    A point is a transaction that begins, a commit or a rollback that is about to be sent, and a statement (``every`` one of
    them, of many: seven) before or after it is run. ``begins`` comes before each act, unbroken.
    """
    answers, at, seen, ran, acting = list[Page](), 0, 0, 0, False

    def bound(connection: Any) -> None:
        nonlocal seen
        seen += acting
        if acting and seen == at:
            pid = connection.connection.driver_connection.info.backend_pid
            databases.cluster.sql(f"SELECT pg_terminate_backend({pid}, 5000)")  # type: ignore[union-attr]

    def statement(connection: Any, *_given: Any) -> None:
        nonlocal ran
        ran += 1
        if ran % every == 0:
            bound(connection)

    db.session.rollback()
    listening = [*((db.engine, name, bound) for name in BOUNDS), *((db.engine, name, statement) for name in STATEMENTS)]
    for heard in listening:
        event.listen(*heard)
    try:
        while at <= seen:
            begins()
            at, seen, ran, acting = at + 1, 0, 0, True
            answers.append(act())
            acting = False
    finally:
        for heard in listening:
            event.remove(*heard)
    return answers
