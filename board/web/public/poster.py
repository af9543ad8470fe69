"""The web edition of one place's poster."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from board.paper import typesetting
from board.paper.poster import poster_pdf
from board.rules.notice.page import Page
from board.store import notices
from board.store.notices import Posted
from board.web import poster_text
from board.web.downloads import pdf
from board.web.guard import public
from board.web.public.notice import Links, find, not_there, rows_shown
from board.web.public.posted_pages import poster_page

pages = Blueprint("poster", __name__)


@pages.get("/n/<number:number>/<place:place>/sheet.pdf")
@public
def web_edition(number: str, place: str) -> Response:
    """Return one place's poster as PDF, names as on the web; answers 410 if its rows are no longer shown, 404 if they never were."""
    posted = find(number)
    page = poster_page(posted, place)
    if not page.has(place):
        return not_there(posted, page, place)
    if not rows_shown(page, place):
        gone = render_template("public/poster/put_away.html", page=page, links=Links(page), place=place)
        never = page.for_members or page.withholds(place)  # was never on the web
        abort(Response(gone, 404 if never else 410))
    with typesetting.PUBLIC.slot():
        sheet = made(posted, page, place)
    return pdf(sheet, f"{number}-{place}.pdf", f"{page.place_name(place)} {page.title}")


def made(posted: Posted, page: Page, place: str) -> bytes:
    """Return the sheet of a place whose rows are on the web, in the web's edition; ``page`` is that of its poster. Raises TooLong."""
    typesetting.bounded(page.sum_of(place)[1])
    rows = notices.rows(posted, None if page.whole(place) else place)
    names = {(row.place, row.no): row.shown_name for row in rows}
    return poster_pdf(poster_text.poster_of(page, place, rows, names, edition="web"))
