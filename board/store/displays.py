"""The display of posters: when each place's poster was printed, hung and taken down, by whom and where.

A poster is identified by the version in which its place last changed (``Part.changed_in``): a later version that changes nothing there
has the same poster, which needs no new print and no new report. The poster of all places together changes with every version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select

from board.models import Hanging, Notice, Part, User, Version, db
from board.rules.calendar import Calendar
from board.rules.display import DisplayStatus, Hung, standing
from board.rules.kind import Period
from board.rules.kind_file import parse_frozen
from board.store import ledger, notices, people, sealing, versions
from board.store.engine import writing
from board.store.notices import Posted

THROUGH_LINK = "wall"  # actor in the ledger when the report came through a link, without an account
LIST_PERIOD = timedelta(days=365)  # the county's list goes back one year


@dataclass(frozen=True)
class Poster:
    """The known facts of one place's poster; ``version`` identifies it, ``shown`` is its first and last day of display.

    ``printed_at`` None: not printed; ``hung.on`` None: not reported as hung; ``photo``: whether there is one.
    """

    home: str
    number: str
    place: str
    version: int
    posted_on: date
    shown: tuple[date, date]
    printed_at: datetime | None
    printed_by: str
    hung: Hung
    hung_by: str
    spot: str
    photo: bool


@dataclass(frozen=True)
class DisplayReport:
    """A report that a poster hangs; ``by`` and ``spot`` are as typed, ``photo`` is rewritten by ``board.attachments``, b"" for none."""

    on: date
    by: str
    spot: str
    photo: bytes = b""
    down: date | None = None


def posters(posted: Posted) -> dict[str, Poster]:
    """Return place -> poster for each part of a notice."""
    found = db.session.execute(_select_posters().where(Part.home == posted.home, Part.number == posted.number).order_by(Part.place))
    return {poster.place: poster for poster in map(_poster, found)}


def poster(posted: Posted, place: str) -> Poster:
    """Return one place's poster; for a place without a part, the poster of all places."""
    return posters(posted).get(place) or _whole(posted, place)


def _whole(posted: Posted, place: str) -> Poster:
    no = posted.version.no
    row = db.session.get(Hanging, (posted.home, posted.number, no, place)) or Hanging(hung_by="", spot="")
    return Poster(
        home=posted.home,
        number=posted.number,
        place=place,
        version=no,
        posted_on=posted.version.posted_on,
        shown=(posted.version.starts, posted.version.ends),
        printed_at=row.printed_at,
        printed_by=_name(row.printed_by),
        hung=Hung(row.hung_on, row.down_on),
        hung_by=row.hung_by,
        spot=row.spot,
        photo=row.photo is not None,
    )


def _name(user: int | None) -> str:
    person = people.find(user) if user else None
    return person.name if person else ""


def _select_posters() -> Any:
    """Return the query of the posters of versions in force, with their display reports."""
    same = and_(Notice.home == Part.home, Notice.number == Part.number, Notice.current == Part.version)
    since = and_(Version.home == Part.home, Version.number == Part.number, Version.no == Part.changed_in)
    noted = and_(Hanging.home == Part.home, Hanging.number == Part.number, Hanging.version == Part.changed_in, Hanging.place == Part.place)
    columns = (
        Part.home, Part.number, Part.place, Part.changed_in, Version.posted_on, Version.starts, Version.ends, Hanging.printed_at,
        func.coalesce(User.name, ""), Hanging.hung_on, Hanging.down_on, func.coalesce(Hanging.hung_by, ""),
        func.coalesce(Hanging.spot, ""), Hanging.photo.is_not(None),
    )  # fmt: skip
    return select(*columns).join(Notice, same).join(Version, since).outerjoin(Hanging, noted).outerjoin(User, User.id == Hanging.printed_by)


def _poster(row: Any) -> Poster:
    home, number, place, version, posted_on, starts, ends, printed_at, printed_by, on, down, by, spot, photo = row
    return Poster(home, number, place, version, posted_on, (starts, ends), printed_at, printed_by, Hung(on, down), by, spot, bool(photo))


def note_printed(posted: Posted, places: Iterable[str], user: int, at: datetime) -> None:
    """Note that staff printed the wall edition of these places' posters (opening the names is logged by ``notices.full_names``)."""
    known = posters(posted)
    with writing() as session:
        _locked(posted)
        for place in places:
            row = _row(known.get(place) or _whole(posted, place))
            row.printed_at, row.printed_by = at, user
            session.add(row)


def report(posted: Posted, poster: Poster, given: DisplayReport, actor: str, at: datetime) -> None:
    """Store a report on a poster's display and log it; the same report a second time changes nothing.

    Without a new photo the earlier one stays. Photos are sealed, because they show a roster with names.
    """
    with writing() as session:
        if _locked(posted).withdrawn_at is not None:
            return
        row = _row(poster)
        before = (row.hung_on, row.hung_by, row.spot, row.down_on)
        same_photo = not given.photo or (row.photo is not None and opened(row.photo) == given.photo)
        if before == (given.on, given.by, given.spot, given.down) and same_photo:
            return
        newly_down = given.down is not None and row.down_on is None and before[0] is not None
        row.hung_on, row.hung_by, row.spot, row.down_on, row.told_at = given.on, given.by, given.spot, given.down, at
        if given.photo:
            row.photo = sealing.vault().seal_bytes(given.photo)
        session.add(row)
        body = {"place": poster.place, "version": poster.version, "hung_on": given.on.isoformat(), "by": given.by, "spot": given.spot}
        body |= {"photo": digest(given.photo)} if given.photo else {}
        body |= {"down_on": given.down.isoformat()} if given.down else {}
        ledger.append(posted.home, at, actor, "sheet.down" if newly_down else "sheet.hung", posted.number, **body)


def _locked(posted: Posted) -> Notice:
    """Return the notice, locked, so that concurrent reports are stored one after the other."""
    return db.session.get_one(Notice, (posted.home, posted.number), with_for_update=True, populate_existing=True)


def _row(poster: Poster) -> Hanging:
    key = (poster.home, poster.number, poster.version, poster.place)
    fresh = Hanging(home=poster.home, number=poster.number, version=poster.version, place=poster.place, hung_by="", spot="")
    return db.session.get(Hanging, key, populate_existing=True) or fresh


def opened(photo: bytes) -> bytes:
    """Return an unsealed photo."""
    return sealing.vault().open_bytes(photo)


def digest(photo: bytes) -> str:
    """Return the SHA-256 of a photo for the ledger."""
    return hashlib.sha256(photo).hexdigest()


def photo(poster: Poster) -> bytes | None:
    """Return the photo of a poster on its wall, or None; for staff and auditors only, since it shows names."""
    row = db.session.get(Hanging, (poster.home, poster.number, poster.version, poster.place))
    return opened(row.photo) if row and row.photo else None


def statuses(posted: Posted, posters: Iterable[Poster], today: date, calendar: Calendar) -> dict[str, DisplayStatus]:
    """Return place -> display status today, for posters of one notice."""
    period = _period(posted.notice.kind, posted.version)
    return {one.place: standing(one.shown, period, one.hung, today, calendar) for one in posters}


def _period(kind: str, version: Version) -> Period:
    return parse_frozen(kind, version.frozen["kind"]).display


@dataclass(frozen=True)
class Wrong:
    """A poster that was not displayed as it had to be, for the county's list."""

    title: str
    place: str  # its name when the notice was posted
    poster: Poster
    finding: DisplayStatus


def wrong(prefix: str, today: date, calendar: Calendar, limit: int = 500) -> list[Wrong]:
    """Return the posters under a code prefix that were hung late, too short or not at all, newest display first.

    Withdrawn notices are left out, and displays that ended more than a year ago.
    """
    never, late = Hanging.hung_on.is_(None), Hanging.hung_on > Version.starts
    query = _select_posters().where(Part.home.startswith(prefix), Notice.withdrawn_at.is_(None), Version.starts < today)
    query = query.where(Version.ends >= today - LIST_PERIOD, or_(never, late, Hanging.down_on < Version.ends))
    rows = [_poster(row) for row in db.session.execute(query.order_by(Version.starts.desc(), Part.number, Part.place).limit(limit))]
    version_of = versions.these({(one.home, one.number, one.version) for one in rows})
    kind_of = {one.number: one.notice.kind for one in notices.these([(one.home, one.number) for one in rows])}
    listed = []
    for one in rows:
        version = version_of[one.number, one.version]
        finding = standing(one.shown, _period(kind_of[one.number], version), one.hung, today, calendar)
        if finding.wrong:
            listed.append(Wrong(version.title, str(version.frozen["areas"].get(one.place, one.place)), one, finding))
    return listed
