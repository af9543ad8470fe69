"""明白卡: the clerk prints a village's cards, and a household's card opens its page of this year over all notices."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, NoReturn

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request
from flask_login import current_user
from werkzeug.routing import BaseConverter

from board.models import Area, Slip
from board.paper.slip import Card, Cards, Item, address
from board.paper.slip import slips as sheets
from board.rules import money
from board.rules.bilingual import date_in_words
from board.rules.notice import slips as rule
from board.rules.notice.page import Page
from board.rules.notice.slips import Household
from board.rules.place_names import group_key
from board.rules.throttle import Minute
from board.store import areas, feature_flags, slips
from board.store.clock import now
from board.store.feature_flags import SLIPS
from board.store.slips import Books
from board.web.guard import may, needs, public
from board.web.public import Links, pdf
from board.web.words import link, today

pages = Blueprint("slips", __name__)
A_CARD = 30  # look-ups of one card in a minute, by each process: a family's phones
UNKNOWN = 120  # of cards that there are none of, in all: reprinted ones of a village on the day of the reprint


class Token(BaseConverter):
    """The token of a card in an address, and what may be taken for one."""

    regex = "[A-Za-z0-9]{20,32}"


@pages.record_once
def _start(state: Any) -> None:
    state.app.url_map.converters.update(card=Token)
    state.app.extensions["slips"] = {"card": Minute(A_CARD), "unknown": Minute(UNKNOWN)}


@pages.get("/S/<card:token>", strict_slashes=False)
@pages.get("/s/<card:token>", strict_slashes=False)
@public
def slip(token: str) -> Response:
    """Show a household what it gets this year: each item with its sum, how that came about, and its notice; nobody's name."""
    found = find(token)
    books = slips.books(found.home, today())
    household = slips.household(found, books)
    if household is None:
        dead("unclear", 410, found.home)
    shown = [(books.pages[row.number], row) for row in household.rows if row.number not in books.closed]
    left_out = len({row.number for row in household.rows} & books.closed)
    return kept_by_nobody(
        render_template(
            "public/slip.html",
            place=areas.full_label(found.home),
            group=household.group,
            year=found.year,
            items=[(page, row, Links(page)) for page, row in newest_first(shown)],
            twice=any(page.kind.follows in {other.kind.id for other, _row in shown} for page, _row in shown),
            left_out=left_out,
            asks=slips.contacts(books),
            invented=any(page.invented for page, _row in shown),
        )
    )


def find(token: str) -> Slip:
    """Return a card that is alive, or answer in words why it is not.

    The look-up comes first and the count after it, so that nobody who tries tokens keeps a household from its own card: the count of
    unknown ones holds up unknown ones, a card's own only itself.
    """
    read, counts = rule.read(token), current_app.extensions["slips"]
    found = slips.find(current_app.vault.key("slip", read)) if read else None  # type: ignore[attr-defined]
    if counts["card"].full(found.key, now()) if found else counts["unknown"].full("", now()):
        dead("often", 429)
    if found is None:
        dead("unknown", 404)
    if not feature_flags.is_on(SLIPS, found.home):
        dead("off", 410, found.home)
    if found.year != today().year:
        dead("year", 410, found.home)
    return found


def dead(why: str, status: int, place: str = "") -> NoReturn:
    """Answer that a card opens nothing, why, and what to do next."""
    response = kept_by_nobody(render_template("public/slip_dead.html", why=why, place=place), status)
    if status == 429:
        response.headers["Retry-After"] = "60"
    abort(response)


def kept_by_nobody(page: str, status: int = 200) -> Response:
    """Return a page that no browser, proxy or search engine keeps: a card's address is all that it takes to read it."""
    return Response(page, status, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"})


def newest_first(shown: Sequence[tuple[Page, Any]]) -> list[tuple[Page, Any]]:
    """Return rows by the first day of their notices, the newest first."""
    return sorted(shown, key=lambda one: (one[0].starts, one[0].number, -one[1].no), reverse=True)


@pages.get("/desk/slips")
@needs("slip.print")
def listed() -> str:
    """Show the villages of the desk, what was printed for each this year, and the button that prints."""
    villages = [area for area in areas.desk_of(current_user.area, current_user.level) if area.level == "village"]
    printed = slips.printed([area.code for area in villages], today().year)
    return render_template(
        "desk/slips.html", on=feature_flags.is_on(SLIPS, current_user.area), villages=villages, printed=printed, year=today().year
    )


@pages.get("/desk/slips/<place:place>")
@needs("slip.print")
def village(place: str) -> str:
    """Show how many cards a village needs, by group, and of which rows nobody can say whose they are."""
    area, books = own(place)
    found = slips.village(place, books)
    return render_template("desk/slip_village.html", place=area, books=books, found=found, most=rule.MOST)


@pages.post("/desk/slips/<place:place>/cards.pdf")
@needs("slip.print")
def cards(place: str) -> Response:
    """Print a village's cards, or one group's; the ones printed before are dead from then on, and the printing is logged."""
    area, books = own(place)
    group = request.form.get("group")
    found = slips.village(place, books)
    meant = [one for one in found.households if group is None or group_key(one.group) == group]
    meant = [one for one in meant if items(books, one)]
    if not meant or len(meant) > rule.MOST:
        abort(400)
    tokens = [rule.token(secrets.token_bytes) for _one in meant]
    data = sheets(made(area, books, list(zip(tokens, meant, strict=True))))
    keys = [current_app.vault.key("slip", token) for token in tokens]  # type: ignore[attr-defined]
    slips.renew(place, today().year, list(zip(keys, meant, strict=True)), group, current_user.username, now())
    return pdf(data, f"{place}-cards.pdf")


def own(code: str) -> tuple[Area, Books]:
    """Return a village of the desk with its notices of this year, or answer 404; without slips in its county, go where that is said."""
    village = areas.find(code)
    if village is None or village.level != "village" or not may("slip.print", code):
        abort(404)
    if not feature_flags.is_on(SLIPS, code):
        abort(redirect(link("slips.listed")))
    return village, slips.books(code, today())


def items(books: Books, household: Household) -> list[tuple[Page, Any]]:
    """Return what stands on a household's card, newest first: rows with a sum that their notices show today."""
    rows = [(books.pages[row.number], row) for row in household.rows if row.number not in books.closed and row.amount is not None]
    return newest_first(rows)


def made(place: Area, books: Books, tokens: Sequence[tuple[str, Household]]) -> Cards:
    """Return the cards of households in final words; the paper is Chinese, whoever prints it."""
    base, year = current_app.config["PUBLIC_ADDRESS"], today().year
    found = []
    for token, one in tokens:
        own = items(books, one)
        said = tuple(_item(page, row) for page, row in own[: rule.ITEMS])
        more = f"还有 {len(own) - len(said)} 项，扫码看" if len(own) > len(said) else ""
        found.append(Card(door=f"{areas.label(place.code)} {one.group}".rstrip(), items=said, more=more, qr_text=address(base, token)))
    invented = any(page.invented for page in books.pages.values())
    mark = ("演示数据 · 虚构" if invented else "演示数据") if current_app.config["DEMO"] else ""
    asks = slips.contacts(books)
    return Cards(
        title=f"{year}年明白卡",
        how="扫码看每一项怎么算的。只给自家人看。",
        ask=f"有疑问打 {asks.version.facts['objection_phone']}" if asks else "",
        until=f"{year}年底前有效",
        demo_mark=mark,
        cards=tuple(found),
    )


def _item(page: Page, row: Any) -> Item:
    day = date_in_words(page.starts, "zh").partition("年")[2]
    return Item(what=page.kind.name.zh, row=f"{row.no} 号", amount=f"{money.yuan(row.amount)} 元", day=day)
