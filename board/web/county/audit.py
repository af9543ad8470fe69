"""The county's view: what was posted where, what is late, what waits for an answer, and the public log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board.models import Ledger
from board.rules import numbers
from board.rules.areas import prefix
from board.store import areas, cases, displays, ledger, notices, people
from board.store.drafting import proposing
from board.store.proof import notices as proof
from board.web.guard import needs
from board.web.i18n import today

pages = Blueprint("audit", __name__, url_prefix="/audit")


PAGE = 100
AFTER = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00)/(\d{9})")  # where the next page of notices goes on
KEY = re.compile(r"([0-9T:+-]{1,32})/([0-9]{12})/([0-9]{1,9})")  # at/home/height of the last entry shown


def scope() -> str:
    """Return the code prefix of all that the person who is signed in watches over."""
    return prefix(current_user.area, current_user.level)


@pages.get("")
@needs("audit")
def home() -> str:
    """Show every home's notices and cases in scope, a page at a time, and before them what is late."""
    key = AFTER.fullmatch(request.args.get("after", ""))
    after = (datetime.fromisoformat(key[1]), key[2]) if key else None
    posted = notices.listed(scope(), limit=PAGE + 1, after=after)
    late, unposted = notices.listed(scope(), limit=PAGE, late=True), proposing.overdue(scope(), today())
    counts, overdue, waiting = cases.counts(scope(), today()), cases.late(scope(), today()), cases.inbox(scope())
    homes = [
        *unposted,
        *(one.home for one in counts),
        *(one.home for one in posted + late),
        *(line.case.home for line in overdue + waiting),
    ]
    return render_template(
        "county/audit/home.html",
        posted=posted[:PAGE],
        more=len(posted) > PAGE,
        late=late,
        figures=notices.counts(scope()),
        unposted=unposted,
        places=areas.labels(homes),
        counts=counts,
        overdue=overdue,
        waiting=waiting,
    )


@pages.get("/ledger")
@needs("audit")
def log() -> str:
    """Show the public log of every home in scope, newest first, a page at a time."""
    key = KEY.fullmatch(request.args.get("before", ""))
    before = (key[1], key[2], int(key[3])) if key else None
    entries = ledger.newest(scope(), PAGE + 1, before)
    return render_template(
        "county/audit/log.html",
        entries=entries[:PAGE],
        more=len(entries) > PAGE,
        places=areas.labels(_codes(entries)),
        names=_names(entries),
        number=numbers.valid,
    )


def _codes(entries: list[Ledger]) -> Iterator[str]:
    """Yield the codes of the areas that entries are of and about."""
    for entry in entries:
        yield from (entry.home, entry.body.get("place", ""))
        if entry.action.startswith("area."):
            yield entry.subject


def _names(entries: list[Ledger]) -> dict[str, str]:
    """Return who acted in these entries, or was acted on, as a reader calls them: username -> name."""
    subjects = {entry.subject for entry in entries if entry.action.startswith("person.")}
    known = people.names(subjects | {entry.actor for entry in entries})
    said = {cases.VILLAGER: _("村民"), people.CONSOLE: _("后台"), displays.THROUGH_LINK: _("贴单子的人")}
    return known | said


@pages.post("/ledger/verify")
@needs("audit")
def verify() -> str:
    """Check every chain and every posted table against the log, and say whole or name the first fault."""
    return render_template("county/audit/verify.html", fault=proof.first_fault(scope()), entries=ledger.count(scope()))
