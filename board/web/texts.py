"""A notice in other words, for those whom no page reaches: the loudspeaker, the telephone, the village's group, the county's portal."""

from __future__ import annotations

from flask import Response, abort, current_app
from flask_babel import gettext as _

from board.paper import qr
from board.paper.share import Picture, picture
from board.rules import numbers
from board.rules.bilingual import date_in_words
from board.rules.notice.headline import title_lines
from board.rules.notice.page import Page
from board.rules.rendering import official_document as documents
from board.rules.rendering import read_aloud as scripts
from board.rules.rendering import short_messages
from board.store import notices
from board.store.notices import Posted
from board.web import printing
from board.web import public as pages_of
from board.web.guard import may, needs, public
from board.web.public import find, left_out, not_there, page_of, printed
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
    page = page_of(posted, place)
    if posted.notice.withdrawn_at:
        return read_out(scripts.taken_down(page, posted.notice.withdrawn_because, tongue()), 410)
    if place and not page.has(place):
        return _not_there(posted, place)
    return read_out(scripts.read_out(page, place or None, tongue(), today()))


def _not_there(posted: Posted, place: str) -> Response:
    """Return what is read out where a notice has nothing for a place, or, since a correction, nothing any more: the reason then."""
    left = left_out(posted, place)
    if left is None:
        return read_out(_("这份公示里没有这个地方。请看看网址有没有抄错。"), 404)
    name, why = left
    said = [_("这份公示更正过，现在没有%(place)s了", place=name), *(_("更正的原因：%(reason)s", reason=one.reason) for one in why)]
    return read_out("".join(f"{line}{_('。')}\n" for line in said))


def read_out(text: str, status: int = 200) -> Response:
    """Return plain text for people; a search engine lists the notice's page, which says the same in figures."""
    return Response(text, status, mimetype="text/plain", headers={"X-Robots-Tag": "noindex"})


@pages.get("/n/<number:number>/<place:place>/share.png")
@public
def share(number: str, place: str) -> Response:
    """Give one place's share of a notice as a picture for the village's group: how much, until when, and a code; no names."""
    posted = find(number)
    page = page_of(posted, place)
    if not page.has(place):
        return not_there(posted, page, place)
    return Response(picture(shared(page, place)), mimetype="image/png", headers={"X-Robots-Tag": "noindex"})


def shared(page: Page, place: str) -> Picture:
    """Return what the picture of one place's share says."""
    figures = [
        (f"{one.label}（{one.note}）" if one.note else one.label, f"{one.value} {one.unit}".strip()) for one in page.figures("zh", place)
    ]
    return Picture(
        title=title_lines(page.title, page.kind.name.zh),
        place=page.place_name(place),
        figures=tuple(figures),
        equal=page.equal,
        sentence=page.sentence("zh", place),
        period=f"公示到 {date_in_words(page.ends, 'zh')}",
        phone=page.facts.get("objection_phone", ""),
        qr_text=qr.address(current_app.config["PUBLIC_ADDRESS"], page.number, place, page.no),
        address=short_address(page),
        number=numbers.spaced(page.number),
        publisher=page.publisher,
        demo_mark=printing.demo_mark(page),
    )


def short_address(page: Page) -> str:
    """Return a notice's address as one types it, without what every browser adds."""
    host = str(current_app.config["PUBLIC_ADDRESS"]).split("://", 1)[-1].rstrip("/")
    return f"{host}/n/{page.number}"


@pages.get("/desk/notices/<number:number>/official.txt")
@needs("notice.print")
def official(number: str) -> Response:
    """Give a notice as an official document in plain text, to paste into the county's portal."""
    posted = notices.find(number)
    if posted is None or not may("notice.print", posted.home) or posted.notice.withdrawn_at:
        abort(404)
    text = documents.official(page_of(posted), posted.version.posted_on)
    return Response(text, mimetype="text/plain", headers={"Content-Disposition": f'attachment; filename="{number}.txt"'})


def group_text(page: Page, place: str) -> str:
    """Return the lines for a village's WeChat group."""
    address = f"{current_app.config['PUBLIC_ADDRESS'].rstrip('/')}/n/{page.number}/{place}"
    return short_messages.group_text(page, place, address, printing.demo_mark(page))


def sms(page: Page, place: str) -> str:
    """Return the message of one village for the county's gateway."""
    mark = "【演示】" if current_app.config["DEMO"] else ""
    return short_messages.sms(page, place, short_address(page), mark)
