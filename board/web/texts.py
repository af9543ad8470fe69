"""A notice in other words, for those whom no page reaches: the loudspeaker and the telephone."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from board.rules import script as scripts
from board.store import notices
from board.web import public as pages_of
from board.web.guard import public
from board.web.public import page_of, printed
from board.web.words import today, tongue

pages = pages_of.pages


@printed("n/<number:number>.txt")
@printed("n/<number:number>/<place:place>.txt")
@public
def script(number: str, place: str = "") -> Response:
    """Give the script that is read out of a notice or of one place's share of it; of one that was taken down, why."""
    posted = notices.find(number)
    if posted is None:
        return read_out(_("没有这个编号的公示。请看看编号有没有抄错。"), 404)
    page = page_of(posted)
    if posted.notice.withdrawn_at:
        return read_out(scripts.taken_down(page, posted.notice.withdrawn_because, tongue()), 410)
    if place and not page.has(place):
        return read_out(_("这份公示里没有这个地方。请看看网址有没有抄错。"), 404)
    return read_out(scripts.read_out(page, place or None, tongue(), today()))


def read_out(text: str, status: int = 200) -> Response:
    """Return plain text for people; a search engine lists the notice's page, which says the same in figures."""
    return Response(text, status, mimetype="text/plain", headers={"X-Robots-Tag": "noindex"})
