"""The app as ``wsgi`` makes it, with a clock that a file puts on or back: ``CLOCK`` holds the seconds, and no file is the true time."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from wsgi import app

_CLOCK = Path(os.environ["CLOCK"])


def _now() -> datetime:
    try:
        told = float(_CLOCK.read_text() or 0)
    except OSError:
        told = 0
    return datetime.now(UTC) + timedelta(seconds=told)


app.clock = _now  # type: ignore[attr-defined]
if os.environ.get("TEMPLATES"):  # or every start would compile the templates again
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ["TEMPLATES"])
