"""An area's page: its notices, those that concern it, and the areas below it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from board.rules.areas import prefix
from board.rules.place_names import canonical
from board.store import areas, notices
from board.web.addresses import printed
from board.web.guard import public
from board.web.i18n import today
from board.web.public.notice import pages_of, withdrawn

pages = Blueprint("area", __name__)


@printed(pages, "a/<place:code>")
@public
def area(code: str) -> str:
    """Show one area: current and past notices that it posted or that concern it, and the areas below it."""
    found = areas.find(code) or abort(404)
    listed = notices.concerning([code], prefix(code, found.level))
    pages = list(zip(listed, pages_of(listed, lambda _page: code), strict=True))
    concerning = [page for posted, page in pages if not posted.notice.withdrawn_at]
    return render_template(
        "public/area/area.html",
        area=found,
        above=areas.chain(code)[:-1],
        below=areas.children(code),
        merged=areas.find(found.merged_into) if found.merged_into else None,
        now=[page for page in concerning if page.ends >= today()],
        before=[page for page in concerning if page.ends < today()],
        withdrawn=withdrawn(pages, today()),
        more=len(listed) == notices.LISTED,
        canonical=canonical,
    )
