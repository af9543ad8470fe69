"""The sums of accounts by what the money was for, above rows that nobody adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from board.rules.kind import Column, Kind
from board.rules.text_width import squeezed

FEWEST = 20  # rows from which sums help; fewer are seen at a glance
MOST = 12  # purposes that are listed; what is spent on the others is one line
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Purpose:
    """What one purpose comes to: its words ("" for all others together), how many rows, and the sum of each column in yuan by its id."""

    name: str
    rows: int
    sums: Mapping[str, Decimal]


def _columns(kind: Kind) -> list[Column]:
    return [column for column in kind.columns if column.type == "money" and column.show == "public"]


def purposes(rows: Iterable[Any], kind: Kind) -> list[Purpose]:
    """Return the sums by purpose, the largest first, the other ones last; [] where the kind has none or they would not shorten the list.

    Rows have ``measures``, decimal texts in yuan. All lines together are the totals of the notice.
    """
    if not kind.sums_by:
        return []
    counts: Counter[str] = Counter()
    sums: dict[str, dict[str, Decimal]] = {}
    called: dict[str, str] = {}
    for row in rows:
        words = row.measures.get(kind.sums_by, "").strip()
        key = squeezed(words)
        called.setdefault(key, words)
        counts[key] += 1
        of = sums.setdefault(key, {column.id: _NOTHING for column in _columns(kind)})
        for id in of:
            of[id] += Decimal(row.measures.get(id) or 0)
    if sum(counts.values()) < FEWEST or len(counts) * 2 > sum(counts.values()):
        return []
    listed = sorted(counts, key=lambda key: (-max(map(abs, sums[key].values()), default=_NOTHING), key))
    shown, rest = listed[:MOST], listed[MOST:]
    found = [Purpose(called[key], counts[key], sums[key]) for key in shown]
    return found + ([_together(rest, counts, sums)] if rest else [])


def _together(keys: Sequence[str], counts: Mapping[str, int], sums: Mapping[str, Mapping[str, Decimal]]) -> Purpose:
    return Purpose("", sum(counts[key] for key in keys), {id: sum((sums[key][id] for key in keys), _NOTHING) for id in sums[keys[0]]})
