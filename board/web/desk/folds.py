"""The line of a flood in the inbox: taking a case out of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect
from flask_babel import gettext as _
from flask_login import current_user

from board.store.cases import floods
from board.store.clock import now
from board.web.desk import cases
from board.web.guard import needs
from board.web.i18n import link

pages = Blueprint("folds", __name__)


@pages.post("/desk/cases/<place:home>/<token:id>/own-line")
@needs("case.answer")
def take_out(home: str, id: str) -> Any:
    """Give a case of a flood's line a line of its own."""
    cases.find(home, id, "case.answer")
    floods.take_out(home, id, current_user.id, now())
    flash(_("这一件现在单独一行。"), "good")
    return redirect(link("desk.cases.one", home=home, id=id))
