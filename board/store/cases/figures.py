"""Reading the auditor's figures, and the cases that each of them counts: the conditions here say in SQL what
``rules.cases.figures`` says of one case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, select, true, tuple_, union_all

from board.models import Area, Case, CaseStanding, CaseTally, db
from board.rules.cases import figures, machine
from board.rules.cases.figures import Name, Standing
from board.rules.place_names import canonical
from board.rules.quarters import Quarter
from board.store.cases import counting

Place = tuple[date, str, str]  # key for the next page of a list: (received, home, id) of the last case shown


@dataclass(frozen=True)
class Chosen:
    """Which cases are counted: those of a category and of a kind of notices ("": all), received in a year (0: all) or a quarter of it."""

    category: str = ""
    kind: str = ""
    year: int = 0
    quarter: Quarter | None = None

    def has(self, case: Standing) -> bool:
        """Return whether a case is among them."""
        first, last = self.days()
        return self.category in ("", case.category) and self.kind in ("", case.kind) and first <= case.received <= last

    def days(self) -> tuple[date, date]:
        """Return the first and the last day on which they were received."""
        if self.quarter:
            return self.quarter.first, self.quarter.last
        return (date(self.year, 1, 1), date(self.year, 12, 31)) if self.year else (date.min, date.max)


def counted(offices: Collection[str], chosen: Chosen, today: date) -> dict[str, dict[Name, int]]:
    """Return office -> its figures, read from the tallies: as many lines as there are offices and days, however many cases there are."""
    first, last = figures.keys(chosen.year, chosen.quarter)
    which = CaseTally.home.in_(offices), CaseTally.category == chosen.category, CaseTally.kind == chosen.kind
    dated = [and_(CaseTally.what == what, CaseTally.day >= day) for what, day in figures.recent(today).items()]
    parts = [
        select(CaseTally.home, CaseTally.what, (CaseTally.day == figures.NO_DAY).label("all"), func.sum(CaseTally.n).label("n"))
        .where(*which, condition, CaseTally.quarter.between(first, last))
        .group_by(CaseTally.home, CaseTally.what, "all")
        for condition in (and_(CaseTally.what.in_(figures.TALLIED), CaseTally.day == figures.NO_DAY), *dated)
    ]
    found: dict[str, tuple[dict[str, int], dict[str, int]]] = {code: ({}, {}) for code in offices}
    for home, what, all, n in db.session.execute(union_all(*parts)):
        found[home][0 if all else 1][what] = int(n)
    return {code: figures.of_tallies(*found[code]) for code in offices}


_OPEN = CaseStanding.state.in_(machine.OPEN)
_ANSWERED = CaseStanding.state == "answered"


def _told_since(today: date) -> date:
    return today - timedelta(days=machine.DISPUTE_DAYS)


_CONDITIONS: Mapping[Name, Callable[[date], Any]] = {
    "received": lambda today: true(),
    "waiting": lambda today: _OPEN,
    "late": lambda today: _OPEN & (CaseStanding.due < today),
    "owed": lambda today: CaseStanding.prompt.is_not(None) | _OPEN & (CaseStanding.due < today),
    "in_time": lambda today: CaseStanding.prompt.is_(True),
    "disputed": lambda today: CaseStanding.disputed.is_(True),
    "unsolved": lambda today: CaseStanding.state == "unsolved",
    "told": lambda today: _ANSWERED & (CaseStanding.answered >= _told_since(today)),
    "silent": lambda today: _ANSWERED & (CaseStanding.answered < _told_since(today)),
    "solved": lambda today: CaseStanding.state == "closed",
    "rated": lambda today: CaseStanding.rating.is_not(None),
    "rated_5": lambda today: CaseStanding.rating == 5,
    "rated_4": lambda today: CaseStanding.rating == 4,
    "rated_3": lambda today: CaseStanding.rating == 3,
    "rated_2": lambda today: CaseStanding.rating == 2,
    "rated_1": lambda today: CaseStanding.rating == 1,
}


@dataclass(frozen=True)
class Line:
    """One case of a figure's list: what is counted of it, and the case; ``place`` is the name of the place that it is about."""

    standing: Standing
    case: Case
    place: str


def listed(
    figure: Name, offices: Collection[str], chosen: Chosen, today: date, *, after: Place | None = None, limit: int = 50
) -> list[Line]:
    """Return the cases that a figure counts for these offices, the first received first."""
    key = CaseStanding.received, CaseStanding.home, CaseStanding.id
    page = select(*key).where(*_which(figure, offices, chosen, today))  # first, so that only its cases are looked up
    if after:
        page = page.where(tuple_(*key) > after)
    found = page.order_by(*key).limit(limit).subquery()
    query = _lines().join(found, (found.c.home == CaseStanding.home) & (found.c.id == CaseStanding.id))
    return [_line(row) for row in db.session.execute(query.order_by(*key))]


def every(figure: Name, offices: Collection[str], chosen: Chosen, today: date) -> Iterator[Line]:
    """Yield all cases that a figure counts for these offices, the first received first, reading a thousand at a time."""
    after: Place | None = None
    while found := listed(figure, offices, chosen, today, after=after, limit=1_000):
        yield from found
        last = found[-1]
        after = last.standing.received, last.case.home, last.case.id


def _which(figure: Name, offices: Collection[str], chosen: Chosen, today: date) -> Sequence[Any]:
    first, last = chosen.days()
    return [
        getattr(CaseStanding, figures.FIGURES[figure].by).in_(offices),
        _CONDITIONS[figure](today),
        *([CaseStanding.category == chosen.category] if chosen.category else []),
        *([CaseStanding.kind == chosen.kind] if chosen.kind else []),
        *([CaseStanding.received.between(first, last)] if chosen.year or chosen.quarter else []),
    ]


def _lines() -> Any:
    same = (Case.home == CaseStanding.home) & (Case.id == CaseStanding.id)
    return select(CaseStanding, Case, Area.name).join(Case, same).join(Area, Area.code == Case.place)


def _line(row: Any) -> Line:
    standing, case, place = row
    return Line(counting.plain(standing), case, canonical(place))


def offices(under: str) -> list[Area]:
    """Return the offices below a code prefix whose cases are counted, by code: counties and townships, closed ones while they have some."""
    has_some = select(CaseTally.n).where(CaseTally.home == Area.code).exists()
    query = select(Area).where(Area.code.startswith(under), Area.level.in_(("county", "township")), ~Area.closed | has_some)
    return list(db.session.scalars(query.order_by(Area.code)))
