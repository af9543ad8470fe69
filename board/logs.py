"""The log: a line for each request and each error, to standard error, with time, level, process and what happened.

It names nobody. No line has an address of the network, a name, or what stands in an URL or a form; an exception is logged by its type and
place, because its message may quote what somebody typed.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from board.rules.calendar import CHINA

ROOT = f"{Path(__file__).resolve().parent.parent}/"
log = logging.getLogger("board")
_second: tuple[int, str] = (0, "")  # the last one, and how it is written


def start() -> None:
    """Write the log of this process, be it a server's or a command's; does nothing where a log is set up already."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines("%(asctime)s %(levelname)s [%(process)d] %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    log.setLevel(logging.INFO)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # its lines have addresses and paths of visitors
    threading.excepthook = _thread_ended


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and ended.exc_type is not SystemExit:
        log.error("a thread ended", exc_info=ended.exc_value)


def line(text: str) -> str:
    """Return a line as the logger writes it, at a fraction of its cost: there is one for each request, which may have taken less."""
    return f"{_moment(time.time())} INFO [{os.getpid()}] {text}\n"


def write(text: str) -> None:
    """Write a line to the log; one that cannot be written, on a full disk or a closed pipe, stops no page."""
    with suppress(OSError, ValueError):
        sys.stderr.write(line(text))


def _moment(at: float) -> str:
    global _second
    whole = int(at)
    second, written = _second
    if second != whole:
        written = datetime.fromtimestamp(whole, CHINA).isoformat()[:19]
        _second = whole, written
    return f"{written}.{int((at - whole) * 1000):03}+08:00"


class Lines(logging.Formatter):
    """A record as a line, and an exception as lines below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record without what another handler has written of its exception."""
        record.exc_text = None
        return super().format(record)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        """Return the time in China, with its zone."""
        return _moment(record.created)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """Return types and places, without the message."""
        return trace(ei[1])


def trace(error: BaseException | None) -> str:
    """Return an exception and those that led to it, the first line of each its type and the database's code, then its calls."""
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
        lines.append(f"  {type(error).__module__}.{type(error).__qualname__}{f' {code}' if code else ''}")
        for frame, line in traceback.walk_tb(error.__traceback__):
            lines.append(f"    {_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


def _short(file: str) -> str:
    return file.rpartition("/site-packages/")[2].removeprefix(ROOT)
