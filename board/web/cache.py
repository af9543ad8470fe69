"""Public pages, rendered once a change and then served as bytes, ahead of the framework's routing.

Each answer is looked up by its address and given only while three things are as they were when it was rendered: the version of what it
shows (``board.store.cache_versions``: every entry of a ledger moves it, in the same transaction), the day in China (a period ends by
itself) and the running program (what a process kept goes with it; so do policies, templates, translations and settings). One look-up in
the database a request, so that what was taken down is gone at once from every process's cache. Browsers ask each time (``no-cache``) and
mostly get a 304.
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

Environ = dict[str, Any]
Start = Callable[..., Any]

_NUMBERED = re.compile(r"/[nNwW]/([0-9]{9})(?:[/.].*)?")
_AREA = re.compile(r"/[aA]/([0-9]{12})(?:[/.].*)?")
_ALL = re.compile(r"/|/sitemap[a-z0-9-]*\.xml")
_SEARCH = re.compile(r"/search")  # packed as the others are, but not kept
# Whatever else is asked for is of somebody's own (a search, a kiosk with its clock) and hardly asked for again.
_ASKED = {"lang": re.compile("en"), "view": re.compile("large"), "after": re.compile("[0-9]{1,7}")}
# What chats hang on an address that somebody passes on; none of our pages asks for it.
_PASSED_ON = re.compile(r"(?:from|isappinstalled|scene|ascene|subscene|clicktime|enterid|sessionid|nsukey|utm_[a-z]+)=[^&]*")
_WORDS = re.compile(r"text/|application/(json|xml|atom\+xml)|image/svg")
_OF_THE_BODY = ("Content-Length", "Content-Encoding", "ETag", "Vary")
_IN_PART = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
LARGEST = 16  # one answer takes no more than a sixteenth of the room


@dataclass
class Answer:
    """What a page answered, with its packed forms as they are asked for."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    packed: dict[str, bytes] = field(default_factory=dict)
    tag: str = field(init=False)

    def __post_init__(self) -> None:
        self.tag = hashlib.sha256(self.body).hexdigest()[:20]

    @property
    def size(self) -> int:
        """How many bytes it takes at most, its packed forms included."""
        return 2 * len(self.body) + 2_000

    def form(self, accepted: str) -> tuple[str, bytes]:
        """Return the smallest form that a browser takes, with the name of its encoding ("" for none)."""
        kind = dict(self.headers).get("Content-Type", "")
        takes = parse_accept_header(accepted, Accept)
        name = next((one for one in ("br", "gzip") if takes.quality(one) > 0), "") if _WORDS.match(kind) else ""
        if name and name not in self.packed:
            # Level 5 takes a millisecond where the highest takes fifty, for a kilobyte less.
            self.packed[name] = brotli.compress(self.body, quality=5) if name == "br" else gzip.compress(self.body, 6, mtime=0)
        return name, self.packed.get(name, self.body)


class Cache:
    """The app with its public pages kept in memory; ``room`` is how many bytes they may take in this process."""

    def __init__(self, app: Flask, inner: Callable[[Environ, Start], Iterable[bytes]], room: int) -> None:
        self.app, self.inner, self.room = app, inner, room
        self.stamps = cache_versions.Stamps(app)
        self.kept: OrderedDict[tuple[str, str], tuple[tuple[Any, ...], Answer]] = OrderedDict()
        self.held = 0
        self.lock = Lock()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer a request, from what was kept where that is still right."""
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not any(form.fullmatch(path) for form in (_NUMBERED, _AREA, _ALL, _SEARCH)):
            return self.inner(environ, start)
        query = "&".join(one for one in query.split("&") if not _PASSED_ON.fullmatch(one))
        environ = environ | {"QUERY_STRING": query}
        moment = self._moment(path) if _ordinary(path, query) else None
        found = self._found((path, query), moment)
        if found is None:
            made = self._made(environ, start)
            if not isinstance(made, Answer):
                return made
            found = made
            if moment:
                self._keep((path, query), moment, made)
        return _given(found, environ, start)

    def _found(self, key: tuple[str, str], moment: tuple[Any, ...] | None) -> Answer | None:
        with self.lock:
            kept = self.kept.get(key)
            if kept is None or kept[0] != moment:
                return None
            self.kept.move_to_end(key)
            return kept[1]

    def _moment(self, path: str) -> tuple[Any, ...] | None:
        """Return what an answer depends on beside its address, as it is now; None: nothing is kept of that address."""
        try:
            if numbered := _NUMBERED.fullmatch(path):
                stamp = self.stamps.of_number(numbered[1])
            elif area := _AREA.fullmatch(path):
                stamp = self.stamps.around(area[1])
            else:
                stamp = self.stamps.all() if _ALL.fullmatch(path) else None
        except cache_versions.Unknown:  # without a database nobody knows what is still right: the page itself says what is wrong
            return None
        return None if stamp is None else (stamp, day_of(clock.of(self.app)))

    def _made(self, environ: Environ, start: Start) -> Answer | Iterable[bytes]:
        """Return the whole answer of the app if it is one for everybody, or else pass it on as it comes."""
        told: list[Any] = []
        whole = {name: value for name, value in environ.items() if name not in _IN_PART}
        body = self.inner(whole | {"REQUEST_METHOD": "GET"}, lambda status, headers, *_: told.extend((status, headers)))
        status, headers = told[-2:]
        if _for_everybody(status, Headers(headers), self.room // LARGEST):
            try:
                return Answer(status, [one for one in headers if one[0] not in _OF_THE_BODY], b"".join(body))
            finally:
                _closed(body)
        tag, _ = unquote_etag(Headers(headers).get("ETag"))
        if parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(tag or ""):  # a file too large to be kept
            start("304 NOT MODIFIED", [one for one in headers if one[0] not in ("Content-Length", "Content-Type")])
            return _closed(body)
        start(status, headers)
        return body if environ["REQUEST_METHOD"] == "GET" else _closed(body)

    def _keep(self, key: tuple[str, str], moment: tuple[Any, ...], answer: Answer) -> None:
        with self.lock:
            before = self.kept.pop(key, None)
            self.kept[key] = (moment, answer)
            self.held += answer.size - (before[1].size if before else 0)
            while self.held > self.room:
                self.held -= self.kept.popitem(last=False)[1][1].size


def _ordinary(path: str, query: str) -> bool:
    """Whether an address is one of those that many ask for."""
    asked = parse_qsl(query, keep_blank_values=True)
    return len(path) <= 100 and len(query) <= 60 and all(name in _ASKED and _ASKED[name].fullmatch(text) for name, text in asked)


def _for_everybody(status: str, headers: Headers, largest: int) -> bool:
    """Whether an answer is a public page's, the same for all who ask: those are marked ``no-cache``, and whoever signs in has others."""
    length = headers.get("Content-Length", type=int)
    same = status[:3] in ("200", "410") and headers.get("Cache-Control") == "no-cache" and "Set-Cookie" not in headers
    return same and "Cookie" not in headers.get("Vary", "") and length is not None and length <= largest


def _closed(body: Iterable[bytes]) -> list[bytes]:
    if hasattr(body, "close"):
        body.close()
    return []


def _given(answer: Answer, environ: Environ, start: Start) -> list[bytes]:
    """Give an answer in the form that this browser takes, or tell it that it has it already."""
    name, body = answer.form(environ.get("HTTP_ACCEPT_ENCODING", ""))
    tag = f"{answer.tag}-{name}" if name else answer.tag
    own = [("ETag", f'"{tag}"'), ("Vary", "Accept-Encoding")]
    known = parse_etags(environ.get("HTTP_IF_NONE_MATCH"))
    if answer.status[:3] == "200" and any(known.contains_weak(one) for one in (answer.tag, f"{answer.tag}-br", f"{answer.tag}-gzip")):
        start("304 NOT MODIFIED", [one for one in answer.headers if one[0] != "Content-Type"] + own)
        return []
    packed = [("Content-Encoding", name)] if name else []
    start(answer.status, [*answer.headers, *own, *packed, ("Content-Length", str(len(body)))])
    return [body] if environ["REQUEST_METHOD"] == "GET" else []
