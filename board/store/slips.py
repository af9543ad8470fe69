"""明白卡: a village's households of a year over all notices, the cards printed for them, and the household that a card opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, func, or_, select

from board.models import Notice, Part, Row, Slip, Version, db
from board.rules.notice import slips as rule
from board.rules.notice.page import Page, of_version
from board.rules.notice.slips import Household, Village
from board.rules.place_names import group_key
from board.store import ledger, versions
from board.store.engine import writing
from board.store.notices import Posted


@dataclass(frozen=True)
class Books:
    """A village's notices of a year whose rows may stand on a card, by number, and those of them that show no rows today."""

    posted: Mapping[str, Posted]
    pages: Mapping[str, Page]
    closed: frozenset[str]


@dataclass(frozen=True)
class Printed:
    """How many cards of a village are out there, and when the last were printed (None: never)."""

    cards: int
    at: datetime | None


def books(place: str, today: date) -> Books:
    """Return the notices of this year with a part for a village, taken down ones too: their rows still say who is who."""
    this_year = Version.starts.between(date(today.year, 1, 1), date(today.year, 12, 31))
    same = (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current)
    part = (Part.home == Notice.home) & (Part.number == Notice.number) & (Part.version == Notice.current)
    query = select(Notice, Version, Part.changed_in).join(Version, same).join(Part, part).where(Part.place == place, this_year)
    rows = db.session.execute(query.order_by(Version.posted_at.desc(), Notice.number)).all()
    hang = versions.these([(notice.home, notice.number, changed_in) for notice, _version, changed_in in rows])
    found = [(Posted(notice, version), hang.get((notice.number, changed_in), version)) for notice, version, changed_in in rows]
    pages = {posted.number: _page(posted, hangs) for posted, hangs in found}
    kept = {posted.number: posted for posted, _hangs in found if rule.told(pages[posted.number].kind)}
    closed = {number for number, posted in kept.items() if posted.notice.withdrawn_at or not _shown(pages[number], today)}
    return Books(kept, {number: pages[number] for number in kept}, frozenset(closed))


def _page(posted: Posted, hangs: Version) -> Page:
    """A notice for the time that the village's poster hangs, that of the version ``hangs``: a correction elsewhere does not prolong it."""
    return replace(of_version(posted.version, [], posted.notice.kind), starts=hangs.starts, ends=hangs.ends)


def _shown(page: Page, today: date) -> bool:
    until = page.rows_until()
    return until is not None and today <= until


def village(place: str, books: Books, *, only: Slip | None = None) -> Village:
    """Return the households of a village over these notices; of ``only`` a card's, its own rows and all that might be taken for them."""
    order = {number: nth for nth, number in enumerate(books.posted)}
    homes = {posted.home for posted in books.posted.values()}
    query = select(Row).where(Row.home.in_(homes), Row.number.in_(order), Row.place == place, Row.until.is_(None))
    if only:
        meant = [Row.name_key == only.name_key, *([Row.person_key == only.person_key] if only.person_key else [])]
        query = query.where(or_(*meant))
    return rule.sorted_out(sorted(db.session.scalars(query), key=lambda row: (order[row.number], row.no)))


def find(key: str) -> Slip | None:
    """Return the card of a token's key, or None when it was never printed or has been printed anew."""
    return db.session.get(Slip, key)


def household(slip: Slip, books: Books) -> Household | None:
    """Return whose card it is, with all rows of the year, or None when nobody can say any more."""
    return rule.of_card(village(slip.home, books, only=slip), slip.person_key or "", slip.name_key or "", slip.group)


def renew(place: str, year: int, keys: Sequence[tuple[str, Household]], group: str | None, actor: str, at: datetime) -> None:
    """Put new cards in place of a village's old ones (of one ``group`` only, where one is named), which are dead from then on."""
    with writing() as session:
        stale = select(Slip).where(Slip.home == place)
        again = {(one.person, one.name) for _key, one in keys if one.person}  # whoever moved to this group has a card of another
        gone = [
            slip.key
            for slip in session.scalars(stale)
            if group is None or slip.year != year or group_key(slip.group) == group or (slip.person_key, slip.name_key) in again
        ]
        for start in range(0, len(gone), 500):
            session.execute(delete(Slip).where(Slip.key.in_(gone[start : start + 500])))
        session.add_all(
            Slip(key=key, home=place, year=year, group=one.group, person_key=one.person or None, name_key=one.name, made=at)
            for key, one in keys
        )
        ledger.append(place, at, actor, "slips.printed", place, year=year, cards=len(keys), group=group or "")


def printed(places: Sequence[str], year: int) -> dict[str, Printed]:
    """Return for each of these villages what was printed for this year."""
    query = select(Slip.home, func.count(), func.max(Slip.made)).where(Slip.home.in_(places), Slip.year == year).group_by(Slip.home)
    found = {home: Printed(count, made) for home, count, made in db.session.execute(query)}
    return {place: found.get(place, Printed(0, None)) for place in places}


def contacts(books: Books) -> Posted | None:
    """Return the newest of these notices that stands, whose office answers what a household may ask."""
    return next((posted for posted in books.posted.values() if not posted.notice.withdrawn_at), None)
