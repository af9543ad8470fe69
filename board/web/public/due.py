"""该公开的: what a place owes its villagers this year, what of it is public, late and missing."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from board.models import Area
from board.rules.place_names import canonical
from board.store import areas, duties
from board.web.due_words import CLASSES, lines
from board.web.guard import public
from board.web.i18n import today

pages = Blueprint("due", __name__)
LISTED = 200


def counts(area: Area) -> duties.Counts:
    """Return how many of the things that an area and the places below it owe this year are in each class; none before a duty is owed."""
    return duties.totals(duties.counted(area.code, today().year, today()))


@pages.get("/a/<place:code>/due")
@public
def due(code: str) -> str:
    """List what a village, or a township with its villages, owes in a year; a county by its townships."""
    area = areas.find(code) or abort(404)
    year = min(max(request.args.get("year", today().year, type=int), 2000), today().year)
    below = area.level in ("county", "city")
    counted = duties.counted(code, year, today()) if below else {}
    towns = sorted({town for town, _duty, _period in counted})
    found = [] if below else [one for one in duties.of_area(code, year, today()) if one.state != "not_applicable" or one.settled]
    return render_template(
        "public/due/due.html",
        area=area,
        name=canonical(area.name),
        year=year,
        first=duties.first_year(code),
        classes=CLASSES,
        lines=lines(found[:LISTED]),
        more=len(found) > LISTED,
        towns=[(town, duties.totals(counted, town=town)) for town in towns],
        names=areas.labels(towns),
    )
