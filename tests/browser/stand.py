"""The app as granian serves it to a browser: settings come from the environment as in a real one, but the day stands still."""

from __future__ import annotations

import os

from board import create_app
from tests.databases import NOW

app = create_app(os.environ["INSTANCE"])
app.clock = lambda: NOW  # type: ignore[attr-defined]
