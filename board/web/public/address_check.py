"""The two public sides of the check of the public address: the answer to the server's own question, and the page for a phone."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from board.rules.public_address import host
from board.store import address_check as kept
from board.store.clock import now
from board.web import address_check
from board.web.guard import public, tokened
from board.web.installation import public_address

pages = Blueprint("address_check", __name__)


@pages.get("/.well-known/mingbai/<nonce>")
@public
def well_known(nonce: str) -> Response:
    """Answer a nonce as only a board with these keys can."""
    if not re.fullmatch("[0-9a-f]{32}", nonce):
        abort(404)
    return Response(kept.answer(nonce), mimetype="text/plain", headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})


@pages.route("/phone/<token>", methods=["GET", "POST"])
@tokened  # its address is its own signed token, and runs out
@public
def phone(token: str) -> Any:
    """Prove the public address: whoever opens this page through it and presses the button came here by it."""
    who = address_check.opened(token)
    through = host(f"//{request.host}") == host(public_address())
    if who and through and request.method == "POST":
        kept.note(who[0], public_address(), "phone", who[1], now())
        return render_template("public/address_check/phone.html", state="proven", address=public_address())
    state = "gone" if who is None else "here" if through else "elsewhere"
    return render_template("public/address_check/phone.html", state=state, address=public_address()), 200 if state == "here" else 410
