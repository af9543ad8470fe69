"""How the databases are set up: their address, what may be stored as JSON, and the one way to write, which writes all or nothing."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from board.models import Holiday, db
from board.store import engine as store
from board.store.engine import writing

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("", "sqlite:////srv/mingbai/mingbai.sqlite"),
        ("postgres://board:word@db/mingbai", "postgresql+psycopg://board:word@db/mingbai"),
        ("postgresql://db/mingbai", "postgresql+psycopg://db/mingbai"),
        ("postgresql+psycopg://db/mingbai", "postgresql+psycopg://db/mingbai"),
        ("sqlite:///other.sqlite", "sqlite:///other.sqlite"),
    ],
)
def test_the_setting_leads_to_the_database(setting, address):
    assert store.address(setting, Path("/srv/mingbai")) == address


def test_figures_and_days_go_into_json_as_text():
    assert store._json({"面积": Decimal("4.950"), "on": DAY}) == '{"面积": "4.950", "on": "2026-11-25"}'


def test_what_fails_within_writing_is_not_written(app):
    with pytest.raises(IntegrityError), writing() as session:
        session.add_all([Holiday(day=DAY, off=True, name="停电"), Holiday(day=date(2026, 11, 26), off=True, name=None)])

    assert db.session.get(Holiday, DAY) is None


def test_what_was_not_committed_before_is_forgotten_and_the_rest_is_written(app):
    db.session.add(Holiday(day=date(2026, 11, 26), off=True, name="忘记"))
    with writing() as session:
        session.add(Holiday(day=DAY, off=True, name="记下"))
    db.session.rollback()

    assert [one.name for one in db.session.query(Holiday).filter(Holiday.day.in_([DAY, date(2026, 11, 26)]))] == ["记下"]


def test_a_statement_that_fails_says_nothing_of_its_values(app):
    with pytest.raises(Exception, match="hidden") as told:
        db.session.execute(text("INSERT INTO no_such_table VALUES (:name)"), {"name": "张小三"})

    assert "张小三" not in str(told.value)


SETTINGS = {  # what each engine holds to, and where it says so
    "sqlite": ({"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}, "PRAGMA {}"),
    "postgresql": ({"session_replication_role": "origin", "transaction_isolation": "read committed"}, "SHOW {}"),
}


def test_foreign_keys_hold_and_writers_wait_for_each_other(app, engine):
    expected, question = SETTINGS[engine]

    assert {name: db.session.execute(text(question.format(name))).scalar_one() for name in expected} == expected


# ---- which errors mean that the database is away, full or busy


def _driver_error(code: str, state: str | None) -> Exception:
    error = Exception("no words of it are read")
    if code:
        error.sqlite_errorname = code  # type: ignore[attr-defined]
    else:
        error.sqlstate = state  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize(
    ("code", "state", "reason"),
    [
        ("SQLITE_FULL", None, "full"),
        ("SQLITE_IOERR_WRITE", None, "full"),
        ("SQLITE_READONLY", None, "full"),
        ("SQLITE_BUSY_SNAPSHOT", None, "busy"),
        ("SQLITE_CANTOPEN", None, "away"),
        ("SQLITE_IOERR_SHORT_READ", None, "away"),
        ("SQLITE_ERROR", None, ""),  # no such table
        ("", None, "away"),  # no connection
        ("", "57P01", "away"),  # the server is shutting down
        ("", "53100", "full"),
        ("", "25006", "full"),  # a standby that takes no writes
        ("", "53300", "busy"),  # too many connections
        ("", "42P01", ""),  # no such table
    ],
)
def test_an_error_is_an_outage_by_the_drivers_code(code, state, reason):
    assert store.outage(OperationalError("", {}, _driver_error(code, state))) == reason


def test_a_broken_rule_of_the_tables_is_no_outage_and_waiting_for_a_connection_is():
    assert store.outage(IntegrityError("", {}, _driver_error("SQLITE_FULL", None))) == ""
    assert store.outage(PoolTimeout()) == "busy"


def test_the_database_is_its_owners_alone_with_what_lies_beside_it(empty_app):
    file = store.database_file()
    if file is None:
        assert db.engine.dialect.name == "postgresql"
        return
    before = os.umask(0o022)
    try:
        with db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE names (name TEXT)"))
            connection.execute(text("INSERT INTO names VALUES ('张小三')"))
        rights = {one.name: f"{one.stat().st_mode & 0o777:o}" for one in file.parent.glob(f"{file.name}*")}
    finally:
        os.umask(before)

    assert rights == {"mingbai.sqlite": "600", "mingbai.sqlite-wal": "600", "mingbai.sqlite-shm": "600"}


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_connection_that_was_opened_on_a_read_only_disk_is_not_kept(app):
    db.session.execute(text("PRAGMA query_only = ON"))  # as SQLite opens a file that it cannot write
    with pytest.raises(OperationalError) as told, writing() as session:
        session.add(Holiday(day=DAY, off=True, name="停电"))
    assert store.outage(told.value) == "full"

    with writing() as session:
        session.add(Holiday(day=DAY, off=True, name="来电"))
    assert db.session.get(Holiday, DAY).name == "来电"
