"""Responses that are files, under names that say nothing but numbers."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug.datastructures import Headers

from board.models import Attachment
from board.rules.notice import attachment as rules
from board.store import attachments as kept


def pdf(data: bytes, name: str) -> Response:
    """Return a PDF under a file name that says nothing but numbers."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Robots-Tag": "noindex"}
    return Response(data, mimetype="application/pdf", headers=headers)


class File(Response):
    """A file as it is sent: whatever the pages may do, nothing in it runs and it opens nothing."""

    def get_wsgi_headers(self, environ: Any) -> Headers:
        """Put its own policy in place of the pages'."""
        headers = super().get_wsgi_headers(environ)
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return headers


def sent(file: Attachment, name: str) -> Response:
    """Return a notice's or draft's file as a download under this file name; a picture opens in the browser."""
    # A picture opens where it is; in a sandbox browsers open no PDF, so that is saved, as a Word file is.
    how = "inline" if file.type in ("jpeg", "png") else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{name}"', "X-Robots-Tag": "noindex"}
    return File(kept.data(file), mimetype=rules.MIME[file.type], headers=headers)
