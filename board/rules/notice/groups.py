"""The groups of a place's rows (3组, 大屋组), each with its total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from board.rules.kind import Kind
from board.rules.notice.formatting import amount_of


@dataclass(frozen=True)
class Group:
    """One group: its name ("" for rows without one), its first row's number, how many rows, and their sum in fen (None: no one amount)."""

    name: str
    first: int
    rows: int
    amount: int | None


def of_rows(rows: Iterable[Any], kind: Kind) -> list[Group]:
    """Return the groups of one place's rows, which have ``group``, ``no``, ``amount`` and ``measures``, by first occurrence."""
    own: dict[str, list[Any]] = {}
    for row in rows:
        own.setdefault(row.group, []).append(row)
    return [Group(name, min(row.no for row in those), len(those), _sum(those, kind)) for name, those in own.items()]


def _sum(rows: Iterable[Any], kind: Kind) -> int | None:
    known = [amount for row in rows if (amount := amount_of(row, kind)) is not None]
    return sum(known) if known else None
