"""The figures of a database: what a restore is held to, and whether it may go there at all."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from board.models import db
from board.store.backup.facts import facts, filled
from tests.store.posted import TOWN


def test_rows_money_and_ledgers_are_counted(in_use):
    with db.engine.connect() as connection:
        found = facts(connection)
        height, digest = connection.execute(
            text("SELECT height, digest FROM ledger WHERE home = :home ORDER BY height DESC LIMIT 1"), {"home": TOWN}
        ).one()

    assert (found.tables["row"], found.tables["notice"], found.tables["case"]) == (5, 1, 1)
    assert found.sums["row.amount"] == 150_228  # 463.32 + 187.20 + 102.96 + 280.80 + 468.00 yuan
    assert found.heads[TOWN] == (height, digest)
    assert not [name for name in found.tables if name.startswith(("search_index", "alembic"))]


AREA = "INSERT INTO area (code, name, level, aliases, closed) VALUES ('510500000000', '泸州市', 'city', '[]', FALSE)"
ENTRY = "INSERT INTO ledger VALUES ('510500000000', 1, 'at', 'actor', 'action', 'subject', '{}', '', '', 'sha256')"


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        ([], ""),
        (["INSERT INTO holiday VALUES ('2026-10-01', TRUE, '国庆')"], ""),
        ([AREA], "there are rows in area"),
        (["CREATE TABLE of_others (id INTEGER)"], "it has a table that is not of this program: of_others"),
        (["CREATE TABLE restore_unfinished AS SELECT 0 AS entries", AREA], ""),
        (
            ["CREATE TABLE restore_unfinished AS SELECT 0 AS entries", AREA, ENTRY],
            "somebody worked in it after a restore that was cut short",
        ),
    ],
)
def test_a_database_is_empty_until_somebody_used_it(migrated, statements, says):
    with migrated.app_context(), db.engine.connect() as connection:
        for one in statements:
            connection.exec_driver_sql(one)
        assert filled(connection) == says
        connection.rollback()
