"""What leaves as data: the rows of one version, the parts of an area, and what its feed and the sitemap list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select, tuple_

from board.models import Area, Notice, Part, Row, Version, db
from board.store.notices import Posted

AT_ONCE = 2_000  # rows read at a time: a roster of 100,000 never stands in memory as a whole


class ExportedRow(NamedTuple):
    """What everybody may know of a row; of its measures only the public columns are for everybody."""

    place: str
    no: int
    group: str
    shown_name: str
    measures: Mapping[str, str]


def rows(posted: Posted, place: str | None) -> Iterator[ExportedRow]:
    """Yield the rows of that very version, of one place or (None) of all by place, in the order of their numbers.

    A correction that is posted meanwhile changes nothing here, so that what is sent adds up to the totals sent with it.
    """
    home, number, no = posted.home, posted.number, posted.version.no
    query = select(Row.place, Row.no, Row.group, Row.shown_name, Row.measures).where(
        Row.home == home, Row.number == number, Row.since <= no, or_(Row.until.is_(None), Row.until > no)
    )
    if place is not None:
        query = query.where(Row.place == place)
    query, behind = query.order_by(Row.place, Row.no).limit(AT_ONCE), ("", 0)
    while found := db.session.execute(query.where(tuple_(Row.place, Row.no) > behind)).all():
        yield from (ExportedRow(*one) for one in found)
        behind = (found[-1].place, found[-1].no)


def parts(prefix: str, year: int | None = None) -> Iterator[tuple[date, str, str, int, Mapping[str, str]]]:
    """Yield (first day of display, kind, number, rows, totals) of each place's part under a code prefix, of notices that stand."""
    query = (
        select(Version.starts, Notice.kind, Notice.number, Part.row_count, Part.totals)
        .join(Version, (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current))
        .join(Part, (Part.home == Notice.home) & (Part.number == Notice.number) & (Part.version == Notice.current))
        .where(Part.place.startswith(prefix), Notice.withdrawn_at.is_(None))
    )
    if year is not None:
        query = query.where(Version.starts.between(date(year, 1, 1), date(year, 12, 31)))
    for one in db.session.execute(query.execution_options(yield_per=AT_ONCE)):
        yield one.starts, one.kind, one.number, one.row_count, one.totals


def lately(codes: list[str], prefix: str, limit: int) -> list[Posted]:
    """Return the notices of a place and about it (as ``notices.concerning``), those taken down too, by their last change, newest first."""
    with_share = select(Part.number).where(or_(Part.place.in_(codes), Part.place.startswith(prefix)))
    same = (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current)
    query = select(Notice, Version).join(Version, same).where(or_(Notice.home.startswith(prefix), Notice.number.in_(with_share)))
    changed = func.coalesce(Notice.withdrawn_at, Version.posted_at)
    return [Posted(*one) for one in db.session.execute(query.order_by(changed.desc(), Notice.number).limit(limit))]


def count(what: str) -> int:
    """Return how many areas, or notices that stand, there are."""
    return db.session.scalar(select(func.count()).select_from(_listed(what).subquery())) or 0


def listed(what: str, offset: int, limit: int) -> list[tuple[str, datetime | None]]:
    """Return (code, None) of areas or (number, posted at) of notices that stand, in an order that new ones disturb little."""
    return [(one[0], one[1] if what == "notices" else None) for one in db.session.execute(_listed(what).offset(offset).limit(limit))]


def _listed(what: str) -> Any:
    if what == "areas":
        return select(Area.code, Area.level).order_by(Area.code)
    same = (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current)
    query = select(Notice.number, Version.posted_at).join(Version, same).where(Notice.withdrawn_at.is_(None))
    return query.order_by(Notice.home, Notice.number)
