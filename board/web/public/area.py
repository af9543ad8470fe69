"""An area's page: a village's notices and whom to ask, a township's or county's places and notices."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from board import policies
from board.models import Area
from board.rules import appraisal
from board.rules.areas import prefix
from board.rules.place_names import canonical
from board.store import appraisals, areas, letters, notices, people, reading, walls
from board.store.cases import quarter_shares
from board.web.addresses import printed
from board.web.guard import public
from board.web.i18n import today
from board.web.installation import county_office
from board.web.public import due, hub
from board.web.public.guide import taker
from board.web.public.posted_pages import pages_of, withdrawn

pages = Blueprint("area", __name__)
A_PAGE = 20  # notices on one page of a township or county
pages.add_app_template_filter(lambda counts: appraisal.shown(counts, policies.appraisal().least), "appraised")


@printed(pages, "a/<place:code>")
@public
def area(code: str) -> str:
    """Show one area with the notices that it posted or that concern it, 20 a page, and the areas below it; or a village's own page."""
    found = areas.find(code) or abort(404)
    owed = due.counts(found)
    about = {
        "area": found,
        "above": areas.chain(code)[:-1],
        "merged": areas.find(found.merged_into) if found.merged_into else None,
        "canonical": canonical,
        "taker": taker(code),
        "shares": quarter_shares.of_place(code, today()),
        "reading": bool(reading.serving(code, today())),
        "due": owed.counts,
        "due_before": owed.before,
    }
    if found.level == "village":
        return render_template(
            "public/area/village.html",
            around=hub.of_place(code),
            walls=[one for one in walls.of_place(code) if one.closed_at is None],
            county=county_office(),
            standing=appraisals.newest(code, today()),
            form=policies.appraisal(),
            **about,
        )
    led = not found.closed and people.led(code)
    box = {"led": led, "letters": led or bool(letters.published(code, limit=1))}
    return render_template("public/area/area.html", below=areas.children(code), **_listed(found), **about, **box)


def _listed(area: Area) -> dict[str, Any]:
    """Return one page of an area's notices, newest first: those on display, those that are over, and what was taken down."""
    after = min(max(request.args.get("after", 0, type=int), 0), 10**7)
    listed = notices.concerning([area.code], prefix(area.code, area.level), after=after, limit=A_PAGE + 1)
    shown = listed[:A_PAGE]
    found = list(zip(shown, pages_of(shown, lambda _page: area.code), strict=True))
    concerning = [page for posted, page in found if not posted.notice.withdrawn_at]
    return {
        "now": [page for page in concerning if page.ends >= today()],
        "before": [page for page in concerning if page.ends < today()],
        "withdrawn": withdrawn(found, today()),
        "after": after,
        "following": after + A_PAGE if len(listed) > A_PAGE else None,
    }
