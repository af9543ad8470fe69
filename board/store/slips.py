"""明白卡 (slips): the households of a village in a year over all notices, and the cards printed for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, func, or_, select

from board.models import Notice, Part, Row, Slip, Version, db
from board.rules.notice import slips as rule
from board.rules.notice.page import Page
from board.rules.notice.page_sources import of_version
from board.rules.notice.slips import Household, Village
from board.rules.place_names import group_key
from board.store import ledger, versions
from board.store.engine import writing
from board.store.notices import Posted


@dataclass(frozen=True)
class Books:
    """A village's notices of a year that may be on a card, by number; ``closed`` are the numbers of those that show no rows today."""

    posted: Mapping[str, Posted]
    pages: Mapping[str, Page]
    closed: frozenset[str]


@dataclass(frozen=True)
class Printed:
    """The number of valid cards of a village, and when the last were printed (None: never)."""

    cards: int
    at: datetime | None


def books(place: str, today: date) -> Books:
    """Return this year's notices with a part for a village; withdrawn ones too, since their rows help to match households."""
    this_year = Version.starts.between(date(today.year, 1, 1), date(today.year, 12, 31))
    same = (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current)
    part = (Part.home == Notice.home) & (Part.number == Notice.number) & (Part.version == Notice.current)
    query = select(Notice, Version, Part.changed_in).join(Version, same).join(Part, part).where(Part.place == place, this_year)
    rows = db.session.execute(query.order_by(Version.posted_at.desc(), Notice.number)).all()
    hang = versions.these([(notice.home, notice.number, changed_in) for notice, _version, changed_in in rows])
    found = [(Posted(notice, version), hang.get((notice.number, changed_in), version)) for notice, version, changed_in in rows]
    pages = {posted.number: _page(posted, hangs) for posted, hangs in found}
    shown = {posted.number: posted for posted, _hangs in found if rule.told(pages[posted.number].kind)}
    closed = {number for number, posted in shown.items() if posted.notice.withdrawn_at or not _shown(pages[number], today)}
    return Books(shown, {number: pages[number] for number in shown}, frozenset(closed))


def _page(posted: Posted, hangs: Version) -> Page:
    """Return a notice's page with the display period of the version ``hangs``: a correction of another place does not prolong it.

    In full: a household's card opens its own rows and nobody else's.
    """
    return replace(of_version(posted.version, [], posted.notice.kind, "wall"), starts=hangs.starts, ends=hangs.ends)


def _shown(page: Page, today: date) -> bool:
    until = page.rows_until()
    return until is not None and today <= until


def village(place: str, books: Books, *, only: Slip | None = None) -> Village:
    """Return the households of a village over these notices; with ``only``, from the rows that may belong to that card's household."""
    order = {number: nth for nth, number in enumerate(books.posted)}
    homes = {posted.home for posted in books.posted.values()}
    query = select(Row).where(Row.home.in_(homes), Row.number.in_(order), Row.place == place, Row.until.is_(None))
    if only:
        meant = [Row.name_key == only.name_key, *([Row.person_key == only.person_key] if only.person_key else [])]
        query = query.where(or_(*meant))
    return rule.sorted_out(sorted(db.session.scalars(query), key=lambda row: (order[row.number], row.no)))


def find(key: str) -> Slip | None:
    """Return the card under a token's key, or None when it was never printed or has been replaced."""
    return db.session.get(Slip, key)


def household(slip: Slip, books: Books) -> Household | None:
    """Return the household of a card with all rows of the year, or None when it can no longer be determined."""
    return rule.of_card(village(slip.home, books, only=slip), slip.person_key or "", slip.name_key or "", slip.group)


def renew(place: str, year: int, keys: Sequence[tuple[str, Household]], group: str | None, actor: str, at: datetime) -> None:
    """Replace a village's cards, of one ``group`` or (None) of all; the old ones no longer open anything."""
    with writing() as session:
        stale = select(Slip).where(Slip.home == place)
        again = {(one.person, one.name) for _key, one in keys if one.person}  # people who moved here have a card of another group
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
    """Return village -> cards printed for a year."""
    query = select(Slip.home, func.count(), func.max(Slip.made)).where(Slip.home.in_(places), Slip.year == year).group_by(Slip.home)
    found = {home: Printed(count, made) for home, count, made in db.session.execute(query)}
    return {place: found.get(place, Printed(0, None)) for place in places}


def contacts(books: Books) -> Posted | None:
    """Return the newest of these notices that is not withdrawn, whose office is shown as contact, or None."""
    return next((posted for posted in books.posted.values() if not posted.notice.withdrawn_at), None)
