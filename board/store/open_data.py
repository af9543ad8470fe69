"""Queries for CSV, JSON, feeds and sitemap: rows of one version, parts of an area, latest notices of a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select, tuple_

from board.models import Area, Notice, Part, Row, Version, db
from board.rules.notice import suppression
from board.store.notices import Posted, visible

AT_ONCE = 2_000  # rows read at a time, so that a roster of 100,000 is never in memory as a whole


class ExportedRow(NamedTuple):
    """The public fields of a row; of ``measures`` only the kind's public columns may be exported."""

    place: str
    no: int
    group: str
    shown_name: str
    measures: Mapping[str, str]


def rows(posted: Posted, place: str | None) -> Iterator[ExportedRow]:
    """Yield the rows of exactly this version, of one place or (None) of all places, by place and number.

    A correction posted meanwhile does not change them, so that the rows add up to the totals exported with them.
    """
    home, number, no = posted.home, posted.number, posted.version.no
    query = select(Row.place, Row.no, Row.group, Row.shown_name, Row.measures).where(
        Row.home == home, Row.number == number, Row.since <= no, or_(Row.until.is_(None), Row.until > no), *visible(posted)
    )
    if place is not None:
        query = query.where(Row.place == place)
    query, behind = query.order_by(Row.place, Row.no).limit(AT_ONCE), ("", 0)
    while found := db.session.execute(query.where(tuple_(Row.place, Row.no) > behind)).all():
        yield from (ExportedRow(*one) for one in found)
        behind = (found[-1].place, found[-1].no)


class PartOfArea(NamedTuple):
    """A part inside an area: the first day of display, kind and number of its notice, its rows and totals.

    ``withheld``: these may not be told, or of a small notice only the rows, and are 0 and empty.
    """

    starts: date
    kind: str
    number: str
    rows: int
    totals: Mapping[str, str]
    withheld: bool = False


def parts(prefix: str, year: int | None = None) -> Iterator[PartOfArea]:
    """Yield each part under a code prefix; withdrawn notices are left out.

    Of a notice that withholds places, the sum over all of them follows from its page, and may be told; that over some may not.
    """
    least = Version.frozen[suppression.FROZEN].as_integer()
    query = (
        select(Version.starts, Notice.kind, Notice.number, Part.place, Part.row_count, Part.totals, least)
        .join(Version, (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current))
        .join(Part, (Part.home == Notice.home) & (Part.number == Notice.number) & (Part.version == Notice.current))
        .where(Part.place.startswith(prefix), Notice.withdrawn_at.is_(None))
    )
    if year is not None:
        query = query.where(Version.starts.between(date(year, 1, 1), date(year, 12, 31)))
    told = _told(prefix)
    for starts, kind, number, place, rows, totals, threshold in db.session.execute(query.execution_options(yield_per=AT_ONCE)):
        part = PartOfArea(starts, kind, number, rows, totals)
        yield told(part, place, threshold) if threshold else part


def _told(prefix: str) -> Callable[[PartOfArea, str, int], PartOfArea]:
    """Return a function (part, its place, threshold) -> the part as far as the totals of an area may tell it."""
    counted: dict[str, dict[str, int]] = {}

    def told(part: PartOfArea, place: str, least: int) -> PartOfArea:
        rows = counted.get(part.number) or counted.setdefault(part.number, _row_counts(part.number))
        held = suppression.withheld(rows, least)
        if place not in held:
            return part
        whole = all(one.startswith(prefix) for one in held)
        if suppression.is_small(rows, least):
            return part._replace(rows=part.rows if whole else 0, totals={}, withheld=True)
        return part if whole else part._replace(rows=0, totals={}, withheld=True)

    return told


def _row_counts(number: str) -> dict[str, int]:
    """Return place -> number of rows of a notice in force."""
    same = (Part.home == Notice.home) & (Part.number == Notice.number) & (Part.version == Notice.current)
    query = select(Part.place, Part.row_count).join(Notice, same).where(Notice.number == number)
    return {place: rows for place, rows in db.session.execute(query)}  # noqa: C416 - dict() would take its keys() for a mapping's


def lately(codes: list[str], prefix: str, limit: int) -> list[Posted]:
    """Return the notices that concern a place (as ``notices.concerning``), withdrawn ones too, by last change, newest first."""
    with_share = select(Part.number).where(or_(Part.place.in_(codes), Part.place.startswith(prefix)))
    same = (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current)
    query = select(Notice, Version).join(Version, same).where(or_(Notice.home.startswith(prefix), Notice.number.in_(with_share)))
    changed = func.coalesce(Notice.withdrawn_at, Version.posted_at)
    return [Posted(*one) for one in db.session.execute(query.order_by(changed.desc(), Notice.number).limit(limit))]


def count(what: str) -> int:
    """Return the number of "areas", or of "notices" that are not withdrawn."""
    return db.session.scalar(select(func.count()).select_from(_listed(what).subquery())) or 0


def listed(what: str, offset: int, limit: int) -> list[tuple[str, datetime | None]]:
    """Return (code, None) of areas, or (number, posting time) of notices not withdrawn, in an order that new ones change little."""
    return [(one[0], one[1] if what == "notices" else None) for one in db.session.execute(_listed(what).offset(offset).limit(limit))]


def _listed(what: str) -> Any:
    if what == "areas":
        return select(Area.code, Area.level).order_by(Area.code)
    same = (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current)
    query = select(Notice.number, Version.posted_at).join(Version, same).where(Notice.withdrawn_at.is_(None))
    return query.order_by(Notice.home, Notice.number)
