"""Which places of a sensitive roster are too small to stand on the web: cell suppression, as statistical offices do it.

A masked name beside two neighbours is no secret. A place with fewer rows than ``least`` is withheld (primary suppression). Its figures
must not follow from the others' either: the notice's total is shown, so that whoever subtracts the shown places has the sum of the
withheld ones. Where that sum would tell about one place, the smallest other place is withheld too (complementary suppression;
docs/sources.md: cell-suppression).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from board.rules.bilingual import Language, Words, say

FROZEN = "least_rows"  # the key of the threshold in what is frozen with a version
FEW = Words("人数少，名单只贴在公示墙上", "Too few people: the list hangs on the notice wall only")
SMALL = Words("一共 {counted}。{few}", "{counted} in all. {few}")


@dataclass(frozen=True)
class WithheldPart:
    """What the web knows of a place's part that is withheld: that it exists, and the version in which its poster last changed."""

    place: str
    changed_in: int
    row_count: int = 0
    totals: Mapping[str, str] = field(default_factory=dict)


def is_small(rows: Mapping[str, int], least: int) -> bool:
    """Return whether a notice has fewer rows than ``least`` in all, so that not even its total may be shown, only their number."""
    return 0 < sum(rows.values()) < least


def withheld(rows: Mapping[str, int], least: int) -> frozenset[str]:
    """Return the places whose rows and totals may not be shown; ``rows`` is place -> number of rows, ``least`` 0 for no limit.

    A place without rows has nothing to hide, and hides no other. The withheld places together always have ``least`` rows or more, or are
    all places of the notice.
    """
    held = {place: count for place, count in rows.items() if count}
    few = {place for place, count in held.items() if count < least}
    if not few or is_small(rows, least):
        return frozenset(held) if few else frozenset()
    if not _safe([held[place] for place in few], least) and (others := held.keys() - few):
        few.add(min(others, key=lambda place: (held[place], place)))
    return frozenset(few)


def sentence(name: str, counted: str, language: Language) -> str:
    """Return what is said instead of a place's sentence: 石堰村：人数少，名单只贴在公示墙上。

    ``counted`` is the number of rows of a notice that is small as a whole ("2 户"), "" for a place.
    """
    few = say(FEW, language)
    told = say(SMALL, language).format(counted=counted, few=few) if counted else few
    return f"{name}: {told}." if language == "en" else f"{name}：{told}。"


def _safe(counts: list[int], least: int) -> bool:
    """Return whether the sums over these places tell of none of them.

    They do for a single place; they are a small group's own for fewer than ``least`` rows; and where there are as many rows as places,
    each has exactly one.
    """
    return len(counts) > 1 and sum(counts) >= least and sum(counts) > len(counts)
