"""What is kept of a request: method, path pattern, status, milliseconds, and the reference of its error.

A path pattern is the rule of the URL map (``/n/<number:number>``), never the path. Pages for the county count as one: the inspector's are
among them, and no figure or line may tell when reports against people are read (docs/decisions/0058-figures-that-tell-nobody.md).
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from time import perf_counter
from typing import Any

from flask import Flask, request

from board import logs, metrics

Environ = dict[str, Any]
KEY = "board.record"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})  # whatever else is sent counts as one
NOWHERE, COUNTY = "(none)", "(county)"
# A page for those whose request failed where no template can be rendered.
_FAILED = "系统出错了。请过一会儿再试；打电话问的时候，请报编号 {0}。\nSomething went wrong. Try again later; if you ask, say number {0}.\n"
log = logging.getLogger("board.access")


class Record:
    """What is known of one request so far; ``pages`` is its audience, "cache" if it was answered from memory."""

    __slots__ = ("busy", "method", "outage", "pages", "pattern", "reference", "status")

    def __init__(self, method: str = "GET") -> None:
        self.method = method if method in METHODS else "(other)"
        self.pattern, self.pages, self.status = NOWHERE, "other", "500"
        self.reference = self.busy = self.outage = ""

    def line(self) -> str:
        """Return what its error is logged with."""
        return f"{self.method} {self.pattern} ref={self.refer()}"

    def refer(self) -> str:
        """Return the number by which its error is found in the log, drawn at the first call.

        Digits alone, since it is read out on the telephone; random and drawn anew for each request, so that it follows nobody.
        """
        if not self.reference:
            drawn = f"{secrets.randbelow(10**8):08}"
            self.reference = f"{drawn[:4]}-{drawn[4:]}"
        return self.reference


def of(environ: Environ) -> Record:
    """Return the record of a request, the same for all middleware and views that it goes through."""
    if KEY not in environ:
        environ[KEY] = Record(environ["REQUEST_METHOD"])
    found: Record = environ[KEY]
    return found


def current() -> Record:
    """Return the record of the request that is being answered."""
    return of(request.environ)


def sealed() -> bool:
    """Return whether an error of this page is logged without its place, as all of the county's are: a line without one must not tell that
    the inspector was at work."""
    return (request.endpoint or "").startswith("county.")


class Recorder:
    """The outermost middleware of a server: counts each request, and logs it with ``write`` (None: not at all)."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], write: Callable[[str], None] | None = logs.write) -> None:
        self.inner, self.write = inner, write

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """Pass a request on; its record ends with the last byte of its answer."""
        begun = perf_counter()
        record = of(environ)

        def started(status: str, headers: Any, *rest: Any) -> Any:
            record.status = status[:3]
            return start(status, headers, *rest)

        try:
            body = self.inner(environ, started)
        except Exception:
            log.exception("%s outside the pages", record.line())
            started("500 INTERNAL SERVER ERROR", [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
            body = [_FAILED.format(record.refer()).encode()]
        if isinstance(body, list):
            self.end(record, begun)
            return body
        return _Rest(body, record, lambda: self.end(record, begun))

    def end(self, record: Record, begun: float) -> None:
        """Count a request that is over, and log it."""
        seconds = perf_counter() - begun
        if metrics.kept is not None:
            _count(metrics.kept, record, seconds)
        if self.write is not None:
            reference = f" ref={record.reference}" if record.reference else ""
            self.write(f"{record.method} {record.pattern} {record.status} {seconds * 1000:.0f} ms{reference}")


class _Rest:
    """The rest of an answer that is made while it is sent."""

    def __init__(self, inner: Iterable[bytes], record: Record, end: Callable[[], None]) -> None:
        self.inner, self.record, self.end = inner, record, end
        self.parts = iter(inner)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self.parts)
        except StopIteration:
            raise
        except Exception:
            log.exception("%s while it was sent", self.record.line())
            raise ConnectionAbortedError from None  # the server logs it too, with its message: ours has none

    def close(self) -> None:
        try:
            if hasattr(self.inner, "close"):
                self.inner.close()
        finally:
            self.end()


def _count(kept: metrics.Metrics, record: Record, seconds: float) -> None:
    kept.answered(record.method, record.pattern, record.status, record.pages, seconds)
    if record.busy:
        kept.refused.labels(record.busy).inc()
    if record.outage:
        kept.outages.labels(record.outage).inc()
    if record.status == str(HTTPStatus.INTERNAL_SERVER_ERROR.value):
        kept.errors.inc()


def start(app: Flask) -> None:
    """Note the path pattern of each request that reaches the app."""

    @app.before_request
    def routed() -> None:
        if request.url_rule is not None and request.endpoint is not None:
            record, audience = current(), request.endpoint.partition(".")[0]
            record.pattern = COUNTY if audience == "county" else request.url_rule.rule
            record.pages = audience


def serve(app: Flask) -> None:
    """Count and log the requests of a server; where nothing can be counted, it says why and serves."""
    app.wsgi_app = Recorder(app.wsgi_app, logs.write if app.config["ACCESS_LOG"] else None)  # type: ignore[assignment, method-assign]
    if why := metrics.begin(metrics.folder(app.instance_path, app.config["METRICS_FOLDER"])):
        app.logger.warning("%s", why)
