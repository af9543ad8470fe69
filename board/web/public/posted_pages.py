"""The pages of posted notices as they stand today: a notice's own, those of a list, and the poster of a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from board.rules.calendar import day_of
from board.rules.notice import wall_page
from board.rules.notice.page import Page
from board.rules.notice.page_sources import of_version
from board.store import notices, series, versions
from board.store.notices import Posted


def page_of(posted: Posted, place: str = "") -> Page:
    """Return the page of a posted notice, in the edition of ``posted``; with ``place``, as that place's poster: its version and fingerprint
    and its period.

    A correction in another place does not change these: they are those of the version in which the poster last changed.
    """
    return pages_of([posted], lambda _page: place)[0]


def pages_of(listed: Sequence[Posted], place: Callable[[Page], str] = lambda _page: "") -> list[Page]:
    """Return the pages of notices as ``page_of`` does, with three queries in all; ``place`` returns the place for each page."""
    parts, matters = notices.parts_of(listed), series.of_many([one.number for one in listed])
    pages = [
        replace(of_version(one.version, parts[one.number], one.notice.kind, one.edition), series=tuple(matters.get(one.number, ())))
        for one in listed
    ]
    changed = [(page.number, _changed_in(page, place(page))) for page in pages]
    hang = versions.these({(page.home, number, no) for page, (number, no) in zip(pages, changed, strict=True) if no != page.no})
    return [
        replace(page, **{name: getattr(hang[key], name) for name in _OF_A_POSTER}) if key in hang else page
        for page, key in zip(pages, changed, strict=True)
    ]


_OF_A_POSTER = ("no", "digest", "posted_at", "starts", "ends")  # what a poster says of its own version


def withdrawn(pages: Iterable[tuple[Posted, Page]], day: date) -> list[tuple[Posted, Page]]:
    """Return the notices of these that were taken down and whose paper may still hang."""
    return [
        (posted, page)
        for posted, page in pages
        if posted.notice.withdrawn_at and wall_page.told_withdrawn(page, day_of(posted.notice.withdrawn_at), day)
    ]


def _changed_in(page: Page, place: str) -> int:
    """Return the version in which a place's poster last changed; for the whole notice that of any part; place "": the current version."""
    if not place or page.no == 1:
        return page.no
    own = [part.changed_in for part in page.parts if page.whole(place) or part.place == place]
    return max(own, default=page.no)


def poster_page(posted: Posted, place: str, page: Page | None = None) -> Page:
    """Return the page of a place's poster, in the version in which the poster last changed, so that a reprint equals the one that hangs;
    ``page`` is the notice's, where it is at hand.

    What is withheld from the web is decided by the version in force: with another place's rows that of a neighbour may change.
    """
    page = page or page_of(posted)
    version = versions.of_poster(posted, None if page.whole(place) else place)
    if version.no == page.no:
        return page
    hangs = of_version(version, versions.parts(posted, version.no), posted.notice.kind, "wall")
    return hangs.without(page.withheld, small=page.small) if page.withheld else hangs
