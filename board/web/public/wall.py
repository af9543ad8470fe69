"""The page behind a wall's plate: current and past notices of the village, and telephone numbers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from board.models import Wall
from board.rules.place_names import canonical
from board.store import appraisals, areas, walls
from board.web.addresses import printed
from board.web.guard import public
from board.web.i18n import today
from board.web.installation import county_office
from board.web.place_words import speak_of
from board.web.public import asked, hub, kiosk

pages = Blueprint("wall", __name__)

pages.add_app_template_filter(canonical, "canonical")


def find(number: str) -> Wall:
    """Return a wall, open or closed; answers 404 for an unknown number."""
    found = walls.find(number) or abort(Response(render_template("public/not_found.html", typed=number, receipt=False), 404))
    speak_of(found.home)
    return found


@pages.after_request
def retry_after_error(response: Response) -> Response:
    """Make a kiosk screen, which has no operator, reload itself after an error."""
    if response.status_code >= 400 and request.args.get("view") == "kiosk":
        response.headers["Refresh"] = "60"
    return response


@printed(pages, "w/<number:number>")
@public
def wall(number: str) -> Any:
    """Show a wall's page: current and past notices of the village and of the areas above, and telephone numbers; or its kiosk view."""
    found = find(number)
    area = areas.get(found.home)
    around = hub.of_place(found.home)
    if request.args.get("view") == "kiosk":
        return kiosk.screen(found, around)
    return render_template(
        "public/wall/wall.html",
        wall=found,
        area=area,
        around=around,
        asked=asked.of_notices([(line.page, line.place) for line in around.shown.current]),
        others=[one for one in walls.of_place(found.home) if one.closed_at is None] if found.closed_at else [],
        merged=areas.find(area.merged_into) if area.merged_into else None,
        county=county_office(),
        standing=appraisals.newest(found.home, today()),
    )
