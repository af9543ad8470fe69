"""What the proof says, for the tests of each of its parts."""

from __future__ import annotations

from board.models import db
from board.store.proof import notices as proof


def fault() -> str:
    """Return the first fault in words, "" when all is whole."""
    db.session.rollback()
    db.session.expire_all()
    found = proof.first_fault()
    return f"{found.where.en}: {found.what.en}" if found else ""
