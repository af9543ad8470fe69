"""What hangs: of each place's sheet when it was printed, when it was hung, by whom and where, and when it came down.

A sheet is known by the version in which its place last changed (``Part.changed_in``): a later version that changed nothing there is the
same sheet, and needs neither a new print nor a new word. The table of all places, which is no place's part, changes with every version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select

from board.models import Case, Hanging, Notice, Part, User, Version, db
from board.rules.calendar import Calendar
from board.rules.cases import OPEN
from board.rules.display import DisplayStatus, Hung, standing
from board.rules.kind import Period
from board.rules.kind_file import parse_frozen
from board.store import ledger, notices, people, sealing, versions
from board.store.engine import writing
from board.store.notices import Posted

THROUGH_LINK = "wall"  # the actor of the ledger when somebody without an account said it
LOOKED_BACK = timedelta(days=365)  # the county's list holds what was to hang within a year


@dataclass(frozen=True)
class Poster:
    """What is known of one place's sheet; ``version`` is the one that it is known by, ``shown`` its first and last day of display.

    ``printed_at`` None: not printed here; ``hung.on`` None: nobody said that it hangs. ``photo``: there is one.
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
    """What somebody said of a sheet: ``by`` and ``spot`` in his words; ``photo`` as it was written anew, b"" for none."""

    on: date
    by: str
    spot: str
    photo: bytes = b""
    down: date | None = None


def posters(posted: Posted) -> dict[str, Poster]:
    """Return the sheet of each place that has a part of a notice, by place."""
    found = db.session.execute(_sheets().where(Part.home == posted.home, Part.number == posted.number).order_by(Part.place))
    return {sheet.place: sheet for sheet in map(_sheet, found)}


def poster(posted: Posted, place: str) -> Poster:
    """Return one place's sheet; that of a place without a part of its own is the table of all places."""
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


def _sheets() -> Any:
    """A query of the sheets that belong to versions in force, with what was said of them."""
    same = and_(Notice.home == Part.home, Notice.number == Part.number, Notice.current == Part.version)
    since = and_(Version.home == Part.home, Version.number == Part.number, Version.no == Part.changed_in)
    said = and_(Hanging.home == Part.home, Hanging.number == Part.number, Hanging.version == Part.changed_in, Hanging.place == Part.place)
    columns = (
        Part.home, Part.number, Part.place, Part.changed_in, Version.posted_on, Version.starts, Version.ends, Hanging.printed_at,
        func.coalesce(User.name, ""), Hanging.hung_on, Hanging.down_on, func.coalesce(Hanging.hung_by, ""),
        func.coalesce(Hanging.spot, ""), Hanging.photo.is_not(None),
    )  # fmt: skip
    return select(*columns).join(Notice, same).join(Version, since).outerjoin(Hanging, said).outerjoin(User, User.id == Hanging.printed_by)


def _sheet(row: Any) -> Poster:
    home, number, place, version, posted_on, starts, ends, printed_at, printed_by, on, down, by, spot, photo = row
    return Poster(home, number, place, version, posted_on, (starts, ends), printed_at, printed_by, Hung(on, down), by, spot, bool(photo))


def note_printed(posted: Posted, places: Iterable[str], user: int, at: datetime) -> None:
    """Note that staff printed the wall edition of these places' sheets (the opening of names has its own entry in the ledger)."""
    known = posters(posted)
    with writing() as session:
        _locked(posted)
        for place in places:
            row = _row(known.get(place) or _whole(posted, place))
            row.printed_at, row.printed_by = at, user
            session.add(row)


def report(posted: Posted, sheet: Poster, said: DisplayReport, actor: str, at: datetime) -> None:
    """Note what somebody said of a sheet that hangs, with an entry in the ledger; said twice, it stands once.

    A photo that was taken before stays when no new one comes with it. It shows a whole roster, and so is kept sealed.
    """
    with writing() as session:
        if _locked(posted).withdrawn_at is not None:
            return
        row = _row(sheet)
        before = (row.hung_on, row.hung_by, row.spot, row.down_on)
        same_photo = not said.photo or (row.photo is not None and opened(row.photo) == said.photo)
        if before == (said.on, said.by, said.spot, said.down) and same_photo:
            return
        newly_down = said.down is not None and row.down_on is None and before[0] is not None
        row.hung_on, row.hung_by, row.spot, row.down_on, row.told_at = said.on, said.by, said.spot, said.down, at
        if said.photo:
            row.photo = sealing.vault().seal_bytes(said.photo)
        session.add(row)
        body = {"place": sheet.place, "version": sheet.version, "hung_on": said.on.isoformat(), "by": said.by, "spot": said.spot}
        body |= {"photo": digest(said.photo)} if said.photo else {}
        body |= {"down_on": said.down.isoformat()} if said.down else {}
        ledger.append(posted.home, at, actor, "sheet.down" if newly_down else "sheet.hung", posted.number, **body)


def _locked(posted: Posted) -> Notice:
    """The notice, held by this transaction, so that two who say the same at once are heard one after the other."""
    return db.session.get_one(Notice, (posted.home, posted.number), with_for_update=True, populate_existing=True)


def _row(sheet: Poster) -> Hanging:
    key = (sheet.home, sheet.number, sheet.version, sheet.place)
    fresh = Hanging(home=sheet.home, number=sheet.number, version=sheet.version, place=sheet.place, hung_by="", spot="")
    return db.session.get(Hanging, key, populate_existing=True) or fresh


def opened(photo: bytes) -> bytes:
    """Return a photo as it was before it was sealed."""
    return sealing.vault().open_bytes(photo)


def digest(photo: bytes) -> str:
    """Return what the ledger keeps of a photo."""
    return hashlib.sha256(photo).hexdigest()


def photo(sheet: Poster) -> bytes | None:
    """Return the photo of a sheet on its wall, or None; for staff and auditors only, since names stand on it."""
    row = db.session.get(Hanging, (sheet.home, sheet.number, sheet.version, sheet.place))
    return opened(row.photo) if row and row.photo else None


def statuses(posted: Posted, sheets: Iterable[Poster], today: date, calendar: Calendar) -> dict[str, DisplayStatus]:
    """Return how sheets of one notice stand today, by place."""
    period = _period(posted.notice.kind, posted.version)
    return {one.place: standing(one.shown, period, one.hung, today, calendar) for one in sheets}


def _period(kind: str, version: Version) -> Period:
    return parse_frozen(kind, version.frozen["kind"]).display


def case_counts(posted: Posted) -> dict[str, tuple[int, int]]:
    """Return how many cases came about each place's part of a notice, and how many of them wait; places without any are left out."""
    query = select(Case.place, func.count(), func.count().filter(Case.state.in_(OPEN))).group_by(Case.place)
    query = query.where(Case.home == posted.home, Case.number == posted.number)
    return {place: (all, waiting) for place, all, waiting in db.session.execute(query)}


@dataclass(frozen=True)
class Wrong:
    """A sheet of which the county has to hear, and how it stands."""

    title: str
    place: str  # its name as it was when the notice was posted
    sheet: Poster
    finding: DisplayStatus


def wrong(prefix: str, today: date, calendar: Calendar, limit: int = 500) -> list[Wrong]:
    """Return the sheets of all homes under a code prefix that were hung late, too short or not at all, newest display first.

    Those of notices that were taken down are left out, and those whose display ended more than a year ago.
    """
    never, late = Hanging.hung_on.is_(None), Hanging.hung_on > Version.starts
    query = _sheets().where(Part.home.startswith(prefix), Notice.withdrawn_at.is_(None), Version.starts < today)
    query = query.where(Version.ends >= today - LOOKED_BACK, or_(never, late, Hanging.down_on < Version.ends))
    rows = [_sheet(row) for row in db.session.execute(query.order_by(Version.starts.desc(), Part.number, Part.place).limit(limit))]
    version_of = versions.these({(one.home, one.number, one.version) for one in rows})
    kind_of = {one.number: one.notice.kind for one in notices.these([(one.home, one.number) for one in rows])}
    listed = []
    for one in rows:
        version = version_of[one.number, one.version]
        finding = standing(one.shown, _period(kind_of[one.number], version), one.hung, today, calendar)
        if finding.wrong:
            listed.append(Wrong(version.title, str(version.frozen["areas"].get(one.place, one.place)), one, finding))
    return listed
