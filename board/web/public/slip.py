"""明白卡: the clerk prints a village's cards, and a household's card opens its page of this year over all notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from flask import Blueprint, Response, abort, current_app, render_template
from werkzeug.routing import BaseConverter

from board.models import Slip
from board.rules.notice import slips as rule
from board.rules.notice.page import Page
from board.rules.throttle import Minute
from board.store import areas, feature_flags, sealing, slips
from board.store.clock import now
from board.store.feature_flags import SLIPS
from board.web.guard import public
from board.web.i18n import today
from board.web.public.notice import Links

pages = Blueprint("slip", __name__)

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
            "public/slip/slip.html",
            place=areas.full_labels([found.home])[found.home],
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
    found = slips.find(sealing.vault().key("slip", read)) if read else None
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
    response = kept_by_nobody(render_template("public/slip/dead.html", why=why, place=place), status)
    if status == 429:
        response.headers["Retry-After"] = "60"
    abort(response)


def kept_by_nobody(page: str, status: int = 200) -> Response:
    """Return a page that no browser, proxy or search engine keeps: a card's address is all that it takes to read it."""
    return Response(page, status, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"})


def newest_first(shown: Sequence[tuple[Page, Any]]) -> list[tuple[Page, Any]]:
    """Return rows by the first day of their notices, the newest first."""
    return sorted(shown, key=lambda one: (one[0].starts, one[0].number, -one[1].no), reverse=True)
