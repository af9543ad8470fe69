"""The numbers that stand on paper and on plates: one space for notices and walls, so that a typed one leads to what it was printed on."""

from __future__ import annotations

import secrets

from board.models import Printed, db
from board.rules import numbers


def fresh() -> str:
    """Return a number that was never given; call it inside ``writing()`` and add its ``Printed`` row there."""
    while True:
        number = numbers.make(secrets.randbelow)
        if db.session.get(Printed, number) is None:
            return number


def what(number: str) -> str:
    """Return what a number was printed on, ``notice`` or ``wall``; "" when it was never given."""
    found = db.session.get(Printed, number)
    return found.what if found else ""
