"""The press: data and a typst template in, finished bytes out; the same bytes for the same data, whatever the hour."""

from __future__ import annotations

import json
import subprocess
import sys
from threading import BoundedSemaphore
from typing import Any, Literal

from board.paper import fonts, typesetter

SHORT = 12_000  # characters of data, of a sheet of some hundred rows: what is longer is set in a process of its own
SECONDS = 90  # that it may take
_machines = BoundedSemaphore(2)  # long sheets set at once: anybody may ask for one, and it takes hundreds of megabytes


def press(template: str, data: dict[str, Any], form: Literal["pdf", "png", "svg"], ppi: float | None = None) -> bytes:
    """Set ``data`` by ``board/paper/<template>.typ``: a whole PDF, or the first page as PNG at ``ppi`` dots an inch or as SVG.

    The data goes in as JSON and the template only ever shows it as text, so that ``#`` or ``$`` in a name is a sign like any other.
    Characters that the font lacks become 〓. PDFs are tagged (PDF/UA-1), for those who hear a page instead of seeing it.
    Raises ``typst.TypstError``, or of a long document ``subprocess.SubprocessError``, only when the template is wrong or the document
    is longer than any village's.
    """
    said = json.dumps(_printable(data), ensure_ascii=False)
    inputs = {"data": said, "family": fonts.FAMILY}
    order = {"template": template, "inputs": inputs, "fonts": str(fonts.path().parent), "form": form, "ppi": ppi}
    return typesetter.made(order) if len(said) <= SHORT else _apart(order)


def _apart(order: dict[str, Any]) -> bytes:
    """A document set by a process of its own; what typst complains of is dropped, for it may quote a row."""
    command, told = [sys.executable, "-I", "-X", "utf8", typesetter.__file__], json.dumps(order).encode()
    with _machines:
        done = subprocess.run(  # noqa: S603 - our own program; names go in as data, never as an argument
            command, input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/", timeout=SECONDS, check=True
        )
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
