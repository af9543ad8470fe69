"""What was stopped in a draft, as it is kept."""

from __future__ import annotations

from board.models import StoppedLeak, db


def stopped(home: str, draft: str) -> dict[tuple[str, str], int]:
    """Return (source, what) -> number."""
    rows = db.session.query(StoppedLeak).filter_by(home=home, draft=draft)
    return {(one.source, one.what): one.count for one in rows}
