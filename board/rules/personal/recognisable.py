"""How many people of a roster are recognisable though their names are masked: k-anonymity, of those with k = 1.

A neighbour knows who lives in a group. Where a group has one 张*三, this is he; where it has two, it may be either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import get_args

from board.rules.personal.name_masking import Display, shown, surname_only
from board.rules.place_names import group_key

ORDER: tuple[Display, ...] = get_args(Display)
Named = tuple[str, str, str, int]  # place, group, name as the web shows it, how many rows have all three


def coarser(web: Display) -> tuple[Display, ...]:
    """Return the ways to show names that a county may choose instead, the one in use first: those that show less."""
    return ORDER[ORDER.index(web) :]


def alone(named: Iterable[Named], display: Display) -> int:
    """Return how many rows no other row of their place and group looks like, if names were shown so.

    ``display`` shows no more than the names in ``named`` do; groups are compared by their number (一组 is 1组).
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for place, group, name, rows in named:
        counts[place, group_key(group), _shown(name, display)] += rows
    return sum(1 for rows in counts.values() if rows == 1)


def _shown(name: str, display: Display) -> str:
    """Return a name that is shown already, with no more of it than ``display`` allows."""
    return surname_only(name) if display == "surname" else shown(name, display, minor=False)
