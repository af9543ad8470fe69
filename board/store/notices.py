"""Reads posted notices, their parts and rows; also withdraws a notice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import aliased

from board.models import Notice, Part, Printed, RosterRow, Row, Version, db
from board.rules.notice import row_changes, same_period, suppression
from board.rules.notice.page import Edition
from board.rules.personal.name_masking import shown
from board.store import cache_versions, ledger, people, sealing, search_index
from board.store.duties import settling
from board.store.engine import writing


@dataclass(frozen=True)
class Posted:
    """A notice with its version in force.

    ``late``: some version was posted, or first displayed, after its ``publish_by``; set in lists only. ``edition`` decides what the
    readers of rows return: on the web no rows of places that are withheld. Staff and paper ask for ``in_full()``.
    """

    notice: Notice
    version: Version
    late: bool = False
    edition: Edition = "web"

    def in_full(self) -> Posted:
        """Return the notice for staff and paper, who read the rows of every place."""
        return replace(self, edition="wall")

    @property
    def home(self) -> str:
        """The owning area's code."""
        return self.notice.home

    @property
    def number(self) -> str:
        """The printed number."""
        return self.notice.number

    def area_name(self, code: str) -> str:
        """Return a place's name as it was when this version was posted."""
        return str(self.version.frozen["areas"].get(code, code))


def evidence(version: Version) -> dict[str, Any]:
    """Return the body of the ledger entry of a posted version; ``board.store.proof.notices`` compares it with the tables."""
    return {
        "version": version.no,
        "digest": version.digest,
        "rows": version.row_count,
        "totals": version.totals,
        "starts": version.starts.isoformat(),
        "ends": version.ends.isoformat(),
        "reason": version.reason,
        "hands": version.hands,
        "reviewer": people.username(version.reviewer),
        "acknowledged": version.acknowledged,
        "posted_on": version.posted_on.isoformat(),
        "posted_at": version.posted_at.isoformat(timespec="seconds"),
    }


def unchanged(version: Version) -> Callable[[str, str], int]:
    """Return a function (place, part digest) -> number of the version in which that place's poster last changed."""
    earlier = db.session.get(Version, (version.home, version.number, version.no - 1))
    if earlier is None:
        return lambda _place, _digest: version.no
    query = select(Part).where(Part.home == version.home, Part.number == version.number, Part.version == earlier.no)
    known = {part.place: (part.digest, part.changed_in) for part in db.session.scalars(query)}
    same = row_changes.heading(earlier.title, earlier.facts, earlier.frozen) == row_changes.heading(
        version.title, version.facts, version.frozen
    )
    return lambda place, digest: row_changes.changed_in(version.no, digest, known.get(place), same)


def take_down(posted: Posted, reviewer: int, reason: str, at: datetime, leak: bool | None = None) -> bool:
    """Withdraw a notice with a public reason, which its address shows from then on. Returns False when it is withdrawn already.

    ``leak``: because something was shown that must not be; None: nobody was asked.
    """
    with writing() as session:
        notice = session.get(Notice, (posted.home, posted.number), with_for_update=True, populate_existing=True)
        if notice is None or notice.withdrawn_at is not None:
            return False
        notice.withdrawn_at, notice.withdrawn_because, notice.withdrawn_leak = at.replace(microsecond=0), reason, leak
        told = {} if leak is None else {"leak": leak}
        search_index.drop([notice])
        settling.keep(notice)
        cache_versions.move_series(notice.number)
        ledger.append(notice.home, at, people.username(reviewer), "notice.taken_down", notice.number, reason=reason, **told)
    return True


def find(number: str) -> Posted | None:
    """Return the notice under a printed number, or None."""
    given = db.session.get(Printed, number)
    if given is None:
        return None
    notice = db.session.get(Notice, (given.home, number))
    return Posted(notice, db.session.get_one(Version, (given.home, number, notice.current))) if notice else None


def these(keys: Sequence[tuple[str, str]]) -> list[Posted]:
    """Return the notices with these (home, number) keys, in the order of the keys."""
    same = Notice.home.in_({home for home, _number in keys}), Notice.number.in_([number for _home, number in keys])
    found = {posted.number: posted for posted in _posted(_current().where(*same))}  # SQLite uses no index for pairs in one IN
    return [found[number] for _home, number in keys if number in found]


def titles(numbers: Collection[str]) -> dict[str, str]:
    """Return number -> title of the notices of these numbers, as in force now; unknown and withdrawn ones are left out."""
    query = select(Notice.number, Version.title).join(Version, IN_FORCE)
    query = query.where(Notice.number.in_(list(numbers)), Notice.withdrawn_at.is_(None))
    return {row.number: row.title for row in db.session.execute(query)} if numbers else {}


def parts(posted: Posted) -> list[Part]:
    """Return the parts of the version in force, by place code."""
    query = select(Part).where(Part.home == posted.home, Part.number == posted.number, Part.version == posted.version.no)
    return list(db.session.scalars(query.order_by(Part.place)))


def parts_of(listed: Sequence[Posted]) -> dict[str, list[Part]]:
    """Return the parts of many notices' versions in force in one select: notice number -> parts by place code."""
    found: dict[str, list[Part]] = {one.number: [] for one in listed}
    versions = {(one.home, one.number, one.version.no) for one in listed}
    homes, numbers, nos = (set(values) for values in zip(*versions, strict=True)) if versions else ((), (), ())
    query = select(Part).where(Part.home.in_(homes), Part.number.in_(numbers), Part.version.in_(nos))
    for part in db.session.scalars(query.order_by(Part.number, Part.place)) if listed else ():
        if (part.home, part.number, part.version) in versions:
            found[part.number].append(part)
    return found


def withheld(posted: Posted) -> frozenset[str]:
    """Return the places whose rows the web may not show, since they are few; none for a notice in full."""
    least = posted.version.frozen.get(suppression.FROZEN, 0)
    if posted.edition == "wall" or not least:
        return frozenset()
    query = select(Part.place, Part.row_count).where(Part.home == posted.home, Part.number == posted.number)
    counted = db.session.execute(query.where(Part.version == posted.version.no))
    return suppression.withheld({place: rows for place, rows in counted}, least)  # noqa: C416 - dict() would take its keys() for a mapping's


def visible(posted: Posted) -> list[Any]:
    """Return the SQL conditions that leave out the rows of withheld places; every reader of a notice's rows for the public has them."""
    return [Row.place.not_in(places)] if (places := withheld(posted)) else []


def part(posted: Posted, place: str) -> Part | None:
    """Return one place's part of the version in force, or None."""
    return db.session.get(Part, (posted.home, posted.number, posted.version.no, place))


def rows(posted: Posted, place: str | None, after: tuple[str, int] = ("", 0), limit: int = 100_000) -> list[Row]:
    """Return the rows in force of one place, or (None) of all places, by place and number, after the key ``(place, no)``."""
    query = _in_force(posted)
    if place is not None:
        query = query.where(Row.place == place, Row.no > after[1])
    else:
        query = query.where(or_(Row.place > after[0], (Row.place == after[0]) & (Row.no > after[1])))
    return list(db.session.scalars(query.order_by(Row.place, Row.no).limit(limit)))


def row(posted: Posted, place: str, no: int) -> Row | None:
    """Return one row in force, or None."""
    return db.session.scalars(_in_force(posted).where(Row.place == place, Row.no == no)).first()


def _in_force(posted: Posted) -> Any:
    return select(Row).where(Row.home == posted.home, Row.number == posted.number, Row.until.is_(None), *visible(posted))


def listed(
    prefix: str,
    *,
    kind: str | Collection[str] = "",
    year: int = 0,
    limit: int = 200,
    after: tuple[datetime, str] | None = None,
    standing: bool = False,
    late: bool = False,
) -> list[Posted]:
    """Return the notices under a code prefix, newest first, after the key ``after`` (posting time, number).

    ``kind`` (one, or several) and ``year``, of the present version's posting, select among them where they are given. ``standing`` leaves
    out withdrawn notices, as in all public lists; ``late`` selects those posted after their deadline.
    """
    query = _current().where(Notice.home.startswith(prefix), *selected(kind, year))
    if standing:
        query = query.where(Notice.withdrawn_at.is_(None))
    if late:
        query = query.where(_late())
    if after:
        query = query.where(tuple_(Version.posted_at, Notice.number) < after)
    return _posted(query.order_by(Version.posted_at.desc(), Notice.number.desc()).limit(limit))


def alike(home: str, kind: str, row_count: int, totals: Mapping[str, Any], but: str | None = None) -> Posted | None:
    """Return the newest notice of a home and kind, not withdrawn, with this row count and these totals, or None; a possible duplicate.

    None for a row count of 0. ``but`` is the number of the notice that a draft corrects, which is not a duplicate.
    """
    if not row_count:
        return None
    same = (Notice.home == home, Notice.kind == kind, Notice.withdrawn_at.is_(None), Version.row_count == row_count, Notice.number != but)
    wanted = _exactly(totals)
    found = _posted(_current().where(*same).order_by(Version.posted_at.desc(), Notice.number))
    return next((posted for posted in found if _exactly(posted.version.totals) == wanted), None)


def of_same_time(home: str, kind: str, when: same_period.About, but: str | None = None) -> list[Posted]:
    """Return the notices of a home and kind, not withdrawn, that are about the same time and stage, newest first.

    ``but`` is the number of the notice that a draft corrects.
    """
    same = (Notice.home == home, Notice.kind == kind, Notice.withdrawn_at.is_(None), Notice.number != but)
    found = _posted(_current().where(*same).order_by(Version.posted_at.desc(), Notice.number))
    times = [same_period.about(one.version.title, one.version.facts, one.version.starts.isoformat()) for one in found]
    return [one for one, time in zip(found, times, strict=True) if same_period.alike(when, time)]


def successor(withdrawn: Posted) -> Posted | None:
    """Return the newest standing notice that stands in the place of a withdrawn one: of its home, kind and time, and posted after it."""
    version = withdrawn.version
    when = same_period.about(version.title, version.facts, version.starts.isoformat())
    found = of_same_time(withdrawn.home, withdrawn.notice.kind, when)
    return next((one for one in found if one.version.posted_at >= version.posted_at), None)


def _exactly(totals: Mapping[str, Any]) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in totals.items()}


@dataclass(frozen=True)
class Counts:
    """The number of notices posted, and of those posted after their deadline."""

    posted: int
    late: int


def counts(prefix: str, kind: str | Collection[str] = "", year: int = 0) -> Counts:
    """Return the figures of all homes under a code prefix; they equal the lengths of the lists of ``listed``."""
    late = func.count().filter(_late())
    query = select(func.count(), late).select_from(Notice).join(Version, IN_FORCE)
    return Counts(*db.session.execute(query.where(Notice.home.startswith(prefix), *selected(kind, year))).one())


def selected(kind: str | Collection[str], year: int) -> list[Any]:
    """Return the SQL conditions that a notice is of a kind (or of one of several), and its present version posted in a year; none for ""
    and 0."""
    days = [Version.posted_on.between(date(year, 1, 1), date(year, 12, 31))] if year else []
    of = Notice.kind == kind if isinstance(kind, str) else Notice.kind.in_(kind)
    return [*([of] if kind else []), *days]


def choices(prefix: str) -> tuple[list[str], list[int]]:
    """Return the kinds of the notices under a code prefix, by id, and the years in which they were posted, newest first."""
    under = Notice.home.startswith(prefix)
    kinds = db.session.scalars(select(Notice.kind).where(under).distinct().order_by(Notice.kind))
    first, last = db.session.execute(
        select(func.min(Version.posted_on), func.max(Version.posted_on)).join(Notice, IN_FORCE).where(under)
    ).one()
    return list(kinds), list(range(last.year, first.year - 1, -1)) if first else []


def _late() -> Any:
    """Return the SQL condition that some version of a notice was posted, or first displayed, after its ``publish_by``.

    A later correction in time does not change that (docs/sources.md: disclosure-26).
    """
    any_version = aliased(Version)
    late = or_(any_version.posted_on > any_version.publish_by, any_version.starts > any_version.publish_by)
    return select(any_version.no).where(any_version.home == Notice.home, any_version.number == Notice.number, late).exists()


LISTED = 200  # notices on one place's page; older ones are found with the search


def concerning(codes: Iterable[str], prefix: str, *, after: int = 0, limit: int | None = None) -> list[Posted]:
    """Return the notices for a place's page, newest first: of homes under ``prefix``, or with a part for these codes or under it.

    The first ``after`` are left out, and at most ``limit`` (None: LISTED) returned.
    """
    in_force = (Notice.home == Part.home) & (Notice.number == Part.number) & (Notice.current == Part.version)
    with_share = select(Part.number).join(Notice, in_force).where(or_(Part.place.in_(list(codes)), Part.place.startswith(prefix)))
    query = _current().where(or_(Notice.home.startswith(prefix), Notice.number.in_(with_share)))
    return _posted(query.order_by(Version.posted_at.desc(), Notice.number).offset(after).limit(limit or LISTED))


def concerning_between(chain: Sequence[str], first: date, last: date, limit: int = 200) -> list[Posted]:
    """Return the notices posted or corrected between two days that concern a place, oldest first, as in force now.

    A notice concerns it by its home, or by a part for it or for an area above it. ``chain`` holds the codes of these areas, the place
    last. Withdrawn notices are left out.
    """
    with_share = select(Part.number).where(Part.place.in_(chain))
    of_those_days = select(Version.number).where(Version.home == Notice.home, Version.posted_on.between(first, last))
    concerns = or_(Notice.home == chain[-1], Notice.number.in_(with_share))
    query = _current().where(concerns, Notice.withdrawn_at.is_(None), Notice.number.in_(of_those_days.correlate(Notice)))
    return _posted(query.order_by(Version.posted_at, Notice.number).limit(limit))


IN_FORCE = (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current)


def _current() -> Any:
    return select(Notice, Version, _late().label("late")).join(Version, IN_FORCE)


def _posted(query: Any) -> list[Posted]:
    return [Posted(*found) for found in db.session.execute(query)]


def full_names(posted: Posted, places: Sequence[str], user: int, at: datetime) -> dict[tuple[str, int], str]:
    """Return (place, row number) -> name as in the wall edition of these places, and log the opening of the names in one entry.

    Names of minors and of sensitive kinds stay masked in the wall edition too.
    """
    names, whole = posted.version.frozen["names"], posted.in_full()
    found = {(place, row.no): name_on_wall(row, names) for place in places for row in rows(whole, place)}
    opened = sorted({place for place, _no in found})
    if names["wall"] == "full" and found:
        where = {"place": opened[0]} if len(opened) == 1 else {"places": " ".join(opened)}
        with writing():
            ledger.append(posted.home, at, people.username(user), "names.printed", posted.number, **where, rows=len(found))
    return found


def name_on_wall(row: RosterRow, names: Mapping[str, Any]) -> str:
    """Return a row's name as the wall edition shows it; ``names`` is the policy frozen with the version.

    It is opened only where the wall shows more of it than the web: a county may show less on the web than ``masked``.
    """
    return row.shown_name if names["wall"] == names["web"] else shown(sealing.name_of(row), names["wall"], row.minor)
