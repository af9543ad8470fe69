"""How the databases are set up: their address, what may be stored as JSON, and the one way to write, which writes all or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

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
