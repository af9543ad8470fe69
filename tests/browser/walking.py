"""Finds a page of every address that the app has, by following links as its people do."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.actors import Browser, Person

MOST = 6  # pages of one address that are opened in search of others; a township has thirteen villages, and they look alike


PART = re.compile(r"<(\w+)(?=[\s>])(?:[^>]*?\sclass=\"([^\"]*)\")?(?:[^>]*?\sname=\"([a-z_]*))?")


class Found(NamedTuple):
    """A page: the name of its view, who opens it ("" for anybody), its address, and what it is made of: elements, classes, fields."""

    endpoint: str
    who: str
    address: str
    parts: frozenset[tuple[str, ...]]


class Walk(NamedTuple):
    """What a walk came by: the pages to look at, and every view that answered, pages or not."""

    pages: list[Found]
    answered: set[str]


def endpoint_of(app: Flask, address: str) -> str:
    """Return the name of the view behind an address, or "" where there is none."""
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(address).path, "GET")[0])
    except HTTPException:
        return ""


def walk(app: Flask, who: str, seeds: Iterable[str]) -> Walk:
    """Follow the links from ``seeds``, signed in as ``who``; every seed is a page to look at, and so is the first page of each view."""
    person = Person(Browser(app))
    if who:
        person.signs_in(who)
    chosen = list(seeds)
    waiting, seen, opened = deque(chosen), set(chosen), Counter[str]()
    pages: dict[str, Found] = {}
    papers = set[str]()  # views that lead no further

    def public(endpoint: str) -> bool:  # everybody's walk comes by these
        return bool(getattr(app.view_functions.get(endpoint), "public", False))

    answered: set[str] = set()
    while waiting:
        address = waiting.popleft()
        endpoint = endpoint_of(app, address)
        most = 1 if endpoint in papers else MOST
        if endpoint == "static" or (opened[endpoint] >= most and address not in chosen) or who and public(endpoint):
            continue
        opened[endpoint] += 1
        page = person.sees(address)
        answered.add(endpoint)
        if page.path != urlsplit(address).path:  # it led on
            address, endpoint = page.address, endpoint_of(app, page.path)
            seen.add(address)
        answered.add(endpoint)
        if not page.headers["Content-Type"].startswith("text/html"):
            papers.add(endpoint)
        elif not (who and public(endpoint)):
            pages.setdefault(address if address in chosen else endpoint, Found(endpoint, who, address, frozenset(PART.findall(page.html))))
            links = [urljoin(address, one).partition("#")[0] for _, one in page.links if not one.startswith(("tel:", "http"))]
            new = [one for one in dict.fromkeys(links) if one not in seen and "view=large" not in one and "lang=en" not in one]
            seen.update(new)
            waiting.extend(new)
    return Walk(list(pages.values()), answered)
