"""便民手册: all notices that concern a village in a quarter, in the web edition, as a PDF booklet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Blueprint, Response, abort, render_template
from werkzeug.routing import BaseConverter

from board.models import Area
from board.paper import qr, typesetting
from board.paper.booklet import Booklet, Entry, booklet
from board.paper.folding import folded
from board.rules import quarters
from board.rules.bilingual import date_in_words
from board.rules.calendar import day_of
from board.rules.notice.page import Page
from board.rules.notice.wall_page import nearest
from board.rules.place_names import canonical
from board.rules.quarters import Quarter
from board.store import areas, notices, walls
from board.store.notices import Posted
from board.web import poster_text
from board.web.downloads import pdf
from board.web.guard import public
from board.web.i18n import today
from board.web.installation import county_office, public_address, short_address
from board.web.place_words import on_paper
from board.web.public import asked
from board.web.public.notice import rows_shown
from board.web.public.posted_pages import pages_of

pages = Blueprint("booklet", __name__)

MOST_ROWS = 3_000  # in a booklet, about a hundred pages; notices beyond it are listed without their rows
MOST_ASKED = 30  # questions in a booklet


class QuarterOf(BaseConverter):
    """A quarter in a URL."""

    regex = quarters.PATTERN

    def to_python(self, value: str) -> Quarter:
        """Return the quarter of a URL's text."""
        return quarters.parse(value)

    def to_url(self, value: Quarter) -> str:
        """Return the text of a quarter for a URL."""
        return str(value)


@pages.record_once
def _converter(state: Any) -> None:
    state.app.url_map.converters["quarter"] = QuarterOf


@pages.get("/a/<place:code>/booklet/<quarter:quarter>.pdf")
@public
def booklet_of(code: str, quarter: Quarter) -> Response:
    """Return a village's booklet of a quarter on A5 pages."""
    with typesetting.PUBLIC.slot():
        made = booklet(_booklet(code, quarter))
    return pdf(made, f"{code}-{quarter}.pdf")


@pages.get("/a/<place:code>/booklet/<quarter:quarter>-folded.pdf")
@public
def folded_booklet(code: str, quarter: Quarter) -> Response:
    """Return the booklet imposed on A4, two pages a side, to print on both sides and fold once."""
    with typesetting.PUBLIC.slot():
        made = folded(booklet(_booklet(code, quarter)))
    return pdf(made, f"{code}-{quarter}-folded.pdf")


@pages.app_template_filter("newest_quarter")
def newest_quarter(listed: Iterable[Page]) -> Quarter | None:
    """Return the quarter in which the newest of these notices was posted; None without a posted one."""
    return max((quarters.of(day_of(page.posted_at)) for page in listed if page.posted_at), default=None)


def _booklet(code: str, quarter: Quarter) -> Booklet:
    """Return a village's booklet; answers 404 for an area that is no village, or if nothing was posted in the quarter."""
    area = areas.find(code)
    if area is None or area.level != "village":
        abort(404)
    chain = areas.chain(code)
    codes = [one.code for one in chain]
    found = notices.concerning_between(codes, quarter.first, quarter.last)
    if not found:
        abort(Response(render_template("public/booklet/nothing.html", area=area, place=canonical(area.name), quarter=quarter), 404))
    shown = pages_of(found, lambda page: nearest(page, codes) or page.home)
    entries = _entries(list(zip(found, shown, strict=True)), codes)
    return Booklet(
        place_name=canonical(area.name),
        above="".join(canonical(one.name) for one in chain if one.level in ("county", "township")),
        own=on_paper("本村"),
        quarter=quarter.words.zh,
        until=date_in_words(min(quarter.last, today()), "zh"),
        entries=entries,
        asked=asked.printed(asked.of_notices([(page, nearest(page, codes)) for page in shown])[:MOST_ASKED]),
        phones=tuple(dict.fromkeys(phone for entry in entries for phone in entry.poster.phones if phone.number)),
        county=tuple(county_office()),
        demo_mark=max((entry.poster.demo_mark for entry in entries), key=len),
        **_address(area),
    )


def _address(area: Area) -> dict[str, str]:
    """Return what the booklet's QR code opens: the page of the village's wall, or the village's page if it has none."""
    base = public_address()
    wall = next((one for one in walls.of_place(area.code) if one.closed_at is None), None)
    if wall is None:
        return {"wall": "", "qr_text": qr.front(base, "a", area.code), "short_address": short_address(f"/a/{area.code}")}
    return {"wall": wall.spot, "qr_text": qr.wall_address(base, wall.number), "short_address": short_address(f"/w/{wall.number}")}


def _entries(found: Sequence[tuple[Posted, Page]], chain: Sequence[str]) -> tuple[Entry, ...]:
    """Return each notice with the rows of the nearest part, while they are shown and fewer than ``MOST_ROWS`` are used."""
    entries, room = [], MOST_ROWS
    for posted, page in found:
        place = nearest(page, chain) or page.home
        instead = _instead(page, place, room)
        rows = [] if instead else notices.rows(posted, None if page.whole(place) else place)
        names = {(row.place, row.no): row.shown_name for row in rows}
        entries.append(Entry(poster_text.poster_of(page, place, rows, names, edition="web"), instead))
        room -= len(rows)
    return tuple(entries)


def _instead(page: Page, place: str, room: int) -> str:
    """Return the sentence in place of a notice's rows, or "" if they are printed."""
    count = page.sum_of(place)[1]
    if not page.kind.columns:
        return ""
    if page.withholds(place):
        return f"{page.few('zh')}。"
    if page.for_members:
        return "名单看公示墙上的纸，或者扫那张纸上的码，这里只有总数。"
    if not rows_shown(page):
        return "名单的公示期过了，已经收起，这里只留总数。"
    return f"名单有 {count:,} {page.row_word('zh')}，这里印不下，请扫右上角的二维码看。" if count > room else ""
