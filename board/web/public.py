"""What everybody sees: no sign-in, no cookie, no script, each page whole in one answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.routing import BaseConverter

from board.models import Version
from board.rules import numbers
from board.rules.areas import prefix
from board.rules.notice.formatting import cell, wide
from board.rules.notice.page import Page, of_version
from board.rules.personal import detection
from board.rules.phones import dialled
from board.rules.place_names import canonical
from board.store import answers, areas, notices, versions
from board.store import printed_numbers as given
from board.store.notices import Posted
from board.web import finding
from board.web.guard import public
from board.web.words import link, today, tongue

pages = Blueprint("public", __name__)
pages.add_app_template_filter(lambda column, value: cell(column, value, tongue()), "cell")
pages.add_app_template_filter(wide, "wide")
pages.add_app_template_filter(dialled, "tel")


class Number(BaseConverter):
    """A printed number in an address; one that is mistyped finds no page."""

    regex = "[0-9]{9}"


class Place(BaseConverter):
    """An area's code in an address."""

    regex = "[0-9]{12}"


class Token(BaseConverter):
    """The random id of a draft or a case in an address."""

    regex = "[0-9a-f]{12}"


class Count(BaseConverter):
    """A version in an address, short enough for every database's integers."""

    regex = "[0-9]{1,4}"


@pages.record_once
def _converters(state: Any) -> None:
    state.app.url_map.converters.update(number=Number, place=Place, token=Token, count=Count)


def printed(rule: str, on: Blueprint = pages) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Route an address that stands in QR codes, where its first letter is a capital (that makes a smaller symbol).

    A slash that somebody types behind it does no harm either; neither costs a redirect.
    """

    def route(view: Callable[..., Any]) -> Callable[..., Any]:
        capital = rule[0].upper() + rule[1:]
        # The first that is routed is the one that links lead to.
        return on.get(f"/{capital}", strict_slashes=False)(on.get(f"/{rule}", strict_slashes=False)(view))

    return route


def find(number: str) -> Posted:
    """Return a notice, or answer 404 for a number never given and 410, with the reason, for one that was taken down."""
    posted = notices.find(number)
    if posted is None:
        abort(Response(render_template("public/not_found.html", typed=number, receipt=False), 404))
    if posted.notice.withdrawn_at:
        abort(Response(render_template("public/taken_down.html", posted=posted, heading=heading(posted, page_of(posted))), 410))
    return posted


def heading(posted: Posted, page: Page) -> str:
    """Return what the public is told a notice is: its title, and once it is taken down what it was, since the title may hold why."""
    return page.called(tongue()) if posted.notice.withdrawn_at else page.title


def page_of(posted: Posted, place: str = "") -> Page:
    """Return a posted notice as its readers see it; those of one place for the time that this one's sheet hangs.

    A correction elsewhere neither lengthens nor shortens that: its sheet is of the version in which it last changed.
    """
    page = of_version(posted.version, notices.parts(posted), posted.notice.kind)
    if not place or page.no == 1:
        return page
    hangs = versions.of_sheet(posted, None if page.whole(place) else place)
    return replace(page, starts=hangs.starts, ends=hangs.ends)


def sheet_of(posted: Posted, place: str) -> Page:
    """Return a posted notice as the sheet of one place says it: as the version in which that sheet last changed, so that a new print
    is the very sheet that hangs."""
    page = page_of(posted)
    version = versions.of_sheet(posted, None if page.whole(place) else place)
    return page if version.no == page.no else of_version(version, versions.parts(posted, version.no), posted.notice.kind)


@pages.get("/")
@public
def home() -> str:
    """Show the counties and what was posted last."""
    return render_template(
        "public/home.html", counties=areas.counties(), latest=[page_of(posted) for posted in notices.listed("", limit=12, standing=True)]
    )


@pages.get("/n")
@public
def go() -> Any:
    """Find the notice or the wall whose number somebody typed from a sheet or a plate."""
    typed = request.args.get("number", "").strip()
    number = numbers.compact(typed)
    if numbers.valid(number) and (what := given.what(number)):
        return redirect(link("walls.wall" if what == "wall" else "public.notice", number=number))
    if len(number) == numbers.RECEIPT_LENGTH and number.isdecimal():
        return redirect(link("public.go", receipt=1))  # a receipt stays in no address
    receipt = "receipt" in request.args
    return render_template("public/not_found.html", typed=detection.mask(typed)[:30], receipt=receipt), 200 if receipt else 404


@printed("a/<place:code>")
@public
def area(code: str) -> str:
    """Show one area: what it posted and what concerns it, now and before, and the areas below it."""
    found = areas.find(code) or abort(404)
    listed = notices.concerning([code], prefix(code, found.level))
    concerning = [page_of(posted, code) for posted in listed if not posted.notice.withdrawn_at]
    return render_template(
        "public/area.html",
        area=found,
        above=areas.chain(code)[:-1],
        below=areas.children(code),
        merged=areas.find(found.merged_into) if found.merged_into else None,
        now=[page for page in concerning if page.ends >= today()],
        before=[page for page in concerning if page.ends < today()],
        more=len(listed) == notices.LISTED,
        canonical=canonical,
    )


@printed("n/<number:number>")
@public
def notice(number: str) -> str:
    """Show a notice: its sentence, its figures, its facts and its places."""
    posted = find(number)
    page = page_of(posted)
    shown, steps = rows_shown(all_shown(posted, page)), finding.money_steps(posted, page, None)
    return render_template(
        "public/notice.html", page=page, links=Links(page), place=None, shown=shown, steps=steps, asked=answers.published(posted)
    )


@printed("n/<number:number>/<place:place>")
@printed("n/<number:number>/<place:place>/<count:version>")
@public
def place(number: str, place: str, version: str = "") -> Any:
    """Show one place's rows: what its sheet on the wall shows, and whether a sheet of ``version`` is still right.

    Whoever typed more than is needed to find his row is led to an address that does not hold it.
    """
    posted = find(number)
    page = page_of(posted, place)
    if not page.has(place):
        return not_there(posted, page, place)
    if (kept := finding.asked()) != request.args.get("find", "").strip():
        return redirect(Links(page).place(place, find=kept or None, group=request.args.get("group"), _anchor="find"))
    shown = rows_shown(page)
    return render_template(
        "public/place.html",
        page=page,
        links=Links(page),
        place=place,
        shown=shown,
        steps=finding.money_steps(posted, page, place),
        asked=answers.published(posted, None if page.whole(place) else place),
        roster=finding.roster(posted, page, place) if shown else None,
        scanned=int(version) if version else None,
    )


def not_there(posted: Posted, page: Page, place: str) -> Response:
    """Return what is said of a place that a notice has nothing for: which it is about, and where that place's own notices are.

    One that a correction took out still answers, with the reason: its paper may hang yet.
    """
    left = left_out(posted, place)
    if left is None:
        return Response(render_template("public/not_there.html", page=page, links=Links(page), area=areas.find(place)), 404)
    name, why = left
    return Response(render_template("public/gone_place.html", page=page, links=Links(page), name=name, corrections=why))


def left_out(posted: Posted, place: str) -> tuple[str, list[Version]] | None:
    """Return the name of a place that a notice has nothing for any more, and the corrections that took it out; None: it never had."""
    had = versions.at(posted, versions.had(posted, place))
    return (had.frozen["areas"].get(place, place), versions.corrections(posted, place, had.no)) if had else None


def rows_shown(page: Page) -> bool:
    """Return whether names and rows may be on the web today."""
    until = page.rows_until()
    return until is not None and today() <= until


def all_shown(posted: Posted, page: Page) -> Page:
    """Return a notice's page as a file of all its rows goes by: it leaves the web with the first place whose rows do."""
    return replace(page, ends=versions.ends(posted)[0]) if page.no > 1 else page


def pdf(data: bytes, name: str) -> Response:
    """Return a PDF under a file name that says nothing but numbers."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Robots-Tag": "noindex"}
    return Response(data, mimetype="application/pdf", headers=headers)


class Links:
    """Where the links of a notice's pages lead; the preview has its own."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def notice(self) -> str:
        """The notice itself."""
        return link("public.notice", number=self.page.number)

    def place(self, code: str, **query: Any) -> str:
        """One place's rows."""
        return link("public.place", number=self.page.number, place=code, **query)

    def after(self, code: str, no: int, **query: Any) -> str:
        """The rows behind a number, of those that somebody looks for."""
        return self.place(code, after=no, **query)

    def find(self, code: str, **query: Any) -> str:
        """Those of a place's rows that somebody looks for (``find``, ``group``)."""
        return self.place(code, **query, _anchor="find")

    def ask(self, code: str, row: int | None = None, category: str | None = None) -> str:
        """The form to ask with, about the notice or one row."""
        return link("cases.ask", number=self.page.number, place=code, row=row, category=category)

    def file(self, no: int) -> str:
        """A file beside it."""
        return link("attachments.file", number=self.page.number, no=no)

    def sheet(self, code: str) -> str:
        """The printed sheet."""
        return link("public.sheet", number=self.page.number, place=code)
