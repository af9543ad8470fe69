"""A notice as a text to read aloud, for whoever reads it to an elder, for the loudspeaker and the telephone: a page, and plain text."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from board.rules.rendering import read_aloud as scripts
from board.store import notices
from board.store.notices import Posted
from board.web.addresses import printed
from board.web.guard import public
from board.web.i18n import today, tongue
from board.web.public.notice import Links, find, left_out, not_there
from board.web.public.posted_pages import page_of

pages = Blueprint("read_aloud", __name__)


@pages.get("/n/<number:number>/aloud")
@pages.get("/n/<number:number>/<place:place>/aloud")
@public
def page(number: str, place: str = "") -> Response:
    """Show the script as a page, a sentence a line, with the way to the plain text; for a place that is not there as ``script``."""
    posted = find(number)
    shown = page_of(posted, place)
    if place and not shown.has(place):
        return not_there(posted, shown, place)
    lines = scripts.read_out(shown, place or None, tongue(), today()).splitlines()
    return Response(render_template("public/read_aloud/page.html", page=shown, place=place, lines=lines, links=Links(shown)))


@printed(pages, "n/<number:number>.txt")
@printed(pages, "n/<number:number>/<place:place>.txt")
@public
def script(number: str, place: str = "") -> Response:
    """Return the script of a notice or of one place's part; for a notice that was taken down 410 with the reason."""
    posted = notices.find(number)
    if posted is None:
        return read_out(_("没有这个编号的公示。请看看编号有没有抄错。"), 404)
    page = page_of(posted, place)
    if posted.notice.withdrawn_at:
        return read_out(scripts.taken_down(page, posted.notice.withdrawn_because, tongue()), 410)
    if place and not page.has(place):
        return _not_there(posted, place)
    return read_out(scripts.read_out(page, place or None, tongue(), today()))


def _not_there(posted: Posted, place: str) -> Response:
    """Return the text for a place that the notice does not have (404), or that a correction removed, with the reason."""
    left = left_out(posted, place)
    if left is None:
        return read_out(_("这份公示里没有这个地方。请看看网址有没有抄错。"), 404)
    name, why = left
    sentences = [_("这份公示更正过，现在没有%(place)s了", place=name), *(_("更正的原因：%(reason)s", reason=one.reason) for one in why)]
    return read_out("".join(f"{line}{_('。')}\n" for line in sentences))


def read_out(text: str, status: int = 200) -> Response:
    """Return a plain-text response; noindex, since search engines index the notice's page."""
    return Response(text, status, mimetype="text/plain", headers={"X-Robots-Tag": "noindex"})
