"""The photos of a case for the office that has it: opened one at a time, which is logged, and deleted by one tap."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect
from flask_babel import gettext as _
from flask_login import current_user

from board.store.cases import case_photos
from board.store.clock import now
from board.web.desk.cases import find
from board.web.guard import needs
from board.web.i18n import link

pages = Blueprint("case_photos", __name__, url_prefix="/desk/cases/<place:home>/<token:id>/photos/<count:no>")


@pages.post("")
@needs("case.answer")
def look(home: str, id: str, no: str) -> Any:
    """Return a photo to whoever may answer its case, and log who opened it."""
    find(home, id, "case.answer")
    photo = case_photos.open_one(home, id, int(no), current_user.id, now())
    return Response(photo, mimetype="image/jpeg") if photo else _back(home, id)


@pages.post("/remove")
@needs("case.answer")
def remove(home: str, id: str, no: str) -> Any:
    """Delete a photo that shows the number of a document."""
    find(home, id, "case.answer")
    case_photos.remove(home, id, int(no), current_user.id, now())
    return _back(home, id)


def _back(home: str, id: str) -> Any:
    flash(_("照片删掉了。"), "good")
    return redirect(link("desk.cases.one", home=home, id=id))
