"""Responses that are files; their names contain only numbers."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug.datastructures import Headers

from board.models import Attachment
from board.rules.notice import attachment as rules
from board.store import attachments as kept


def pdf(data: bytes, name: str) -> Response:
    """Return a PDF response under this file name, which contains only numbers."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Robots-Tag": "noindex"}
    return Response(data, mimetype="application/pdf", headers=headers)


class File(Response):
    """A file response with its own Content-Security-Policy: sandboxed, no scripts, no requests."""

    def get_wsgi_headers(self, environ: Any) -> Headers:
        """Replace the pages' policy with the file's own."""
        headers = super().get_wsgi_headers(environ)
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return headers


def sent(file: Attachment, name: str) -> Response:
    """Return an attachment as a download under this name; a picture is shown in the browser."""
    # Browsers open pictures in a sandbox but no PDF, so that a PDF is saved, as a Word file is.
    how = "inline" if file.type in ("jpeg", "png") else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{name}"', "X-Robots-Tag": "noindex"}
    return File(kept.data(file), mimetype=rules.MIME[file.type], headers=headers)
