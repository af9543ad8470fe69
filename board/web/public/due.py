"""该公开的: what a place owes its villagers this year, what of it is public, late and missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request

from board import kinds, policies
from board.models import Area
from board.rules.bilingual import Words
from board.rules.duties.cell import CellClass
from board.rules.duties.switches import Switched
from board.rules.place_names import canonical
from board.store import areas, duties
from board.web.due_words import CLASSES, is_none, lines
from board.web.guard import public
from board.web.i18n import today

pages = Blueprint("due", __name__)
LISTED = 200
OWN = 10_000  # cells of one county itself, more than there are
OPEN: tuple[CellClass, ...] = ("missing", "not_due")
ORDER: tuple[CellClass, ...] = ("missing", "late", "not_due", "on_time", "not_applicable")
COUNTED = {state: words for state, words in CLASSES.items() if state != "not_applicable"}


class Line(NamedTuple):
    """The counts of an area this year; ``before``: with what of the last year is missing or not due yet."""

    counts: duties.Counts
    before: bool


def counts(area: Area) -> Line:
    """Return how many of the things that an area and the places below it owe this year are in each class; none before a duty is owed."""
    before = duties.totals(_before(area.code, today().year))
    return Line(duties.totals(duties.counted(area.code, today().year, today())) + before, before.total() > 0)


def _goes_back(code: str, year: int) -> bool:
    """Return whether the present year has also what is open of the last: on 1 January its last quarter only falls due."""
    first = duties.first_year(code) if year == today().year else None
    return first is not None and first < year


def _before(code: str, year: int) -> Mapping[tuple[str, str, str], duties.Counts]:
    found = duties.counted(code, year - 1, today()) if _goes_back(code, year) else {}
    return {key: Counter({state: one[state] for state in OPEN}) for key, one in found.items()}


@pages.get("/a/<place:code>/due")
@public
def due(code: str) -> str:
    """List what an area owes itself in a year, what is missing first, and count what the places directly below it owe."""
    area = areas.find(code) or abort(404)
    year = min(max(request.args.get("year", today().year, type=int), 2000), today().year)
    cells = _cells(area, year)
    below = _townships(code, year) if area.level in ("county", "city") else _villages(code, cells)
    own = [one for one in cells if one.place == code or area.level in ("county", "city")]
    found = sorted((one for one in own if one.state != "not_applicable" or is_none(one)), key=lambda one: ORDER.index(one.state))
    return render_template(
        "public/due/due.html",
        area=area,
        name=canonical(area.name),
        year=year,
        first=duties.first_year(code),
        classes=COUNTED,
        lines=lines(found[:LISTED]),
        more=len(found) > LISTED,
        back=_goes_back(code, year),
        below=below,
        names=areas.labels(below),
        off=_off(code) if area.level == "county" else [],
    )


def _townships(code: str, year: int) -> dict[str, duties.Counts]:
    """Return what each township of a county owes, in the order of their codes."""
    counted, before = duties.counted(code, year, today()), _before(code, year)
    towns = sorted({town for town, _duty, _period in (*counted, *before)} - {code})
    return {town: duties.totals(counted, town=town) + duties.totals(before, town=town) for town in towns}


def _villages(code: str, cells: list[duties.Cell]) -> dict[str, duties.Counts]:
    """Return what each village of a township owes, in the order of their codes."""
    villages = sorted({one.place for one in cells} - {code})
    return {village: Counter(one.state for one in cells if one.place == village) for village in villages}


def _cells(area: Area, year: int) -> list[duties.Cell]:
    """Return the cells of a year, for a county those that it owes itself; before the present year's what is open of the last."""

    def of(year: int) -> list[duties.Cell]:
        if area.level in ("county", "city"):
            return duties.listed(area.code, year, today(), town=area.code, limit=OWN)
        return duties.of_area(area.code, year, today())

    before = [one for one in of(year - 1) if one.state in OPEN] if _goes_back(area.code, year) else []
    return sorted((*before, *of(year)), key=lambda one: one.key)


def _off(code: str) -> list[tuple[Words, Switched]]:
    """Return what a county does not disclose: the kind, with since when and why."""
    last = {duty: acts[-1] for duty, acts in duties.of(code).items()}
    known = policies.duties()
    return [(kinds.load()[known[duty].kind].name, act) for duty, act in last.items() if not act.on and duty in known]
