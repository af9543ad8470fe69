"""The revision of the database's tables, and those that this program knows."""

from __future__ import annotations

from functools import cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from board.models import db
from board.store import engine

UNFINISHED = "restore_unfinished"  # a table that stands while a backup is restored into PostgreSQL


def known() -> tuple[str, ...]:
    """Return the revisions that this program knows, newest first: the first is the one that it is written for."""
    return _known(current_app.extensions["migrate"].directory)


@cache
def _known(folder: str) -> tuple[str, ...]:
    return tuple(one.revision for one in ScriptDirectory(folder).walk_revisions())


def found(connection: Connection) -> str:
    """Return the revision of the database that a connection is at; "": it has no tables."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def used() -> bool | None:
    """Return whether anything was ever done in the database: whatever is sealed or matched belongs to an area, and areas are loaded first.

    None: it has no tables, is being restored or cannot be read, and may be another than the one that is meant. No connection is left open,
    since a server may fork afterwards.
    """
    file = engine.database_file()
    if file and not file.exists():  # to connect would create it
        return None
    try:
        with db.engine.connect() as connection:
            there = inspect(connection).has_table("area") and not inspect(connection).has_table(UNFINISHED)
            found = there and connection.execute(text("SELECT 1 FROM area LIMIT 1")).first() is not None
            connection.invalidate()
            return found if there else None
    except SQLAlchemyError:
        return None


def revisions() -> tuple[str, str]:
    """Return the revision of the database and of the program; raises DBAPIError while it does not answer."""
    return found(db.session.connection()), known()[0]
