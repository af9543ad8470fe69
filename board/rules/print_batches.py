"""How many places' sheets go into one printing: a township of many rows is printed in volumes, each of which comes out in seconds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MOST_ROWS = 10_000  # of a volume: about 350 pages, which is what a ream and somebody's patience allow


def volumes(shares: Iterable[Any], most: int = MOST_ROWS) -> list[list[Any]]:
    """The shares of a notice (each with ``row_count``) in order, parted so that no volume has more rows than ``most``.

    A place of more rows than that is a volume of its own; of no shares there is no volume.
    """
    found: list[list[Any]] = []
    rows = most
    for share in shares:
        if not found or rows + share.row_count > most:
            found.append([])
            rows = 0
        found[-1].append(share)
        rows += share.row_count
    return found
