"""Typesetting with typst: data and a template in, PDF, PNG or SVG bytes out; equal data gives equal bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Literal

from board.paper import fonts, typst_process
from board.slots import Slots

SHORT = 12_000  # characters of JSON, some hundred rows: longer documents are typeset in a child process
SECONDS = 90  # limit for one document
MOST_ROWS = 12_000  # of one poster: half of what fits into the typesetter's memory


class TooLong(Exception):
    """A document has too many rows to be typeset, or ran out of time or memory."""


# Public requests occupy at most three of a server's threads; staff have slots of their own, which the public cannot use up.
PUBLIC = Slots(running=2, waiting=1, patience=5)
STAFF = Slots(running=2, waiting=8, patience=30)


def bounded(rows: int) -> None:
    """Refuse a poster of too many rows before they are queried. Raises TooLong."""
    if rows > MOST_ROWS:
        raise TooLong


def typeset(template: str, data: dict[str, Any], form: Literal["pdf", "png", "svg"], ppi: float | None = None, made_at: int = 0) -> bytes:
    """Typeset ``data`` with ``board/paper/<template>.typ``: a whole PDF, or the first page as PNG (``ppi`` dots an inch) or SVG.

    The data is passed as JSON and templates only show it as text, so that ``#`` or ``$`` in a name is a plain character. Characters that
    the font lacks become 〓. PDFs are tagged (PDF/UA-1) for screen readers, and say ``made_at`` (seconds since 1970) of themselves: the
    moment of posting and not of printing, so that each printing equals the one that was approved. Raises TooLong where a long document's
    time or memory ran out; ``typst.TypstError``, or of a long document ``subprocess.SubprocessError``, only when the template is wrong.
    """
    text = json.dumps(_printable(data), ensure_ascii=False)
    inputs = {"data": text, "family": fonts.FAMILY}
    order = {"template": template, "inputs": inputs, "fonts": str(fonts.path().parent), "form": form, "ppi": ppi, "made_at": made_at}
    return typst_process.made(order) if len(text) <= SHORT else _apart(order)


def _apart(order: dict[str, Any]) -> bytes:
    """Typeset in a child process; typst's error messages are dropped, because they may quote a row."""
    command, request = [sys.executable, "-I", "-X", "utf8", typst_process.__file__], json.dumps(order).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own program; names go in as data, never as an argument
            command, input=request, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/", timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooLong from None
    if done.returncode < 0 or done.returncode == typst_process.NO_MEMORY:  # ended by the limits that it set on itself
        raise TooLong
    done.check_returncode()
    return done.stdout


def _printable(value: Any) -> Any:
    """Return ``value`` with every text in it, at any depth, made printable."""
    if isinstance(value, str):
        return fonts.printable(value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value
