"""The child process's answer: the tables of a file, and counts of the personal numbers outside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from board.rules.personal.detection import mask
from board.rules.sheet.hidden_numbers import scan
from board.sheets.biff import UNSEEN
from board.sheets.container import opened
from board.sheets.limits import MOST_BYTES, ROWS
from board.sheets.refusal import Refusal

_LINES = 2_000  # lines of a table sent at a time, so that the parent parses while the child writes
_LEAST = 10**10  # the smallest number with as many digits as a phone number


def answer(data: bytes, name: str, most: int = MOST_BYTES) -> Iterator[Any]:
    """Yield the answer about a file, each item a line of JSON.

    For each table lists of some of its rows (a cell is a text, a number, ``{"n": digits}`` or ``{"d": ISO}``), then the rest of it in the
    form of ``Table.to_json``; at the end ``{"notes", "swept"}``, or ``{"error": code}`` at any time. Of hidden sheets only the names leave
    this process, of texts outside the tables only counts.
    """
    try:
        found = opened(data, name, most)
        shown = [table for table in found.tables if not table["hidden"]]
        if not any(any(table["cells"]) for table in shown):
            raise Refusal("all_hidden")
        if sum(len(table["cells"]) for table in shown) > ROWS:  # of any container: the server holds what leaves this process
            raise Refusal("too_long")
        for table in found.tables:
            rows = [] if table["hidden"] else table["cells"]
            yield from (rows[start : start + _LINES] for start in range(0, len(rows), _LINES))
            yield table | {"cells": [], "merged": [] if table["hidden"] else table["merged"]}
        held = (text for table in shown for text in long_cells(table))
        hidden = [(f"隐藏的工作表“{mask(table['name'])}”", text) for table in found.tables if table["hidden"] for text in long_cells(table)]
        apart = [one for one in found.texts if one[0] != UNSEEN]
        leftovers = [one for one in found.texts if one[0] == UNSEEN]
        yield {"notes": found.notes, "swept": scan([*hidden, *apart], held, leftovers)}
    except Refusal as refusal:
        yield {"error": refusal.code}
    except (MemoryError, RecursionError):
        yield {"error": "crashed"}


def long_cells(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the cells that may hold a personal number, as text."""
    for row in table["cells"]:
        for cell in row:
            if type(cell) is str:
                if len(cell) > 10:
                    yield cell
            elif type(cell) is dict:
                yield from _whole(cell.get("n", ""))
            elif abs(cell) >= _LEAST:
                yield from _whole(repr(cell))


def _whole(digits: str) -> Iterator[str]:
    """Yield a number in plain digits, and nothing if it has a fraction. An ID number typed as a number comes as 5.1E+17."""
    if "e" in digits.lower() and len(digits) < 30:
        value = float(digits)
        digits = str(int(value)) if abs(value) < 1e20 and value == int(value) else ""
    if len(digits) > 10 and "." not in digits:
        yield digits
