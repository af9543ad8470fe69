"""The check that the public address leads to this board: it is printed on posters for years, so that a wrong one must not be printed once.

The server asks its own address for a random nonce, which only a board with its keys can answer. Where it cannot reach itself (its network
has no way back in), the county's administrator opens a one-time page through that address on a phone.
"""

from __future__ import annotations

import secrets

from flask import current_app, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from board import outbound
from board.rules.public_address import reserved
from board.store import address_check, sealing
from board.store.clock import now
from board.web.installation import absolute, public_address

LASTS = 30 * 60  # seconds in which the one-time page can be opened


def exempt() -> bool:
    """Return whether nothing has to be proven: in a demo, whose every page says that it is one, and in the program's own tests."""
    return bool(current_app.config["DEMO"]) or current_app.testing


def reaches_itself() -> bool:
    """Ask the public address for a new nonce, and return whether this board answered."""
    return bool(outbound.is_board(public_address(), address_check.answer))


def fault(home: str, username: str) -> str:
    """Return why nothing may be approved or printed for an area with the present public address, or "".

    The first time after the address was set or changed the server asks it; ``username`` is who is logged then.
    """
    address = public_address()
    if not address:
        return _("还没有设置公开网址(PUBLIC_ADDRESS)，印出来的二维码会扫不开。请管理员设置好再办。")
    if exempt() or address_check.proven(home, address):
        return ""
    if reserved(address):
        return _("公开网址 %(address)s 是举例用的，谁也打不开。请管理员改成真的网址再办。", address=address)
    if reaches_itself():
        address_check.note(home, address, "itself", username, now())
        return ""
    return _("公开网址 %(address)s 还没有证实打得开，印出来的二维码可能扫不开。请县里的管理员在“网址”那一页用手机试一次。", address=address)


def printable(home: str) -> bool:
    """Return whether codes with the public address may be printed for an area; asks nobody."""
    return bool(public_address()) and (exempt() or address_check.proven(home, public_address()))


def one_time(home: str, username: str) -> str:
    """Return the URL of the page that a phone opens to prove the address."""
    said = [home, username, public_address(), int(now().timestamp()), secrets.token_hex(4)]
    return absolute(url_for("public.address_check.phone", token=_signer().dumps(said)))


def opened(token: str) -> tuple[str, str] | None:
    """Return (home, username) of a one-time URL for the present address that has not run out, or None."""
    try:
        home, username, address, at, _nonce = _signer().loads(token)
    except (BadSignature, TypeError, ValueError):
        return None
    fresh = 0 <= now().timestamp() - at <= LASTS
    return (home, username) if fresh and address == public_address() and not address_check.proven(home, address) else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(sealing.vault().web, salt="address")
