"""The press: data and a typst template in, finished bytes out; the same bytes for the same data, whatever the hour."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any, Literal

from board.paper import fonts, typst_process

SHORT = 12_000  # characters of data, of a sheet of some hundred rows: what is longer is set in a process of its own
SECONDS = 90  # that it may take
MOST_ROWS = 12_000  # of one sheet: half of what the typesetter's memory holds


class TooLong(Exception):
    """A document has too many rows to be typeset, or ran out of time or memory."""


class Busy(Exception):
    """All slots are in use, and the queue is full or the wait was too long."""


class Slots:
    """A bounded number of documents typeset at once, with a bounded queue: ``running`` at a time, ``waiting`` behind them.

    A request that waits occupies a server thread, so that without a bound a few hundred requests for long posters would block all others.
    ``patience`` is the longest wait in seconds.
    """

    def __init__(self, running: int, waiting: int, patience: float) -> None:
        self._running, self._admitted, self._patience = BoundedSemaphore(running), BoundedSemaphore(running + waiting), patience

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold a slot while the block runs. Raises Busy."""
        if not self._admitted.acquire(blocking=False):
            raise Busy
        try:
            if not self._running.acquire(timeout=self._patience):
                raise Busy
            try:
                yield
            finally:
                self._running.release()
        finally:
            self._admitted.release()


# Public requests occupy at most three of a server's four threads; staff have slots of their own, which the public cannot use up.
PUBLIC = Slots(running=2, waiting=1, patience=5)
STAFF = Slots(running=2, waiting=8, patience=30)


def bounded(rows: int) -> None:
    """Refuse a sheet of too many rows before they are read. Raises TooLong."""
    if rows > MOST_ROWS:
        raise TooLong


def typeset(template: str, data: dict[str, Any], form: Literal["pdf", "png", "svg"], ppi: float | None = None) -> bytes:
    """Set ``data`` by ``board/paper/<template>.typ``: a whole PDF, or the first page as PNG at ``ppi`` dots an inch or as SVG.

    The data goes in as JSON and the template only ever shows it as text, so that ``#`` or ``$`` in a name is a sign like any other.
    Characters that the font lacks become 〓. PDFs are tagged (PDF/UA-1), for those who hear a page instead of seeing it.
    Raises TooLong where a long document's time or memory ran out; ``typst.TypstError``, or of a long document
    ``subprocess.SubprocessError``, only when the template is wrong.
    """
    said = json.dumps(_printable(data), ensure_ascii=False)
    inputs = {"data": said, "family": fonts.FAMILY}
    order = {"template": template, "inputs": inputs, "fonts": str(fonts.path().parent), "form": form, "ppi": ppi}
    return typst_process.made(order) if len(said) <= SHORT else _apart(order)


def _apart(order: dict[str, Any]) -> bytes:
    """A document set by a process of its own; what typst complains of is dropped, for it may quote a row."""
    command, told = [sys.executable, "-I", "-X", "utf8", typst_process.__file__], json.dumps(order).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own program; names go in as data, never as an argument
            command, input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/", timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooLong from None
    if done.returncode < 0 or done.returncode == typst_process.NO_MEMORY:  # the system ended it, at the limits that it set itself
        raise TooLong
    done.check_returncode()
    return done.stdout


def _printable(value: Any) -> Any:
    """``value`` with every text in it, at any depth, as it can be printed."""
    if isinstance(value, str):
        return fonts.printable(value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value
