"""How many places' posters go into one PDF: a township with many rows is printed in volumes, each ready in seconds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MOST_ROWS = 10_000  # of a volume: about 350 pages, less than a ream of paper


def print_batches(parts: Iterable[Any], most: int = MOST_ROWS) -> list[list[Any]]:
    """Return the parts of a notice (each with ``row_count``) in order, parted so that no volume has more rows than ``most``.

    A place of more rows than that is a volume of its own; of no parts there is no volume.
    """
    found: list[list[Any]] = []
    rows = most
    for part in parts:
        if not found or rows + part.row_count > most:
            found.append([])
            rows = 0
        found[-1].append(part)
        rows += part.row_count
    return found
