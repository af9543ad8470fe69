"""The county inspector's page; reports against people are not taken here yet."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from board import policies
from board.web.guard import needs
from board.web.installation import COUNTY

pages = Blueprint("inspect", __name__)


@pages.get("/inspect")
@needs("inspect")
def home() -> str:
    """Show that reports against people are not taken here yet, and which county office villagers see instead."""
    clock = next(one.clocks for one in policies.case_categories().values() if one.to == "inspector")
    return render_template("county/inspect/home.html", clock=clock, **{name.lower(): current_app.config[name] for name in OFFICE})


# The settings that name the office to which a villager can report a person.
OFFICE = ("INSPECTOR_OFFICE", *COUNTY)
