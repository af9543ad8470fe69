"""The revision of the database's tables, and those that this program knows."""

from __future__ import annotations

from functools import cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection

from board.models import db


def known() -> tuple[str, ...]:
    """Return the revisions that this program knows, newest first: the first is the one that it is written for."""
    return _known(current_app.extensions["migrate"].directory)


@cache
def _known(folder: str) -> tuple[str, ...]:
    return tuple(one.revision for one in ScriptDirectory(folder).walk_revisions())


def found(connection: Connection) -> str:
    """Return the revision of the database that a connection is at; "": it has no tables."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def revisions() -> tuple[str, str]:
    """Return the revision of the database and of the program; raises DBAPIError while it does not answer."""
    return found(db.session.connection()), known()[0]
