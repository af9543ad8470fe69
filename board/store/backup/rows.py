"""The program's own dump: the rows of every table as JSON lines that belong to no engine.

A table is a line ``{"table": …, "columns": [[name, kind], …]}``, a line of JSON for each row, and a line ``{"rows": …}``. Times are UTC in
ISO 8601, bytes base64, JSON columns the text that stands in them. The index of the search is left out: it is made anew.
"""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from gzip import GzipFile
from typing import Any

import psycopg
from sqlalchemy import Boolean, Connection, Date, DateTime, Integer, LargeBinary, String, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import JSON

from board.backup.refusal import BackupRefused
from board.models import db
from board.store.backup.facts import tables

BATCH = 2_000
_KINDS: tuple[tuple[type[Any], str], ...] = (
    (JSON, "json"), (Boolean, "bool"), (DateTime, "moment"), (Date, "date"), (LargeBinary, "bytes"), (Integer, "int"), (String, "text"),
)  # fmt: skip
_BROKEN = "The rows of the backup cannot be read: take another backup."
Turn = Callable[[Any], Any]


def write(connection: Connection, out: GzipFile) -> None:
    """Write every row that a connection sees; in one transaction, since others may write."""
    there = tables(connection)
    order = [table.name for table in db.metadata.sorted_tables if table.name in there]
    for name in [*order, *(one for one in there if one not in order)]:
        columns = [(column["name"], _kind(name, column)) for column in inspect(connection).get_columns(name)]
        out.write(_line({"table": name, "columns": columns}))
        out.write(_line({"rows": _write_rows(connection, name, columns, out)}))


def _kind(table: str, column: Any) -> str:
    for kind, name in _KINDS:
        if isinstance(column["type"], kind):
            return name
    raise BackupRefused(f"{table}.{column['name']} is of a type that --portable has no form for: leave --portable out.")


def _write_rows(connection: Connection, name: str, columns: list[tuple[str, str]], out: GzipFile) -> int:
    postgresql = connection.dialect.name == "postgresql"
    asked = ", ".join(f'"{column}"{"::text" if postgresql and kind == "json" else ""}' for column, kind in columns)
    turns = [(at, _FROM[kind]) for at, (_column, kind) in enumerate(columns) if kind in _FROM]
    count = 0
    streamed = {"stream_results": True, "max_row_buffer": BATCH}
    with connection.exec_driver_sql(f'SELECT {asked} FROM "{name}"', execution_options=streamed) as found:  # noqa: S608 - our own names
        for row in found:
            cells = list(row)
            for at, turn in turns:
                if cells[at] is not None:
                    cells[at] = turn(cells[at])
            out.write(_line(cells))
            count += 1
    return count


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _moment(value: Any) -> str:
    if isinstance(value, datetime):  # of PostgreSQL; SQLite keeps UTC as 2026-11-20 02:00:00.000000
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return datetime.fromisoformat(value).replace(tzinfo=UTC).isoformat(timespec="microseconds")


# What the drivers give, as it is written.
_FROM: dict[str, Turn] = {
    "bytes": lambda value: base64.b64encode(value).decode(),
    "moment": _moment,
    "date": lambda value: value.isoformat() if isinstance(value, date) else value,
    "bool": bool,
}
# What is written, as the drivers take it; PostgreSQL reads times and dates as they are.
_TO: dict[str, dict[str, Turn]] = {
    "postgresql": {"bytes": base64.b64decode},
    "sqlite": {
        "bytes": base64.b64decode,
        "moment": lambda value: f"{value[:10]} {value[11:26]}",
        "bool": int,
    },
}


def load(connection: Connection, lines: GzipFile) -> None:
    """Fill the empty tables of the same revision; the transaction is the caller's. Raises BackupRefused for lines that are broken."""
    postgresql = connection.dialect.name == "postgresql"
    keys = _without_foreign_keys(connection) if postgresql else []
    insert = _copied if postgresql else _inserted
    there = set(tables(connection))
    try:
        while head := lines.readline():
            told = json.loads(head)
            name, columns = told["table"], [(str(column), str(kind)) for column, kind in told["columns"]]
            if name not in there or {column for column, _kind in columns} != _columns(connection, name):
                raise BackupRefused(f"The backup's table {name} is not that of its schema: take another backup.")
            with _loading(name):
                insert(connection, name, columns, _rows(lines, columns, _TO[connection.dialect.name]))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        if isinstance(error, BackupRefused):
            raise
        raise BackupRefused(_BROKEN) from error
    with _loading("a table"):
        for statement in keys:
            connection.exec_driver_sql(statement)
    if postgresql:
        _set_sequences(connection)


@contextmanager
def _loading(table: str) -> Iterator[None]:
    try:
        yield
    except (psycopg.Error, sqlite3.Error, SQLAlchemyError) as error:  # whose texts may quote a row
        name = type(getattr(error, "orig", None) or error).__name__
        raise BackupRefused(f"The rows of {table} cannot be loaded ({name}): take another backup.") from error


def _columns(connection: Connection, name: str) -> set[str]:
    return {column["name"] for column in inspect(connection).get_columns(name)}


def _rows(lines: GzipFile, columns: list[tuple[str, str]], to: dict[str, Turn]) -> Iterator[list[Any]]:
    turns = [(at, to[kind]) for at, (_column, kind) in enumerate(columns) if kind in to]
    count = 0
    while isinstance(row := json.loads(lines.readline()), list):
        if len(row) != len(columns):
            raise BackupRefused(_BROKEN)
        for at, turn in turns:
            if row[at] is not None:
                row[at] = turn(row[at])
        yield row
        count += 1
    if row["rows"] != count:
        raise BackupRefused(_BROKEN)


def _inserted(connection: Connection, name: str, columns: list[tuple[str, str]], rows: Iterator[list[Any]]) -> None:
    names, marks = ", ".join(f'"{column}"' for column, _ in columns), ", ".join("?" * len(columns))
    raw: Any = connection.connection.driver_connection
    raw.executemany(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', rows)  # noqa: S608 - names were compared with the tables


def _copied(connection: Connection, name: str, columns: list[tuple[str, str]], rows: Iterator[list[Any]]) -> None:
    raw: Any = connection.connection.driver_connection
    names = ", ".join(f'"{column}"' for column, _ in columns)
    with raw.cursor() as cursor, cursor.copy(f'COPY "{name}" ({names}) FROM STDIN') as copied:
        for row in rows:
            copied.write_row(row)


def _without_foreign_keys(connection: Connection) -> list[str]:
    """Drop the foreign keys, since rows come table by table; return the statements that make them, and check all rows, again."""
    asked = text(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"
    )
    again = []
    for table, name, definition in connection.execute(asked).all():
        connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    return again


def _set_sequences(connection: Connection) -> None:
    """Let each sequence go on after the highest number of its column: rows were inserted with theirs."""
    asked = text(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND (column_default LIKE 'nextval(%' OR is_identity = 'YES')"
    )
    for table, column in connection.execute(asked).all():
        sequence = f"pg_get_serial_sequence('\"{table}\"', '{column}')"
        highest = f'SELECT setval({sequence}, coalesce(max("{column}"), 1), max("{column}") IS NOT NULL) FROM "{table}"'  # noqa: S608
        connection.exec_driver_sql(highest)
