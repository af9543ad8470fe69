"""WSGI cache: public pages are rendered once per change and served as bytes, ahead of Flask's routing.

An entry is found by its URL and served only while three things are as they were when it was rendered: the cache version of its content
(``board.store.cache_versions``: every ledger entry raises it, in the same transaction), the date in China (a period ends without a
ledger entry) and the process (a restart empties the cache, so new policies, templates, translations and settings apply). Each request
reads the version from the database once, so that a notice that was taken down disappears from the caches of all processes at once.
Browsers revalidate every time (``no-cache``) and usually get a 304; so does nginx with what it keeps.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl

import brotli  # type: ignore[import-untyped]
from flask import Flask
from werkzeug.datastructures import Accept, Headers
from werkzeug.http import parse_accept_header, parse_etags, unquote_etag

from board.rules.calendar import day_of
from board.store import cache_versions, clock
from board.web import request_record

Environ = dict[str, Any]
Start = Callable[..., Any]

_NUMBERED = re.compile(r"/[nNwW]/([0-9]{9})(?:[/.].*)?")
_PLACED = re.compile(r"/[nN]/[0-9]{9}/([0-9]{12})(?:[/.].*)?")
_AREA = re.compile(r"/[aA]/([0-9]{12})(?:[/.].*)?")
_ALL = re.compile(r"/|/sitemap[a-z0-9-]*\.xml")
_KEYED = re.compile(r"/[nN]/[0-9]{9}/[0-9]{12}/[0-9]{1,4}/.+")  # the twelve digits that open the rows for members
_SEARCH = re.compile(r"/search|/ask")  # compressed like the other pages, but not kept
# Other query arguments (a search, a position on the kiosk) make a page that hardly anyone else asks for: it is not kept.
_ASKED = {"lang": re.compile("en"), "view": re.compile("large"), "after": re.compile("[0-9]{1,7}")}
# Arguments that chat programs and trackers append to shared links; no page of ours reads them.
_PASSED_ON = re.compile(r"(?:from|isappinstalled|scene|ascene|subscene|clicktime|enterid|sessionid|nsukey|utm_[a-z]+)=[^&]*")
_WORDS = re.compile(r"text/|application/(json|xml|atom\+xml)|image/svg")
_OF_THE_BODY = ("Content-Length", "Content-Encoding", "ETag", "Vary")
_IN_PART = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
FORM = "private, no-cache"  # an empty form with a token of its own: compressed, but not kept
LARGEST = 16  # one answer takes at most a sixteenth of the room


@dataclass
class Answer:
    """One response of the app, with its compressed forms, which are made on first use."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    pattern: str = ""  # of its URL, for the log
    packed: dict[str, bytes] = field(default_factory=dict)
    tag: str = field(init=False)

    def __post_init__(self) -> None:
        self.tag = hashlib.sha256(self.body).hexdigest()[:20]

    @property
    def size(self) -> int:
        """The most memory that it takes, in bytes, with its compressed forms."""
        return 2 * len(self.body) + 2_000

    def form(self, accepted: str) -> tuple[str, bytes]:
        """Return (encoding, body) for an Accept-Encoding header; brotli before gzip, encoding "" for an uncompressed body."""
        kind = dict(self.headers).get("Content-Type", "")
        takes = parse_accept_header(accepted, Accept)
        name = next((one for one in ("br", "gzip") if takes.quality(one) > 0), "") if _WORDS.match(kind) else ""
        if name and name not in self.packed:
            # Level 5 takes 1 ms where level 11 takes 50 ms, and the result is about 1 kB larger.
            self.packed[name] = brotli.compress(self.body, quality=5) if name == "br" else gzip.compress(self.body, 6, mtime=0)
        return name, self.packed.get(name, self.body)


class Cache:
    """WSGI middleware that keeps public pages in memory; ``room`` is the limit in bytes for this process."""

    def __init__(self, app: Flask, inner: Callable[[Environ, Start], Iterable[bytes]], room: int) -> None:
        self.app, self.inner, self.room = app, inner, room
        self.stamps = cache_versions.Stamps(app)
        self.kept: OrderedDict[tuple[str, str], tuple[tuple[Any, ...], Answer]] = OrderedDict()
        self.held = 0
        self.lock = Lock()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer a request from the cache while the entry is current, else from the app."""
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not any(form.fullmatch(path) for form in (_NUMBERED, _AREA, _ALL, _SEARCH)):
            return self.inner(environ, start)
        query = "&".join(one for one in query.split("&") if not _PASSED_ON.fullmatch(one))
        record = request_record.of(environ)  # before the copy, which shares it
        environ = environ | {"QUERY_STRING": query}
        validity = self._validity(path) if _url_cacheable(path, query) else None
        if validity and not _KEYED.fullmatch(path):
            start = _revalidated(start)
        found = self._found((path, query), validity)
        if found is None:
            rendered = self._render(environ, start)
            if not isinstance(rendered, Answer):
                return rendered
            found = rendered
            found.pattern = record.pattern
            if validity and Headers(rendered.headers).get("Cache-Control") != FORM:
                self._keep((path, query), validity, rendered)
        else:
            record.pattern, record.pages = found.pattern, "cache"
        return _send(found, environ, start)

    def _found(self, key: tuple[str, str], validity: tuple[Any, ...] | None) -> Answer | None:
        with self.lock:
            kept = self.kept.get(key)
            if kept is None or kept[0] != validity:
                return None
            self.kept.move_to_end(key)
            return kept[1]

    def _validity(self, path: str) -> tuple[Any, ...] | None:
        """Return (cache version, date), which an entry for this path depends on; None: the path is not cached."""
        try:
            if placed := _PLACED.fullmatch(path):
                stamp: int | None = self.stamps.around(placed[1])  # it says how many other notices the place has; its own home is around it
            elif numbered := _NUMBERED.fullmatch(path):
                stamp = self.stamps.of_number(numbered[1])
            elif area := _AREA.fullmatch(path):
                stamp = self.stamps.around(area[1])
            else:
                stamp = self.stamps.all() if _ALL.fullmatch(path) else None
        except cache_versions.Unknown:  # no database: no entry can be confirmed, and the app renders its own error page
            return None
        return None if stamp is None else (stamp, day_of(clock.of(self.app)))

    def _render(self, environ: Environ, start: Start) -> Answer | Iterable[bytes]:
        """Return the app's response as an Answer if it may be cached, else start the response and return its body."""
        started: list[Any] = []
        whole = {name: value for name, value in environ.items() if name not in _IN_PART}
        body = self.inner(whole | {"REQUEST_METHOD": "GET"}, lambda status, headers, *_: started.extend((status, headers)))
        status, headers = started[-2:]
        if _response_cacheable(status, Headers(headers), self.room // LARGEST):
            try:
                return Answer(status, [one for one in headers if one[0] not in _OF_THE_BODY], b"".join(body))
            finally:
                _close(body)
        tag, _ = unquote_etag(Headers(headers).get("ETag"))
        if parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(tag or ""):  # the ETag of a file that is too large to keep
            start("304 NOT MODIFIED", [one for one in headers if one[0] not in ("Content-Length", "Content-Type")])
            return _close(body)
        start(status, headers)
        return body if environ["REQUEST_METHOD"] == "GET" else _close(body)

    def _keep(self, key: tuple[str, str], validity: tuple[Any, ...], answer: Answer) -> None:
        with self.lock:
            before = self.kept.pop(key, None)
            self.kept[key] = (validity, answer)
            self.held += answer.size - (before[1].size if before else 0)
            while self.held > self.room:
                self.held -= self.kept.popitem(last=False)[1][1].size


def _url_cacheable(path: str, query: str) -> bool:
    """Return whether a URL is one that many readers ask for, and so worth keeping."""
    asked = parse_qsl(query, keep_blank_values=True)
    return len(path) <= 100 and len(query) <= 60 and all(name in _ASKED and _ASKED[name].fullmatch(text) for name, text in asked)


def _response_cacheable(status: str, headers: Headers, largest: int) -> bool:
    """Return whether a response may be packed, and is the same for every reader unless it is a FORM; guard.py marks such pages ``no-cache``
    and all other pages ``no-store``."""
    length = headers.get("Content-Length", type=int)
    same = status[:3] in ("200", "410") and headers.get("Cache-Control") in ("no-cache", FORM) and "Set-Cookie" not in headers
    return same and "Cookie" not in headers.get("Vary", "") and length is not None and length <= largest


def _revalidated(start: Start) -> Start:
    """Let nginx (deploy/nginx) keep an answer that has an ETag: stale since 1970, so that it asks each time whether it is still right."""

    def told(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        own = Headers(headers)
        if status[:3] in ("200", "304") and "ETag" in own and own.get("Cache-Control") == "no-cache":
            headers = [*headers, ("X-Accel-Expires", "@1")]
        return start(status, headers, *rest)

    return told


def _close(body: Iterable[bytes]) -> list[bytes]:
    if hasattr(body, "close"):
        body.close()
    return []


def _send(answer: Answer, environ: Environ, start: Start) -> list[bytes]:
    """Send an answer in the encoding that the browser accepts, or 304 if the browser has it already."""
    name, body = answer.form(environ.get("HTTP_ACCEPT_ENCODING", ""))
    tag = f"{answer.tag}-{name}" if name else answer.tag
    form = dict(answer.headers).get("Cache-Control") == FORM  # its token is another each time: there is nothing to ask for again
    own = [] if form else [("ETag", f'"{tag}"')]
    own.append(("Vary", "Accept-Encoding"))
    known = parse_etags(environ.get("HTTP_IF_NONE_MATCH"))
    if answer.status[:3] == "200" and any(known.contains_weak(one) for one in (answer.tag, f"{answer.tag}-br", f"{answer.tag}-gzip")):
        start("304 NOT MODIFIED", [one for one in answer.headers if one[0] != "Content-Type"] + own)
        return []
    packed = [("Content-Encoding", name)] if name else []
    start(answer.status, [*answer.headers, *own, *packed, ("Content-Length", str(len(body)))])
    return [body] if environ["REQUEST_METHOD"] == "GET" else []
