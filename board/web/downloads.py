"""Responses that are files, under names that a clerk finds again in a folder of downloads."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from flask import Response
from werkzeug.datastructures import Headers

from board.models import Attachment
from board.rules.notice import attachment as rules
from board.store import attachments as kept

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # characters that a file name cannot have on some system
_LONGEST = 80  # characters of a name


def pdf(data: bytes, name: str, called: str = "") -> Response:
    """Return a PDF response under a file name of numbers, and for programs that take one (RFC 6266) ``called`` what it is."""
    told = f"; filename*=UTF-8''{quote(_UNFIT.sub(' ', called)[:_LONGEST].strip())}.pdf" if called else ""
    headers = {"Content-Disposition": f'inline; filename="{name}"{told}', "X-Robots-Tag": "noindex"}
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
