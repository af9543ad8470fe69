"""What holds for every page of ours, whoever opens it; ``tests/actors.py`` asks this of each page that any test opens."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request

# Offices may be reached by a mobile phone; these stand in the demo's sheets and in tests, and belong to nobody.
OFFICE_PHONES: set[str] = set()
REGISTERS = {"https://beian.miit.gov.cn", "https://beian.mps.gov.cn"}  # where the foot of a page may lead; nothing is fetched from there
WITH_COOKIE = {"auth"}  # blueprints whose public pages keep something for their form: signing in
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(digits: str) -> bool:
    """Return whether 15 or 18 characters are an ID number: the birthday is a day, and the check digit is right."""
    born = digits[6:14] if len(digits) == 18 else f"19{digits[6:12]}"
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    if not 1900 <= day.year <= 2030 or not "11" <= digits[:2] <= "65":
        return False
    return len(digits) == 15 or "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=False)) % 11] == digits[17].upper()


def card(digits: str) -> bool:
    """Return whether 16 to 19 digits are a bank card's: a bank's first digit, and Luhn's sum."""
    doubled = sum(sum(divmod(int(d) * (1 + n % 2), 10)) for n, d in enumerate(reversed(digits)))
    return digits[0] in "3456" and doubled % 10 == 0


def personal(text: str) -> list[str]:
    """Return what in a text is an ID number, a bank card or a mobile phone (an office's own excepted)."""
    runs = re.findall(r"(?<![0-9A-Za-z])\d{11,19}[Xx]?(?![0-9A-Za-z])", text)
    return [run for run in runs if _person(run) and run not in OFFICE_PHONES]


def _person(run: str) -> bool:
    if re.fullmatch(r"\d{15}|\d{17}[\dXx]", run) and identity(run):
        return True
    return bool(re.fullmatch(r"1[3-9]\d{9}", run) or re.fullmatch(r"\d{16,19}", run) and card(run))


class _Taken(HTMLParser):
    """Takes markup apart into what a parser's handlers are told."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[tuple[Any, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.steps.append(("handle_starttag", tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.steps.append(("handle_endtag", tag))

    def handle_data(self, data: str) -> None:
        self.steps.append(("handle_data", data))

    def updatepos(self, i: int, j: int) -> int:
        return j  # nobody asks in which line something stands


@lru_cache(32)
def _taken(html: str) -> list[tuple[Any, ...]]:
    taken = _Taken()
    taken.feed(html)
    return taken.steps


class Handlers:
    """What is told of a page, tag by tag; a page that several ask about is taken apart once, which costs more than all of them."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag that begins, with its attributes."""

    def handle_endtag(self, tag: str) -> None:
        """Take a tag that ends."""

    def handle_data(self, data: str) -> None:
        """Take the words between two tags."""

    def feed(self, html: str) -> None:
        """Be told of a page."""
        for handler, *said in _taken(html):
            getattr(self, handler)(*said)


class _Look(Handlers):
    """Gathers what the checks ask about."""

    def __init__(self, own: str, registers: set[str]) -> None:
        self.own = own
        self.registers = registers
        self.faults: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.asks: list[str] = []  # ids that need a label
        self.styles: list[str] = []
        self.within: list[str] = []
        self.lang = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        if tag == "html":
            self.lang = given.get("lang", "")
        if given.get("id"):
            self.ids[given["id"]] += 1
        if tag == "label":
            self.labelled.add(given.get("for", ""))
        if tag in ("input", "select", "textarea"):
            self._asks(tag, given)
        for name, value in given.items():
            self._attribute(tag, name, value)
        if tag == "script" and not given.get("src"):
            self.faults.append("an inline script")
        if tag == "img" and "alt" not in given:
            self.faults.append(f"an image without alt: {given.get('src', '')[:60]}")
        if tag in ("label", "script", "style", "title", "h1"):
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.within and self.within[-1] == tag:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if self.within and self.within[-1] == "style":
            self.styles.append(data)
        if self.within and self.within[-1] in ("title", "h1") and data.strip():
            self.tags[f"words of {self.within[-1]}"] += 1

    def _asks(self, tag: str, given: dict[str, str]) -> None:
        if given.get("type") in ("hidden", "submit", "button", "reset", "image"):
            return
        if "label" not in self.within and not given.get("aria-label") and not given.get("aria-labelledby"):
            self.asks.append(given.get("id") or f"{tag} {given.get('name')}")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name == "style":
            self.faults.append(f"an inline {name} on {tag}")
        if name in ("href", "src", "action", "formaction", "srcset", "poster", "data", "xlink:href"):
            parts = urlsplit(value)
            elsewhere = parts.scheme not in ("", "tel", "mailto", "data") or parts.netloc
            if elsewhere and not f"{value}/".startswith(f"{self.own}/") and not (tag == "a" and value in self.registers):
                self.faults.append(f"an address elsewhere: {value}")


def endpoint(request: Request, app: Flask) -> str | None:
    """Return the endpoint that a request went to, None where there is no such page."""
    try:
        return app.url_map.bind("localhost").match(request.path, request.method)[0]
    except HTTPException:
        return None


def _opened(response: TestResponse, app: Flask) -> tuple[bool, str]:
    """Return whether the page is open to all, and its blueprint."""
    to = endpoint(response.request, app)
    if to is None:
        return True, ""  # what a stranger reads then sets no cookie either
    return bool(getattr(app.view_functions[to], "public", False)), to.partition(".")[0]


def faults(response: TestResponse, app: Flask) -> list[str]:
    """Return in words what is wrong with an answer; an empty list when nothing is."""
    found = []
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy:
        found.append("no Content-Security-Policy")
    opened, blueprint = _opened(response, app)
    if opened and blueprint not in WITH_COOKIE and response.headers.getlist("Set-Cookie"):
        found.append("a public page that sets a cookie")
    if response.mimetype != "text/html" or 300 <= response.status_code < 400:
        return found
    html = response.get_data(as_text=True)
    look = _Look(app.config["PUBLIC_ADDRESS"].rstrip("/"), REGISTERS | {app.config["FAULT_ADDRESS"]})
    look.feed(html)
    found += look.faults
    found += [f"{look.tags[f'words of {tag}'] and look.tags[tag]} {tag} (with words)" for tag in ("title", "h1")
              if look.tags[tag] != 1 or not look.tags[f"words of {tag}"]]  # fmt: skip
    if look.lang not in ("zh-CN", "en"):
        found.append(f"lang={look.lang!r}")
    found += [f"no label for {name}" for name in look.asks if name not in look.labelled]
    found += [f"id {name} stands {count} times" for name, count in look.ids.items() if count > 1]
    for style in look.styles:
        if base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() not in policy:
            found.append("an inline style sheet that the policy does not name")
    found += [f"personal data: {run}" for run in personal(html)]
    return found
