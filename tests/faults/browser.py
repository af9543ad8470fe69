"""A browser over a socket, which ``tests.actors.Person`` uses as he uses Flask's: a server that dies shows as an ``OSError``."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

from werkzeug.datastructures import FileStorage, Headers, MultiDict
from werkzeug.test import encode_multipart

SECONDS = 30  # until an answer: what takes longer on a busy machine is no answer
MOVED = (301, 302, 303, 307, 308)


class Asked(NamedTuple):
    """What was asked for, as a page needs to know it."""

    path: str
    query_string: bytes

    @property
    def full_path(self) -> str:
        """The path with its query."""
        return f"{self.path}?{self.query_string.decode()}"


class Answer(NamedTuple):
    """An answer, with those that redirected to it before."""

    status_code: int
    headers: Headers
    data: bytes
    request: Asked
    history: tuple[Any, ...] = ()

    @property
    def mimetype(self) -> str:
        """The type of its content."""
        return self.headers.get("Content-Type", "").partition(";")[0]

    def get_data(self, as_text: bool = False) -> str | bytes:
        """The bytes of its content, or the text."""
        return self.data.decode() if as_text else self.data


class Lost(OSError):
    """There was no answer, or a part of one: what was asked for may have been done or not."""


class SocketBrowser:
    """Somebody's browser: its cookies, and the network address that it comes from."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self.port, self.address, self.cookies = port, address, SimpleCookie()

    def get(self, path: str, query_string: Any = (), follow_redirects: bool = False, headers: Mapping[str, str] | None = None) -> Answer:
        """Open an address."""
        query = urlencode(query_string) if query_string else ""
        return self._followed(self._sent("GET", f"{path}?{query}" if query else path, None, {**(headers or {})}), follow_redirects)

    def post(self, path: str, data: Mapping[str, Any] | None = None, follow_redirects: bool = False) -> Answer:
        """Send a form."""
        fields = MultiDict({name: value if isinstance(value, list) else [value] for name, value in (data or {}).items()})
        if any(isinstance(value, tuple) for value in fields.values()):
            boundary, body = encode_multipart(
                MultiDict((name, FileStorage(*one) if isinstance(one, tuple) else one) for name, one in fields.items(multi=True))
            )
            kind = f"multipart/form-data; boundary={boundary}"
        else:
            body, kind = urlencode(list(fields.items(multi=True))).encode(), "application/x-www-form-urlencoded"
        return self._followed(self._sent("POST", path, body, {"Content-Type": kind}), follow_redirects)

    def _followed(self, answer: Answer, follow: bool) -> Answer:
        before: list[Answer] = []
        while follow and answer.status_code in MOVED and len(before) < 9:
            before.append(answer)
            answer = self._sent("GET", urljoin(answer.request.path, answer.headers["Location"]), None, {})
        return answer._replace(history=tuple(before))

    def _sent(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        parts = urlsplit(address)
        headers |= {"X-Forwarded-For": self.address, "User-Agent": "Mozilla/5.0 (Linux; Android 10)"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body, headers)
            response = connection.getresponse()
            data = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise Lost(type(error).__name__) from error
        finally:
            connection.close()
        got = Headers(response.getheaders())
        for cookie in got.getlist("Set-Cookie"):
            self.cookies.load(cookie)
        return Answer(response.status, got, data, Asked(parts.path, parts.query.encode()))
