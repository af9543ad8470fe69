"""The county auditor's pages: what was posted, what is late, which cases are open, and the public log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds
from board.models import Ledger
from board.rules import numbers
from board.rules.kind_file import parse_frozen
from board.rules.notice import deadlines
from board.rules.notice.formatting import headline
from board.rules.place_names import canonical
from board.store import areas, cases, directives, displays, ledger, notices, people
from board.store.drafting import proposing
from board.store.notices import Posted
from board.store.proof import notices as proof
from board.web.county import figures
from board.web.county.chosen import chosen, scope
from board.web.guard import needs
from board.web.i18n import today

pages = Blueprint("audit", __name__, url_prefix="/audit")


PAGE = 100
AFTER = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00)/(\d{9})")  # (posted_at, number) of the last notice on the page before
KEY = re.compile(r"([0-9T:+-]{1,32})/([0-9]{12})/([0-9]{1,9})")  # at/home/height of the last entry on the page before


@pages.app_template_filter()
def headline_total(posted: Posted) -> str:
    """Return the total that stands first in a notice, in yuan as it is stored: the amount, what arrived, or the spending; "" for none."""
    totals = posted.version.totals
    kind = parse_frozen(posted.notice.kind, posted.version.frozen["kind"])
    return str(totals.get(headline(kind)) or totals.get("spending") or "")


@pages.app_template_filter()
def behind_city(posted: Posted) -> bool:
    """Return whether a notice was posted later than its city asks for; whether that was late by law is told apart."""
    return deadlines.behind_city(posted.version.frozen.get(deadlines.FROZEN, {}), posted.version.posted_at)


def last_posted(key: str) -> tuple[datetime, str] | None:
    """Return (posted_at, number) of the last notice on the page before, or None for the first page."""
    found = AFTER.fullmatch(key)
    try:
        return (datetime.fromisoformat(found[1]), found[2]) if found else None
    except ValueError:
        return None


@pages.get("")
@needs("audit")
def home() -> str:
    """Show the figures of cases and the notices of every home in scope, or of what is chosen; late ones first, 100 notices a page."""
    after = last_posted(request.args.get("after", ""))
    seen = chosen()
    under = seen.under
    which: dict[str, Any] = {"kind": seen.kind, "year": seen.year}
    posted = notices.listed(under, limit=PAGE + 1, after=after, **which)
    late = notices.listed(under, limit=PAGE, late=True, **which)
    unposted = {} if seen.kind or seen.year else proposing.overdue(under, today())
    homes = [*unposted, *(one.home for one in posted + late)]
    offered, years = notices.choices(scope())
    choices = figures.offered()
    return render_template(
        "county/audit/home.html",
        chosen=seen,
        kinds=[kinds.load()[kind] for kind in offered if kind in kinds.load()],
        years=sorted({*years, *choices.pop("years")}, reverse=True),
        towns=[area for area in areas.inside(current_user.area) if area.level == "township"],
        posted=posted[:PAGE],
        more=len(posted) > PAGE,
        late=late,
        notice_counts=notices.counts(under, **which),
        unposted=unposted,
        places=areas.labels(homes),
        table=figures.table(seen),
        names=figures.names(),
        answers=figures.ANSWERS,
        rated=figures.RATED,
        saved=figures.saved(seen),
        canonical=canonical,
        **choices,
        directives=directives.standing(under, today()),
    )


@pages.get("/ledger")
@needs("audit")
def log() -> str:
    """Show the public log of every home in scope, newest entry first, 100 entries a page."""
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
    """Yield the area codes that entries contain: home, place and subject."""
    for entry in entries:
        yield from (entry.home, entry.body.get("place", ""))
        if entry.action.startswith("area."):
            yield entry.subject


def _names(entries: list[Ledger]) -> dict[str, str]:
    """Return the names of the people in these entries, as actor or subject: username -> displayed name."""
    subjects = {entry.subject for entry in entries if entry.action.startswith("person.")}
    known = people.names(subjects | {entry.actor for entry in entries})
    labels = {cases.VILLAGER: _("村民"), cases.CLOCK: _("自动"), people.CONSOLE: _("后台"), displays.THROUGH_LINK: _("贴单子的人")}
    return known | labels


@pages.post("/ledger/verify")
@needs("audit")
def verify() -> str:
    """Verify every hash chain and every posted table in scope, and show the first fault, if there is one."""
    return render_template("county/audit/verify.html", fault=proof.first_fault(scope()), entries=ledger.count(scope()))
