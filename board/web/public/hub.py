"""What concerns a village: its notices under the headings of its page and of its walls, and how many there are beside one of them."""

from __future__ import annotations

from dataclasses import dataclass

from board.rules.notice import wall_page
from board.rules.notice.page import Page
from board.store import areas, notices
from board.store.notices import Posted
from board.web.i18n import today
from board.web.public.posted_pages import pages_of, withdrawn


@dataclass(frozen=True)
class Hub:
    """The notices that concern a place today, those that were taken down and may still hang, and whether older ones are left out."""

    shown: wall_page.Sections
    withdrawn: list[tuple[Posted, Page]]
    older: bool

    @property
    def pages(self) -> list[Page]:
        """All the notices, those on display first."""
        return [line.page for line in (*self.shown.current, *(line for _year, lines in self.shown.before for line in lines))]

    @property
    def phones(self) -> list[wall_page.Phone]:
        """Whom to ring: of what is on display, or else of the latest that was."""
        return wall_page.phones(self.shown.current or [line for _year, lines in self.shown.before for line in lines][:3])


def of_place(home: str) -> Hub:
    """Return what concerns a place, of any publisher, with a fixed number of queries."""
    chain = [area.code for area in areas.chain(home)]
    listed = notices.concerning(chain, home)
    # With the period of the poster nearest to the place: a correction in another village does not prolong it.
    found = list(zip(listed, pages_of(listed, lambda page: wall_page.nearest(page, chain) or ""), strict=True))
    standing = [page for posted, page in found if not posted.notice.withdrawn_at]
    return Hub(wall_page.sections(standing, chain, today()), withdrawn(found, today()), len(listed) == notices.LISTED)


def others(home: str, number: str) -> int:
    """Return how many notices concern a place today beside the one of that number."""
    return sum(line.page.number != number for line in of_place(home).shown.current)
