"""A question to an address over the network: by no proxy, following no redirect, with a limit of time and of length."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http.client import HTTPException
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, build_opener

SECONDS, LONGEST = 5, 200  # until an answer is there, and what is read of it, in bytes


class Answer(NamedTuple):
    """What stood at an address: the status, and the first bytes."""

    status: int
    body: bytes


class _NoRedirect(HTTPRedirectHandler):
    """A printed address must lead here itself."""

    def redirect_request(self, *_given: object) -> None:
        return None


def opener() -> OpenerDirector:
    """Return what opens addresses: of this machine's own settings for the web it takes nothing."""
    return build_opener(ProxyHandler({}), _NoRedirect)


def ask(address: str) -> Answer | None:
    """Return what is answered there, or None where nobody answers in time, or the certificate is none."""
    try:
        with opener().open(address, timeout=SECONDS) as page:
            return Answer(page.status, page.read(LONGEST))
    except HTTPError as error:
        with error:
            return Answer(error.code, b"")
    except (URLError, HTTPException, OSError, ValueError):
        return None


def is_board(site: str, expected: Callable[[str], str]) -> bool | None:
    """Ask an address for a new nonce; return whether it answered as only a board with our keys can; None: nobody answered."""
    nonce = secrets.token_hex(16)
    found = ask(f"{site}/.well-known/mingbai/{nonce}")
    return None if found is None else secrets.compare_digest(found.body, expected(nonce).encode())
