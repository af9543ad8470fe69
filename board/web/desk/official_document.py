"""A notice as an official document in plain text."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from board.rules.rendering import official_document as documents
from board.store import notices
from board.web.guard import may, needs
from board.web.public.posted_pages import page_of

pages = Blueprint("official_document", __name__)


@pages.get("/desk/notices/<number:number>/official.txt")
@needs("notice.print")
def official(number: str) -> Response:
    """Return a notice as an official document in plain text, to paste into the county's portal."""
    posted = notices.find(number)
    if posted is None or not may("notice.print", posted.home) or posted.notice.withdrawn_at:
        abort(404)
    text = documents.official(page_of(posted), posted.version.posted_on)
    return Response(text, mimetype="text/plain", headers={"Content-Disposition": f'attachment; filename="{number}.txt"'})
