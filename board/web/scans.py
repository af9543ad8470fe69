"""Counts scans of printed codes, and answers of their readers: numbers per code and day, without personal data.

A scan is a request for a URL as only posters and plates contain it, by a browser that did not ask for it that day before. To tell, the
process keeps for the day a keyed digest of each visitor's address and headers; the key is random, changes daily and is kept in memory
only, and neither the key nor a digest is ever written down. ``docs/decisions/0019-counting-scans.md`` says how exact the number is.
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
from typing import Any, Literal

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from board.rules.calendar import day_of
from board.store import clock, scans, understood

Environ = dict[str, Any]
PAUSE = 2.0  # seconds between two writes: the counts that are lost if a server kills its workers
MOST = 200_000  # visits remembered for a day, about 20 MB; a process that sees more does not count the rest
# URLs in QR codes: capital letters, or a version at the end. Links within the site have neither.
_SHEET = "[0-9]{1,4}(?:/[0-9]{12})?"  # the version, and what only the sheet of a notice for members says
_PRINTED = re.compile(rf"/N/([0-9]{{9}})(?:/([0-9]{{12}})(?:/{_SHEET})?)?/?|/n/([0-9]{{9}})/([0-9]{{12}})/{_SHEET}/?|/W/([0-9]{{9}})/?")
_ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|uptime|headless|lighthouse|curl|wget|python|java/|go-http|okhttp|libwww|httpclient",
    re.IGNORECASE,
)
_AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")  # set by browsers that prefetch a page
_DEVICE = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING")


def scanned(environ: Environ) -> tuple[str, str] | None:
    """Return the (number, place) that a request scans, place "" if the code names none; None if it is no scan by a person."""
    if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING"):
        return None
    if not _by_person(environ):
        return None
    found = _PRINTED.fullmatch(environ.get("PATH_INFO", ""))
    return (found[1] or found[3] or found[5], found[2] or found[4] or "") if found else None


def _by_person(environ: Environ) -> bool:
    agent = environ.get("HTTP_USER_AGENT", "")
    return bool(agent) and not _ROBOT.search(agent) and not any(environ.get(name) for name in _AHEAD)


class Scans:
    """WSGI middleware that counts scans; ``answer`` counts what their readers say."""

    def __init__(self, app: Flask, inner: Callable[..., Iterable[bytes]]) -> None:
        self.app, self.inner = app, inner
        self.lock = threading.Lock()
        self.day, self.key = date.min, b""
        self.seen: set[bytes] = set()
        self.counted: Counter[scans.Code] = Counter()
        self.answers: list[tuple[understood.Code, bool]] = []

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """Pass a request on, and count it if the page exists."""
        code = scanned(environ)
        if code is None:
            return self.inner(environ, start)

        def started(status: str, headers: Any, *rest: Any) -> Any:
            if status[:3] in ("200", "304"):  # 304: the browser has the page cached and shows it
                self._count(code, environ)
            return start(status, headers, *rest)

        return self.inner(environ, started)

    def answer(self, code: tuple[str, str, str], understands: bool, environ: Environ) -> None:
        """Count whether the reader of a notice, (home, number, place), understood it: as of a scan, a device's first answer of the day."""
        if _by_person(environ):
            with self.lock:
                if self._is_new(("understood", *code), environ):
                    self.answers.append(((*code, self.day), understands))

    def once(self, what: tuple[str, ...], environ: Environ, act: Callable[[], bool]) -> Literal["done", "before", "refused"]:
        """Do something once a day for a person's device, unless it was done ``before``; an act that returns False may be tried again."""
        self.flush()  # whoever acts has just scanned: his scan is stored before what it allows
        with self.lock:
            if not _by_person(environ) or not self._is_new(what, environ):
                return "before"
        if act():
            return "done"
        with self.lock:
            self.seen.discard(self._visit(what, environ))
        return "refused"

    def _count(self, code: tuple[str, str], environ: Environ) -> None:
        with self.lock:
            if self._is_new(code, environ):
                self.counted[(*code, self.day)] += 1

    def _is_new(self, what: tuple[str, ...], environ: Environ) -> bool:
        """Return whether this device does this the first time today, and remember it; the caller holds the lock."""
        today = day_of(clock.of(self.app))
        if today != self.day:
            self.day, self.key, self.seen = today, secrets.token_bytes(32), set()
        visit = self._visit(what, environ)
        if visit in self.seen or len(self.seen) >= MOST:
            return False
        self.seen.add(visit)
        return True

    def _visit(self, what: tuple[str, ...], environ: Environ) -> bytes:
        device = "\n".join(str(environ.get(name, "")) for name in _DEVICE)
        return hashlib.blake2b(f"{what}{device}".encode("utf-8", "replace"), key=self.key, digest_size=12).digest()

    def flush(self) -> None:
        """Store the counts since the last call; raises SQLAlchemyError if that fails, and keeps them for the next call."""
        with self.lock:
            counted, self.counted = self.counted, Counter()
            answers, self.answers = self.answers, []
        if not counted and not answers:
            return
        try:
            with self.app.app_context():
                if counted:
                    scans.add(counted)
                    counted = Counter()
                if answers:  # after the scans: whoever answers has just scanned, and answers never exceed the scans that are stored
                    understood.add(answers)
        except SQLAlchemyError:
            with self.lock:
                self.counted.update(counted)
                self.answers[:0] = answers
            raise


def start(app: Flask) -> None:
    """Count the scans of an app; a server also calls ``keep`` to store them."""
    app.extensions["scans"] = Scans(app, app.wsgi_app)
    app.wsgi_app = app.extensions["scans"]  # type: ignore[method-assign]


def keep(app: Flask) -> None:
    """Start the thread that stores the counts every few seconds, and store them at exit; does nothing in a ``flask`` command."""
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
