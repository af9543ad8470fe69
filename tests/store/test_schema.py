"""The revision of the tables is the program's after an upgrade, and none before."""

from __future__ import annotations

from board.store import schema


def test_an_upgraded_database_is_at_the_revision_of_the_program(app):
    found, newest = schema.revisions()

    assert found == newest != ""


def test_a_database_without_tables_is_at_none(empty_app):
    assert schema.revisions()[0] == ""
