"""How soon a case has to be answered: the groups of an office's inbox."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

Urgency = Literal["late", "today", "week", "later"]
SOON = timedelta(days=7)  # not the week of the calendar, which on a Sunday holds nothing more


def urgency(due: date, today: date) -> Urgency:
    """Return the group of a case whose office has to answer by ``due``: late, due today, within seven days, or later."""
    if due < today:
        return "late"
    if due == today:
        return "today"
    return "week" if due <= today + SOON else "later"
