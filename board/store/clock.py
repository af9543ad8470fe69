"""The program's clock. Rules take the day as an argument instead."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, current_app


def now() -> datetime:
    """Return the present time in UTC; tests and the demo replace it by ``app.clock``."""
    return of(current_app)


def of(app: Flask) -> datetime:
    """Return the present time by an app's clock, for code that runs outside its requests."""
    clock = getattr(app, "clock", None)
    return clock() if clock else datetime.now(UTC)
