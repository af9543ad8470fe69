"""A request as this program reads it: what is uploaded stays in memory."""

from __future__ import annotations

from io import BytesIO
from typing import IO

from flask import Request


class InMemory(Request):
    """A request of which nothing is ever written to disk.

    Werkzeug puts the files of a body over 500 kB into a temporary file. An unlinked file is still blocks on a disk, and a clerk's
    spreadsheet holds ID and account numbers. ``MAX_CONTENT_LENGTH`` bounds what is held instead.
    """

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None, content_length: int | None = None
    ) -> IO[bytes]:
        return BytesIO()
