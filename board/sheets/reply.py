"""What the child process answers: the tables of a file, and counts of the personal numbers that stand outside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from board.rules.personal import mask
from board.rules.sweep import sweep
from board.sheets.biff import UNSEEN
from board.sheets.container import opened
from board.sheets.refusal import Refusal


def answer(data: bytes, name: str) -> dict[str, Any]:
    """All that is told of a file, or the code of what is wrong with it. Of hidden sheets only their names leave this process."""
    try:
        found = opened(data, name)
    except Refusal as refusal:
        return {"error": refusal.code}
    except (MemoryError, RecursionError):
        return {"error": "crashed"}
    held = (text for table in found.tables if not table["hidden"] for text in long_cells(table))
    hidden = [(f"隐藏的工作表“{mask(table['name'])}”", text) for table in found.tables if table["hidden"] for text in long_cells(table)]
    apart = [one for one in found.texts if one[0] != UNSEEN]
    leftovers = [one for one in found.texts if one[0] == UNSEEN]
    swept = sweep([*hidden, *apart], held, leftovers)
    tables = [table | {"cells": [], "merged": []} if table["hidden"] else table for table in found.tables]
    if not any(any(table["cells"]) for table in tables):
        return {"error": "all_hidden"}
    return {"tables": tables, "notes": found.notes, "swept": swept}


def long_cells(table: Mapping[str, Any]) -> Iterator[str]:
    """The cells that may hold a personal number, as text."""
    for row in table["cells"]:
        for cell in row:
            text = cell if type(cell) is str else _whole(cell.get("n", ""))
            if len(text) > 10:
                yield text


def _whole(digits: str) -> str:
    """A number in plain digits; nothing where it has a fraction. An ID that was typed as a number comes as 5.1E+17."""
    if "e" in digits.lower() and len(digits) < 30:
        value = float(digits)
        return str(int(value)) if abs(value) < 1e20 and value == int(value) else ""
    return "" if "." in digits else digits
