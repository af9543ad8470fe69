"""明白卡 (household cards) for the staff: counting and printing a village's cards."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request
from flask_login import current_user

from board.models import Area
from board.paper.slip import Card, Cards, Item, address
from board.paper.slip import slips as sheets
from board.rules import money
from board.rules.bilingual import date_in_words
from board.rules.notice import slips as rule
from board.rules.notice.formatting import amount_of
from board.rules.notice.page import Page
from board.rules.notice.returned import sum_returned
from board.rules.notice.slips import Household
from board.rules.place_names import group_key
from board.store import areas, feature_flags, sealing, slips
from board.store.clock import now
from board.store.feature_flags import SLIPS
from board.store.slips import Books
from board.web import address_check
from board.web.downloads import pdf
from board.web.guard import may, needs
from board.web.i18n import link, today
from board.web.installation import public_address
from board.web.public.slip import newest_first

pages = Blueprint("slips", __name__)


@pages.get("/desk/slips")
@needs("slip.print")
def listed() -> str:
    """List the villages of the user's desk with the cards printed this year."""
    villages = [area for area in areas.desk_of(current_user.area, current_user.level) if area.level == "village"]
    printed = slips.printed([area.code for area in villages], today().year)
    return render_template(
        "desk/slips/listed.html", on=feature_flags.is_on(SLIPS, current_user.area), villages=villages, printed=printed, year=today().year
    )


@pages.get("/desk/slips/<place:place>")
@needs("slip.print")
def village(place: str) -> str:
    """Show how many cards a village needs, by group, and the rows that belong to no identified household."""
    area, books = own(place)
    found = slips.village(place, books)
    return render_template("desk/slips/village.html", place=area, books=books, found=found, most=rule.MOST)


@pages.post("/desk/slips/<place:place>/cards.pdf")
@needs("slip.print")
def cards(place: str) -> Response:
    """Print the cards of a village, or of one group; cards printed earlier stop working, and the printing is logged."""
    area, books = own(place)
    if problem := address_check.fault(place, current_user.username):
        flash(problem, "wrong")
        abort(redirect(link("desk.slips.village", place=place)))
    group = request.form.get("group")
    found = slips.village(place, books)
    meant = [one for one in found.households if group is None or group_key(one.group) == group]
    meant = [one for one in meant if items(books, one)]
    if not meant or len(meant) > rule.MOST:
        abort(400)
    tokens = [rule.token(secrets.token_bytes) for _one in meant]
    data = sheets(made(area, books, list(zip(tokens, meant, strict=True))))
    keys = [sealing.vault().key("slip", token) for token in tokens]
    slips.renew(place, today().year, list(zip(keys, meant, strict=True)), group, current_user.username, now())
    return pdf(data, f"{place}-cards.pdf")


def own(code: str) -> tuple[Area, Books]:
    """Return a village of the user's desk with its notices of this year, or answer 404; redirects if the county has cards turned off."""
    village = areas.find(code)
    if village is None or village.level != "village" or not may("slip.print", code):
        abort(404)
    if not feature_flags.is_on(SLIPS, code):
        abort(redirect(link("desk.slips.listed")))
    return village, slips.books(code, today())


def items(books: Books, household: Household) -> list[tuple[Page, Any]]:
    """Return the items of a household's card, newest first: rows with an amount whose notices show their rows today."""
    rows = [(books.pages[row.number], row) for row in household.rows if row.number not in books.closed]
    return newest_first([(page, row) for page, row in rows if amount_of(row, page.kind) is not None])


def made(place: Area, books: Books, tokens: Sequence[tuple[str, Household]]) -> Cards:
    """Return the text of the cards for printing; in Chinese whatever the page's language."""
    base, year = public_address(), today().year
    found = []
    for token, one in tokens:
        own = items(books, one)
        shown = tuple(_item(page, row) for page, row in own[: rule.ITEMS])
        more = f"还有 {len(own) - len(shown)} 项，扫码看" if len(own) > len(shown) else ""
        found.append(Card(door=f"{areas.label(place.code)} {one.group}".rstrip(), items=shown, more=more, qr_text=address(base, token)))
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
    amount = amount_of(row, page.kind)
    assert amount is not None  # ``items`` leaves out rows without one
    back = sum_returned(page, row)
    return Item(
        what=page.kind.name.zh,
        row=f"{row.no} 号",
        amount=f"{'发到账 ' if page.kind.chain else ''}{money.yuan(amount)} 元",
        day=day,
        note=f"退回 {back} 元，还没到您家。为什么、怎么办，请扫码看。" if back else "",
    )
