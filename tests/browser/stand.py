"""The app as granian serves it to a browser: settings come from the environment as in a real one, but the clock stands still at what
a file says, and another instance takes the place of the one before as soon as a file names it: starting a server takes much longer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from board import create_app, logs
from board.models import db
from board.web import request_record

CLOCK, PLACE = Path(os.environ["CLOCK"]), Path(os.environ["PLACE"])


def made(place: str) -> Flask:
    """Return the app over the instance and the database that are named."""
    instance, database = place.split("\n")
    app = create_app(instance, DATABASE_URL=database)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ["TEMPLATES"])
    app.clock = lambda: datetime.fromisoformat(CLOCK.read_text())  # type: ignore[attr-defined]
    if app.config["METRICS_FOLDER"]:
        logs.start()
        request_record.serve(app)
    return app


class Stage:
    """The app over the instance that is named now."""

    def __init__(self) -> None:
        self.lock, self.place = Lock(), PLACE.read_text()
        self.app = made(self.place)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as the app does."""
        with self.lock:
            if self.place != (place := PLACE.read_text()):
                with self.app.app_context():
                    db.engine.dispose()
                self.place, self.app = place, made(place)
        return self.app(environ, start)


app = Stage()
