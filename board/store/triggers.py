"""The SQL of the triggers that make the ledger append-only.

``migrations/env.py`` calls ``renew`` after every run, since Alembic's batch mode silently rebuilds a SQLite table without its triggers.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect

REFUSAL = "the ledger only grows"

_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
_THERE = "EXISTS (SELECT 1 FROM ledger WHERE home = NEW.home AND height = NEW.height)"
_SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS ledger_no_update BEFORE UPDATE ON ledger {_REFUSE}",
    f"CREATE TRIGGER IF NOT EXISTS ledger_no_delete BEFORE DELETE ON ledger {_REFUSE}",
    # REPLACE INTO deletes the old row without firing the DELETE trigger.
    f"CREATE TRIGGER IF NOT EXISTS ledger_no_replace BEFORE INSERT ON ledger WHEN {_THERE} {_REFUSE}",
)

_POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION ledger_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    # FOR EACH STATEMENT: TRUNCATE fires no row triggers, and statements that match no row are refused too.
    "CREATE OR REPLACE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_grows()",
)

_INSTALLED = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger' AND name LIKE 'ledger_no%'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'ledger'::regclass AND NOT tgisinternal AND tgenabled <> 'D'",
}


def missing(connection: Connection) -> bool:
    """Return whether the ledger lacks one of its triggers, so that a row of it could be changed or deleted."""
    sqlite = connection.dialect.name == "sqlite"
    there: int = connection.exec_driver_sql(_INSTALLED["sqlite" if sqlite else "postgresql"]).scalar_one()
    return there < len(_SQLITE if sqlite else _POSTGRESQL[1:])


def renew(connection: Connection) -> None:
    """Create the triggers if the ledger table exists; otherwise drop what is left of them."""
    there = inspect(connection).has_table("ledger")
    statements: tuple[str, ...]
    if connection.dialect.name == "sqlite":
        statements = _SQLITE if there else ()  # SQLite drops triggers with their table
    else:
        statements = _POSTGRESQL if there else ("DROP FUNCTION IF EXISTS ledger_grows()",)
    for statement in statements:
        connection.exec_driver_sql(statement)
