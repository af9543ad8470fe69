"""Personal data that was stopped before posting: kept at that moment, as numbers, since nothing else of it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from board.models import Draft, StoppedLeak
from board.rules.calendar import day_of
from board.rules.sheet.cleaning import Cleaned
from board.store.engine import writing

Source = Literal["sheet", "file", "text"]
COLUMNS = ("birth", "health")  # of these the column is counted: it goes as a whole, whatever its cells hold
_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def of_tables(tables: Iterable[Cleaned]) -> Counter[str]:
    """Return how many cells of each class, and columns of birth dates and illness, were taken out of the tables of an upload."""
    found: Counter[str] = Counter()
    for table in tables:
        found.update(counted(table.findings))
        found.update(what for what in table.private.values() if what in COLUMNS)
    return found


def counted(findings: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Return how many numbers of each class findings (``{"where", "what", "count"}``) have."""
    found: Counter[str] = Counter()
    for one in findings:
        found[one["what"]] += one["count"]
    return found


def put(session: Session, draft: Draft, source: Source, found: Mapping[str, int]) -> None:
    """Keep what was stopped within a running transaction: the day of the first time, and the largest number, so that a sheet that is sent
    twice counts once."""
    if not any(found.values()):
        return
    session.flush()
    insert = _INSERT[session.get_bind().dialect.name](StoppedLeak)
    larger = case((insert.excluded.count > StoppedLeak.count, insert.excluded.count), else_=StoppedLeak.count)
    key = {"home": draft.home, "draft": draft.id, "source": source, "day": day_of(draft.changed)}
    rows = [key | {"what": what, "count": count} for what, count in sorted(found.items()) if count]
    session.execute(insert.on_conflict_do_update(index_elements=["home", "draft", "source", "what"], set_={"count": larger}), rows)


def note(home: str, id: str, source: Source, found: Mapping[str, int], at: datetime) -> None:
    """Keep what was taken out of, or refused in, a file or a text of a draft; the draft stays as it is."""
    if any(found.values()):
        with writing() as session:
            put(session, Draft(home=home, id=id, changed=at), source, found)
