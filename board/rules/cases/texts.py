"""What may be said in a case."""

from __future__ import annotations

from typing import Literal

FEWEST, MOST = 4, 2000  # characters of a text: "钱不对" is too short to be looked into, and 2000 fill two printed pages
CONTACT_MOST = 100
HELD = 4 * MOST  # characters of a text that are read and shown again: enough for a person's text that is too long, little for a machine's


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
