"""Databases as older programs left them, one a migration: README.md says how each is made, tests/store/test_upgrades.py reads them."""

from __future__ import annotations

import json
import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, MetaData, Table, text

FOLDER = Path(__file__).parent
REVISIONS = sorted(file.name.partition(".")[0] for file in FOLDER.glob("*.sqlite.xz"))
# The drafts that each dump holds beside the demo, by their titles.
READY, WAITING = "升级前备好的草稿", "升级前送审的草稿"


def unpack(revision: str, folder: Path) -> None:
    """Write the database and the keys of a dump into an instance folder."""
    (folder / "mingbai.sqlite").write_bytes(lzma.decompress((FOLDER / f"{revision}.sqlite.xz").read_bytes()))
    (folder / "keys.toml").write_bytes((FOLDER / f"{revision}.keys.toml").read_bytes())


def move(file: Path, connection: Connection) -> None:
    """Copy the rows of an SQLite database into a PostgreSQL one of the same revision; the search's index stays behind, it is made anew."""
    there = MetaData()
    there.reflect(connection)
    connection.execute(text("SET session_replication_role = replica"))  # neither foreign keys nor the ledger's triggers are asked
    with closing(sqlite3.connect(file)) as database:
        for table in there.sorted_tables:
            if table.name not in ("alembic_version", "search_index") and (rows := list(_rows(database, table))):
                connection.execute(table.insert(), rows)
    connection.execute(text("SELECT setval(pg_get_serial_sequence('\"user\"', 'id'), (SELECT max(id) FROM \"user\"))"))
    connection.execute(text("SET session_replication_role = origin"))


def _rows(database: sqlite3.Connection, table: Table) -> Iterator[dict[str, Any]]:
    columns = list(table.columns)
    names = ", ".join(f'"{column.name}"' for column in columns)
    for row in database.execute(f'SELECT {names} FROM "{table.name}"'):  # noqa: S608 - our own tables
        yield {column.name: _value(column.type, cell) for column, cell in zip(columns, row, strict=True)}


def _value(kind: Any, cell: Any) -> Any:
    """Return what SQLite keeps as text or as a number in the type that PostgreSQL takes."""
    if cell is None:
        return None
    if isinstance(kind, JSON):
        return json.loads(cell)
    if isinstance(kind, Boolean):
        return bool(cell)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(cell).replace(tzinfo=UTC)
    return date.fromisoformat(cell) if isinstance(kind, Date) else cell
