"""A database that fails for a while: it does not answer, or it can store nothing."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from board.models import db
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
