"""The one clock of the program. Rules have none: they are told the day."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app


def now() -> datetime:
    """Return this moment, UTC; a test or the demo sets ``app.clock``."""
    clock = getattr(current_app, "clock", None)
    return clock() if clock else datetime.now(UTC)
