"""The plate of a wall: made once and valid permanently, because only the page behind its address changes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Literal

from board.paper import qr
from board.paper.typesetting import typeset


@dataclass(frozen=True, kw_only=True)
class Plate:
    """The texts on a plate: place, address in the QR code and in words, and the number in groups (123 456 789)."""

    place_name: str
    qr_text: str
    short_address: str
    number: str
    demo_mark: str = ""


def plate(words: Plate, form: Literal["pdf", "svg"]) -> bytes:
    """Return the plate for a sign maker: 20 cm by 30 cm, black on white, letters as outlines in the SVG; equal input gives equal bytes.

    The symbol measures 12 cm without its quiet zone of 4 modules. It is drawn as one path, so that no gap remains between its modules when
    it is cut or etched.
    """
    modules = qr.matrix(words.qr_text, border=0)
    runs = [run for y, row in enumerate(modules) for run in _runs(row, y)]
    return typeset("plate", {**asdict(words), "modules": len(modules), "runs": runs}, form)


def _runs(row: list[bool], y: int) -> list[tuple[int, int, int]]:
    """Return the black runs of a row as (x, y, length) in modules."""
    found, x = [], 0
    for black, group in groupby(row):
        length = sum(1 for _ in group)
        if black:
            found.append((x, y, length))
        x += length
    return found
