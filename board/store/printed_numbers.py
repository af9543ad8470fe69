"""Printed numbers of notices and walls: one number space, so that a typed number is unambiguous."""

from __future__ import annotations

import secrets

from board.models import Printed, db
from board.rules import numbers


def fresh() -> str:
    """Return an unused number; call it inside ``writing()`` and add its ``Printed`` row there."""
    while True:
        number = numbers.make(secrets.randbelow)
        if db.session.get(Printed, number) is None:
            return number


def what(number: str) -> str:
    """Return whether a number is of a ``notice`` or a ``wall``; "" for an unknown number."""
    found = db.session.get(Printed, number)
    return found.what if found else ""
