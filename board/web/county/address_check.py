"""The administrator's page for the public address: whether it was proven to lead here, and the ways to prove it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from board.paper import qr
from board.rules.public_address import reserved
from board.store import address_check as kept
from board.web import address_check
from board.web.guard import needs
from board.web.i18n import link
from board.web.installation import public_address

pages = Blueprint("address_check", __name__)


@pages.get("/admin/address")
@needs("switches")
def address() -> str:
    """Show the public address, whether it was proven, and a code that leads a phone to the one-time page."""
    once, known = "", kept.proven(current_user.area, public_address())
    if public_address() and not known and not reserved(public_address()):
        once = address_check.one_time(current_user.area, current_user.username)
    return render_template(
        "county/address_check/address.html",
        address=public_address(),
        proven=known,
        exempt=address_check.exempt(),
        unreal=reserved(public_address()),
        once=once,
        picture=Markup(qr.svg(once, _("二维码"))) if once else "",  # noqa: S704 - our own drawing
    )


@pages.post("/admin/address")
@needs("switches")
def ask() -> Any:
    """Let the server ask its own address now."""
    if problem := address_check.fault(current_user.area, current_user.username):
        flash(problem, "wrong")
    else:
        flash(_("网址打得开。"), "good")
    return redirect(link("county.address_check.address"))
