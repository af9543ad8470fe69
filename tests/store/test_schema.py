"""The revision of the tables is the program's after an upgrade, and none before."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, LargeBinary, String, Table, text

from board.models import db
from board.store import engine, schema


def test_an_upgraded_database_is_at_the_revision_of_the_program(app):
    found, newest = schema.revisions()

    assert found == newest != ""


def test_a_database_without_tables_is_at_none(empty_app):
    assert schema.revisions()[0] == ""


def test_it_was_used_once_areas_were_loaded(app):
    assert schema.used()


def test_without_tables_nobody_knows_with_nothing_else_it_was_not_and_to_ask_makes_none(empty_app):
    file = engine.database_file()
    if file:
        file.unlink(missing_ok=True)
    assert schema.used() is None
    assert not (file and file.exists())
    db.metadata.tables["area"].create(db.engine)

    assert schema.used() is False
    db.session.execute(text("CREATE TABLE restore_unfinished AS SELECT 0 AS entries"))
    db.session.commit()
    assert schema.used() is None, "no keys are made while a backup is restored"


def test_what_is_sealed_or_matched_belongs_to_an_area():
    """So that a database without areas needs no keys."""
    loose = [
        table.name
        for table in db.metadata.sorted_tables
        if any(_is_key(column) for column in table.columns) and not _leads_to_area(table, set())
    ]
    assert loose == ["asking_key", "staged_row"]  # drawn by chance, no key of the file; of a draft, which belongs to an area


def _is_key(column: Column[Any]) -> bool:
    return isinstance(column.type, LargeBinary) or (isinstance(column.type, String) and column.type.length == 32)


def _leads_to_area(table: Table, seen: set[str]) -> bool:
    parents = [key.column.table for key in table.foreign_keys if not key.parent.nullable and key.column.table.name not in seen]
    return table.name == "area" or any(_leads_to_area(parent, seen | {table.name}) for parent in parents)


def test_every_revision_is_known_newest_first(app):
    known = schema.known()
    assert list(known) == sorted(known, reverse=True)
    assert known[-1] == "0001"
