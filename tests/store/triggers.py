"""The triggers that a database has, for the tests of the triggers and of the migrations."""

from __future__ import annotations

from sqlalchemy import Connection, text

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
}


def installed(connection: Connection) -> list[tuple[str, ...]]:
    """Return the name and the text of each trigger, by name."""
    return [tuple(row) for row in connection.execute(text(TRIGGERS[connection.dialect.name]))]
