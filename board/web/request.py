"""The request class: uploads stay in memory, and form text contains no NUL."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict


def _typed(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value  # an uploaded file is not a string


class WithoutNul(ImmutableMultiDict[str, Any]):
    """Form fields and query arguments with NUL removed: no keyboard types it, and PostgreSQL cannot store it."""

    def __init__(self, mapping: Any = None) -> None:
        given = MultiDict(mapping)
        super().__init__([(_typed(name), _typed(value)) for name, value in given.items(multi=True)])


class InMemory(Request):
    """A request that writes nothing to disk.

    Werkzeug puts uploaded files of a body over 500 kB into a temporary file. Its blocks stay on the disk after it is deleted, and a
    clerk's spreadsheet holds ID and account numbers. ``MAX_CONTENT_LENGTH`` limits the memory instead.
    """

    parameter_storage_class = WithoutNul

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None, content_length: int | None = None
    ) -> IO[bytes]:
        return BytesIO()
