"""能看纸质的地方: where those who do not go online may read the notices of an area."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from board import policies
from board.store import areas, reading
from board.web.guard import public
from board.web.i18n import today

pages = Blueprint("reading", __name__)


@pages.get("/a/<place:code>/reading")
@public
def reading_points(code: str) -> str:
    """List the reading points of a county, or those to which a township or a village brings its notices."""
    area = areas.find(code)
    if area is None or area.level == "city":
        abort(404)
    points = reading.serving(code, today())
    return render_template(
        "public/reading/reading_points.html",
        area=area,
        points=points,
        sorts=policies.reading_sorts(),
        names=areas.labels({point.serves for point in points if point.serves != point.home}),
    )
