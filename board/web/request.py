"""A request as this program reads it: what is uploaded stays in memory, what is typed can be stored."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict


def _typed(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value  # an uploaded file is a field too


class WithoutNul(ImmutableMultiDict[str, Any]):
    """Fields and query arguments without the character NUL: no keyboard types it, and PostgreSQL stores none."""

    def __init__(self, mapping: Any = None) -> None:
        given = MultiDict(mapping)
        super().__init__([(_typed(name), _typed(value)) for name, value in given.items(multi=True)])


class InMemory(Request):
    """A request of which nothing is ever written to disk.

    Werkzeug puts the files of a body over 500 kB into a temporary file. An unlinked file is still blocks on a disk, and a clerk's
    spreadsheet holds ID and account numbers. ``MAX_CONTENT_LENGTH`` bounds what is held instead.
    """

    parameter_storage_class = WithoutNul

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None, content_length: int | None = None
    ) -> IO[bytes]:
        return BytesIO()
