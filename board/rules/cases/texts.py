"""What may be said in a case, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Literal

FEWEST, MOST = 4, 2000  # characters of a text: "钱不对" is too short to be looked into, and 2000 fill two printed pages
CONTACT_MOST = 100
HELD = 4 * MOST  # characters of a text that are read and shown again: enough for a person's text that is too long, little for a machine's
BURST, WINDOW = 30, timedelta(minutes=1)  # sixty households behind one address in ten minutes are six a minute


def tidy(text: str) -> str:
    """Return a text with the line ends of a browser made plain and blank edges cut, so that a resend compares equal."""
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n"))
    return "\n".join(lines).strip()


def length_fault(text: str) -> Literal["short", "long"] | None:
    """Return ``short`` or ``long`` for a tidied text of the wrong length in characters, else None."""
    if len(text) < FEWEST:
        return "short"
    return "long" if len(text) > MOST else None


def new_words(text: str, known: list[str]) -> bool:
    """Return whether a text sent again with the same form differs from all texts already received."""
    return bool(text) and text not in known


def wait(newest: Sequence[datetime], now: datetime) -> int:
    """Return the seconds that the next such case has to wait, mostly 0; ``newest`` are the times of its last cases, in any
    order.

    Cases are counted by notice, and those about none by category, so that no visitor's address is needed: a flood holds up one notice, or
    one category of one office, a minute at a time.
    """
    if len(newest) < BURST:
        return 0
    passes = sorted(newest)[-BURST] + WINDOW
    return max(0, ceil((passes - now).total_seconds()))
