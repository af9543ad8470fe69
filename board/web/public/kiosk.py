"""A wall's page for a screen in the village (``?view=kiosk``), which loads its next page by itself.

Its whole state is in the URL: the notice, and the row after which the page begins. So the screen needs no memory, continues after a
power cut, and leaves out notices that were taken down in the meantime.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Response, g, make_response, render_template, request
from flask_babel import gettext as _

from board.models import Wall
from board.paper import qr
from board.rules.calendar import CHINA
from board.rules.notice.page import telling
from board.rules.notice.wall_page import WallEntry
from board.store import areas, notices
from board.store.clock import now
from board.web.i18n import link, today
from board.web.installation import public_address
from board.web.public.hub import Hub
from board.web.public.notice import rows_shown

SECONDS = 20  # seconds per page: enough to read ten rows aloud
ROWS, NARROW = 7, 3  # rows in each half of the screen; a table with more than NARROW figures takes the full width
_AFTER = re.compile(r"(?:([0-9]{12})\.)?([0-9]{1,7})")


def screen(wall: Wall, around: Hub) -> Response:
    """Return one page of the screen with the URL of the next; no-store, because it shows the time.

    What was taken down and may still hang is named once a round, on its first page.
    """
    lines = [line for line in around.shown.current if line.page.starts <= today()]
    line = next((line for line in lines if line.page.number == request.args.get("notice")), lines[0] if lines else None)
    key = _AFTER.fullmatch(request.args.get("after", ""))
    rows, more = _rows(wall, line, (key[1] or "", int(key[2])) if key else None) if line else ([], False)
    g.kiosk = True  # selects the kiosk's Content-Security-Policy
    base = public_address()
    response = make_response(
        render_template(
            "public/kiosk/screen.html",
            wall=wall,
            area=areas.get(wall.home),
            line=line,
            rows=rows,
            withdrawn=around.withdrawn if not rows and (line is None or line == lines[0]) else [],
            columns=telling(line.page, rows) if line else [],
            halves=_halves(rows),
            at=lines.index(line) + 1 if line else 0,
            of=len(lines),
            onward=_onward(wall, lines, line, rows, more),
            seconds=SECONDS,
            clock=_clock(now()),
            code=qr.svg(qr.wall_address(base, wall.number), _("扫一扫，在手机上看")) if base else "",
        )
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _rows(wall: Wall, line: WallEntry, after: tuple[str, int] | None) -> tuple[Sequence[Any], bool]:
    """Return (rows, more) of one page after a key, as far as they may be shown today; key None: the notice's own page, without rows."""
    page, place = line.page, wall.home
    posted = notices.find(page.number)
    if posted is None or line.place != place or not rows_shown(page, place):
        return [], False
    found = notices.rows(posted, None if page.whole(place) else place, after=after or ("", 0), limit=2 * ROWS + 1)
    if after is None:
        return [], bool(found)
    size = 2 * ROWS if len(telling(page, found)) <= NARROW else ROWS
    return found[:size], len(found) > size


def _halves(rows: Sequence[Any]) -> list[Sequence[Any]]:
    return [half for half in (rows[:ROWS], rows[ROWS:]) if half]


def _onward(wall: Wall, lines: list[WallEntry], line: WallEntry | None, rows: Sequence[Any], more: bool) -> str:
    """Return the URL of the next page: the notice's next rows, the next notice, or the first notice again."""
    if line and more:
        after = f"{rows[-1].place}.{rows[-1].no}" if rows else "0"
        return link("public.wall.wall", number=wall.number, view="kiosk", notice=line.page.number, after=after)
    following = lines[lines.index(line) + 1 :] if line else []
    return link("public.wall.wall", number=wall.number, view="kiosk", notice=following[0].page.number if following else None)


def _clock(moment: datetime) -> tuple[str, str]:
    """Return the day of the week and the time in China."""
    here = moment.astimezone(CHINA)
    days = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
    return days[here.weekday()], f"{here:%H:%M}"
