"""The county's list of posters that hung late, too short, or not at all."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from board.rules.areas import prefix
from board.store import areas, displays, holidays
from board.web.guard import needs
from board.web.i18n import today

pages = Blueprint("late_displays", __name__)


@pages.get("/audit/hanging")
@needs("audit")
def late() -> str:
    """List the posters in scope that hung late, too short, or not at all, and what remains to be done."""
    scope = prefix(current_user.area, current_user.level)
    wrong = displays.wrong(scope, today(), holidays.calendar())
    return render_template("county/late_displays/late.html", wrong=wrong, places=areas.labels(one.poster.home for one in wrong))
