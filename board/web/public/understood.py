"""看懂了 / 没看懂: a reader says in one tap whether he understood a notice; counted as scans are, and nothing is known of who."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request

from board.web.guard import public, tokened
from board.web.i18n import link
from board.web.public.notice import Links, find, not_there
from board.web.public.posted_pages import page_of

pages = Blueprint("understood", __name__)


@pages.route("/n/<number:number>/<place:place>/understood", methods=["GET", "POST"])
@tokened  # without a token: the page is the same for everybody, and an answer that another site sends counts once a device and scan
@public
def understood(number: str, place: str) -> Any:
    """Count an answer, and thank; whoever did not understand is led to the form to ask. ``place`` is the home for the whole notice."""
    posted = find(number)
    page = page_of(posted, place)
    if place != posted.home and not page.has(place):
        return not_there(posted, page, place)
    links, said = Links(page), request.values.get("said")
    back = links.place(place) if page.has(place) else links.notice()
    if said not in ("yes", "no"):
        return redirect(back)
    if request.method == "POST":
        current_app.extensions["scans"].answer((posted.home, number, place), said == "yes", request.environ)
        return redirect(link("public.understood.understood", number=number, place=place, said=said))
    return render_template(
        "public/understood/understood.html", page=page, understood=said == "yes", back=back, ask=links.ask(place, category="unclear")
    )
