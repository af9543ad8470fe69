"""The ledger (公开日志): append within the writer's transaction, and read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, text, tuple_

from board.models import Ledger, db
from board.rules import hash_chain
from board.rules.cases.log import CLOCK
from board.store import cache_versions

# No public page shows anything of a case: a stamp that it moved would tell the township, by a page that is rendered anew, of a case that
# only the county has. Nor of the county's letters to an office.
log = logging.getLogger("board.ledger")
UNSEEN = ("case.", "cause.", "directive.")


def moment(at: datetime) -> str:
    """Return a time as entries write it: UTC, ISO 8601, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def lock(home: str) -> None:
    """Keep other writers from a home's ledger until the running transaction ends."""
    if db.session.get_bind().dialect.name == "postgresql":  # on SQLite, BEGIN IMMEDIATE already excludes other writers
        db.session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:home))"), {"home": f"ledger:{home}"})


def append(home: str, at: datetime, actor: str, action: str, subject: str, **body: Any) -> None:
    """Append an entry to a home's ledger; call it inside ``writing()``, so that the change and its entry are one transaction.

    Where the server's clock was set back since the last entry, an entry before this one says so.
    """
    session = db.session
    lock(home)
    session.flush()
    columns = (Ledger.height, Ledger.digest, Ledger.at)
    last = session.execute(select(*columns).where(Ledger.home == home).order_by(Ledger.height.desc()).limit(1)).first()
    height, previous = (last.height + 1, last.digest) if last else (1, hash_chain.START)
    entries = [(actor, action, subject, body)]
    if last and hash_chain.went_back(last.at, moment(at)):
        log.warning("the clock was set back: %s follows %s in a ledger", moment(at), last.at)
        entries.insert(0, (CLOCK, hash_chain.CLOCK_BACK, home, {"from": last.at, "to": moment(at)}))
    for one in entries:
        entry = hash_chain.Entry(home, height, moment(at), *one, previous)
        entry = replace(entry, digest=hash_chain.digest(entry))
        session.add(Ledger(**vars(entry)))
        height, previous = height + 1, entry.digest
    session.flush()
    if not action.startswith(UNSEEN):
        cache_versions.move(home)  # pages cached before this entry may be stale now


def entries(home: str) -> Iterator[hash_chain.Entry]:
    """Yield a home's entries, oldest first, loading 500 at a time."""
    columns: list[Any] = [getattr(Ledger, field.name) for field in fields(hash_chain.Entry)]
    query = select(*columns).where(Ledger.home == home).order_by(Ledger.height)
    found = db.session.execute(query.execution_options(yield_per=500))
    try:
        for row in found:
            yield hash_chain.Entry(*row)
    finally:
        found.close()  # a caller that stops early would leave PostgreSQL's cursor open


def count(prefix: str) -> int:
    """Return the number of ledger entries of all homes under a code prefix."""
    return db.session.scalar(select(func.count()).select_from(Ledger).where(Ledger.home.startswith(prefix))) or 0


def homes() -> list[str]:
    """Return the codes of the homes that have ledger entries."""
    return list(db.session.scalars(select(Ledger.home).distinct().order_by(Ledger.home)))


def newest(prefix: str, limit: int = 100, before: tuple[str, str, int] | None = None) -> list[Ledger]:
    """Return the newest entries of all homes under a code prefix; ``before`` is (at, home, height) of the last one already shown."""
    query = select(Ledger).where(Ledger.home.startswith(prefix))
    if before:
        query = query.where(tuple_(Ledger.at, Ledger.home, Ledger.height) < before)
    return list(db.session.scalars(query.order_by(Ledger.at.desc(), Ledger.home.desc(), Ledger.height.desc()).limit(limit)))
