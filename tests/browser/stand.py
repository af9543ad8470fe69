"""The app as granian serves it to a browser: settings come from the environment as in a real one, but the clock stands still at what
a file says."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from board import create_app, logs
from board.web import request_record

CLOCK = Path(os.environ["CLOCK"])

app = create_app(os.environ["INSTANCE"])
app.clock = lambda: datetime.fromisoformat(CLOCK.read_text())  # type: ignore[attr-defined]
if app.config["METRICS_FOLDER"]:
    logs.start()
    request_record.serve(app)
