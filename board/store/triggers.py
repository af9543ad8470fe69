"""The triggers that let the ledger only grow: the one place where their SQL stands.

``migrations/env.py`` calls ``renew`` after every run, since Alembic's batch mode rebuilds a SQLite table without its triggers
and says nothing of it.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect

REFUSAL = "the ledger only grows"

_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
_THERE = "EXISTS (SELECT 1 FROM ledger WHERE home = NEW.home AND height = NEW.height)"
_SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS ledger_no_update BEFORE UPDATE ON ledger {_REFUSE}",
    f"CREATE TRIGGER IF NOT EXISTS ledger_no_delete BEFORE DELETE ON ledger {_REFUSE}",
    # REPLACE INTO throws the old row away without asking the trigger on DELETE.
    f"CREATE TRIGGER IF NOT EXISTS ledger_no_replace BEFORE INSERT ON ledger WHEN {_THERE} {_REFUSE}",
)

_POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION ledger_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    # A statement's trigger, so that even one which touches no row is refused; TRUNCATE would pass by any trigger on rows.
    "CREATE OR REPLACE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_grows()",
)


def renew(connection: Connection) -> None:
    """Put the triggers in place where the ledger is, and clear away what would be left of them where it is not."""
    there = inspect(connection).has_table("ledger")
    statements: tuple[str, ...]
    if connection.dialect.name == "sqlite":
        statements = _SQLITE if there else ()  # SQLite's go with their table
    else:
        statements = _POSTGRESQL if there else ("DROP FUNCTION IF EXISTS ledger_grows()",)
    for statement in statements:
        connection.exec_driver_sql(statement)
