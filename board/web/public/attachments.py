"""Attachments of a posted notice."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from board.rules.notice import attachment as rules
from board.store import attachments as kept
from board.web.downloads import sent
from board.web.guard import public
from board.web.public.notice import all_shown, find, rows_shown
from board.web.public.posted_pages import page_of

pages = Blueprint("attachments", __name__)


@pages.app_template_filter("size")
def size(count: int) -> str:
    """Format a file size: 340 KB, 1.2 MB."""
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{max(count // 2**10, 1)} KB"


@pages.get("/n/<number:number>/files/<count:no>")
@public
def file(number: str, no: str) -> Response:
    """Return an attachment of a notice; answers 410 once the rows are no longer shown, 404 if there is no such file."""
    posted = find(number)
    page = page_of(posted)
    # Only the clerk knows whether a scan shows names, and whose: it leaves the web with the first place whose rows do.
    few = page.small or bool(page.withheld)
    if page.kind.columns and (few or not rows_shown(all_shown(posted, page))):
        abort(Response(render_template("public/attachments/no_file.html", posted=posted, ended=True, few=few), 410))
    found = kept.posted(posted.home, number, posted.version.frozen.get("files", ()), int(no))
    if found is None:
        abort(Response(render_template("public/attachments/no_file.html", posted=posted, ended=False, few=False), 404))
    answer = sent(found, rules.served_name(number, int(no), found.type))
    answer.set_etag(found.sha256)
    return answer
