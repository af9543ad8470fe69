"""What is asked over the network is asked of the address itself: no redirect is followed, and nobody waits for long."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from board import outbound
from board.outbound import Answer


class Site(BaseHTTPRequestHandler):
    """A page, one that moved there, one that is gone, and one that is long."""

    def do_GET(self) -> None:
        status = {"/moved": 302, "/gone": 410}.get(self.path, 200)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/page")
        self.end_headers()
        self.wfile.write(b"x" * 1000 if self.path == "/long" else b"here")

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of the site."""
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_answers_itself_or_not_at_all(site: str):
    asked = [outbound.ask(f"{site}{path}") for path in ("/page", "/moved", "/gone", "/long")]

    assert asked == [Answer(200, b"here"), Answer(302, b""), Answer(410, b""), Answer(200, b"x" * outbound.LONGEST)]


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "not an address", "http://gk.invalid/"])
def test_where_nobody_answers_there_is_none(address: str):
    assert outbound.ask(address) is None
