"""The demo's people, by the names with which they sign in."""

from __future__ import annotations

from board.store import people
from board.store.people import Person


def staff(username: str) -> Person:
    """Return one of them; people.csv has everybody whom the samples name."""
    person = people.named(username)
    assert person is not None, username
    return person
