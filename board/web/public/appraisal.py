"""评议: whoever stands in front of a village's wall says how satisfied he is with its disclosure; nothing is known of who."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request

from board import policies
from board.rules import appraisal as rules
from board.store import appraisals, areas
from board.store.clock import now
from board.web.guard import public, tokened
from board.web.i18n import link, today
from board.web.public import wall as wall_pages

pages = Blueprint("appraisal", __name__)


@pages.route("/w/<number:number>/appraisal", methods=["GET", "POST"])
@tokened  # without a token: the page is the same for everybody, and a vote counts once a device and scan
@public
def appraisal(number: str) -> Any:
    """Show the three questions and count a vote; a question left out comes back with what was chosen."""
    wall, form = wall_pages.find(number), policies.appraisal()
    standing = appraisals.newest(wall.home, today())
    shown = {"wall": wall, "area": areas.get(wall.home), "form": form, "standing": standing}
    if standing is None or standing.phase != "open" or wall.closed_at:
        return render_template("public/appraisal/over.html", **shown)
    if request.method == "GET":
        return render_template("public/appraisal/appraisal.html", chosen={}, missing=False, **shown)
    chosen = rules.chosen(form, request.form)
    if len(chosen) < len(form.questions):
        return render_template("public/appraisal/appraisal.html", chosen=chosen, missing=True, **shown)
    vote = partial(appraisals.vote, wall, chosen, now())
    came = current_app.extensions["scans"].once((f"appraisal-{standing.year}", number), request.environ, vote)
    return redirect(link("public.appraisal.voted", number=number, came=came))


@pages.get("/w/<number:number>/appraisal/thanks")
@public
def voted(number: str) -> str:
    """Thank for a vote, or say that it was not counted and how it can be."""
    wall = wall_pages.find(number)
    return render_template("public/appraisal/voted.html", wall=wall, came=request.args.get("came", ""))
