"""The home page, and the form that leads from a printed number to its page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from board.rules import numbers
from board.rules.personal import detection
from board.store import areas, notices
from board.store import printed_numbers as given
from board.web.guard import public
from board.web.i18n import link
from board.web.public.posted_pages import pages_of

pages = Blueprint("home", __name__)


@pages.get("/")
@public
def home() -> str:
    """Show the counties and the notices posted last."""
    return render_template(
        "public/home/home.html",
        counties=areas.counties(),
        latest=pages_of(notices.listed("", limit=12, standing=True)),
    )


@pages.get("/n")
@public
def go() -> Any:
    """Redirect from a typed number to its notice or wall; answers 404 for an unknown number."""
    typed = request.args.get("number", "").strip()
    number = numbers.compact(typed)
    if numbers.valid(number) and (what := given.what(number)):
        return redirect(link("public.wall.wall" if what == "wall" else "public.notice.notice", number=number))
    if len(number) == numbers.RECEIPT_LENGTH and number.isdecimal():
        return redirect(link("public.home.go", receipt=1))  # without the number: a receipt must not occur in a URL
    receipt = "receipt" in request.args
    return render_template("public/not_found.html", typed=detection.mask(typed)[:30], receipt=receipt), 200 if receipt else 404
