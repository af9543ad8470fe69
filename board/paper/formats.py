"""Papers: which, which way up, how much text goes on them, and how large type must be to be read from afar."""

from __future__ import annotations

from dataclasses import dataclass
from math import radians, tan
from typing import Literal, NamedTuple

Size = Literal["a4", "a3"]
Turn = Literal["by_columns", "upright", "wide"]

POINTS = 72 / 25.4  # in a millimetre
ROWS = 9.0  # points: the rows of a roster are not set smaller where another way up, or larger paper, can help it
FACE = 0.91  # of its size is the height of an ideograph in a headline: 国 at 36 pt is 11.6 mm high
ARC = 22 / 60  # degrees: ISO 9241-303 finds 20 to 22 minutes of arc to be read with ease


class Measures(NamedTuple):
    """What one paper, one way up, holds: the width of its text in points, lines of a roster, and columns before it is better turned.

    ``lines`` surely fit on a page together with headings, sums and signatures.
    """

    width: float
    lines: int
    columns: int


class Paper(NamedTuple):
    """One size of paper; its head is set ``k`` times as large as an A4 sheet's, its rows up to ``rows`` points."""

    short: int  # millimetres
    long: int
    margin: int
    k: float
    rows: float
    lines: tuple[int, int]  # upright, on its side
    columns: int

    def turned(self, wide: bool) -> Measures:
        """Its measures upright or on its side."""
        across = self.long if wide else self.short
        return Measures((across - 2 * self.margin) * POINTS, self.lines[wide], self.columns)


# A sheet on its side has more columns, and lower pages. More columns than these turn a sheet: names would break after two characters.
PAPERS: dict[Size, Paper] = {
    "a4": Paper(210, 297, 14, 1.0, 11.5, (10, 8), 8),
    "a3": Paper(297, 420, 18, 1.35, 14.0, (16, 10), 12),
}


@dataclass(frozen=True)
class Format:
    """How a clerk wants a sheet printed; what it is by itself suits most sheets and every office's printer."""

    size: Size = "a4"
    turn: Turn = "by_columns"

    @property
    def paper(self) -> Paper:
        """Its paper."""
        return PAPERS[self.size]


def legible(metres: float) -> float:
    """The smallest size of type, in points, whose ideographs are read with ease from that far by eyes like most."""
    return metres * 1000 * tan(radians(ARC)) / FACE * POINTS
