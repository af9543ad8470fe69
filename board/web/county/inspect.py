"""The county inspector's page: reports against people, once an office takes them here."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from board.web.guard import needs
from board.web.installation import COUNTY

pages = Blueprint("inspect", __name__)


@pages.get("/inspect")
@needs("inspect")
def home() -> str:
    """Say that reports against people are not taken here yet, and which county office villagers are shown instead."""
    return render_template("county/inspect/home.html", **{name.lower(): current_app.config[name] for name in OFFICE})


# The settings that decide what a villager reads who wants to report a person.
OFFICE = ("INSPECTOR_OFFICE", *COUNTY)
