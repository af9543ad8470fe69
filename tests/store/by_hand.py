"""Somebody at the database's own console, who changes its tables behind the program's back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from board.models import db

FREE = {"sqlite": "PRAGMA foreign_keys = OFF", "postgresql": "SET session_replication_role = replica"}
BOUND = {"sqlite": "PRAGMA foreign_keys = ON", "postgresql": "SET session_replication_role = DEFAULT"}


def by_hand(statement: str, **values: Any) -> None:
    """Run a statement that changes at least one row, with foreign keys and triggers put out of force first."""
    db.session.rollback()
    engine = db.engine.dialect.name
    with db.engine.connect() as console:
        driver = console.connection.driver_connection
        assert driver
        driver.execute(FREE[engine])
        if engine == "sqlite":
            for trigger in ("ledger_no_update", "ledger_no_delete"):
                driver.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        done = console.execute(text(statement), values)
        assert done.rowcount >= 1, statement
        console.commit()
        driver.execute(BOUND[engine])
        if engine == "postgresql":
            driver.commit()
    db.session.expire_all()
