"""The one clock of the program. Rules have none: they are told the day."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, current_app


def now() -> datetime:
    """Return this moment, UTC; a test or the demo sets ``app.clock``."""
    return of(current_app)


def of(app: Flask) -> datetime:
    """Return this moment as an app's clock has it, for what runs outside its requests."""
    clock = getattr(app, "clock", None)
    return clock() if clock else datetime.now(UTC)
