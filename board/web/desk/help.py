"""The clerk's help on spreadsheets: accepted files, and every message of the check under its own anchor."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from board.policies import sheet_help
from board.sheets import reasons
from board.web.guard import needs

pages = Blueprint("help", __name__, url_prefix="/desk")


@pages.get("/help")
@needs("draft.read")
def page() -> str:
    """Show the whole help on one page, so that the browser's search covers it; ``#no_place`` leads to the message with that code."""
    words = {**reasons.REASONS, "too_large": reasons.too_large(current_app.config["UPLOAD_MB"])}
    return render_template("desk/help/page.html", help=sheet_help.load(words))
