"""The county's view of the walls: scans of their codes, overdue checks, and foreign codes found on them."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, abort, render_template

from board.rules import wall_check
from board.store import areas, notices, scans, understood, walls
from board.web.county.chosen import scope
from board.web.guard import may, needs
from board.web.i18n import today

pages = Blueprint("walls", __name__, url_prefix="/audit")

DAYS = 30  # days of scans that are counted: as long as most notices are shown
LISTED = 200


def since() -> date:
    """Return the first day of the scans that are counted."""
    return today() - timedelta(DAYS - 1)


@pages.get("/walls")
@needs("audit")
def of_walls() -> str:
    """Show every wall in scope: scans of its plate and posters, last check, last poster hung."""
    standing, bare = walls.standing(scope()), walls.bare(scope())
    return render_template(
        "county/walls/of_walls.html",
        walls=standing,
        bare=bare,
        plates=scans.by_number(scope(), since()),
        sheets=scans.of_sheets(scope(), since()),
        checked=walls.last_checked(scope()),
        hung=walls.last_hung(scope()),
        reported=len(walls.checks(scope(), findings=wall_check.REPORTED, limit=LISTED)),
        places=areas.full_labels([*(wall.home for wall in standing), *(area.code for area in bare)]),
        days=DAYS,
    )


@pages.get("/walls/foreign")
@needs("audit")
def foreign() -> str:
    """Show codes found on walls that are not ours, newest first, and what is to be done about each."""
    found = walls.checks(scope(), findings=wall_check.REPORTED, limit=LISTED)
    return render_template(
        "county/walls/foreign.html",
        found=found,
        checked=walls.last_checked(scope()),
        findings=wall_check,
        places=areas.full_labels(one.wall.home for one in found),
    )


@pages.get("/scans")
@needs("audit")
def of_notices() -> str:
    """Show how often the posters of each notice were scanned, and how many readers understood it."""
    posted = notices.listed(scope(), limit=LISTED)
    return render_template(
        "county/walls/of_notices.html",
        posted=posted,
        read=understood.by_number(scope(), since()),
        places=areas.labels(one.home for one in posted),
        days=DAYS,
    )


@pages.get("/scans/<number:number>")
@needs("audit")
def of_notice(number: str) -> str:
    """Show how often one notice's posters were scanned, by place and day, and how many readers understood it."""
    posted = notices.find(number)
    if posted is None or not may("audit", posted.home):
        abort(404)
    return render_template(
        "county/walls/of_notice.html",
        posted=posted,
        parts=notices.parts(posted),
        counted={one.place: one for one in scans.of_notice(posted.home, number)},
        read=understood.of_notice(posted.home, number),
    )
