"""A notice's pages: the notice, and one place's rows. Example of a public module: find, decide, render."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request

from board.models import Version
from board.rules.calendar import day_of
from board.rules.notice import returned, wall_page
from board.rules.notice.formatting import cell, wide
from board.rules.notice.page import Page, of_version
from board.rules.phones import dialled
from board.store import answers, areas, notices, versions
from board.store.notices import Posted
from board.web.addresses import printed
from board.web.guard import public
from board.web.i18n import link, today, tongue
from board.web.installation import absolute
from board.web.public import row_search
from board.web.public.versions import version_status

pages = Blueprint("notice", __name__)

pages.add_app_template_filter(lambda column, value: cell(column, value, tongue()), "cell")
pages.add_app_template_filter(wide, "wide")
pages.add_app_template_filter(dialled, "tel")
pages.add_app_template_filter(lambda columns, id: sorted(columns, key=lambda column: column.id != id), "first_of")
pages.add_app_template_filter(lambda rows, page: returned.came_back(page, rows), "came_back")
pages.add_app_template_filter(returned.sum_returned, "sum_returned")
pages.add_app_template_filter(returned.what_to_do, "what_to_do")
pages.add_app_template_global(absolute)


def find(number: str) -> Posted:
    """Return a notice; answers 404 for an unknown number, and 410 with the reason for a notice that was taken down."""
    posted = notices.find(number)
    if posted is None:
        abort(Response(render_template("public/not_found.html", typed=number, receipt=False), 404))
    if posted.notice.withdrawn_at:
        abort(Response(render_template("public/notice/taken_down.html", posted=posted, heading=heading(posted, page_of(posted))), 410))
    return posted


def heading(posted: Posted, page: Page) -> str:
    """Return the title shown to the public; for a withdrawn notice a short description, because the title may be the problem."""
    return page.called(tongue()) if posted.notice.withdrawn_at else page.title


def page_of(posted: Posted, place: str = "") -> Page:
    """Return the page of a posted notice, in the edition of ``posted``; with ``place``, as that place's poster: its version and fingerprint
    and its period.

    A correction in another place does not change these: they are those of the version in which the poster last changed.
    """
    return pages_of([posted], lambda _page: place)[0]


def pages_of(listed: Sequence[Posted], place: Callable[[Page], str] = lambda _page: "") -> list[Page]:
    """Return the pages of notices as ``page_of`` does, with two queries in all; ``place`` returns the place for each page."""
    parts = notices.parts_of(listed)
    pages = [of_version(one.version, parts[one.number], one.notice.kind, one.edition) for one in listed]
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


def poster_page(posted: Posted, place: str) -> Page:
    """Return the page of a place's poster, in the version in which the poster last changed, so that a reprint equals the one that hangs.

    What is withheld from the web is decided by the version in force: with another place's rows that of a neighbour may change.
    """
    page = page_of(posted)
    version = versions.of_poster(posted, None if page.whole(place) else place)
    if version.no == page.no:
        return page
    hangs = of_version(version, versions.parts(posted, version.no), posted.notice.kind, "wall")
    return hangs.without(page.withheld, small=page.small) if page.withheld else hangs


@printed(pages, "n/<number:number>")
@public
def notice(number: str) -> str:
    """Show a notice: its sentence, figures, facts and places."""
    posted = find(number)
    page = page_of(posted)
    shown, steps = rows_shown(all_shown(posted, page)), row_search.money_steps(posted, page, None)
    return render_template(
        "public/notice/notice.html",
        page=page,
        links=Links(page),
        place=None,
        shown=shown,
        steps=steps,
        asked=answers.published(posted),
        status=version_status(posted, page),
    )


@printed(pages, "n/<number:number>/<place:place>")
@printed(pages, "n/<number:number>/<place:place>/<count:version>")
@public
def place(number: str, place: str, version: str = "") -> Any:
    """Show one place's rows, and whether a poster of ``version`` is still current.

    Redirects if ``find`` holds more than is needed to find a row, so that personal data leaves the URL.
    """
    posted = find(number)
    page = page_of(posted, place)
    if not page.has(place):
        return not_there(posted, page, place)
    if (kept := row_search.asked()) != request.args.get("find", "").strip():
        return redirect(Links(page).place(place, find=kept or None, group=request.args.get("group"), _anchor="find"))
    shown, scanned = rows_shown(page, place), int(version) if version else None
    return render_template(
        "public/notice/place.html",
        page=page,
        links=Links(page),
        place=place,
        shown=shown,
        steps=row_search.money_steps(posted, page, place),
        asked=answers.published(posted, None if page.whole(place) else place),
        roster=row_search.roster(posted, page, place) if shown else None,
        scanned=scanned,
        status=version_status(posted, page, place, scanned, shown=shown),
    )


def not_there(posted: Posted, page: Page, place: str) -> Response:
    """Answer for a place that a notice has nothing for: 404 with links to the notice and to the place's own notices.

    If a correction removed the place, the page gives its reason with status 200, because the old poster may still hang.
    """
    left = left_out(posted, place)
    if left is None:
        return Response(render_template("public/notice/not_there.html", page=page, links=Links(page), area=areas.find(place)), 404)
    name, why = left
    return Response(render_template("public/notice/gone_place.html", page=page, links=Links(page), name=name, corrections=why))


def left_out(posted: Posted, place: str) -> tuple[str, list[Version]] | None:
    """Return the name of a place that corrections removed from the notice, and these corrections; None if it never had the place."""
    had = versions.at(posted, versions.had(posted, place))
    return (had.frozen["areas"].get(place, place), versions.corrections(posted, place, had.no)) if had else None


def rows_shown(page: Page, place: str | None = None) -> bool:
    """Return whether names and rows, of a place or (None) of the notice, may be on the web today."""
    until = page.rows_until()
    return until is not None and today() <= until and not page.withholds(place)


def all_shown(posted: Posted, page: Page) -> Page:
    """Return the page whose period decides over a file of all rows: it leaves the web as soon as one place's rows do."""
    return replace(page, ends=versions.ends(posted)[0]) if page.no > 1 else page


class Links:
    """The links in a notice's templates; the preview has its own class."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def notice(self) -> str:
        """Return the URL of the notice."""
        return link("public.notice.notice", number=self.page.number)

    def place(self, code: str, **query: Any) -> str:
        """Return the URL of one place's rows."""
        return link("public.notice.place", number=self.page.number, place=code, **query)

    def after(self, code: str, no: int, **query: Any) -> str:
        """Return the URL of a place's rows after a row number."""
        return self.place(code, after=no, **query)

    def find(self, code: str, **query: Any) -> str:
        """Return the URL of a search in a place's rows (``find``, ``group``)."""
        return self.place(code, **query, _anchor="find")

    def ask(self, code: str, row: int | None = None, category: str | None = None) -> str:
        """Return the URL of the form to ask about the notice or one of its rows."""
        return link("public.ask.ask", number=self.page.number, place=code, row=row, category=category)

    def file(self, no: int) -> str:
        """Return the URL of an attachment."""
        return link("public.attachments.file", number=self.page.number, no=no)

    def poster(self, code: str) -> str:
        """Return the URL of the poster."""
        return link("public.poster.web_edition", number=self.page.number, place=code)
