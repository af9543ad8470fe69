"""Wall editions of a posted notice: one place's poster or all of them, in a chosen paper size, with rows or as a summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request
from flask_babel import gettext as _
from flask_login import current_user

from board.paper import bundle, typesetting
from board.paper.formats import Format, Size, Turn
from board.paper.poster import poster_pdf, summary_pdf
from board.rules.notice.page import Page
from board.rules.print_batches import print_batches
from board.store import displays, notices
from board.store.clock import now
from board.store.notices import Posted
from board.web import address_check, poster_text
from board.web.desk.review import own_posted
from board.web.downloads import pdf
from board.web.guard import needs
from board.web.i18n import link
from board.web.public.posted_pages import page_of, poster_page

pages = Blueprint("posters", __name__, url_prefix="/desk")

pages.add_app_template_filter(print_batches, "volumes")


@pages.post("/notices/<number:number>/<place:place>/wall.pdf")
@needs("notice.print")
def wall_edition(number: str, place: str) -> Response:
    """Return one place's wall edition as PDF; a POST, because full names in it are logged as opened."""
    posted, page = _standing(number)
    if not page.has(place):
        abort(404)
    form, short = _chosen()
    with typesetting.STAFF.slot():
        made = _wall(posted, place, form, short, _opened(posted, page, [place], short))
    displays.note_printed(posted, [place], current_user.id, now())
    return pdf(made, f"{number}-{place}-wall.pdf", f"{page.place_name(place)} {page.title}")


@pages.post("/notices/<number:number>/walls.pdf")
@needs("notice.print")
def wall_editions(number: str) -> Response:
    """Return the wall editions of a print batch as one PDF behind a cover list; or of one place, without the list."""
    posted, page = _standing(number)
    which = request.form.get("which", "1")
    if page.has(which):
        return wall_edition(number, which)
    books = print_batches(page.parts)
    no = int(which) if which.isdecimal() else 0
    if not 1 <= no <= len(books):
        abort(400)
    form, short = _chosen()
    cover = poster_text.cover(page, books[no - 1], form, short=short, volume=(no, len(books)))
    with typesetting.STAFF.slot():
        names = _opened(posted, page, [part.place for part in books[no - 1]], short)
        made = bundle.bundle(cover, _walls(posted, page, books[no - 1], form, short, names))
    displays.note_printed(posted, [part.place for part in books[no - 1]], current_user.id, now())
    return pdf(made, f"{number}-walls-{no}.pdf", _("%(title)s 各村公示单 %(no)s", title=page.title, no=no))


def _walls(
    posted: Posted, page: Page, parts: Any, form: Format, short: bool, names: Mapping[tuple[str, int], str]
) -> Iterator[tuple[bundle.CoverLine, bytes]]:
    for part in parts:
        yield poster_text.line(page, part.place), _wall(posted, part.place, form, short, names)


def _opened(posted: Posted, page: Page, places: Iterable[str], short: bool) -> dict[tuple[str, int], str]:
    """Return the full names on the wall editions of these places, and log that they were opened; a summary opens none.

    It commits a ledger entry, which expires everything that was loaded before: pages and rows are to be read after it.
    """
    listed = [] if short else [place for place in places if not page.whole(place)]
    for place in listed:
        typesetting.bounded(page.sum_of(place)[1])
    return notices.full_names(posted, listed, current_user.id, now()) if listed else {}


def _wall(posted: Posted, place: str, form: Format, short: bool, names: Mapping[tuple[str, int], str]) -> bytes:
    """Return one place's wall edition: with its rows and their ``names``, or as a summary."""
    page = poster_page(posted, place)
    if short:
        return summary_pdf(poster_text.poster_of(page, place, [], {}, edition="wall"), form)
    typesetting.bounded(page.sum_of(place)[1])
    rows = notices.rows(posted, None if page.whole(place) else place)
    return poster_pdf(poster_text.poster_of(page, place, rows, names, edition="wall"), form)


def _standing(number: str) -> tuple[Posted, Page]:
    """Return a notice that the user may print; answers 404 for one that was taken down, and says so while its code would lead nowhere."""
    found = own_posted("notice.print", number)
    if found.notice.withdrawn_at:
        abort(404)
    if problem := address_check.fault(found.home, current_user.username):
        flash(problem, "wrong")
        abort(redirect(link("desk.review.posted", number=number)))
    return found, page_of(found)


SIZES: dict[str, Size] = {"a4": "a4", "a3": "a3"}
TURNS: dict[str, Turn] = {"by_columns": "by_columns", "upright": "upright", "wide": "wide"}


def _chosen() -> tuple[Format, bool]:
    """Return the chosen paper format, and whether a one-page summary without rows is wanted; answers 400 for an unknown format."""
    size, turn = SIZES.get(request.form.get("paper", "a4")), TURNS.get(request.form.get("turn", "by_columns"))
    if size is None or turn is None:
        abort(400)
    return Format(size, turn), request.form.get("what") == "summary"
