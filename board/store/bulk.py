"""Bulk insert within the open transaction: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import psycopg
from sqlalchemy import JSON, Column, Connection, Dialect, Table
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

Row = Sequence[Any]
Adapt = Callable[[Any], Any]


class NotStored(Exception):
    """The database refused a row; names the constraint only, because PostgreSQL's message quotes the row's values."""


def insert(session: Session, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows, each the values of ``columns`` in this order, into a table within the session's transaction.

    ``rows`` is streamed, so a generator may be larger than memory; its exceptions pass through. The session is flushed first. Values are
    converted as by the ORM; every column without a server default must be in ``columns``. Raises NotStored, and OperationalError where the
    database is away, full or busy; after any exception the transaction has to be rolled back.
    """
    session.flush()
    connection = session.connection()
    put = _copy if connection.dialect.name == "postgresql" else _executemany
    adapted = _adapted(rows, [_adapt(table.columns[name], connection.dialect) for name in columns])
    quoted = connection.dialect.identifier_preparer
    try:
        put(connection, quoted.format_table(table), [quoted.quote(name) for name in columns], adapted)
    except psycopg.OperationalError as error:  # the same without its message, whose context quotes the row
        raise OperationalError("COPY", None, type(error)(type(error).__name__)) from None
    except sqlite3.OperationalError as error:
        raise OperationalError("INSERT", None, error) from None
    except psycopg.Error as error:
        raise NotStored(f"{type(error).__name__} {error.diag.constraint_name or error.diag.column_name or ''}".strip()) from None
    except sqlite3.Error as error:
        raise NotStored(getattr(error, "sqlite_errorname", type(error).__name__)) from None


def _copy(connection: Connection, table: str, names: Sequence[str], rows: Iterable[Row]) -> None:
    driver: psycopg.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _executemany(connection: Connection, table: str, names: Sequence[str], rows: Iterable[Row]) -> None:
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    driver.executemany(statement, rows)


def _adapted(rows: Iterable[Row], adapts: Sequence[Adapt | None]) -> Iterator[Row]:
    """Yield the rows with each value as its column's type passes it to the driver."""
    needed = [(at, adapt) for at, adapt in enumerate(adapts) if adapt]
    for row in rows:
        values = list(row)
        for at, adapt in needed:
            values[at] = adapt(values[at])
        yield values


def _adapt(column: Column[Any], dialect: Dialect) -> Adapt | None:
    """Return the function that converts a column's values for the driver, or None where none is needed."""
    if isinstance(column.type, JSON):
        return _as_text(column.type, dialect)
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _as_text(type: JSON, dialect: Dialect) -> Adapt:
    """Return a function from a JSON value to text, as both engines take it; {} is written once, since most rows of a roster have it."""
    written = type.bind_processor(dialect)  # type: ignore[no-untyped-call]
    assert written
    empty = written({})
    return lambda value: empty if value == {} else written(value)
