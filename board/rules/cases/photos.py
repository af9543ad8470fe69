"""Photos in a case: how many, how large, and until when they are kept."""

from __future__ import annotations

from datetime import date, timedelta

from board.rules.cases.machine import DISPUTE_DAYS, OPEN

MOST = 3
LARGEST = 300 * 1024  # bytes as stored: the letters of a page photographed whole stay legible
KEEP_DAYS = 30


def delete_from(state: str, answered: date | None, closed: date | None) -> date | None:
    """Return the day from which the photos of a case are deleted; None while an office has to answer.

    ``closed`` is the day on which its villager last said that it is solved. Where he has not said so, the days count from the last one on
    which he could have disputed the answer of the day ``answered``.
    """
    if state in OPEN:
        return None
    over = closed if state == "closed" else answered and answered + timedelta(days=DISPUTE_DAYS)
    return over + timedelta(days=KEEP_DAYS) if over else None
