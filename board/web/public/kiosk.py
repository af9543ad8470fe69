"""A wall's page for a screen in the village (``?view=kiosk``), which loads its next page by itself.

Its whole state is in the URL: the notice, the surname that somebody touched, and the row after which the page begins. So the screen needs
no memory, continues after a power cut, and leaves out notices that were taken down in the meantime.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Response, g, make_response, render_template, request
from flask_babel import gettext as _

from board.models import Wall
from board.paper import qr
from board.rules import surnames
from board.rules.calendar import CHINA
from board.rules.notice.page import Page, telling
from board.rules.notice.wall_page import WallEntry
from board.rules.surnames import Sought
from board.store import areas, notices, row_search
from board.store.clock import now
from board.web.i18n import link, today
from board.web.installation import public_address
from board.web.public.hub import Hub
from board.web.public.notice import rows_shown

SECONDS = 20  # seconds per page: enough to read ten rows aloud
LONGER = 60  # seconds for the rows of a surname: somebody stands before the screen and looks for his own
ROWS, NARROW = 7, 3  # lines in each half of the screen; a table with more than NARROW figures takes the full width
SURNAMES = 30  # the most that a page offers; with more it offers their first letters
_AFTER = re.compile(r"(?:([0-9]{12})\.)?([0-9]{1,7})")


def screen(wall: Wall, around: Hub) -> Response:
    """Return one page of the screen with the URL of the next; no-store, because it shows the time.

    What was taken down and may still hang is named once a round, on its first page.
    """
    lines = [line for line in around.shown.current if line.page.starts <= today()]
    line = next((line for line in lines if line.page.number == request.args.get("notice")), lines[0] if lines else None)
    key = _AFTER.fullmatch(request.args.get("after", ""))
    wanted = surnames.sought(request.args.get("find", ""))
    wanted = wanted if wanted and (wanted.surname or wanted.letter) else None
    view = _view(wall, line, (key[1] or "", int(key[2])) if key else None, wanted) if line else View()
    g.kiosk = True  # selects the kiosk's Content-Security-Policy
    base = public_address()
    response = make_response(
        render_template(
            "public/kiosk/screen.html",
            wall=wall,
            area=areas.get(wall.home),
            line=line,
            withdrawn=around.withdrawn if not view.rows and (line is None or line == lines[0]) else [],
            view=view,
            columns=telling(line.page, view.rows) if line else [],
            at=lines.index(line) + 1 if line else 0,
            of=len(lines),
            onward=_onward(wall, lines, line, view),
            seconds=LONGER if wanted else SECONDS,
            clock=_clock(now()),
            code=qr.svg(qr.wall_address(base, wall.number), _("扫一扫，在手机上看")) if base else "",
        )
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@dataclass(frozen=True)
class View:
    """What one page shows of a roster: its rows in one or two halves, each a list of (heading or "", row); whether more follow; and what
    may be touched to find one's own."""

    halves: list[list[tuple[str, Any]]] = field(default_factory=list)
    more: bool = False
    choices: list[str] = field(default_factory=list)
    wanted: Sought | None = None

    @property
    def rows(self) -> list[Any]:
        """The rows of the page in their order."""
        return [row for half in self.halves for _heading, row in half]


def _view(wall: Wall, line: WallEntry, after: tuple[str, int] | None, wanted: Sought | None) -> View:
    """Return the rows after a key, as far as they may be shown today, those of ``wanted`` only; key None: the notice's own page, without
    rows."""
    page, place = line.page, wall.home
    posted = notices.find(page.number)
    if posted is None or line.place != place or not rows_shown(page, place):
        return View()
    whole = page.whole(place)
    heads = [] if whole or not page.kind.households else row_search.heads(posted, place, None)
    if wanted and heads:
        number = after[1] if after else 0
        found, count = row_search.rows(posted, place, number, 2 * ROWS + 1, group=None, wanted=wanted, shown=heads)
        choices = surnames.by_letter(heads).get(wanted.letter, []) if wanted.letter else _choices(heads)
        return View(*_filled(page, found, ROWS), choices, wanted) if count else View(choices=_choices(heads))
    found = notices.rows(posted, None if whole else place, after=after or ("", 0), limit=2 * ROWS + 1)
    if after is None:
        return View(more=bool(found), choices=_choices(heads))
    return View(*_filled(page, found, ROWS))


def _choices(heads: Sequence[str]) -> list[str]:
    """Return the surnames that occur, or their letters where they are too many for the screen."""
    shelves = surnames.by_letter(heads)
    every = list(dict.fromkeys(name for names in shelves.values() for name in names))
    return (every if len(every) <= SURNAMES else list(shelves)) if len(every) > 1 else []


def _filled(page: Page, rows: Sequence[Any], lines: int) -> tuple[list[list[tuple[str, Any]]], bool]:
    """Fill the halves of the screen with rows, each group under its name again in each half; return them, and whether rows are left."""
    halves: list[list[tuple[str, Any]]] = []
    left = list(rows)
    for _half in range(2 if len(telling(page, rows)) <= NARROW else 1):
        half: list[tuple[str, Any]] = []
        group, free = "", lines
        while left and free >= (2 if left[0].group and left[0].group != group else 1):
            row = left.pop(0)
            heading = row.group if row.group != group else ""
            free -= 2 if heading else 1
            group = row.group
            half.append((heading, row))
        halves += [half] if half else []
    return halves, bool(left)


def _onward(wall: Wall, lines: list[WallEntry], line: WallEntry | None, view: View) -> str:
    """Return the URL of the next page: the notice's next rows, after those of a surname the notice again, the next notice, or the first."""
    rows = view.rows
    if line and view.more:
        after = f"{rows[-1].place}.{rows[-1].no}" if rows else "0"
        find = view.wanted.kept if view.wanted else None
        return link("public.wall.wall", number=wall.number, view="kiosk", notice=line.page.number, after=after, find=find)
    if line and view.wanted:
        return link("public.wall.wall", number=wall.number, view="kiosk", notice=line.page.number)
    following = lines[lines.index(line) + 1 :] if line else []
    return link("public.wall.wall", number=wall.number, view="kiosk", notice=following[0].page.number if following else None)


def _clock(moment: datetime) -> tuple[str, str]:
    """Return the day of the week and the time in China."""
    here = moment.astimezone(CHINA)
    days = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
    return days[here.weekday()], f"{here:%H:%M}"
