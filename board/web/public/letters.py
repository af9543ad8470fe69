"""领导信箱: the letters that an office published with its answers, as a list and a page each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from board.models import Area
from board.rules.place_names import canonical
from board.store import areas, letters, people
from board.web.guard import public

pages = Blueprint("letters", __name__)
A_PAGE = 20  # letters on one page of the list
OFFICES = ("township", "county")  # that have a leader who is written to


def _office(code: str) -> Area:
    """Return the office, or answer 404 where there is no leader to write to."""
    area = areas.find(code)
    return area if area and area.level in OFFICES else abort(404)


@pages.get("/a/<place:code>/letters")
@public
def listed(code: str) -> str:
    """List the letters that an office published, newest first, 20 a page."""
    office = _office(code)
    after = min(max(request.args.get("after", 0, type=int), 0), 10**4)
    found = letters.published(code, after=after, limit=A_PAGE + 1)
    following = found[A_PAGE - 1].no if len(found) > A_PAGE else None
    return render_template("public/letters/listed.html", letters=found[:A_PAGE], following=following, after=after, **_about(office))


@pages.get("/a/<place:code>/letters/<count:no>")
@public
def letter(code: str, no: str) -> Any:
    """Show one letter with its answer; one that was withdrawn answers 410 and says why."""
    office, found = _office(code), letters.find(code, int(no))
    if found is None or found.approved_at is None:
        abort(404)
    if found.withdrawn_at:
        return render_template("public/letters/withdrawn.html", letter=found, **_about(office)), 410
    return render_template("public/letters/letter.html", letter=found, **_about(office))


def _about(office: Area) -> dict[str, Any]:
    return {"area": office, "place": canonical(office.name), "led": not office.closed and people.led(office.code)}
