"""Dates as people type them."""

from __future__ import annotations

from datetime import date

from board.rules.sheet import figures


def typed_day(text: str) -> date | None:
    """Return the day that a clerk wrote (2026-11-20, 2026.11.20, 2026年11月20日, 20261120), or None when it is none of this century."""
    try:
        found = figures.day(text.strip())
    except figures.FigureError:
        return None
    return found if found and 2000 <= found.year < 2100 else None


def iso(text: str) -> str:
    """Return a day as it is stored, whichever way the clerk wrote it; what is no day comes back as it is."""
    found = typed_day(text)
    return found.isoformat() if found else text
