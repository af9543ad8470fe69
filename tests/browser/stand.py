"""The app as granian serves it to a browser: settings come from the environment as in a real one, but the day stands still."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from board import create_app

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)  # ten in the morning in China

app = create_app(os.environ["INSTANCE"])
app.clock = lambda: NOW  # type: ignore[attr-defined]
