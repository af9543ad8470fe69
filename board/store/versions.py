"""The versions of a posted notice: which poster is current for each place, and how rows changed since an earlier version."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import func, or_, select

from board.models import Part, Row, Version, db
from board.rules.kind import Column
from board.rules.notice import row_changes
from board.rules.notice.row_changes import Change, Touched
from board.rules.notice.row_matching import RowInForce
from board.store import notices
from board.store.notices import Posted

_STANDING = (
    Row.place, Row.no, Row.group, Row.shown_name, Row.name_key, Row.person_key, Row.account_key, Row.minor, Row.amount, Row.measures,
    Row.texts, Row.person_salt, Row.money_salt, Row.algorithm,
)  # fmt: skip


def _of(posted: Posted) -> tuple[Any, Any]:
    return Row.home == posted.home, Row.number == posted.number


def listed(posted: Posted) -> list[Version]:
    """Return all versions of a notice, newest first."""
    query = select(Version).where(Version.home == posted.home, Version.number == posted.number)
    return list(db.session.scalars(query.order_by(Version.no.desc())))


def at(posted: Posted, no: int) -> Version | None:
    """Return one version of a notice, or None."""
    return db.session.get(Version, (posted.home, posted.number, no))


def these(keys: Collection[tuple[str, str, int]]) -> dict[tuple[str, int], Version]:
    """Return (number, no) -> version for these (home, number, no) keys, in one select."""
    if not keys:
        return {}
    homes, numbers, nos = (set(values) for values in zip(*keys, strict=True))
    query = select(Version).where(Version.home.in_(homes), Version.number.in_(numbers), Version.no.in_(nos))
    return {(one.number, one.no): one for one in db.session.scalars(query)}


def parts(posted: Posted, no: int) -> list[Part]:
    """Return the parts of one version, by place code."""
    query = select(Part).where(Part.home == posted.home, Part.number == posted.number, Part.version == no)
    return list(db.session.scalars(query.order_by(Part.place)))


def had(posted: Posted, place: str) -> int:
    """Return the number of the last version in which a place had a part, 0 for none."""
    query = select(func.max(Part.version)).where(Part.home == posted.home, Part.number == posted.number, Part.place == place)
    return db.session.scalar(query) or 0


def changed_in(posted: Posted, place: str | None) -> int:
    """Return the number of the version in which a place's poster, or (None) any poster, last changed."""
    query = select(func.max(Part.changed_in)).where(Part.home == posted.home, Part.number == posted.number)
    query = query.where(Part.version == posted.version.no)
    return db.session.scalar(query if place is None else query.where(Part.place == place)) or posted.version.no


def of_poster(posted: Posted, place: str | None) -> Version:
    """Return the version in which a place's poster, or (None) any, last changed; its number and display period are on the poster."""
    if posted.version.no == 1:
        return posted.version
    return at(posted, changed_in(posted, place)) or posted.version


def ends(posted: Posted) -> list[date]:
    """Return the distinct last days of display of the current posters, earliest first."""
    hangs = (Version.home == Part.home) & (Version.number == Part.number) & (Version.no == Part.changed_in)
    query = select(Version.ends).distinct().select_from(Part).join(Version, hangs).order_by(Version.ends)
    mine = (Part.home == posted.home, Part.number == posted.number, Part.version == posted.version.no)
    return list(db.session.scalars(query.where(*mine))) or [posted.version.ends]


def corrections(posted: Posted, place: str | None = None, since: int = 0) -> list[Version]:
    """Return the corrections after version ``since``, newest first: all, or those that changed or removed a place's part."""
    found = [version for version in listed(posted) if version.no > max(since, 1)]
    if place is None:
        return found
    query = select(Part.version, Part.changed_in).where(Part.home == posted.home, Part.number == posted.number, Part.place == place)
    own = {version: changed for version, changed in db.session.execute(query)}  # noqa: C416 - dict() would take its keys() for a mapping's
    return [one for one in found if own.get(one.no) == one.no or (one.no not in own and one.no - 1 in own)]


def touched(posted: Posted, since: int, place: str | None = None) -> dict[str, Touched]:
    """Return place -> numbers of rows changed, added or removed since a version; numbers only, so it may be shown when rows may not.

    Of a place that is withheld, no numbers: they would tell how many rows it has.
    """
    query = select(Row.place, Row.no, Row.since, Row.until).where(*_of(posted), _moved(since))
    if place is not None:
        query = query.where(Row.place == place)
    found = row_changes.touched(((one.place, one.no, one.since, one.until) for one in db.session.execute(query)), since)
    held = notices.withheld(posted)
    return {place: Touched() if place in held else rows for place, rows in found.items()}


def changed(posted: Posted, columns: Iterable[Column], since: int, place: str | None) -> list[Change]:
    """Return the changes of rows since a version, of one place or (None) of all; pages may show them only while they show the rows."""
    query = select(Row).where(*_of(posted), _moved(since), *notices.visible(posted))
    rows = db.session.scalars(query if place is None else query.where(Row.place == place)).all()
    old = [row for row in rows if row.since <= since]
    return row_changes.changes(list(columns), old, [row for row in rows if row.until is None])


def became(posted: Posted, columns: Iterable[Column], place: str, no: int, since: int) -> Change | None:
    """Return the change of one row since a version, or None when it is unchanged."""
    return next((one for one in changed(posted, columns, since, place) if one.no == no), None)


def history(posted: Posted, columns: Iterable[Column], place: str, no: int) -> list[tuple[int, Change]]:
    """Return (version, change) for each version that changed one row, oldest first; where it is gone, that too."""
    query = select(Row).where(*_of(posted), Row.place == place, Row.no == no, *notices.visible(posted)).order_by(Row.since)
    spans, listed_columns, found = list(db.session.scalars(query)), list(columns), list[tuple[int, Change]]()
    for old, new in pairwise(spans):
        found += [(new.since, one) for one in row_changes.changes(listed_columns, [old], [new])]
    if spans and (last := spans[-1]).until is not None:
        found += [(last.until, one) for one in row_changes.changes(listed_columns, [last], [])]
    return found


def ended_in(posted: Posted, place: str, no: int) -> Version | None:
    """Return the version that removed a row, or None for a row that is in force or unknown."""
    query = select(func.max(Row.until)).where(*_of(posted), Row.place == place, Row.no == no, *notices.visible(posted))
    return at(posted, last) if (last := db.session.scalar(query)) and notices.row(posted, place, no) is None else None


def _moved(since: int) -> Any:
    """Return the SQL condition that a row began or ended after a version."""
    return or_(Row.since > since, Row.until > since)


def standing(posted: Posted) -> list[RowInForce]:
    """Return the rows in force without full names, by place and number."""
    query: Any = select(*_STANDING).where(*_of(posted), Row.until.is_(None)).order_by(Row.place, Row.no)
    return [RowInForce(*row) for row in db.session.execute(query)]


def highest(posted: Posted) -> dict[str, int]:
    """Return place -> highest row number in any version."""
    query = select(Row.place, func.max(Row.no)).where(*_of(posted)).group_by(Row.place)
    return {place: no for place, no in db.session.execute(query)}  # noqa: C416 - dict() would take its keys() for a mapping's
