"""空白表: blank sheets for a clerk to fill in, one for each kind that the clerk's office may publish."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, send_file
from flask_babel import gettext as _
from flask_login import current_user

from board import blank_sheet, kinds
from board.models import Area
from board.rules.kind import Kind
from board.rules.place_names import Places, canonical
from board.store import areas
from board.web.guard import may, needs
from board.web.i18n import say, tongue

pages = Blueprint("blanks", __name__, url_prefix="/desk/blank")

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def homes() -> list[Area]:
    """Return the areas for which the user may publish, the user's own first."""
    return [area for area in areas.desk_of(current_user.area, current_user.level) if may("draft.write", area.code)]


def fitting(home: Area) -> list[Kind]:
    """Return the kinds with a roster that an area of this level may publish, in list order."""
    return [kind for kind in kinds.load().values() if kind.columns and home.level in kind.levels]


@pages.get("")
@needs("draft.write")
def listed() -> str:
    """List the blank sheets for one of the user's areas: the one in the query argument ``home``, or the user's own."""
    own = homes()
    home = next((area for area in own if area.code == request.args.get("home")), own[0])
    return render_template("desk/blanks/listed.html", homes=own, home=home, kinds=fitting(home), canonical=canonical)


@pages.get("/<place:home>/<kind>.xlsx")
@needs("draft.write")
def sheet(home: str, kind: str) -> Response:
    """Return the blank sheet of a kind as .xlsx, with the area's places to choose from; the same bytes every time."""
    area = areas.find(home) if may("draft.write", home) else None
    found = next((one for one in fitting(area) if one.id == kind), None) if area else None
    if area is None or found is None:
        abort(404)
    name = _("%(kind)s空白表", kind=say(found.name))
    return send_file(io.BytesIO(_blank(found, area)), mimetype=SHEET, as_attachment=True, download_name=f"{name}.xlsx")


def _blank(kind: Kind, home: Area) -> bytes:
    level: Any = home.level
    rows = kind.places_for(level)
    places = blank_sheet.offered(Places(areas.around(home.code), home.code), rows) if rows and rows != level else []
    return blank_sheet.blank_sheet(kind, level, places, tongue())
