"""What a flood of cases is, how long it lasts, and on which line of the desk a case stands while it does.

A flood is what comes to one office; outside one nothing is folded and nothing is asked. Nobody is ever told to wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

Said = Literal["none", "wrong", "right"]  # to the question about the page
Line = Literal["own", "alike", "burst"]
# More cases than that within the time are a flood. Sixty neighbours in ten minutes are none, nor is a busy day.
WINDOWS: tuple[tuple[int, timedelta], ...] = ((30, timedelta(minutes=1)), (60, timedelta(minutes=10)), (300, timedelta(days=1)))
LASTS = timedelta(minutes=10)  # from the last case of a burst
LOOKS_BACK = timedelta(minutes=10)  # what came so long before a flood was known is folded with it where the texts are nearly the same
HOT = 120  # cases from one network address while its hash can be compared: twice sixty neighbours
MOST_TEXTS = 20  # lines that the texts of one flood make at most; what comes beyond stands on the line of the burst
SLOT, KEY_LIVES = timedelta(minutes=5), timedelta(minutes=10)  # a slot's key is used in its slot and the next, and is deleted then


@dataclass(frozen=True)
class Came:
    """What is known of a form only while it is filed, and kept nowhere: its network address, and what it says to the question."""

    address: str = ""
    said: Said = "none"


def bursts(nth: Sequence[datetime | None], now: datetime) -> bool:
    """Return whether an office is flooded: ``nth`` are the times of its newest cases but so many as WINDOWS count, None where it has
    fewer."""
    return any(one is not None and now - one <= within for one, (_most, within) in zip(nth, WINDOWS, strict=True))


def line(said: Said, *, alike: bool) -> Line:
    """Return on which line of the desk a case of a flood stands: nearly the same texts on theirs, a right answer on its own."""
    if alike:
        return "alike"
    return "own" if said == "right" else "burst"


def slot(at: datetime) -> int:
    """Return the number of the slot of a time."""
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)) / SLOT)
