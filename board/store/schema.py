"""The revision of the database's tables, and the one that this program is written for."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from board.models import db


def revisions() -> tuple[str, str]:
    """Return the revision of the database ("": it has no tables) and of the program; raises DBAPIError while it does not answer."""
    found = MigrationContext.configure(db.session.connection()).get_current_revision()
    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    return found or "", newest or ""
