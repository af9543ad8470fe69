"""When what a home shows last changed: every entry of its ledger moves its stamp, so that a page made before is known to be old."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from board.models import Stamp, db

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def move(home: str) -> None:
    """Make every page of a home that was kept until now out of date; call it inside ``writing()``."""
    put = _INSERT[db.session.get_bind().dialect.name](Stamp).values(home=home, value=1)
    db.session.execute(put.on_conflict_do_update(index_elements=[Stamp.home], set_={"value": Stamp.value + 1}))


def under(prefix: str) -> int:
    """Return the stamp of all homes under a code prefix together; it only grows, with every change of any of them."""
    return db.session.scalar(select(func.coalesce(func.sum(Stamp.value), 0)).where(Stamp.home.startswith(prefix))) or 0
