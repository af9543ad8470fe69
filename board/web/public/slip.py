"""明白卡 (household card): the page of a household's rows in all notices of this year, opened with a printed card."""

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
from board.web.place_words import speak_of
from board.web.public.notice import Links

pages = Blueprint("slip", __name__)

A_CARD = 30  # look-ups of one card per minute and process: one family's phones
UNKNOWN = 120  # look-ups of unknown cards per minute and process: a village that scans its old cards on the day of a reprint


class Token(BaseConverter):
    """A URL segment that may be a card's token; ``rule.read`` decides whether it is one."""

    regex = "[A-Za-z0-9]{20,32}"


@pages.record_once
def _start(state: Any) -> None:
    state.app.url_map.converters.update(card=Token)
    state.app.extensions["slips"] = {"card": Minute(A_CARD), "unknown": Minute(UNKNOWN)}


@pages.get("/S/<card:token>", strict_slashes=False)
@pages.get("/s/<card:token>", strict_slashes=False)
@public
def slip(token: str) -> Response:
    """Show a household's rows of this year: each with its amount, how it was computed, and its notice; without names."""
    found = find(token)
    books = slips.books(found.home, today())
    household = slips.household(found, books)
    if household is None:
        dead("unclear", 410, found.home)
    shown = [(books.pages[row.number], row) for row in household.rows if row.number not in books.closed]
    left_out = len({row.number for row in household.rows} & books.closed)
    return not_stored(
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
    """Return the card of a token; answers 404 if it is unknown, 410 if it is from another year or cards are off, 429 if throttled.

    The look-up comes before the throttle, so that a stranger who guesses tokens cannot lock out a household: unknown tokens share one
    counter, and each card has its own.
    """
    read, counts = rule.read(token), current_app.extensions["slips"]
    found = slips.find(sealing.vault().key("slip", read)) if read else None
    if counts["card"].full(found.key, now()) if found else counts["unknown"].full("", now()):
        dead("often", 429)
    if found is None:
        dead("unknown", 404)
    speak_of(found.home)
    if not feature_flags.is_on(SLIPS, found.home):
        dead("off", 410, found.home)
    if found.year != today().year:
        dead("year", 410, found.home)
    return found


def dead(why: str, status: int, place: str = "") -> NoReturn:
    """Answer with the page that says why a card does not work and what to do next."""
    response = not_stored(render_template("public/slip/dead.html", why=why, place=place), status)
    if status == 429:
        response.headers["Retry-After"] = "60"
    abort(response)


def not_stored(page: str, status: int = 200) -> Response:
    """Return a page that browsers, proxies and search engines must not keep: a card's URL is the only credential for it."""
    return Response(page, status, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"})


def newest_first(shown: Sequence[tuple[Page, Any]]) -> list[tuple[Page, Any]]:
    """Return (page, row) pairs by the first day of display, newest first."""
    return sorted(shown, key=lambda one: (one[0].starts, one[0].number, -one[1].no), reverse=True)
