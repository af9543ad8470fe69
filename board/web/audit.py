"""The county's view: what was posted where, what is late, what waits for an answer, and the public log."""

from __future__ import annotations

import re

from flask import Blueprint, render_template, request
from flask_login import current_user

from board.rules.areas import prefix
from board.store import areas, cases, ledger, notices, proof
from board.web.guard import needs
from board.web.public import page_of
from board.web.words import CHINA, today

pages = Blueprint("audit", __name__, url_prefix="/audit")

PAGE = 100
KEY = re.compile(r"([0-9T:+-]{1,32})/([0-9]{12})/([0-9]{1,9})")  # at/home/height of the last entry shown


def scope() -> str:
    """Return the code prefix of all that the person who is signed in watches over."""
    return prefix(current_user.area, current_user.level)


@pages.get("")
@needs("audit")
def home() -> str:
    """Show every home's notices and cases in scope, what is late first."""
    posted = notices.listed(scope())
    late = {one.number for one in posted if one.version.posted_at.astimezone(CHINA).date() > one.version.publish_by}
    return render_template(
        "audit/home.html",
        posted=sorted(posted, key=lambda one: one.number not in late),
        late=late,
        page_of=page_of,
        place=areas.label,
        counts=cases.counts(scope(), today()),
        overdue=cases.late(scope(), today()),
        waiting=cases.inbox(scope()),
    )


@pages.get("/ledger")
@needs("audit")
def log() -> str:
    """Show the public log of every home in scope, newest first, a page at a time."""
    key = KEY.fullmatch(request.args.get("before", ""))
    before = (key[1], key[2], int(key[3])) if key else None
    entries = ledger.newest(scope(), PAGE + 1, before)
    return render_template("audit/log.html", entries=entries[:PAGE], more=len(entries) > PAGE, place=areas.label)


@pages.post("/ledger/verify")
@needs("audit")
def verify() -> str:
    """Check every chain and every posted table against the log, and say whole or name the first fault."""
    return render_template("audit/verify.html", fault=proof.first_fault())
