"""Runs of digits in parts of a file that are dropped: the bytes are searched and never parsed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from board.sheets.biff import numerals

_TAG = re.compile(rb"<[^<>]*>")
_LARGEST, _MOST_PARTS = 4 << 20, 50


def texts(data: bytes) -> Iterator[str]:
    """Yield runs of digits in bytes of any encoding; of a zip (a spreadsheet, a Word file) those of its parts, without tags."""
    if not data.startswith(b"PK"):
        yield from numerals(data)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in [entry for entry in archive.infolist() if entry.file_size < _LARGEST][:_MOST_PARTS]:
                yield from numerals(_TAG.sub(b" ", archive.read(entry)))
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError, EOFError, OSError):
        return
