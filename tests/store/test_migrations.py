"""The steps of the database: they lead to what board/models/ says, can be walked back, and give the ledger its triggers."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, inspect

from board.models import db
from board.store import search_index
from tests.store.triggers import installed


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
        return tables | {"triggers": installed(connection)}


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
