"""Alembic's environment for both engines: Flask-Migrate executes this file inside the app."""

from __future__ import annotations

from typing import Any

from alembic import context
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, Engine

from board.models import Moment, db
from board.store import search_index, triggers


def render(kind: str, item: Any, _: Any) -> str | bool:
    """Write our column types as the SQL types they have, so that an old revision never imports today's models."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def number(_: Any, __: Any, directives: list[Any]) -> None:
    """Number a new revision 0001, 0002 … and write none if nothing has changed."""
    script = directives[0]
    if getattr(context.config.cmd_opts, "autogenerate", False) and script.upgrade_ops.is_empty():
        directives.clear()
        return
    newest = ScriptDirectory.from_config(context.config).get_current_head()
    script.rev_id = f"{int(newest or 0) + 1:04}"


def migrate(connection: Connection) -> None:
    """Run the requested revisions and recreate the ledger's triggers, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        include_name=search_index.ours,
        render_item=render,
        process_revision_directives=number,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
        triggers.renew(connection)


def run(engine: Engine) -> None:
    """Migrate over a connection of its own.

    On SQLite foreign keys are off meanwhile, because a batch step drops and recreates tables that others refer to; they are checked at the
    end.
    """
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            migrate(connection)
            connection.commit()
            return
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction, so bypass SQLAlchemy
        try:
            migrate(connection)
            connection.commit()
            if broken := raw.execute("PRAGMA foreign_key_check").fetchall():
                raise RuntimeError(f"rows without their parent after the migration: {broken[:5]}")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


run(db.engine)
