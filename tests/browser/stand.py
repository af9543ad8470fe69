"""The app as granian serves it to a browser: settings come from the environment as in a real one, but the clock stands still."""

from __future__ import annotations

import os
from datetime import datetime

from board import create_app, logs
from board.web import request_record

NOW = datetime.fromisoformat(os.environ["AT"])

app = create_app(os.environ["INSTANCE"])
app.clock = lambda: NOW  # type: ignore[attr-defined]
if app.config["METRICS_FOLDER"]:
    logs.start()
    request_record.serve(app)
