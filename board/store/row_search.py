"""Row search: find a household in a posted roster by group, surname or number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Numeric, cast, func, select

from board.models import Row, db
from board.rules.kind import Kind
from board.rules.notice.formatting import headline
from board.rules.notice.groups import Group, of_rows
from board.rules.surnames import HEAD, Sought, fits
from board.store.notices import Posted, visible

_HEAD = func.substr(Row.shown_name, 1, HEAD)


def groups(posted: Posted, place: str, kind: Kind) -> list[Group]:
    """Return a place's groups in the order of their rows; rows without a group form one with the name "".

    Each has the sum of the kind's headline figure, or none where the kind shows that to staff only.
    """
    column = kind.column(headline(kind))
    sums = column is not None and column.show == "public"
    if sums and headline(kind) != "amount":  # no column of the table has this figure in fen, and SQLite adds decimals as floats
        return of_rows(db.session.scalars(select(Row).where(*_in_force(posted, place)).order_by(Row.no)), kind)
    first = func.min(Row.no)
    query = select(Row.group, first, func.count(), func.sum(Row.amount)).where(*_in_force(posted, place)).group_by(Row.group)
    return [
        Group(name, no, rows, int(fen) if sums and fen is not None else None)
        for name, no, rows, fen in db.session.execute(query.order_by(first))
    ]


def heads(posted: Posted, place: str, group: str | None) -> list[str]:
    """Return the distinct first characters (``HEAD`` many) of the names shown in a place's rows; of one group, or (None) of all."""
    return list(db.session.scalars(select(_HEAD).where(*_in_force(posted, place, group)).distinct()))


def rows(
    posted: Posted, place: str, after: int, limit: int, *, group: str | None, wanted: Sought | None, shown: Sequence[str]
) -> tuple[list[Row], int]:
    """Return up to ``limit`` rows of a place after number ``after`` that match group and search, and the count of all matches.

    ``shown`` is the result of ``heads``. An empty search (``Sought()``, input not understood) matches no rows.
    """
    conditions = _in_force(posted, place, group)
    if wanted and wanted.no is not None:
        conditions.append(Row.no == wanted.no)
    elif wanted:
        conditions.append(_HEAD.in_([head for head in shown if fits(head, wanted)]))
    query = select(Row).where(*conditions, Row.no > after).order_by(Row.no).limit(limit)
    found = list(db.session.scalars(query))
    return found, db.session.scalar(select(func.count()).select_from(Row).where(*conditions)) or 0


def count_with(posted: Posted, place: str | None, column: str) -> int:
    """Return how many rows of a place, or (None) of all places, have a value above 0 in a column of figures."""
    value = cast(func.nullif(Row.measures[column].as_string(), ""), Numeric)
    conditions = (Row.home == posted.home, Row.number == posted.number, Row.until.is_(None), value > 0)
    query = select(func.count()).select_from(Row).where(*conditions)
    return db.session.scalar(query if place is None else query.where(Row.place == place, *visible(posted))) or 0


def _in_force(posted: Posted, place: str, group: str | None = None) -> list[Any]:
    conditions = [Row.home == posted.home, Row.number == posted.number, Row.place == place, Row.until.is_(None), *visible(posted)]
    return conditions if group is None else [*conditions, Row.group == group]
