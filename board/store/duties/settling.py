"""What settles a place's period: kept in the transaction in which a notice is posted, corrected or withdrawn, or an office says so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, delete, insert, or_, select, text, update

from board import kinds, policies
from board.models import Area, DutySettlement, DutyStatement, DutyStatementPlace, Notice, NoticePeriod, Part, Version, db
from board.rules.areas import DIGITS, prefix
from board.rules.calendar import Calendar
from board.rules.duties import cell, duty_period
from board.rules.duties import duty as duty_rules
from board.rules.duties.cell import Settlement
from board.rules.duties.duty import Duty
from board.rules.kind import Period
from board.rules.periods import due
from board.store import cache_versions, holidays
from board.store.engine import writing

Key = tuple[str, str, str]  # place, duty, period
COLUMNS = ("home", "duty", "period", "source", "sort", "by", "day", "own", "due", "as_of", "counts")
TOWNSHIP = DIGITS["township"]
_AT_ONCE, _NOTICES = 5_000, 1_000  # rows of one insert, and notices of which the versions are in memory at once


@dataclass(frozen=True)
class Candidate:
    """What may settle a cell, before it is known whether it counts; ``own`` is the last day that a notice itself had, or None."""

    place: str
    duty: str
    period: str
    source: str
    sort: cell.SettledBy
    by: str
    day: date
    own: date | None = None
    due: date | None = None
    as_of: date = date.min
    counts: bool = False

    @property
    def key(self) -> Key:
        """Its cell."""
        return self.place, self.duty, self.period

    @property
    def settlement(self) -> Settlement:
        """It as the rules take it."""
        return Settlement(self.sort, self.source, self.by, self.day, self.due)

    def row(self) -> dict[str, Any]:
        """Return it as a row of the table."""
        return {"home" if name == "place" else name: value for name, value in vars(self).items()}


class _Version(NamedTuple):
    no: int
    title: str
    facts: dict[str, str]
    frozen: str | None  # the period that its clerk chose
    starts: date
    publish_by: date


class Clocks:
    """The last days of duties in a county's places, each worked out once."""

    def __init__(self, calendar: Calendar | None = None) -> None:
        self.calendar = calendar or holidays.calendar()
        self._same: dict[tuple[Any, ...], date] = {}
        self._within: dict[tuple[str, str], Period] = {}
        self._due: dict[tuple[str, str, str], date] = {}

    def within(self, duty: Duty, place: str) -> Period:
        """Return the time after a period that the law of a place's township gives."""
        key = duty.id, prefix(place, "township").ljust(12, "0")
        if key not in self._within:
            self._within[key] = duty_rules.within(duty, kinds.load()[duty.kind], policies.period_rules(), key[1])
        return self._within[key]

    def due(self, duty: Duty, place: str, period: str, began: date | None) -> date | None:
        """Return the last day of a cell; ``began`` is the day on which the stage before was published. None: no clock runs."""
        if duty.rhythm == "regular":
            key = duty.id, place[:TOWNSHIP], period
            if key not in self._due:
                self._due[key] = self._after(duty, place, period)
            return self._due[key]
        return due(began, duty.within, self.calendar) if duty.rhythm == "stage" and began and duty.within else None

    def _after(self, duty: Duty, place: str, period: str) -> date:
        of, within = duty_period.parse(period), self.within(duty, place)
        same = of.last, within.days, within.unit, within.first_day_counts, duty.window
        if same not in self._same:  # in all townships of a county the law is mostly one
            self._same[same] = cell.last_day(duty, of, within, self.calendar)
        return self._same[same]


def of_kind(kind: str, level: str) -> Duty | None:
    """Return the duty that a notice of a kind is for at a place of this level, or None."""
    return next((duty for duty in policies.duties().values() if (duty.kind, duty.level) == (kind, level)), None)


def before(duty: Duty) -> Duty | None:
    """Return the duty of the stage before, or None."""
    if duty.rhythm != "stage":
        return None
    return of_kind(kinds.load()[duty.kind].follows, duty.level)


def _stages() -> list[Duty]:
    """Return the duties, each after that of the stage before it."""
    found: list[Duty] = []
    waiting = list(policies.duties().values())
    while waiting:
        ready = [duty for duty in waiting if before(duty) not in waiting]
        found += ready
        waiting = [duty for duty in waiting if duty not in ready]
    return found


# ---- what there is: notices and statements


def _period(duty: Duty, number: str, title: str, facts: dict[str, str], frozen: str | None, said: str | None) -> str:
    """Return the period that a version is for, "" where nobody told."""
    if duty.rhythm == "as_it_happens":
        return duty_period.matter(number)
    if frozen or said:
        return frozen or said or ""
    return duty_period.told(duty.every, title, facts) if duty.every else ""


def _of_notices(*where: Any, duties: Collection[Duty] = ()) -> Iterator[Candidate]:
    """Yield what notices settle that are not withdrawn: a place from the first version on in which it stands with the period of today's.

    ``duties`` leaves the notices of their kinds; none: of all.
    """
    wanted = {duty.kind for duty in duties or policies.duties().values()} & set(kinds.load())
    query = select(Notice, NoticePeriod.period, Area.level).join(Area, Area.code == Notice.home)
    query = query.outerjoin(NoticePeriod, and_(NoticePeriod.home == Notice.home, NoticePeriod.number == Notice.number))
    found = db.session.execute(query.where(Notice.withdrawn_at.is_(None), Notice.kind.in_(wanted), *where)).all()
    for first in range(0, len(found), _NOTICES):
        yield from _of_some(found[first : first + _NOTICES])


def _of_some(found: Collection[Any]) -> Iterator[Candidate]:
    """Yield the same of some (notice, period that was said of it, level of its home), with one select for versions and one for places."""
    homes, numbers = (set(values) for values in zip(*((one.home, one.number) for one, *_more in found), strict=True))
    columns = (Version.no, Version.title, Version.facts, Version.frozen["period"].as_string(), Version.starts, Version.publish_by)
    query = select(Version.home, Version.number, *columns).where(Version.home.in_(homes), Version.number.in_(numbers))
    versions: dict[tuple[str, str], list[_Version]] = {}
    for home, number, *version in db.session.execute(query.order_by(Version.no)):
        versions.setdefault((home, number), []).append(_Version(*version))
    parts = select(Part.home, Part.number, Part.version, Part.place, Area.level).join(Area, Area.code == Part.place)
    places: dict[tuple[str, str], dict[int, dict[str, Any]]] = {}
    for home, number, no, place, level in db.session.execute(parts.where(Part.home.in_(homes), Part.number.in_(numbers))):
        places.setdefault((home, number), {}).setdefault(no, {})[place] = level
    for notice, said, level in found:
        key, own = (notice.home, notice.number), kinds.load()[notice.kind].places is None
        there = {one.no: {notice.home: level} if own else places.get(key, {}).get(one.no, {}) for one in versions[key]}
        yield from _settled(notice, said, versions[key], there)


def _settled(notice: Notice, said: str | None, versions: Collection[_Version], places: dict[int, dict[str, Any]]) -> Iterator[Candidate]:
    for place, level in places[notice.current].items():
        duty = of_kind(notice.kind, level)
        if duty is None:
            continue

        def period(version: _Version, duty: Duty = duty) -> str:
            return _period(duty, notice.number, version.title, version.facts, version.frozen, said) if duty.counts(version.facts) else ""

        now = period(next(version for version in versions if version.no == notice.current))
        if not now or _is_other(duty, now):
            continue
        first = next(version for version in versions if place in places[version.no] and period(version) == now)
        yield Candidate(place, duty.id, now, f"n{notice.number}", "notice", notice.home, first.starts, first.publish_by)


def _is_other(duty: Duty, period: str) -> bool:
    """Return whether a period is none of a duty's: of another length, or a matter where time is meant."""
    if not duty.every:
        return not period.startswith(duty_period.MATTER) and not _every(before(duty))
    try:
        return duty_period.parse(period).every != duty.every
    except ValueError:
        return True


def _every(duty: Duty | None) -> str:
    """Return the length of the periods by which a duty and those before it go, "" where they go by matters."""
    return duty.every or _every(before(duty)) if duty else ""


def of_statements(*where: Any) -> Iterator[Candidate]:
    """Yield what statements settle that stand."""
    query = select(DutyStatement, DutyStatementPlace.place).join(
        DutyStatementPlace, and_(DutyStatementPlace.home == DutyStatement.home, DutyStatementPlace.no == DutyStatement.no)
    )
    for one, place in db.session.execute(query.where(DutyStatement.taken_back_at.is_(None), *where)):
        if one.duty in policies.duties():
            sort: Any = one.sort
            yield Candidate(place, one.duty, one.period, f"s{one.home}-{one.no}", sort, one.home, one.day)


# ---- which of them counts

Began = Callable[[Key], Candidate | None]  # the publication that settles a cell, None where there is none


def _judged(found: Collection[Candidate], clocks: Clocks, began: Began) -> list[Candidate]:
    """Return what may settle one cell, with its last days, and marked which of it counts."""
    place, id, period = next(iter(found)).key
    duty, done = policies.duties()[id], []
    start = began((place, previous.id, period)) if (previous := before(duty)) else None
    by = clocks.due(duty, place, period, start.day if start else None)
    for one in found:
        as_of = start.as_of if start else one.day if period.startswith(duty_period.MATTER) else duty_period.parse(period).last
        last = None if one.sort == "none" else cell.earlier(by, one.own)
        done.append(replace(one, due=last, as_of=as_of, counts=False))
    right = cell.first([one.settlement for one in done])
    return [replace(one, counts=right is not None and one.source == right.source) for one in done]


def keep(notice: Notice) -> None:
    """Settle anew what a notice settles or settled, within the transaction of the act on it."""
    db.session.flush()
    places = select(Part.place).where(Part.home == notice.home, Part.number == notice.number).distinct()
    here = {notice.home, *db.session.scalars(places)}
    lock(here)
    same = Notice.home == notice.home, Notice.number == notice.number
    replace_candidates(f"n{notice.number}", here, list(_of_notices(*same)))


def replace_candidates(source: str, places: Collection[str], found: Collection[Candidate]) -> None:
    """Put what one source settles in the place of what it settled at these places, and settle the cells anew."""
    duties = list(policies.duties())
    own = DutySettlement.home.in_(places), DutySettlement.duty.in_(duties), DutySettlement.source == source
    keys = {(row.home, row.duty, row.period) for row in db.session.scalars(select(DutySettlement).where(*own))}
    db.session.execute(delete(DutySettlement).where(*own).execution_options(synchronize_session="fetch"))
    _insert(found)
    _settle(keys | {one.key for one in found}, Clocks())


def lock(places: Iterable[str]) -> None:
    """Keep others from settling cells in the counties of these places until the transaction ends; taken before any ledger's lock."""
    if db.session.get_bind().dialect.name == "postgresql":
        for county in sorted({prefix(place, "county") for place in places}):
            db.session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"duties:{county}"})


def _settle(keys: Collection[Key], clocks: Clocks) -> None:
    """Decide anew what counts in these cells, and in those of the stages after them."""
    for duty in _stages():
        for key in sorted(key for key in keys if key[1] == duty.id):
            found = _candidates(key)
            for one in _judged(found, clocks, _began) if found else ():
                same = and_(*(getattr(DutySettlement, name) == value for name, value in zip(COLUMNS[:3], key, strict=True)))
                values = {"due": one.due, "as_of": one.as_of, "counts": one.counts}
                db.session.execute(update(DutySettlement).where(same, DutySettlement.source == one.source).values(values))
        after = {one.id for one in policies.duties().values() if before(one) == duty}
        keys = {*keys, *((place, id, period) for place, of, period in keys if of == duty.id for id in after)}


def _candidates(key: Key) -> list[Candidate]:
    place, duty, period = key
    columns = [getattr(DutySettlement, name) for name in COLUMNS]
    rows = select(*columns).where(DutySettlement.home == place, DutySettlement.duty == duty, DutySettlement.period == period)
    return [Candidate(*row) for row in db.session.execute(rows)]


def _began(key: Key) -> Candidate | None:
    return next((one for one in _candidates(key) if one.counts and one.sort != "none"), None)


def _insert(found: Iterable[Candidate]) -> None:
    rows = [one.row() for one in found]
    for first in range(0, len(rows), _AT_ONCE):
        db.session.execute(insert(DutySettlement), rows[first : first + _AT_ONCE])


# ---- made anew


def recount(county: str = "") -> list[Key]:
    """Make what settles anew, from the notices and the statements, for the places under a code prefix; return the cells that differed."""
    with writing() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("LOCK TABLE duty_settlement IN SHARE ROW EXCLUSIVE MODE"))
        wrong = _recounted(county, _stages())
        for home in sorted({prefix(place, "county").ljust(12, "0") for place, _duty, _period in wrong}):
            cache_versions.move(home)  # the pages of areas show what is settled, and nothing of it is in a ledger
    return wrong


def recount_duty(county: str, duty: Duty) -> None:
    """Make anew what settles a duty of one county, and its stages, within the transaction of an act on it: no other county waits."""
    lock([county])
    _recounted(prefix(county, "county"), _series(duty))


def _series(duty: Duty) -> list[Duty]:
    """Return a duty with the stages before and after it, each after the one before it."""
    found = [one := duty]
    while previous := before(one):
        found.insert(0, one := previous)
    for later in _stages():
        if later not in found and before(later) in found:
            found.append(later)
    return found


def _recounted(county: str, duties: Collection[Duty]) -> list[Key]:
    under = DutySettlement.home.startswith(county)
    if len(duties) < len(policies.duties()):
        under = and_(under, DutySettlement.duty.in_([duty.id for duty in duties]))
    columns = [getattr(DutySettlement, name) for name in COLUMNS]
    kept = {Candidate(*row) for row in db.session.execute(select(*columns).where(under))}
    right = set(_anew(county, duties))
    wrong = sorted({one.key for one in kept ^ right})
    if wrong:
        db.session.execute(delete(DutySettlement).where(under).execution_options(synchronize_session=False))
        _insert(sorted(right, key=lambda one: (one.key, one.source)))
    return wrong


def _anew(county: str, duties: Collection[Duty]) -> Iterator[Candidate]:
    """Yield what settles these duties, of which each stands after that of the stage before it."""
    cells: dict[Key, list[Candidate]] = {}
    known = {duty.id for duty in duties}
    above = county[:4].ljust(12, "0")  # a city's notice has places in several counties
    homes = [or_(table.home.startswith(county), table.home == above) for table in (Notice, DutyStatement)]
    for one in (*_of_notices(homes[0], duties=duties), *of_statements(homes[1], DutyStatement.duty.in_(known))):
        if one.place.startswith(county) and one.duty in known:
            cells.setdefault(one.key, []).append(one)
    clocks, published = Clocks(), dict[Key, Candidate]()
    for duty in duties:
        for key, found in cells.items():
            if key[1] != duty.id:
                continue
            for one in _judged(found, clocks, published.get):
                if one.counts and one.sort != "none":
                    published[key] = one
                yield one
