"""QR codes: the addresses they contain, their modules, and their SVG."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Literal

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

BORDER = 4  # modules of quiet zone: ISO/IEC 18004 asks for four on every side
_BASE = re.compile(r"https?://[a-z0-9.-]+(:\d+)?/?", re.IGNORECASE)


def address(base_url: str, number: str, place: str, version: int, secret: str = "") -> str:
    """Return the address in the QR code of one place's poster: ``HTTPS://HOST/N/<number>/<place>/<version>``, and the secret if any.

    Upper case keeps QR's alphanumeric mode: up to 67 characters stay in version 4 at level Q (bytes would stop at 46). ``base_url`` is
    scheme, host and port only, because paths may be case-sensitive. Raises ``ValueError`` for anything else.
    """
    if not (number.isascii() and number.isalnum() and place.isascii() and place.isdigit() and version > 0):
        raise ValueError(f"not a number, place and version: {number!r}, {place!r}, {version!r}")
    return "/".join(filter(None, (_base(base_url), "n", number, place, str(version), secret))).upper()


def wall_address(base_url: str, number: str) -> str:
    """Return the address in the QR code of a wall's plate: ``HTTPS://HOST/W/<number>``. Raises ``ValueError`` as ``address`` does."""
    if not (number.isascii() and number.isdigit()):
        raise ValueError(f"not a number: {number!r}")
    return f"{_base(base_url)}/w/{number}".upper()


def front(base_url: str, letter: Literal["n", "a"], number: str) -> str:
    """Return the address of a notice (n) or an area (a) for a QR code: ``HTTPS://HOST/A/<code>``. Raises ``ValueError`` as ``address``
    does.
    """
    if not (number.isascii() and number.isdigit()):
        raise ValueError(f"not a number: {number!r}")
    return f"{_base(base_url)}/{letter}/{number}".upper()


def _base(url: str) -> str:
    if not _BASE.fullmatch(url):
        raise ValueError(f"the public address must be scheme and host only, in ASCII: {url!r}")
    return url.rstrip("/")


def matrix(text: str, border: int = BORDER) -> list[list[bool]]:
    """Return the modules of ``text`` as rows of booleans (True is black), error correction level Q, with ``border`` light modules around.

    Level Q is read best on a wrinkled, tilted or wet poster: M fails sooner and H needs smaller modules (measured with four readers).
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=border)
    code.add_data(text, optimize=0)  # one segment: splitting only ever lengthens an address
    return [[bool(module) for module in row] for row in code.get_matrix()]


def svg(text: str, label: str = "", border: int = BORDER) -> str:
    """Return ``text`` as an SVG element, black on white, one run of modules a stroke: about 4 kB, scales to any size.

    ``label`` is the text for screen readers; without it the picture is marked as decoration.
    """
    modules = matrix(text, border)
    side = len(modules)
    runs = "".join(_runs(row, y) for y, row in enumerate(modules))
    spoken = f'role="img" aria-label="{_attribute(label)}"' if label else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" {spoken}>'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{runs}"/></svg>'
    )


def _runs(row: list[bool], y: int) -> str:
    """Return one row's black runs as path commands."""
    path, x = "", 0
    for black, group in groupby(row):
        length = sum(1 for _ in group)
        if black:
            path += f"M{x} {y}h{length}v1h-{length}z"
        x += length
    return path


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
