"""Our addresses as plain files: the file of each page, and its links rewritten so that the folder works anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from posixpath import dirname, relpath
from urllib.parse import parse_qsl, urlsplit

# Segments of letters, digits, - and _ with single dots inside: no file leads out of its folder, and none is hidden.
_PATH = re.compile(r"/(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*/)*(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)?")
_ASKED = {"after": re.compile("[0-9]{1,9}"), "view": re.compile("large"), "lang": re.compile("en")}
_SPOKEN = {"csv", "json", "atom", "txt"}  # files that are there in both languages; all others are the same whatever is asked
_LINK = re.compile(r'(?<=\s)(href|src|action|formaction)="([^"]*)"')


def file_of(path: str, query: str) -> str | None:
    """Return the file of an address: ``/n/1?view=large`` is ``n/1/index.large.html``, ``/n/1.csv?lang=en`` is ``n/1.en.csv``.

    None for what has no file: a path that could leave the folder, a query that a reader typed or a form sent.
    """
    asked = parse_qsl(query, keep_blank_values=True)
    given = dict(asked)
    if not _PATH.fullmatch(path) or len(given) != len(asked) or len(path) > 200:
        return None
    if any(name not in _ASKED or not _ASKED[name].fullmatch(value) for name, value in asked):
        return None
    stem, dot, ending = path.rsplit("/", 1)[1].rpartition(".")
    if dot and stem:
        english = ".en" if "lang" in given and ending in _SPOKEN else ""
        return f"{path[1 : -len(ending) - 1]}{english}.{ending}"
    parts = [f".after-{given['after']}" if "after" in given else "", ".large" if "view" in given else "", ".en" if "lang" in given else ""]
    folder = f"{path.strip('/')}/" if path != "/" else ""
    return f"{folder}index{''.join(parts)}.html"


def links(html: str) -> Iterator[tuple[str, str]]:
    """Yield the internal addresses that a page links to or loads, as (path, query), without the targets of its forms."""
    for attribute, value in _LINK.findall(html):
        if attribute in ("href", "src") and _ours(value):
            parts = urlsplit(unescape(value))
            yield parts.path, parts.query


def led(html: str, at: str, address: str, file: Callable[[str, str], str | None]) -> str:
    """Return the page at ``at`` with its links rewritten to the files that ``file(path, query)`` names; links without a file, and all
    forms, point to the app at ``address``. Nothing else of the page changes."""

    def goes(found: re.Match[str]) -> str:
        attribute, value = found.groups()
        if not _ours(value):
            return found[0]
        parts = urlsplit(unescape(value))
        own = file(parts.path, parts.query) if attribute in ("href", "src") else None
        behind = f"?{parts.query}" if parts.query else ""
        place = relpath(own, dirname(at) or ".") if own else f"{address.rstrip('/')}{parts.path}{behind}"
        return f'{attribute}="{escape(place + (f"#{parts.fragment}" if parts.fragment else ""))}"'

    return _LINK.sub(goes, html)


def _ours(value: str) -> bool:
    return value.startswith("/") and not value.startswith("//")
