"""How often printed codes are scanned: a number a code and day, and nothing about anybody.

A scan is a visit to an address as only paper and plates carry it, by a browser that was not there that day. To tell that, the process
remembers for the day a keyed digest of what every request tells of its device; the key is drawn at random each day and stands nowhere,
and neither it nor a digest is ever written down. ``docs/decisions/0019-counting-scans.md`` says what the number is worth.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from board.rules.calendar import day_of
from board.store import clock, scans

Environ = dict[str, Any]
PAUSE = 2.0  # seconds between two writings: what a server loses that ends its workers without a word
MOST = 200_000  # visits remembered of a day: some 20 MB; a process that sees more counts no further ones
# What a QR code says: capitals, or a version at the end. Links within the site are in small letters and carry none.
_PRINTED = re.compile(r"/N/([0-9]{9})(?:/([0-9]{12})(?:/[0-9]{1,4})?)?/?|/n/([0-9]{9})/([0-9]{12})/[0-9]{1,4}/?|/W/([0-9]{9})/?")
_ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|uptime|headless|lighthouse|curl|wget|python|java/|go-http|okhttp|libwww|httpclient",
    re.IGNORECASE,
)
_AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")  # a browser that loads what nobody has opened yet
_DEVICE = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING")


def scanned(environ: Environ) -> tuple[str, str] | None:
    """Return the (number, place) that a request scans, place "" where its code names none; None where it is no person's scan."""
    if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING"):
        return None
    agent = environ.get("HTTP_USER_AGENT", "")
    if not agent or _ROBOT.search(agent) or any(environ.get(name) for name in _AHEAD):
        return None
    found = _PRINTED.fullmatch(environ.get("PATH_INFO", ""))
    return (found[1] or found[3] or found[5], found[2] or found[4] or "") if found else None


class Scans:
    """The app, with scans counted as their pages go out."""

    def __init__(self, app: Flask, inner: Callable[..., Iterable[bytes]]) -> None:
        self.app, self.inner = app, inner
        self.lock = threading.Lock()
        self.day, self.key = date.min, b""
        self.seen: set[bytes] = set()
        self.counted: Counter[scans.Code] = Counter()

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """Pass a request on, and count it when the page that was scanned is really there."""
        code = scanned(environ)
        if code is None:
            return self.inner(environ, start)

        def started(status: str, headers: Any, *rest: Any) -> Any:
            if status[:3] in ("200", "304"):  # a phone that still has the page asks whether it is current, and shows it
                self._count(code, environ)
            return start(status, headers, *rest)

        return self.inner(environ, started)

    def _count(self, code: tuple[str, str], environ: Environ) -> None:
        today = day_of(clock.of(self.app))
        device = "\n".join(str(environ.get(name, "")) for name in _DEVICE)
        with self.lock:
            if today != self.day:
                self.day, self.key, self.seen = today, secrets.token_bytes(32), set()
            visit = hashlib.blake2b(f"{code}{device}".encode("utf-8", "replace"), key=self.key, digest_size=12).digest()
            if visit not in self.seen and len(self.seen) < MOST:
                self.seen.add(visit)
                self.counted[(*code, today)] += 1

    def flush(self) -> None:
        """Write what was counted since the last time; what cannot be written now is kept for the next."""
        with self.lock:
            counted, self.counted = self.counted, Counter()
        if not counted:
            return
        try:
            with self.app.app_context():
                scans.add(counted)
        except SQLAlchemyError:
            with self.lock:
                self.counted.update(counted)
            raise


def start(app: Flask) -> None:
    """Count the scans of an app; whoever serves it calls ``keep`` as well."""
    app.extensions["scans"] = Scans(app, app.wsgi_app)
    app.wsgi_app = app.extensions["scans"]  # type: ignore[method-assign]


def keep(app: Flask) -> None:
    """Write what is counted every few seconds and when the process ends, unless this is a command."""
    if os.environ.get("FLASK_RUN_FROM_CLI"):
        return
    atexit.register(_flushed, app)
    threading.Thread(target=_forever, args=(app,), name="scans", daemon=True).start()


def _forever(app: Flask) -> None:
    pause = threading.Event()
    while not pause.wait(PAUSE):
        _flushed(app)


def _flushed(app: Flask) -> None:
    try:
        app.extensions["scans"].flush()
    except SQLAlchemyError as error:
        app.logger.warning("scans wait to be written: %s", type(error).__name__)
