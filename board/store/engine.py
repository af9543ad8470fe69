"""Setup of SQLite and PostgreSQL, and the write transaction: ``with writing() as session``."""

from __future__ import annotations

import gc
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, ExceptionContext, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, InternalError, OperationalError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from board.models import db
from board.settings import SettingError

# A server has fewer threads than this; the default of 15 would make them wait for each other.
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite lays beside a database
KEPT_CONNECTIONS, MOST_CONNECTIONS, POOL_SECONDS = 5, 40, 10
_WRITER, TURN_SECONDS = threading.RLock(), 15  # who writes to SQLite in this process, and how long the others wait for their turn
REOPEN_SECONDS = 2  # how long a new connection waits for the old ones after an error of a read-only disk
CONNECT_SECONDS = 5  # without a limit, every thread would wait minutes for a database server that is switched off
_LOST = "8s2b"  # SQLAlchemy's code for a connection that was lost in a transaction which goes on as if it was not
_FULL, _BUSY = ("53100", "25006"), ("53300", "53200", "55P03", "57014", "40P01", "40001")  # SQLSTATE of PostgreSQL


def address(url: str, instance: Path) -> str:
    """Return the SQLAlchemy URL for the setting DATABASE_URL; empty means SQLite in the instance folder."""
    if not url:
        return f"sqlite:///{instance / 'mingbai.sqlite'}"
    try:
        made = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise SettingError("DATABASE_URL: not a database address; write postgresql://user@host/name, or nothing for SQLite") from error
    if made.get_backend_name() not in ("sqlite", "postgres", "postgresql"):
        raise SettingError(f"DATABASE_URL: {made.drivername} is not supported; write postgresql://user@host/name, or nothing for SQLite")
    return (made.set(drivername="postgresql+psycopg") if made.drivername in ("postgres", "postgresql") else made).render_as_string(False)


def start(app: Flask) -> None:
    """Connect the app to its database, and set SQLite's pragmas on every connection."""
    # hide_parameters: a failed statement must not log personal data
    options: dict[str, Any] = {"json_serializer": _json, "hide_parameters": True, "pool_timeout": POOL_SECONDS}
    options |= {"pool_size": KEPT_CONNECTIONS, "max_overflow": MOST_CONNECTIONS - KEPT_CONNECTIONS}
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "postgresql":
        options["pool_pre_ping"] = True  # a connection that a restart of the server broke is replaced before a request uses it
        if "connect_timeout" not in url.query:
            options["connect_args"] = {"connect_timeout": CONNECT_SECONDS}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    app.teardown_appcontext(_ended)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _sqlite(db.engine)


def _ended(_error: BaseException | None) -> None:
    """End what a request read, before Flask-SQLAlchemy does: the answer is made, and what was written is committed.

    That the database went away after the last statement must not turn it into an error.
    """
    try:
        db.session.remove()
    except DBAPIError as error:
        if not outage(error):
            raise


_json = json.JSONEncoder(ensure_ascii=False, default=lambda odd: str(odd) if isinstance(odd, Decimal) else odd.isoformat()).encode


def database_file() -> Path | None:
    """Return the file of the current app's SQLite database; None: it is on a server, or in memory."""
    name = db.engine.url.database or ""
    on_disk = db.engine.dialect.name == "sqlite" and name and not name.startswith((":", "file:"))
    return Path(name) if on_disk else None


LEAST_FREE = 512 << 20  # bytes: below this a disk counts as full, since SQLite needs some to write at all


def folders(instance: str) -> list[Path]:
    """Return a folder on each disk that the installation writes to from this machine: its own, and that of an SQLite database."""
    file = database_file()
    return list(dict.fromkeys([Path(instance), *([file.parent] if file else [])]))


def _create(file: Path) -> None:
    """Create an empty database that its owner alone may read: SQLite gives -wal and -shm the rights of the file beside them."""
    with suppress(OSError):  # it is there; or it cannot be made, which SQLite says itself
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _sqlite(engine: Engine) -> None:
    file = database_file()

    @event.listens_for(engine, "do_connect")
    def private(*_: Any) -> None:
        if file:
            _create(file)

    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver's BEGIN excludes SELECTs from the transaction, which could fork the ledger
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")

    _reopening(engine)


def _reopening(engine: Engine) -> None:
    """After an error of a read-only disk open the database anew: what was opened there stays read-only when the disk is well again.

    SQLite shares one opened index of its log among all connections of a process, so that the first new one waits until none is left.
    """
    left, open, renew = threading.Condition(), set[int](), False

    @event.listens_for(engine, "handle_error")
    def broken(context: ExceptionContext) -> None:
        nonlocal renew
        if getattr(context.original_exception, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
            context.is_disconnect = renew = True
            engine.dispose()  # closes those that nobody uses

    @event.listens_for(engine, "checkin")
    def returned(connection: Any, record: ConnectionPoolEntry) -> None:
        if renew and connection is not None:
            record.invalidate()

    @event.listens_for(engine, "do_connect")
    def opens(*_: Any) -> None:
        nonlocal renew
        with left:
            if renew:
                left.wait_for(lambda: not open, REOPEN_SECONDS)
                gc.collect()  # a statement in the traceback of an error keeps its file open
                renew = False

    @event.listens_for(engine, "connect")
    def opened(connection: Any, _: Any) -> None:
        with left:
            open.add(id(connection))

    @event.listens_for(engine, "close")
    def closed(connection: Any, _: Any) -> None:
        with left:
            open.discard(id(connection))  # one whose opening failed was never in it
            left.notify_all()


def outage(error: BaseException | None) -> str:
    """Return why a statement failed that is right: "full" (nothing can be stored), "busy" (others write) or "away" (no answer); else ""."""
    if isinstance(error, PoolTimeout):
        return "busy"
    if isinstance(error, PendingRollbackError):
        return "away" if error.code == _LOST else ""
    if not isinstance(error, InterfaceError | OperationalError | InternalError):
        return ""
    code = getattr(error.orig, "sqlite_errorname", None)
    if code is not None:
        return _sqlite_outage(code)
    state = getattr(error.orig, "sqlstate", None)
    if state in _FULL:
        return "full"
    if state in _BUSY:
        return "busy"
    return "away" if state is None or state.startswith(("08", "57P", "58")) else ""


def _sqlite_outage(code: str) -> str:
    if code.startswith(("SQLITE_FULL", "SQLITE_READONLY")) or (code.startswith("SQLITE_IOERR") and "READ" not in code):
        return "full"
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "busy"
    return "away" if code.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR")) else ""


def let_go() -> None:
    """End what the session reads, and close the connections: after an error, and before a server forks processes that would share them."""
    db.session.remove()
    db.engine.dispose()


@contextmanager
def writing() -> Iterator[Session]:
    """Run the block as one write transaction: committed at its end, rolled back when it raises.

    A read transaction that is open is ended first, since on SQLite it could not become a write transaction after another process wrote.
    On PostgreSQL others may still write: lock the rows that the change depends on, and reload them under the lock with
    ``session.get(..., with_for_update=True, populate_existing=True)``; without the latter, a loaded object keeps its old values.
    """
    session = db.session
    session.rollback()
    with _turn():
        session.connection(execution_options={"writing": True})
        try:
            yield session()
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def _turn() -> Iterator[None]:
    """Let one thread of this process write to SQLite at a time, after the others. Its own wait is a poll without any order: while many
    write, some would never get through within its five seconds."""
    held = db.engine.dialect.name == "sqlite" and _WRITER.acquire(timeout=TURN_SECONDS)
    try:
        yield
    finally:
        if held:
            _WRITER.release()
