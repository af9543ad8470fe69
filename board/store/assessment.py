"""Assessment (考核) of a county's offices in a quarter: each figure is one grouped select, and its list is the same select ungrouped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any, Literal

from sqlalchemy import String, and_, case, cast, func, literal, or_, select, union_all

from board import policies
from board.models import Area, Case, CaseCorrection, CaseStanding, Draft, Hanging, Notice, Part, StoppedLeak, Version, db
from board.rules import assessment as rules
from board.rules.areas import prefix
from board.rules.assessment import FIGURES, Assessed, Name, Source, State
from board.rules.calendar import CHINA, day_of
from board.rules.display import Hung
from board.rules.duties.duty import Duty
from board.rules.kind_file import parse_frozen
from board.rules.notice import opinion
from board.rules.quarters import Quarter
from board.store import areas, duties, holidays, versions

Tally = dict[str, Counter[State]]  # office -> state -> number


@dataclass(frozen=True)
class Item:
    """One thing of a figure's list; what its source does not have is left empty.

    ``day`` is that by which it lies in the quarter. ``said`` are reasons as they were written; ``unconfirmed``: no committee confirmed it.
    ``case`` is (home, id) and ``days`` how long its correction took. ``stopped`` are (source, what, number).
    Of a sheet ``settled`` of ``owed`` places are on it, ``lacking`` are the codes of the others.
    """

    state: State
    home: str
    day: date | None = None
    number: str = ""
    title: str = ""
    place: str = ""
    said: tuple[str, ...] = ()
    unconfirmed: bool = False
    shown: tuple[date, date] | None = None
    hung: Hung = Hung()
    case: tuple[str, str] | None = None
    days: int | None = None
    stopped: tuple[tuple[str, str, int], ...] = ()
    duty: str = ""
    period: str = ""
    owed: int = 0
    settled: int = 0
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Of:
    """Which things are meant: those of publishers under a code prefix, in a quarter, as they stand today.

    ``kinds`` are the only ones of a department, which reads no case and of cases no figure of what the county alone was asked; () is all.
    """

    under: str
    quarter: Quarter
    today: date
    kinds: Sequence[str] = ()

    def within(self, column: Any) -> Any:
        """Return the condition that a day lies in the quarter."""
        return column.between(self.quarter.first, self.quarter.last)

    @property
    def duties(self) -> list[str]:
        """The duties to publish these kinds, none for all."""
        if not self.kinds:
            return []
        return [duty.id for duty in policies.duties().values() if duty.kind in self.kinds] or [""]  # [] would be all

    def of_kind(self, home: Any, number: Any) -> tuple[Any, ...]:
        """Return the conditions that the notice of these columns is of one of the kinds."""
        if not self.kinds:
            return ()
        same = Notice.home == home, Notice.number == number, Notice.kind.in_(self.kinds)
        return (select(Notice.number).where(*same).correlate_except(Notice).exists(),)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The moments at which the quarter begins and ends in China."""
        first, last = self.quarter.first, self.quarter.last + timedelta(1)
        return datetime.combine(first, time(), CHINA), datetime.combine(last, time(), CHINA)


def offices(county: str) -> list[Area]:
    """Return the county and its townships, by code; closed ones too, which may have done something while they were open."""
    under = prefix(county, "county")
    query = select(Area).where(Area.code.startswith(under), Area.level.in_(("county", "township"))).order_by(Area.code)
    return list(db.session.scalars(query))


def counted(county: str, quarter: Quarter, today: date, kinds: Sequence[str] = ()) -> dict[str, Assessed]:
    """Return office -> its figures, for a county and each of its townships of which anything was counted, or that is open.

    ``kinds`` limits them to a department's; () is all.
    """
    of = _Of(prefix(county, "county"), quarter, today, kinds)
    found: Tally = {}
    days: dict[str, list[int]] = {}
    errors = [_item(row) for row in db.session.execute(_errors(of))]
    told = ((rules.office(one.home), one.state, 1) for one in errors)
    for office, state, n in chain(_duties(county, of), _posters(of), told, *(_grouped(source, of) for source in _GROUPED)):
        found.setdefault(office, Counter())[state] += n
    for one in errors:
        if one.days is not None:
            days.setdefault(rules.office(one.home), []).append(one.days)
    there = [area for area in offices(county) if not area.closed or area.code in found]
    return {area.code: rules.assessed(found.get(area.code, {}), days.get(area.code, ())) for area in there}


def listed(
    name: Name, office: str, quarter: Quarter, today: date, kinds: Sequence[str] = (), *, after: int = 0, limit: int = 100
) -> list[Item]:
    """Return the things that a figure of an office counts, without the first ``after``; cells of duties are listed by ``duties.listed``."""
    figure, of = FIGURES[name], _Of(prefix(office, "township"), quarter, today, kinds)
    if figure.source in ("sheet", "poster"):
        all = _sheets_of(office, of) if figure.source == "sheet" else list(_judged(_poster_rows(of), of))
        return [item for item in all if item.state in figure.states][after : after + limit]
    found = _SELECTS[figure.source](of).subquery()
    query = select(found).where(found.c.state.in_(figure.states)).order_by(found.c.day, found.c.home, found.c.key)
    rows = db.session.execute(query.offset(after).limit(limit)).all()
    return _with_stops(_item(row) for row in rows) if figure.source == "stop" else [_item(row) for row in rows]


def _grouped(source: Source, of: _Of) -> Iterator[tuple[str, State, int]]:
    found = _SELECTS[source](of).subquery()
    by = func.substr(found.c.home, 1, 9), found.c.state
    for office, state, n in db.session.execute(select(*by, func.count()).group_by(*by)):
        yield office.ljust(12, "0"), state, n


# ---- duties: by the counts and lists of board.store.duties, of which every figure equals its list


_OWED: tuple[Literal["on_time", "late", "missing"], ...] = ("on_time", "late", "missing")


def _on_sheets(duty: Duty) -> bool:
    """Return whether one notice of a duty has the places below its publisher, and says for which period it is."""
    return bool(duty.every) and duty.level != duty.publisher


def _duties(county: str, of: _Of) -> Iterator[tuple[str, State, int]]:
    sheets: dict[tuple[str, str, str], duties.Counts] = {}
    for (town, id, period), counts in duties.counted(county, of.quarter.year, of.today, of.duties, quarter=of.quarter.no).items():
        duty = policies.duties()[id]
        office = rules.office(county) if duty.publisher == "county" else town
        yield from ((office, state, counts[state]) for state in _OWED)
        if _on_sheets(duty):
            sheets.setdefault((office, id, period), Counter()).update(counts)
    for (office, _id, _period), counts in sheets.items():
        if counts["on_time"] + counts["late"]:
            yield office, "partly" if counts["missing"] + counts["not_due"] else "whole", 1


def _sheets_of(office: str, of: _Of) -> list[Item]:
    """Return the sheets of an office in the quarter on which any place stands, by duty and period."""
    ids = [id for id in duties.acting(areas.get(office).level) if _on_sheets(policies.duties()[id])]
    ids = [id for id in ids if id in of.duties] if of.kinds else ids
    cells: dict[tuple[str, str], list[duties.Cell]] = {}
    for one in duties.of_area(office, of.quarter.year, of.today, ids, quarter=of.quarter.no) if ids else ():
        if one.state != "not_applicable":
            cells.setdefault((one.duty, one.period), []).append(one)
    found = []
    for (duty, period), some in sorted(cells.items()):
        lacking = tuple(one.place for one in some if one.settled is None)
        state: State = "partly" if lacking else "whole"
        if len(lacking) < len(some):
            have = len(some) - len(lacking)
            found.append(Item(state, office, duty=duty, period=period, owed=len(some), settled=have, lacking=lacking))
    return found


# ---- notices, corrections, leaks and cases


def _first_posted(of: _Of) -> Any:
    """Select the notices posted in the quarter: complete, or with something that the reviewer let stand for a reason."""
    absent = func.coalesce(Version.frozen[opinion.FROZEN]["result"].as_string(), "") == "absent"
    nothing = cast(Version.acknowledged, String) == "{}"
    columns = (Version.home, Version.number.label("key"), Version.posted_on.label("day"), Version.number, Version.title)
    state = case((and_(nothing, ~absent), "complete"), else_="open").label("state")
    query = select(*columns, state, Version.acknowledged, absent.label("unconfirmed"))
    return query.where(Version.home.startswith(of.under), Version.no == 1, of.within(Version.posted_on), *_of_version(of))


def _of_version(of: _Of) -> tuple[Any, ...]:
    return of.of_kind(Version.home, Version.number)


def _corrections(of: _Of, *where: Any, state: State = "corrected") -> Any:
    columns = (Version.home, Version.number.label("key"), Version.posted_on.label("day"), Version.number, Version.title)
    query = select(*columns, literal(state).label("state"), Version.reason.label("reason"))
    return query.where(Version.home.startswith(of.under), Version.no > 1, of.within(Version.posted_on), *_of_version(of), *where)


def _leaks(of: _Of) -> Any:
    """Select the withdrawals and corrections of the quarter of which was chosen that something was shown that must not be; where nobody was
    asked, those whose public reason names personal data."""

    def told(chosen: Any, reason: Any) -> Any:
        return or_(chosen.is_(True), and_(chosen.is_(None), or_(*(reason.contains(word) for word in rules.LEAK_WORDS))))

    same = and_(Version.home == Notice.home, Version.number == Notice.number, Version.no == Notice.current)
    columns = (Notice.home, Notice.number.label("key"), Version.posted_on.label("day"), Notice.number, Version.title)
    chosen = Version.frozen["correction"]["leak"].as_boolean()
    begins, ends = of.moments
    gone = select(*columns, literal("leaked").label("state"), Notice.withdrawn_because.label("reason")).join(Version, same)
    gone = gone.where(Notice.home.startswith(of.under), Notice.withdrawn_at >= begins, Notice.withdrawn_at < ends)
    gone = gone.where(Notice.kind.in_(of.kinds)) if of.kinds else gone
    return union_all(
        gone.where(told(Notice.withdrawn_leak, Notice.withdrawn_because)), _corrections(of, told(chosen, Version.reason), state="leaked")
    )


_COUNTY = "000000"  # the end of a county's code


def _errors(of: _Of) -> Any:
    """Select the cases about a notice that were answered in the quarter, and found it wrong: with a corrected version, or without."""
    same = and_(CaseCorrection.asked == Case.home, CaseCorrection.case == Case.id, CaseCorrection.version.is_not(None))
    version = and_(Version.home == CaseCorrection.home, Version.number == CaseCorrection.number, Version.no == CaseCorrection.version)
    fixed = func.min(Version.posted_on)
    columns = (Case.publisher.label("home"), Case.id.label("key"), func.coalesce(fixed, CaseStanding.answered).label("day"), Case.number)
    state = case((fixed.is_not(None), "mended"), else_="unmended").label("state")
    query = select(*columns, state, Case.home.label("asked"), CaseStanding.received)
    query = query.join(CaseStanding, and_(CaseStanding.home == Case.home, CaseStanding.id == Case.id))
    query = query.outerjoin(CaseCorrection, same).outerjoin(Version, version)
    found = or_(Case.outcome.in_(rules.ERROR_FOUND), CaseCorrection.version.is_not(None))
    query = query.where(Case.publisher.startswith(of.under), Case.number.is_not(None), of.within(CaseStanding.answered), found)
    if of.kinds:
        query = query.where(*of.of_kind(Case.publisher, Case.number), ~Case.home.endswith(_COUNTY), ~Case.desk.endswith(_COUNTY))
    return query.group_by(Case.home, Case.id, Case.publisher, Case.number, CaseStanding.answered, CaseStanding.received)


def _stops(of: _Of) -> Any:
    """Select the drafts in which personal data was stopped in the quarter."""
    columns = (StoppedLeak.home, StoppedLeak.draft.label("key"), func.min(StoppedLeak.day).label("day"), literal("stopped").label("state"))
    query = select(*columns).where(StoppedLeak.home.startswith(of.under), of.within(StoppedLeak.day))
    if of.kinds:
        same = and_(Draft.home == StoppedLeak.home, Draft.id == StoppedLeak.draft)
        query = query.join(Draft, same).where(Draft.kind.in_(of.kinds))
    return query.group_by(StoppedLeak.home, StoppedLeak.draft)


_SELECTS: Mapping[Source, Callable[[_Of], Any]] = {
    "notice": _first_posted, "correction": _corrections, "error": _errors, "stop": _stops, "leak": _leaks,
}  # fmt: skip
_GROUPED: tuple[Source, ...] = ("notice", "correction", "stop", "leak")


def _item(row: Any) -> Item:
    has = row._mapping
    said = tuple(row.acknowledged.values()) if "acknowledged" in has else (row.reason,) if "reason" in has else ()
    title = "" if row.state == "leaked" else has.get("title", "")  # which may be what told too much
    found = Item(row.state, row.home, row.day, has.get("number", ""), title, said=said)
    if "asked" in has:
        return replace(found, case=(row.asked, row.key), days=(row.day - row.received).days if row.state == "mended" else None)
    return replace(found, unconfirmed=bool(row.unconfirmed)) if "unconfirmed" in has else replace(found, place=row.key)


def _with_stops(items: Iterable[Item]) -> list[Item]:
    """Return the drafts with what was stopped in each, in one select."""
    found = list(items)
    held: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    same = StoppedLeak.home.in_({one.home for one in found}), StoppedLeak.draft.in_([one.place for one in found])
    for one in db.session.scalars(select(StoppedLeak).where(*same).order_by(StoppedLeak.source, StoppedLeak.what)):
        held.setdefault((one.home, one.draft), []).append((one.source, one.what, one.count))
    return [replace(one, place="", stopped=tuple(held[one.home, one.place])) for one in found]


# ---- posters


def _poster_rows(of: _Of, *where: Any) -> list[Any]:
    """Return the posters of versions in force whose display ended in the quarter, and before today."""
    query = _of_posters(select(
        Part.home, Part.number, Part.place, Part.changed_in, Version.title, Version.starts, Version.ends, Hanging.hung_on, Hanging.down_on,
        Notice.withdrawn_at, Notice.kind,
    ), of)  # fmt: skip
    return list(db.session.execute(query.where(*where).order_by(Version.ends, Part.home, Part.number, Part.place)))


def _of_posters(query: Any, of: _Of) -> Any:
    same = and_(Notice.home == Part.home, Notice.number == Part.number, Notice.current == Part.version)
    since = and_(Version.home == Part.home, Version.number == Part.number, Version.no == Part.changed_in)
    noted = and_(Hanging.home == Part.home, Hanging.number == Part.number, Hanging.version == Part.changed_in, Hanging.place == Part.place)
    query = query.select_from(Part).join(Notice, same).join(Version, since).outerjoin(Hanging, noted)
    return query.where(
        Part.home.startswith(of.under), of.within(Version.ends), Version.ends < of.today, *of.of_kind(Part.home, Part.number)
    )


# What the database tells by itself, so that only the others are read: on the wall in time and to the end, or never.
_IN_TIME = and_(
    Notice.withdrawn_at.is_(None), Hanging.hung_on <= Version.starts, or_(Hanging.down_on.is_(None), Hanging.down_on >= Version.ends)
)
_NEVER = and_(Notice.withdrawn_at.is_(None), Hanging.hung_on.is_(None))


def _posters(of: _Of) -> Iterator[tuple[str, State, int]]:
    state = case((_IN_TIME, "enough"), (_NEVER, "short"), else_="")
    by = func.substr(Part.home, 1, 9), state
    for office, told, n in db.session.execute(_of_posters(select(*by, func.count()), of).group_by(*by)):
        if told:
            yield office.ljust(12, "0"), told, n
    doubtful = _poster_rows(of, ~func.coalesce(_IN_TIME, False), ~_NEVER)
    yield from ((rules.office(item.home), item.state, 1) for item in _judged(doubtful, of))


def _judged(rows: list[Any], of: _Of) -> Iterator[Item]:
    """Yield each poster with its state, by the rule of the county's list of posters that hung late or too short."""
    version_of = versions.these({(row.home, row.number, row.changed_in) for row in rows})
    calendar = holidays.calendar() if rows else None
    for row in rows:
        assert calendar
        period = parse_frozen(row.kind, version_of[row.number, row.changed_in].frozen["kind"]).display
        shown, hung = (row.starts, row.ends), Hung(row.hung_on, row.down_on)
        withdrawn = day_of(row.withdrawn_at) if row.withdrawn_at else None
        state = rules.display_state(shown, hung, withdrawn, period, of.today, calendar)
        title = "" if withdrawn else row.title  # it may be why the notice was taken down
        yield Item(state, row.home, row.ends, row.number, title, row.place, shown=shown, hung=hung)
