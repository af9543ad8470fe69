"""Draft diff: the differences of a draft's rows from the notice that the draft was carried over from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from board import kinds
from board.models import Draft, Row, StagedRow, db
from board.rules.kind import Column
from board.rules.notice.roster_diff import Entry, RosterDiff, roster_diff
from board.rules.sheet.figures import MEASURES
from board.store import notices
from board.store.notices import Posted


def in_force(posted: Posted) -> tuple[Any, ...]:
    """Return the WHERE conditions for a notice's rows in force (``until`` is NULL)."""
    return Row.home == posted.home, Row.number == posted.number, Row.until.is_(None)


def difference(draft: Draft) -> RosterDiff | None:
    """Return the differences of a draft's staged rows from the notice it was carried over from, or None without such a notice."""
    posted = notices.find(draft.started_from) if draft.started_from else None
    if posted is None or not draft.chosen:
        return None
    earlier = kinds.load()[posted.notice.kind]
    both = [column for column in kinds.load()[draft.kind].columns if earlier.column(column.id)]
    old = select(*_compared(Row)).where(*in_force(posted))
    new = select(*_compared(StagedRow)).where(StagedRow.home == draft.home, StagedRow.draft == draft.id)
    return roster_diff(_entries(old, both), _entries(new, both))


def _compared(table: type[Row] | type[StagedRow]) -> list[Any]:
    """Return the columns by which rows are compared; names by their keys, so that none is opened."""
    return [table.person_key, table.place, table.group, table.name_key, table.measures]


def _entries(query: Any, both: Sequence[Column]) -> Iterator[Entry]:
    figures = [column.id for column in both if column.type in MEASURES]
    words = [column.id for column in both if column.type == "text"]
    for person, place, group, name, measures in db.session.execute(query.execution_options(yield_per=2_000)):
        who = (place, group, name or tuple(measures.get(id) for id in words))
        yield Entry(person or "", who, tuple(_figure(measures.get(id)) for id in figures))


def _figure(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
