"""The triggers of the ledger: it refuses all but growing, on both engines, and after a step that rebuilt its table."""

from __future__ import annotations

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from board.models import db
from board.store import ledger
from board.store.engine import writing
from board.store.triggers import REFUSAL
from tests.store.triggers import installed


@pytest.mark.parametrize("attempt", ["UPDATE ledger SET actor = 'nobody'", "DELETE FROM ledger", "TRUNCATE ledger"])
def test_the_ledger_refuses_all_but_growing(app: Flask, engine: str, attempt: str) -> None:
    if engine == "sqlite" and attempt.startswith("TRUNCATE"):
        attempt = "REPLACE INTO ledger SELECT home, height, at, 'nobody', action, subject, body, previous, digest, algorithm FROM ledger"
    before = list(ledger.entries("510521000000"))
    with pytest.raises(DBAPIError, match=REFUSAL), writing() as session:
        session.execute(text(attempt))
    assert before == list(ledger.entries("510521000000")) != []


def test_the_triggers_are_back_after_a_step_that_rebuilt_the_ledger(app: Flask, engine: str) -> None:
    with db.engine.connect() as connection:
        before = installed(connection)
    with db.engine.begin() as connection:
        step = Operations(MigrationContext.configure(connection))
        with step.batch_alter_table("ledger", recreate="always" if engine == "sqlite" else "auto"):
            pass
        if engine == "sqlite":
            assert installed(connection) == []  # Alembic said nothing of it
    upgrade()
    with db.engine.connect() as connection:
        assert installed(connection) == before != []
