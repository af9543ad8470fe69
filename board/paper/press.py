"""The press: data and a typst template in, finished bytes out; the same bytes for the same data, whatever the hour."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from board.paper import fonts

TEMPLATES = Path(__file__).parent
# A sheet says itself when it was posted; a clock in the file would make each printing differ from the one that was approved.
TIMESTAMP = 0


def press(template: str, data: dict[str, Any], form: Literal["pdf", "png"], ppi: float | None = None) -> bytes:
    """Set ``data`` by ``board/paper/<template>.typ``: a whole PDF, or the first page as PNG at ``ppi`` dots an inch.

    The data goes in as JSON and the template only ever shows it as text, so that ``#`` or ``$`` in a name is a sign like any other.
    Characters that the font lacks become 〓. PDFs are tagged (PDF/UA-1), for those who hear a page instead of seeing it.
    Raises ``typst.TypstError`` only when the template is wrong.
    """
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_case(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False), "family": fonts.FAMILY},
        format=form,
        ppi=ppi,
        timestamp=TIMESTAMP,
        pdf_standards="ua-1" if form == "pdf" else [],
    )
    return made[0] if isinstance(made, list) else made


def _printable(value: Any) -> Any:
    """``value`` with every text in it, at any depth, as it can be printed."""
    if isinstance(value, str):
        return fonts.printable(value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value


@cache
def _case() -> typst.Fonts:
    """The type case: one font file and nothing of the machine's own."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.path().parent])
