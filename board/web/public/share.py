"""The picture of one place's part of a notice, for the village's WeChat group."""

from __future__ import annotations

from flask import Blueprint, Response

from board.paper import qr
from board.paper.share import Picture, picture
from board.rules import numbers
from board.rules.bilingual import date_in_words
from board.rules.notice.headline import title_lines
from board.rules.notice.page import Page
from board.web import poster_text
from board.web.guard import public
from board.web.installation import public_address, short_address
from board.web.public.notice import find, not_there
from board.web.public.posted_pages import page_of

pages = Blueprint("share", __name__)


@pages.get("/n/<number:number>/<place:place>/share.png")
@public
def share(number: str, place: str) -> Response:
    """Return one place's part of a notice as a PNG for the village's group: totals, last day and QR code, without names."""
    posted = find(number)
    page = page_of(posted, place)
    if not page.has(place):
        return not_there(posted, page, place)
    return Response(picture(shared(page, place)), mimetype="image/png", headers={"X-Robots-Tag": "noindex"})


def shared(page: Page, place: str) -> Picture:
    """Return the text and figures of the picture."""
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
        qr_text=qr.address(public_address(), page.number, place, page.no),
        address=short_address(f"/n/{page.number}"),
        number=numbers.spaced(page.number),
        publisher=page.publisher,
        demo_mark=poster_text.demo_mark(page),
        **({"scan": "长按识别，看公示"} if page.withholds(place) else {}),  # behind the code are no rows
    )
