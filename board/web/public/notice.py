"""A notice's pages: the notice, and one place's rows. Example of a public module: find, decide, render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hmac import compare_digest
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request

from board import policies
from board.models import Version
from board.rules.notice import deadlines, returned, series
from board.rules.notice.formatting import cell, wide
from board.rules.notice.page import Page
from board.rules.notice.purposes import purposes
from board.rules.phones import dialled
from board.store import answers, areas, channels, meetings, notices, reading, sealing, versions
from board.store.clock import now
from board.store.notices import Posted
from board.web.addresses import printed
from board.web.guard import public
from board.web.i18n import link, today, tongue
from board.web.installation import absolute
from board.web.place_words import speak_of
from board.web.public import hub, matter, row_search
from board.web.public.posted_pages import page_of
from board.web.public.versions import version_status

pages = Blueprint("notice", __name__)

pages.add_app_template_filter(lambda column, value: cell(column, value, tongue()), "cell")
pages.add_app_template_filter(wide, "wide")
pages.add_app_template_filter(lambda page: deadlines.missed(page.lines, page.starts, page.posted_at or now()), "missed_line")
pages.add_app_template_filter(lambda page: deadlines.scheduled(page, tongue()), "scheduled")
pages.add_app_template_filter(deadlines.local_line, "local_line")
pages.add_app_template_filter(dialled, "tel")
pages.add_app_template_filter(lambda columns, id: sorted(columns, key=lambda column: column.id != id), "first_of")
pages.add_app_template_filter(lambda rows, page: returned.came_back(page, rows), "came_back")
pages.add_app_template_filter(returned.sum_returned, "sum_returned")
pages.add_app_template_filter(returned.what_to_do, "what_to_do")
pages.add_app_template_filter(series.newest, "newest_step")
pages.add_app_template_global(absolute)


def find(number: str) -> Posted:
    """Return a notice; answers 404 for an unknown number, and 410 with the reason for a notice that was taken down."""
    posted = notices.find(number)
    if posted is None:
        abort(Response(render_template("public/not_found.html", typed=number, receipt=False), 404))
    speak_of(posted.home)
    if posted.notice.withdrawn_at:
        abort(_taken_down(posted))
    return posted


def _taken_down(posted: Posted) -> Response:
    """Return the page of a notice that was taken down, with the way to all notices of the village whose code was scanned."""
    asked = (request.view_args or {}).get("place", "")
    place = asked if areas.find(asked) else posted.home
    anew = notices.successor(posted)
    return Response(
        render_template(
            "public/notice/taken_down.html",
            posted=posted,
            heading=heading(posted, page_of(posted)),
            place=place,
            name=posted.area_name(place),
            anew=anew,
            part=anew is not None and place != anew.home and notices.part(anew, place) is not None,
        ),
        410,
    )


def heading(posted: Posted, page: Page) -> str:
    """Return the title shown to the public; for a withdrawn notice a short description, because the title may be the problem."""
    return page.called(tongue()) if posted.notice.withdrawn_at else page.title


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
        also=channels.of(posted),
        channels=policies.channels(),
        lying=reading.lying(posted, today()),
        matter=matter.of(page),
        status=version_status(posted, page),
    )


@printed(pages, "n/<number:number>/<place:place>")
@printed(pages, "n/<number:number>/<place:place>/<count:version>")
@printed(pages, "n/<number:number>/<place:place>/<count:version>/<secret:secret>")
@public
def place(number: str, place: str, version: str = "", secret: str = "") -> Any:
    """Show one place's rows, and whether a poster of ``version`` is still current; ``secret`` opens rows for members.

    Redirects if ``find`` holds more than is needed to find a row, so that personal data leaves the URL.
    """
    posted = find(number)
    page = page_of(posted, place)
    if not page.has(place):
        return not_there(posted, page, place)
    if secret and not (page.for_members and compare_digest(secret, sealing.wall_secret(number, place))):
        abort(404)
    links = Links(page, {place: {"version": version, "secret": secret}} if secret else {})
    if (kept := row_search.asked()) != request.args.get("find", "").strip():
        return redirect(links.place(place, find=kept or None, group=request.args.get("group"), _anchor="find"))
    shown, scanned = rows_shown(page, place, at_the_wall=bool(secret)), int(version) if version else None
    return render_template(
        "public/notice/place.html",
        page=page,
        links=links,
        place=place,
        shown=shown,
        steps=row_search.money_steps(posted, page, place),
        asked=answers.published(posted, None if page.whole(place) else place),
        held=meetings.told(posted, place),
        roster=row_search.roster(posted, page, place) if shown else None,
        scanned=scanned,
        purposes=purposes(notices.rows(posted, place), page.kind) if shown and page.kind.sums_by else [],
        others=0 if page.whole(place) else hub.others(place, number),
        matter=matter.of(page),
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
    return Response(render_template("public/notice/gone_place.html", page=page, links=Links(page), place=place, name=name, corrections=why))


def left_out(posted: Posted, place: str) -> tuple[str, list[Version]] | None:
    """Return the name of a place that corrections removed from the notice, and these corrections; None if it never had the place."""
    had = versions.at(posted, versions.had(posted, place))
    return (had.frozen["areas"].get(place, place), versions.corrections(posted, place, had.no)) if had else None


def rows_shown(page: Page, place: str | None = None, *, at_the_wall: bool = False) -> bool:
    """Return whether names and rows, of a place or (None) of the notice, may be on the web today; to whom: ``Page.rows_until``."""
    until = page.rows_until(at_the_wall=at_the_wall)
    return until is not None and today() <= until and not page.withholds(place)


def all_shown(posted: Posted, page: Page) -> Page:
    """Return the page whose period decides over a file of all rows: it leaves the web as soon as one place's rows do."""
    return replace(page, ends=versions.ends(posted)[0]) if page.no > 1 else page


class Links:
    """The links in a notice's templates; the preview has its own class."""

    def __init__(self, page: Page, scanned: Mapping[str, Mapping[str, str]] = MappingProxyType({})) -> None:
        """``scanned`` is, for the place of a sheet, its version and secret, which the links within that place keep."""
        self.page, self.scanned = page, scanned

    def notice(self) -> str:
        """Return the URL of the notice."""
        return link("public.notice.notice", number=self.page.number)

    def place(self, code: str, **query: Any) -> str:
        """Return the URL of one place's rows."""
        return link("public.notice.place", number=self.page.number, place=code, **self.scanned.get(code, {}), **query)

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
