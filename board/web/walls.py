"""The page behind a wall's plate: what is shown in this village now, what was before, and whom to ring."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, render_template

from board.models import Wall
from board.rules import wallpage
from board.rules.names import display
from board.store import areas, notices, walls
from board.web.cases import COUNTY
from board.web.guard import public
from board.web.public import page_of, printed
from board.web.words import today

pages = Blueprint("walls", __name__)
pages.add_app_template_filter(display, "display")


def find(number: str) -> Wall:
    """Return a wall, standing or closed, or answer 404 for a number that no wall has."""
    return walls.find(number) or abort(Response(render_template("public/not_found.html", typed=number, receipt=False), 404))


def sections_of(home: str) -> wallpage.Sections:
    """Return what concerns a place today, under the headings of its wall's page; what was taken down is left out."""
    chain = [area.code for area in areas.chain(home)]
    concerning = [page_of(posted) for posted in notices.concerning(chain, home) if not posted.notice.withdrawn_at]
    return wallpage.sections(concerning, chain, today())


@printed("w/<number:number>", on=pages)
@public
def wall(number: str) -> str:
    """Show what a village's wall shows: its notices now and before, those from above, and whom to ring; a closed wall leads on."""
    found = find(number)
    area = areas.get(found.home)
    shown = sections_of(found.home)
    return render_template(
        "walls/wall.html",
        wall=found,
        area=area,
        shown=shown,
        phones=wallpage.phones(shown.current or [line for _year, lines in shown.before for line in lines][:3]),
        others=[one for one in walls.of_place(found.home) if one.closed_at is None] if found.closed_at else [],
        merged=areas.find(area.merged_into) if area.merged_into else None,
        county=[current_app.config[name] for name in COUNTY],
    )
