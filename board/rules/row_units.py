"""Counts whose unit stands in each row (吨, 床, 箱): what has one unit is added up, what has several never is."""

from __future__ import annotations

from collections.abc import Mapping

from board.rules.kind import Column
from board.rules.text_width import squeezed


def key(column: Column, unit: str) -> str:
    """Return the key of a total under which the figures of one unit are added up: received:床; of other columns their id."""
    return f"{column.id}:{squeezed(unit)}" if column.unit_in else column.id


def by_unit(column: Column, totals: Mapping[str, str]) -> dict[str, str]:
    """Return the totals of a column by the unit of its rows, in the order of the units' letters; {} where it has none."""
    start = f"{column.id}:"
    return {name.removeprefix(start): totals[name] for name in sorted(totals) if name.startswith(start)}


def single(column: Column, totals: Mapping[str, str]) -> str:
    """Return the one unit of all rows of a column, "" where they have several or none."""
    found = by_unit(column, totals)
    return next(iter(found)) if len(found) == 1 else ""
