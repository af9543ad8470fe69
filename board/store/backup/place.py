"""A database other than the app's own, with everything that migrating and verifying it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, current_app
from flask_migrate import Migrate
from sqlalchemy import URL

from board.models import db
from board.settings import SETTINGS
from board.store import engine, sealing


@contextmanager
def over(url: URL) -> Iterator[None]:
    """Be, within the block, in an app without pages over the database at an address, with the settings, keys and clock of this one."""
    app = Flask("board", instance_path=current_app.instance_path, root_path=current_app.root_path)
    app.config.update({one.name: current_app.config[one.name] for one in SETTINGS})
    app.config["SQLALCHEMY_DATABASE_URI"] = url.render_as_string(hide_password=False)
    if clock := getattr(current_app, "clock", None):
        app.clock = clock  # type: ignore[attr-defined]
    engine.start(app)
    sealing.start(app, current_app.extensions["vault"])  # which may be the error that says why there is none
    Migrate(app, db, directory=str(migrations()), render_as_batch=True)
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def migrations() -> Path:
    """Return the folder of the migrations."""
    return Path(current_app.root_path) / "migrations"
