"""Mingbai (明白公开栏): the application factory ``create_app``. No module of the program imports from here."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from flask import Blueprint, Flask
from flask_migrate import Migrate
from jinja2 import StrictUndefined

ROOT = Path(__file__).resolve().parent.parent


def create_app(instance: str | Path | None = None, **given: Any) -> Flask:
    """Return the Flask application; ``given`` settings (by their names in ``board.settings``) override file and environment.

    Raises SettingError for a setting that is unknown or of the wrong type, or a PUBLIC_ADDRESS that fits in no QR code, or a
    file of the county's own with a fault; KeyFileError for a key file that cannot be used; where it is missing, what needs keys raises it.
    """
    from board import commands, kinds, policies, settings, vault
    from board.models import db
    from board.paper import qr
    from board.rules.datafile import DataError
    from board.store import engine, sealing
    from board.web import addresses, auth, bodies, cache, errors, guard, i18n, outages, place_words, request, request_record, scans

    gc.set_threshold(100_000, 20, 100)  # a roster is a million objects without cycles: by default, collection takes as long as the check
    folder = Path(instance or ROOT / "instance").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    app = Flask("board", instance_path=str(folder), root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.request_class = request.InMemory
    app.config.update(settings.read(folder) | given)
    if app.config["PUBLIC_ADDRESS"]:  # fail at the start, not at a posting, if posters could not be printed
        try:
            qr.address(app.config["PUBLIC_ADDRESS"], "1" * 9, "1" * 12, 1)
        except ValueError as error:
            raise settings.SettingError(f"PUBLIC_ADDRESS: {error}") from error
    for name, check in (("RETURNS_FILE", policies.returns), ("ANSWERS_FILE", policies.period_rules), ("KINDS_FOLDER", kinds.use)):
        try:  # a fault of the county's file shows at the start, not at an upload
            check(app.config[name])
        except (OSError, DataError) as error:
            raise settings.SettingError(f"{name}: {error}") from error
    app.config.update(_server(app, engine.address(app.config["DATABASE_URL"], folder)))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    engine.start(app)
    sealing.start(app, sealing.keys(app, vault.file(app.config["KEY_FILE"], folder)))
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    i18n.start(app)
    addresses.start(app)
    request_record.start(app)
    bodies.start(app)  # before access control, which would ask the database who it is
    guard.start(app)
    place_words.start(app)
    errors.start(app)
    outages.start(app)
    for pages in (auth.pages, *_audiences()):
        app.register_blueprint(pages)
    commands.start(app)
    app.wsgi_app = cache.Cache(app, app.wsgi_app, app.config["PAGES_MB"] * 2**20)  # type: ignore[assignment, method-assign]
    scans.start(app)  # outermost middleware: scans that the page cache answers are counted too
    return app


def _audiences() -> Iterator[Blueprint]:
    """Yield one blueprint for each audience, with those of its modules nested in it.

    An endpoint thereby names the module of its view: ``public.notice.place`` is ``place`` in ``board/web/public/notice.py``.
    """
    from board.web import county, desk, public

    for audience in (public, desk, county):
        nested = Blueprint(audience.__name__.rpartition(".")[2], audience.__name__)
        for found in iter_modules(audience.__path__, f"{audience.__name__}."):
            if pages := getattr(import_module(found.name), "pages", None):
                nested.register_blueprint(pages)
        yield nested


def _server(app: Flask, database: str) -> dict[str, Any]:
    """Return the configuration of Flask and its extensions, from our settings."""
    return {
        "SQLALCHEMY_DATABASE_URI": database,
        "MAX_CONTENT_LENGTH": app.config["UPLOAD_MB"] * 2**20,
        "MAX_FORM_MEMORY_SIZE": app.config["UPLOAD_MB"] * 2**20,
        "MAX_FORM_PARTS": 20_000,  # the page for correcting rows sends one field for each wrong cell
        "SESSION_COOKIE_SECURE": app.config["HTTPS"],
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open for hours must still be accepted
        "WTF_CSRF_SSL_STRICT": False,  # it requires a Referer, which our Referrer-Policy header suppresses
    }
