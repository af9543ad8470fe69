"""找公示: search for notices by text, area, kind, year and fund; a printed number redirects to its page."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request
from flask_babel import gettext as _

from board import kinds
from board.models import Area
from board.rules import numbers, printed_address
from board.rules.areas import prefix
from board.rules.kind import GROUPS, Kind
from board.rules.notice.search_terms import Filters
from board.rules.personal import detection
from board.rules.place_names import canonical
from board.rules.tokenizer import MOST_WORDS
from board.store import areas, printed_numbers
from board.store import search as index
from board.store.search_index import NEWEST
from board.web.guard import public
from board.web.i18n import link, say, today
from board.web.public.posted_pages import pages_of

pages = Blueprint("search", __name__)

LONGEST = 60  # characters of a search; no name is longer
PLACES = 20  # areas that a search lists
FEWEST, MOST = 8, 10  # digits of what may be a printed number that was copied wrongly; a year is none, nor is a mobile's number
_CALLED = re.compile(r"^(?:公示)?编?号\s*[:：]?")  # as the sheet calls its number
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,10}?(?:村|社区|镇|乡|街道)")  # the place in 军大丘村耕地补贴
YEARS = 6  # years that the form offers, the current one included; a URL may ask for any


@pages.get("/search")
@public
def search() -> Any:
    """Show the notices that contain all words of the query, newest first; redirect for a printed number."""
    whole = request.args.get("q", "").strip()[: 4 * LONGEST]
    if leads := printed_address.path(whole) or elsewhere(numbers.compact(_CALLED.sub("", whole))):
        return redirect(leads)
    typed = detection.mask(whole)[:LONGEST]
    place, filters = narrowed()
    places = _places(typed, filters.area)
    names = areas.full_labels(one.code for one in places)
    before = min(max(request.args.get("before", NEWEST, type=int), 0), NEWEST)
    found = index.find(typed, filters, before=before, loosely="pieces" in request.args, size=current_app.config["PAGE_NOTICES"])
    return render_template(
        "public/search/search.html",
        typed=typed,
        place=place,
        places=[(one.code, names[one.code]) for one in places],
        nearest=place or (places[0] if len(places) == 1 else None),
        filters=filters,
        found=found,
        pages=pages_of(found.posted),
        first=before == NEWEST,
        asked=any(value for name, value in request.args.items() if name in ("q", "area", "kind", "year", "fund")),
        choices=choices(place),
        most_words=MOST_WORDS,
    )


def elsewhere(number: str) -> str:
    """Return the URL for a typed number: that of its notice or wall, of a receipt, without it, the form for receipts, and of a number
    that is none of ours the page that says so; "" for any other text."""
    if numbers.valid(number):
        endpoint = {"notice": "public.notice.notice", "wall": "public.wall.wall"}.get(printed_numbers.what(number))
        # A notice of several villages asks which of them it is.
        return link(endpoint, number=number, _anchor="places" if endpoint.endswith("notice") else None) if endpoint else _unknown(number)
    if numbers.receipt_valid(number):
        return link("public.home.go", receipt=1)  # never a receipt in a URL
    return _unknown(number) if number.isdecimal() and FEWEST <= len(number) <= MOST else ""


def _unknown(number: str) -> str:
    return link("public.home.go", number=number)


def _places(typed: str, under: str) -> list[Area]:
    """Return the areas that are called as typed, or as one of its words, in whole or in part, villages after what they lie in."""
    words = [word for word in typed.split() if len(word) > 1]
    begun = [match[0] for word in words if (match := _PLACE.match(word))]
    for word in dict.fromkeys([typed.replace(" ", ""), *words, *begun] if words or "\u4e00" <= typed <= "\u9fff" else []):
        if found := areas.search(word, under, limit=PLACES):
            return found
    return []


def narrowed() -> tuple[Area | None, Filters]:
    """Return the area of the query, or None, and the filters; an unknown area, kind or year is ignored."""
    place = areas.find(request.args.get("area", ""))
    kind, year = request.args.get("kind", ""), request.args.get("year", "")
    return place, Filters(
        area=prefix(place.code, place.level) if place else "",
        kind=kind if kind in kinds.load() else "",
        year=year if re.fullmatch("[12][0-9]{3}", year) else "",
        fund=detection.mask(request.args.get("fund", "")[:LONGEST]),
    )


def choices(place: Area | None) -> dict[str, list[tuple[str, list[tuple[str, str]]]]]:
    """Return the options of each list of the form: name -> [(heading, [(value, label)])]; areas above and below the chosen one."""
    around = areas.chain(place.code) if place else []
    below = areas.children(place.code) if place else areas.counties()
    sorted_kinds = sorted(kinds.load().values(), key=lambda kind: (list(GROUPS).index(kind.group), kind.position))
    newest = today().year
    return {
        "area": [("", _named(around)), (_("下面的地方"), _named(below))],
        "kind": [(say(GROUPS[group]), [(kind.id, say(kind.name)) for kind in own]) for group, own in groupby(sorted_kinds, _group)],
        "year": [("", [(str(year), str(year)) for year in range(newest, newest - YEARS, -1)])],
    }


def _group(kind: Kind) -> str:
    return kind.group


def _named(found: list[Area]) -> list[tuple[str, str]]:
    return [(area.code, canonical(area.name)) for area in found]
