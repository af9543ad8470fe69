"""The days that an office has for a case: when it is late, and how its clock stops while the villager is asked for more."""

from __future__ import annotations

from datetime import date, timedelta

from board.rules.cases.machine import OPEN

STOP_DAYS = 10  # calendar days for which a question to the villager stops the clock, at most


def late(state: str, due: date, today: date) -> bool:
    """Return whether the villager still waits although the last day for the answer is over (``due`` itself is in time)."""
    return state in OPEN and today > due


def days_late(due: date, today: date) -> int:
    """Return the number of calendar days since the last day for the answer; 0 while it is not over."""
    return max(0, (today - due).days)


def stopped(due: date) -> date:
    """Return the last day for the answer once the clock stands still, if the villager says nothing more."""
    return due + timedelta(days=STOP_DAYS)


def resumed(due: date, asked: date, today: date) -> date:
    """Return the last day for the answer when the villager has said more; ``due`` is that of ``stopped``, ``asked`` the day of the
    question. Only the days that the clock stood still are added."""
    return due - timedelta(days=STOP_DAYS) + timedelta(days=min(max((today - asked).days, 0), STOP_DAYS))
