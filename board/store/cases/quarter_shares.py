"""What became of the cases of closed quarters, as the pages of places show it: counted once a day, and never of the present quarter.

A case that went straight to the county counts with the county alone, so that no figure of a township or a village depends on it. What is
counted with a village is counted with its township too, so that a village is withheld where subtracting would tell of few cases.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from board.models import Area, Case, CaseStanding, QuarterShare, db
from board.rules.calendar import day_of
from board.rules.cases import figures, machine
from board.rules.cases.figures import Share
from board.rules.quarters import Quarter
from board.store.engine import writing

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_FIELDS = [field.name for field in fields(Share)]
Counts = dict[str, Share]  # by place


def count(at: datetime) -> int:
    """Count the closed quarters that are shown, unless that was done today; return how many lines were written."""
    today, rows = day_of(at), list[dict[str, Any]]()
    with writing() as session:
        if session.scalar(select(QuarterShare.day).where(QuarterShare.day >= today).limit(1)):
            return 0
        for quarter in figures.closed(today):
            offices, villages = ({home: Share(*n) for home, *n in session.execute(query)} for query in _shares(quarter, today))
            counted = offices | _told(villages, offices)
            rows += [{"home": home, "quarter": figures.key(quarter), "day": today} | vars(one) for home, one in counted.items()]
        if rows:
            put = _INSERT[session.get_bind().dialect.name](QuarterShare)
            anew = {name: put.excluded[name] for name in ("day", *_FIELDS)}
            session.execute(put.on_conflict_do_update(index_elements=["home", "quarter"], set_=anew), rows)
    return len(rows)


def _told(villages: Counts, offices: Counts) -> Counts:
    """Return the counts of villages, with those marked of which nothing is published."""
    below: dict[str, dict[str, int]] = {}
    for code, one in villages.items():
        below.setdefault(figures.office(code), {})[code] = one.received
    hidden = {code for township, received in below.items() for code in figures.withheld(received, offices[township].received)}
    return {code: replace(one, withheld=code in hidden) for code, one in villages.items()}


def _shares(quarter: Quarter, today: date) -> list[Any]:
    """Return the queries that count a quarter: with each office, and with each village what was asked of it or of its township."""
    one = CaseStanding
    unsolved = or_(one.state == "unsolved", and_(one.disputed, one.state != "closed"))
    late = or_(one.prompt.is_(False), and_(one.prompt.is_(None), one.state.in_(machine.OPEN), one.due < today))
    counts: list[Any] = [
        func.count(),
        func.count().filter(one.state == "closed"),
        func.count().filter(unsolved),
        func.count().filter(one.state == "answered", ~one.disputed),
        func.count().filter(late),
    ]
    which = one.received.between(quarter.first, quarter.last)
    place = select(Case.place, *counts).join(one, (one.home == Case.home) & (one.id == Case.id)).join(Area, Area.code == Case.place)
    below = Area.level == "village", func.substr(one.arose, 1, 9) == func.substr(Case.place, 1, 9)
    return [select(one.arose, *counts).where(which).group_by(one.arose), place.where(which, *below).group_by(Case.place)]


def of_place(code: str, today: date) -> list[tuple[Quarter, date, Share]]:
    """Return the closed quarters of a place in which its offices received something, newest first: each with the day of its count."""
    shown = {figures.key(one): one for one in figures.closed(today)}
    query = select(QuarterShare).where(QuarterShare.home == code, QuarterShare.quarter.in_(shown)).order_by(QuarterShare.quarter.desc())
    return [(shown[row.quarter], row.day, Share(**{name: getattr(row, name) for name in _FIELDS})) for row in db.session.scalars(query)]
