"""Paper sizes and orientation, how much text they hold, and the type size that is legible from a distance."""

from __future__ import annotations

from dataclasses import dataclass
from math import radians, tan
from typing import Literal, NamedTuple

Size = Literal["a4", "a3"]
Turn = Literal["by_columns", "upright", "wide"]

POINTS = 72 / 25.4  # in a millimetre
ROWS = 9.0  # points: smaller rows switch a roster to landscape
FACE = 0.91  # height of an ideograph as a part of the type size: 国 at 36 pt is 11.6 mm high
ARC = 22 / 60  # degrees: by ISO 9241-303, 20 to 22 minutes of arc are read with ease


class Measures(NamedTuple):
    """What a page holds: text width in points, lines of a roster, and the number of columns above which landscape is better.

    ``lines`` fit on a page together with headings, sums and signatures.
    """

    width: float
    lines: int
    columns: int


class Paper(NamedTuple):
    """One paper size; its head is set ``k`` times as large as on A4, its rows in at most ``rows`` points."""

    short: int  # millimetres
    long: int
    margin: int
    k: float
    rows: float
    lines: tuple[int, int]  # upright, on its side
    columns: int

    def turned(self, wide: bool) -> Measures:
        """Return its measures in landscape (``wide``) or portrait."""
        across = self.long if wide else self.short
        return Measures((across - 2 * self.margin) * POINTS, self.lines[wide], self.columns)


# Landscape pages hold more columns and fewer lines. A roster with more columns than these is set in landscape, or names would break.
PAPERS: dict[Size, Paper] = {
    "a4": Paper(210, 297, 14, 1.0, 11.5, (10, 8), 8),
    "a3": Paper(297, 420, 18, 1.35, 14.0, (16, 10), 12),
}


@dataclass(frozen=True)
class Format:
    """The paper and orientation that a clerk chose; the default suits most posters and every office's printer."""

    size: Size = "a4"
    turn: Turn = "by_columns"

    @property
    def paper(self) -> Paper:
        """Return its paper."""
        return PAPERS[self.size]


def legible(metres: float) -> float:
    """Return the smallest type size, in points, that people with average eyesight read with ease from that distance (ISO 9241-303)."""
    return metres * 1000 * tan(radians(ARC)) / FACE * POINTS
