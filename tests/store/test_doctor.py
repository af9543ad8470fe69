"""What the database says of itself is what stands in it, on both engines; and rows that belong to nothing are found, wherever they are."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, select, text, update

from board.models import Draft, Job, Part, Printed, Receipt, db
from board.store import doctor, triggers
from board.store.drafting import jobs
from board.store.engine import writing
from board.vault import Vault
from tests.store.posted import AT, TOWN


def unasked(engine: str, statement: str) -> None:
    """Run a statement for which the database asks no foreign key, as in a repair by hand or half a restore."""
    db.session.rollback()  # what was read before would be read again
    if engine == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement))
        return
    with closing(db.engine.raw_connection()) as raw:
        for one in ("PRAGMA foreign_keys=OFF", statement, "PRAGMA foreign_keys=ON"):
            raw.driver_connection.execute(one)  # type: ignore[union-attr]


def test_the_database_stands_where_the_program_does_and_guards_its_ledger(app: Flask):
    found = doctor.revisions()

    assert found.current == found.known[0]
    assert found.known[-1] == "0001"
    assert found.triggers


def test_a_database_without_tables_has_no_revision(empty_app: Flask):
    assert doctor.revisions()._replace(known=()) == ("", (), False)


def test_triggers_that_are_gone_are_missed_and_an_upgrade_brings_them_back(app: Flask, engine: str):
    with db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER ledger_only_grows ON ledger" if engine == "postgresql" else "DROP TRIGGER ledger_no_delete"))
    assert not doctor.revisions().triggers
    upgrade()

    assert doctor.revisions().triggers
    with db.engine.connect() as connection:
        assert not triggers.missing(connection)


def test_times_and_size_are_asked_of_the_database(app: Flask, engine: str, posted):
    assert doctor.last_entry() == AT
    assert (doctor.servers_clock() is None) == (engine == "sqlite")
    assert doctor.size() > 2**16


def test_a_new_board_has_nothing_sealed(app: Flask):
    assert doctor.opens() is None


def test_other_keys_open_nothing(app: Flask, tmp_path, posted):
    assert doctor.opens()
    app.extensions["vault"] = Vault.make(tmp_path / "other.toml")

    assert doctor.opens() is False


def test_jobs_are_counted_by_what_became_of_them(app: Flask, draft):
    assert doctor.jobs(AT) == doctor.Jobs(0, None, 0, 0)
    with writing() as session:
        jobs.order(session, TOWN, draft.id, AT)
    assert doctor.jobs(AT) == doctor.Jobs(1, AT, 0, 0)

    found = []
    for state in ("working", "failed"):
        with writing() as session:
            session.execute(update(Job).values(state=state))
        found.append(doctor.jobs(AT + timedelta(minutes=11)))
    assert found == [doctor.Jobs(0, None, 0, 1), doctor.Jobs(0, None, 1, 0)]


@pytest.mark.parametrize(("today", "over"), [("2027-11-27", False), ("2027-11-28", True)])
def test_a_roster_is_over_on_the_day_after_its_last(posted, today, over):
    found = doctor.expired(date.fromisoformat(today), 5)

    assert found == ([posted.number] if over else [])


def test_a_row_without_what_its_foreign_key_names_is_found(engine: str, posted):
    for statement in ("DELETE FROM part", "DELETE FROM version"):
        unasked(engine, statement)
    found = {(one.table, one.parent): one.count for one in doctor.orphans()}

    assert db.session.scalar(select(Part.number)) is None
    assert found[("row", "version")] == 5
    assert found[("notice", "version")] == 1


def test_rows_that_no_foreign_key_holds_are_found_too(posted, draft, case):
    with writing() as session:
        session.execute(delete(Printed))
        session.add(Printed(number="111111116", home=TOWN))
        session.execute(update(Receipt).values(case="gone"))
        session.execute(update(Draft).where(Draft.id == draft.id).values(started_from="999999999"))
    found = {(one.table, one.columns, one.parent): one.count for one in doctor.orphans()}

    assert found == {
        ("notice", ("number", "home"), "printed"): 1,
        ("draft", ("started_from",), "printed"): 1,
        ("receipt", ("home", "case"), "case"): 1,
        ("printed", ("number",), "notice"): 1,
    }
