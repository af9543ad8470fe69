"""WSGI middleware: bounds how many requests with a body are taken at once, so that forms which trickle in never hold all threads.

Granian hands a request to a thread as soon as its headers are there, and the thread waits for the body. Behind the web server of
``deploy/nginx``, which passes a body on when it is whole, nobody notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, request
from flask_babel import gettext as _

from board.web import outages, request_record

Environ = dict[str, Any]
TURNED_AWAY = "board.turned_away"  # in the environ of a request whose body is not read


class Bodies:
    """The middleware; ``most`` requests with a body are taken at once, and those beyond are answered without reading them."""

    def __init__(self, inner: Callable[[Environ, Any], Iterable[bytes]], most: int) -> None:
        self.inner, self.free = inner, BoundedSemaphore(most)

    def __call__(self, environ: Environ, start: Any) -> Iterable[bytes]:
        """Pass a request on, without its body if too many are being read."""
        if environ.get("CONTENT_LENGTH", "") in ("", "0") and "HTTP_TRANSFER_ENCODING" not in environ:
            return self.inner(environ, start)
        if not self.free.acquire(blocking=False):
            return self.inner(environ | {"CONTENT_LENGTH": "0", "wsgi.input": BytesIO(), TURNED_AWAY: True}, start)
        try:
            return self.inner(environ, start)
        finally:
            self.free.release()


def start(app: Flask) -> None:
    """Install the middleware and the page of those it turns away."""
    app.wsgi_app = Bodies(app.wsgi_app, app.config["FORMS_AT_ONCE"])  # type: ignore[assignment, method-assign]

    @app.before_request
    def turned_away() -> Any:
        if TURNED_AWAY not in request.environ:
            return None
        request_record.current().busy = "form"
        return outages.answer(_("现在交东西的人多"), _("您交的还没有收下。请退回上一页（您填的还在），过几秒再交一次。"), outages.SOON)
