"""The steps of the database: they lead to what models.py says, can be walked back, and keep the ledger's triggers."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from board.models import db
from board.store import ledger, search_index
from board.store.engine import writing
from board.store.triggers import REFUSAL

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
}


def shape(engine: Engine) -> dict[str, object]:
    """Return everything the database says of its tables, and its triggers."""
    look = inspect(engine)
    tables = {
        name: (
            [{**column, "type": str(column["type"])} for column in look.get_columns(name)],
            look.get_pk_constraint(name),
            sorted(look.get_foreign_keys(name), key=str),
            sorted(look.get_indexes(name), key=str),
            sorted(look.get_unique_constraints(name), key=str),
        )
        for name in look.get_table_names()
    }
    with engine.connect() as connection:
        return tables | {"triggers": [tuple(row) for row in connection.execute(text(TRIGGERS[engine.dialect.name]))]}


def test_the_last_step_is_what_the_models_say(empty_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        assert (
            compare_metadata(
                MigrationContext.configure(connection, opts={"compare_type": True, "include_name": search_index.ours}), db.metadata
            )
            == []
        )


def test_up_and_down_and_up_again_ends_where_it_was(empty_app: Flask) -> None:
    upgrade()
    first = shape(db.engine)
    downgrade(revision="base")
    assert set(shape(db.engine)) == {"alembic_version", "triggers"}
    upgrade()
    assert shape(db.engine) == first
    assert len(first["triggers"]) == (1 if db.engine.dialect.name == "postgresql" else 3)  # type: ignore[arg-type]


@pytest.mark.parametrize("attempt", ["UPDATE ledger SET actor = 'nobody'", "DELETE FROM ledger", "TRUNCATE ledger"])
def test_the_ledger_refuses_all_but_growing(app: Flask, engine: str, attempt: str) -> None:
    if engine == "sqlite" and attempt.startswith("TRUNCATE"):
        attempt = "REPLACE INTO ledger SELECT home, height, at, 'nobody', action, subject, body, previous, digest FROM ledger"
    before = list(ledger.entries("510521000000"))
    with pytest.raises(DBAPIError, match=REFUSAL), writing() as session:
        session.execute(text(attempt))
    assert before == list(ledger.entries("510521000000")) != []


def test_the_triggers_are_back_after_a_step_that_rebuilt_the_ledger(app: Flask, engine: str) -> None:
    before = shape(db.engine)["triggers"]
    with db.engine.begin() as connection:
        step = Operations(MigrationContext.configure(connection))
        with step.batch_alter_table("ledger", recreate="always" if engine == "sqlite" else "auto"):
            pass
    if engine == "sqlite":
        assert shape(db.engine)["triggers"] == []  # Alembic said nothing of it
    upgrade()
    assert shape(db.engine)["triggers"] == before
