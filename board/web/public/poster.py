"""The web edition of one place's poster."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from board.paper import typesetting
from board.paper.poster import poster_pdf
from board.store import notices
from board.web import poster_text
from board.web.downloads import pdf
from board.web.guard import public
from board.web.public.notice import Links, find, not_there, poster_page, rows_shown

pages = Blueprint("poster", __name__)


@pages.get("/n/<number:number>/<place:place>/sheet.pdf")
@public
def web_edition(number: str, place: str) -> Response:
    """Return one place's poster as PDF, names as the web policy shows them; answers 410 (for members' rosters 404) if no rows are shown."""
    posted = find(number)
    page = poster_page(posted, place)
    if not page.has(place):
        return not_there(posted, page, place)
    if not rows_shown(page):
        gone = render_template("public/poster/put_away.html", page=page, links=Links(page), place=place)
        abort(Response(gone, 404 if page.kind.audience == "members" else 410))  # a roster for members was never on the web
    typesetting.bounded(page.sum_of(place)[1])
    with typesetting.PUBLIC.slot():
        rows = notices.rows(posted, None if page.whole(place) else place)
        names = {(row.place, row.no): row.shown_name for row in rows}
        made = poster_pdf(poster_text.poster_of(page, place, rows, names, edition="web"))
    return pdf(made, f"{number}-{place}.pdf")
