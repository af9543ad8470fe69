"""The cells of what must be published: what a place, an office and a county owe in a year, with how each stands, and the counts of them.

Nothing is stored for a cell that nothing has settled: it is missing, or not yet due, because a duty, a place and a period make it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select

from board import policies
from board.models import Area, DutySettlement, db
from board.rules.areas import prefix
from board.rules.duties import cell, duty_period, statement, switches
from board.rules.duties.cell import CellClass, Settlement
from board.rules.duties.duty import Duty
from board.rules.duties.switches import Switched
from board.rules.kind import Level
from board.rules.quarters import Quarter
from board.store import areas
from board.store.duties import settling, switching
from board.store.duties.settling import Clocks

Counts = Counter[CellClass]
Acts = Mapping[str, Sequence[Switched]]
Key = tuple[str, str, str]  # place, duty, period
_Settled = tuple[date, Settlement]  # as of which day the cell is owed, and what settles it
MATTERS = ""  # in counts, the period of all cells that go by matters


@dataclass(frozen=True)
class Cell:
    """One place, duty and period with how it stands.

    ``owner`` is the office that has to act, ``due`` the last day on which that is in time (None: no clock runs).
    """

    place: str
    duty: str
    period: str
    owner: str
    state: CellClass
    due: date | None
    settled: Settlement | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is found by, in the order of lists."""
        return self.place, self.duty, self.period


@dataclass(frozen=True)
class Owed:
    """One duty and period at one office: which of its places have it and which lack it ("12 of 13 villages")."""

    duty: str
    period: str
    due: date | None
    state: CellClass  # not_due or missing: how what lacks stands
    owed: int  # places that owe it and have not said that there is no such item
    settled: int  # places of them that have it
    lacking: tuple[str, ...]


@dataclass
class _Year:
    """What is asked for of one county: the periods that end, and the matters that began, from one day to another."""

    year: int
    first: date
    last: date
    today: date
    acts: Acts
    duties: list[Duty]
    clocks: Clocks = field(default_factory=Clocks)
    _planned: dict[str, list[tuple[str, date, bool]]] = field(default_factory=dict)

    def periods(self, duty: Duty) -> list[tuple[str, date, bool]]:
        """Return the periods that have begun: key, last day, and whether the duty is owed for them."""
        if duty.id not in self._planned:
            all = duty_period.of_year(self.year, duty.every) if duty.every else []
            begun = [one for one in all if one.first <= self.today and self.first <= one.last <= self.last]
            acts = self.acts[duty.id]
            self._planned[duty.id] = [(one.key, one.last, switches.is_on(acts, one.last)) for one in begun]
        return self._planned[duty.id]

    def rows(self, places: Iterable[str], *more: Any) -> dict[Key, _Settled]:
        """Return what settles cells of these places then, of these duties and of the stages before them."""
        before = [settling.before(duty) for duty in self.duties]
        known = {duty.id for duty in (*self.duties, *before) if duty}
        columns = [getattr(DutySettlement, name) for name in ("home", "duty", "period", "as_of", "sort", "source", "by", "day", "due")]
        found = db.session.execute(select(*columns).where(*self.where(places), DutySettlement.duty.in_(known), *more))
        return {(place, duty, period): (as_of, Settlement(*said)) for place, duty, period, as_of, *said in found}

    def where(self, places: Iterable[str]) -> tuple[Any, ...]:
        return DutySettlement.home.in_(list(places)), DutySettlement.as_of.between(self.first, self.last), DutySettlement.counts


def owner(duty: Duty, place: str) -> str:
    """Return the office that has to act on a duty of a place."""
    return prefix(place, duty.publisher).ljust(12, "0")


def acting(level: Level) -> list[str]:
    """Return the duties on which an office of a level has to act, or a village below it: what a county publishes is the county's."""
    return [duty.id for duty in policies.duties().values() if statement.speaks(level, duty)]


def first_year(home: str) -> int | None:
    """Return the first year in which the county of an area owes anything, or None: the last page of a list by years."""
    begun = [day for acts in switching.of(home).values() if (day := switches.first_on(acts))]
    return min(begun).year if begun else None


def _year(home: str, year: int, today: date, duties: Collection[str], quarter: int) -> _Year:
    acts = switching.of(home)
    owed = [duty for duty in policies.duties().values() if switches.first_on(acts.get(duty.id, []))]
    known = [duty for duty in owed if not duties or duty.id in duties]
    of = Quarter(year, quarter or 1)
    return _Year(year, of.first, of.last if quarter else date(year, 12, 31), today, acts, known)


def _places(under: str, first: date) -> list[Area]:
    """Return the areas below a code prefix that were open on a day or are now; by code."""
    there = or_(~Area.closed, Area.closed_on > first)
    return list(db.session.scalars(select(Area).where(Area.code.startswith(under), there).order_by(Area.code)))


def of_area(home: str, year: int, today: date, duties: Collection[str] = (), *, quarter: int = 0) -> list[Cell]:
    """Return the cells of an area and the places below it in a year, of these duties (none: of all): by place, duty and period.

    ``quarter`` (1 to 4) leaves those of periods that end in it, and of matters that began in it. Periods that have not begun have no cells.
    A township has some thousand; for a county take ``counted`` and ``listed``.
    """
    of = _year(home, year, today, duties, quarter)
    area = areas.get(home)
    return _cells(of, _places(prefix(home, area.level), of.first))


def _cells(of: _Year, places: Collection[Area]) -> list[Cell]:
    rows = of.rows(area.code for area in places) if places else {}
    matters: dict[tuple[str, str], list[str]] = {}
    for (place, duty_id, key), (_as_of, settled) in rows.items():
        if settled.sort != "none" or not policies.duties()[duty_id].every:
            matters.setdefault((place, duty_id), []).append(key)
    found: list[Cell] = []
    for duty in of.duties:
        before = settling.before(duty)
        for area in places:
            if duty.level != area.level:
                continue
            if duty.every:
                found += _by_periods(of, duty, area, rows)
                continue
            stages = (
                [key for key in matters.get((area.code, before.id), []) if rows[area.code, before.id, key][1].sort != "none"]
                if before
                else []
            )
            for key in sorted({*matters.get((area.code, duty.id), []), *stages}):
                found.append(_matter(of, duty, area, key, rows, before))
    return sorted(found, key=lambda one: one.key)


def _by_periods(of: _Year, duty: Duty, area: Area, rows: Mapping[Key, _Settled]) -> Iterator[Cell]:
    has, place, id = owner(duty, area.code), area.code, duty.id
    for period, last, on in of.periods(duty):
        settled = row[1] if (row := rows.get((place, id, period))) else None
        due = settled.due if settled else of.clocks.due(duty, place, period, None)
        owed = on and (not area.closed or _open(area, last))
        yield Cell(place, id, period, has, cell.class_of(settled, due, of.today, owed=owed), due, settled)


def _matter(of: _Year, duty: Duty, area: Area, period: str, rows: Mapping[Key, _Settled], before: Duty | None) -> Cell:
    row = rows.get((area.code, duty.id, period))
    start = rows.get((area.code, before.id, period)) if before else None
    as_of = (row or start or (of.last, None))[0]
    settled = row[1] if row else None
    due = settled.due if settled else of.clocks.due(duty, area.code, period, start[1].day if start else None)
    owed = switches.is_on(of.acts[duty.id], as_of) and _open(area, as_of)
    return Cell(area.code, duty.id, period, owner(duty, area.code), cell.class_of(settled, due, of.today, owed=owed), due, settled)


def _open(area: Area, day: date) -> bool:
    return not area.closed or (area.closed_on is not None and area.closed_on > day)


# ---- counts of a county


def counted(home: str, year: int, today: date, duties: Collection[str] = (), *, quarter: int = 0) -> dict[Key, Counts]:
    """Return how many cells of each class there are: (township, duty, period) -> counts, for a county or a township.

    What the county itself owes stands under its own code; cells that go by matters stand under ``MATTERS``.
    """
    of = _year(home, year, today, duties, quarter)
    places = _places(prefix(home, areas.get(home).level), of.first)
    closed = [area for area in places if area.closed]
    found: dict[tuple[str, str, str], Counts] = {}
    for one in _cells(of, closed) if closed else ():
        found.setdefault((_town(one.place), one.duty, one.period if policies.duties()[one.duty].every else MATTERS), Counter())[
            one.state
        ] += 1
    open_areas = [area for area in places if not area.closed]
    _count(of, open_areas, found)
    return found


def _town(place: str) -> str:
    return prefix(place, "township").ljust(12, "0")


def _count(of: _Year, places: Collection[Area], found: dict[tuple[str, str, str], Counts]) -> None:
    """Add the counts of open places: what is settled by a sum in the database, the rest by what is owed less that."""
    settled: dict[Key, dict[CellClass, int]] = {}
    regular = [duty for duty in of.duties if duty.every]
    for duty_id, period, as_of, town, state, n in _sums(of, [area.code for area in places]):
        duty = policies.duties()[duty_id]
        key = town, duty_id, period if duty.every else MATTERS
        if duty.every:
            have = settled.setdefault(key, {})
            have[state] = have.get(state, 0) + n
        else:
            owed = switches.is_on(of.acts[duty_id], as_of)
            found.setdefault(key, Counter())[state if owed else "not_applicable"] += n
    owing = Counter((_town(area.code), area.level) for area in places)
    for (town, level), many in owing.items():
        for duty in regular:
            for period, _last, on in of.periods(duty) if duty.level == level else ():
                key = town, duty.id, period
                counts = found.setdefault(key, Counter())
                if not on:
                    counts["not_applicable"] += many
                    continue
                have = settled.get(key, {})
                for state, n in have.items():
                    counts[state] += n
                due = of.clocks.due(duty, town, period, None)
                counts[cell.class_of(None, due, of.today, owed=True)] += many - sum(have.values())
    for open_stage in _open_stages(of, places):
        found.setdefault((_town(open_stage.place), open_stage.duty, MATTERS), Counter())[open_stage.state] += 1


def _sums(of: _Year, places: list[str]) -> Iterator[Any]:
    late = case((DutySettlement.sort == "none", "not_applicable"), (DutySettlement.day > DutySettlement.due, "late"), else_="on_time")
    matters = [duty.id for duty in of.duties if not duty.every]
    period = case((DutySettlement.duty.in_(matters), MATTERS), else_=DutySettlement.period)
    by = DutySettlement.duty, period, DutySettlement.as_of, func.substr(DutySettlement.home, 1, 9), late
    known = DutySettlement.duty.in_([duty.id for duty in of.duties])
    for duty, key, as_of, town, state, n in db.session.execute(select(*by, func.count()).where(*of.where(places), known).group_by(*by)):
        yield duty, key, as_of, town.ljust(12, "0"), state, n


def _open_stages(of: _Year, places: Collection[Area]) -> Iterator[Cell]:
    """Yield the cells of stages that nothing has settled, each after a publication of the stage before."""
    staged = [duty for duty in of.duties if settling.before(duty)]
    for duty in staged:
        level = [area for area in places if area.level == duty.level]
        alone = replace(of, duties=[duty])
        yield from (one for one in _cells(alone, level) if one.settled is None)


def totals(counts: Mapping[tuple[str, str, str], Counts], *, town: str = "", duty: str = "", period: str | None = None) -> Counts:
    """Return the sum of what ``counted`` gave for a township, a duty or a period; left out: for all."""
    sum_: Counts = Counter()
    for (of_town, of_duty, of_period), one in counts.items():
        if town in ("", of_town) and duty in ("", of_duty) and period in (None, of_period):
            sum_.update(one)
    return sum_


def listed(
    home: str,
    year: int,
    today: date,
    *,
    states: Collection[CellClass] = cell.CLASSES,
    duties: Collection[str] = (),
    period: str | None = None,
    town: str = "",
    quarter: int = 0,
    after: tuple[str, str, str] | None = None,
    limit: int = 100,
) -> list[Cell]:
    """Return the cells behind a figure of ``counted``: of these classes, by place, duty and period, after the key of the last one shown.

    ``period`` is that of the figure (``MATTERS``: those that go by matters); None: all. ``town`` is that of the figure: a township, or a
    county for what it owes itself; "": all. Townships are read until ``limit``, first one, then some together.
    """
    of, found = _year(home, year, today, duties, quarter), list[Cell]()
    towns: dict[str, list[Area]] = {}
    for area in _places(prefix(home, areas.get(home).level), of.first):
        towns.setdefault(_town(area.code), []).append(area)
    asked = [under for under in sorted(towns) if town in ("", under) and (after is None or under >= _town(after[0]))]
    for some in _batches(asked):
        for one in _cells(of, [area for under in some for area in towns[under]]):
            counts_under = one.period if policies.duties()[one.duty].every else MATTERS
            if one.state in states and period in (None, counts_under) and (after is None or one.key > after):
                found.append(one)
        if len(found) >= limit:
            break
    return found[:limit]


def _batches(towns: Sequence[str]) -> Iterator[Sequence[str]]:
    """Part townships into one, two, four, then eight at a time: a list is mostly short, and what is rare is found in few selects."""
    first, size = 0, 1
    while first < len(towns):
        yield towns[first : first + size]
        first, size = first + size, min(2 * size, 8)


# ---- an office


def owes(desk: str, year: int, today: date, *, soon: int = 30, duties: Collection[str] = ()) -> list[Owed]:
    """Return what an office has to publish for the periods of a year and has not: what is missing, and what is due within ``soon`` days.

    A township is asked for itself and its villages, a village or a county for what it publishes itself. One line for each duty and period;
    the longest missing first.
    """
    level = areas.get(desk).level
    asked: dict[tuple[str, str], list[Cell]] = {}
    mine = [duty.id for duty in policies.duties().values() if statement.speaks(level, duty) and (not duties or duty.id in duties)]
    for one in of_area(desk, year, today, mine) if mine else ():
        if one.state != "not_applicable":
            asked.setdefault((one.duty, one.period), []).append(one)
    found = []
    for (duty, period), some in asked.items():
        lacking = [one for one in some if one.settled is None]
        if lacking and (lacking[0].state == "missing" or _is_soon(lacking[0], today, soon)):
            codes = tuple(one.place for one in lacking)
            found.append(Owed(duty, period, lacking[0].due, lacking[0].state, len(some), len(some) - len(lacking), codes))
    order = list(policies.duties())
    return sorted(found, key=lambda one: (one.due or date.max, order.index(one.duty), one.period))


def _is_soon(one: Cell, today: date, soon: int) -> bool:
    """Return whether a cell is asked for now: its stage is next, or its last day is near and its period over."""
    if one.due is None:
        return True
    return one.due <= today + timedelta(days=soon)


def late(office: str, year: int, today: date) -> list[Cell]:
    """Return the cells that an office published late, whoever's places they are: 晚 counts to the body whose act it was; oldest first."""
    of = _year(office, year, today, (), 0)
    places = {area.code: area for area in _places(prefix(office, areas.get(office).level), of.first)}
    mine = DutySettlement.by == office, DutySettlement.sort != "none", DutySettlement.day > DutySettlement.due
    rows, known = of.rows(places, *mine), {duty.id: duty for duty in of.duties}
    published = [(duty, places[place], period) for place, id, period in rows if (duty := known.get(id))]
    found = [_matter(of, duty, area, period, rows, None) for duty, area, period in published]
    return sorted((one for one in found if one.state == "late"), key=lambda one: (one.due or date.max, one.key))


def lacking(home: str, duty: str, period: str, today: date) -> Owed | None:
    """Return how many places of an office have a duty's period and which lack it, whether or not it is due; None where none owes it."""
    years = [today.year, today.year - 1] if period.startswith(duty_period.MATTER) else [duty_period.parse(period).year]
    all_ = (one for year in years for one in of_area(home, year, today, [duty]))
    cells = [one for one in all_ if one.period == period and one.state != "not_applicable"]
    if not cells:
        return None
    some = [one for one in cells if one.settled is None]
    state: CellClass = some[0].state if some else "on_time"
    return Owed(duty, period, cells[0].due, state, len(cells), len(cells) - len(some), tuple(one.place for one in some))
