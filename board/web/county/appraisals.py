"""The yearly appraisals of all villages in the auditor's scope, by code, without any order among them."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_login import current_user

from board import policies
from board.rules.areas import prefix
from board.store import appraisals, areas
from board.web.guard import needs
from board.web.i18n import today

pages = Blueprint("appraisals", __name__)


@pages.get("/audit/appraisals")
@needs("audit")
def listed() -> str:
    """List the villages in scope by code with their appraisal of a year: who has one, how many voted, and what is published."""
    year = min(max(request.args.get("year", today().year, type=int), 2020), today().year)
    reach = prefix(current_user.area, current_user.level)
    return render_template(
        "county/appraisals/listed.html",
        year=year,
        villages=[area for area in areas.inside(current_user.area) if area.level == "village"],
        places=areas.labels(area.code for area in areas.inside(current_user.area) if area.level == "village"),
        standing=appraisals.under(reach, year, today()),
        form=policies.appraisal(),
    )
