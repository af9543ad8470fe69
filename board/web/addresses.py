"""URL converters, and the routes that are printed in QR codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask
from werkzeug.routing import BaseConverter


class Number(BaseConverter):
    """A printed number in a URL: 9 digits, the last a check digit, so that a mistyped number finds no page."""

    regex = "[0-9]{9}"


class Place(BaseConverter):
    """An area's statistical code in a URL: 12 digits."""

    regex = "[0-9]{12}"


class Token(BaseConverter):
    """The random id of a draft or a case in a URL: 12 hexadecimal digits."""

    regex = "[0-9a-f]{12}"


class Count(BaseConverter):
    """A version or another small number in a URL; four digits fit the integers of both databases."""

    regex = "[0-9]{1,4}"


class Secret(BaseConverter):
    """What only a sheet on a wall says: 12 digits, so that its QR code stays in capitals and digits."""

    regex = "[0-9]{12}"


def start(app: Flask) -> None:
    """Register the converters ``number``, ``place``, ``token``, ``count`` and ``secret``."""
    app.url_map.converters.update(number=Number, place=Place, token=Token, count=Count, secret=Secret)


def printed(on: Blueprint, rule: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Route a URL that is printed in QR codes in two spellings; the one with a capital first letter needs a smaller QR symbol.

    Both spellings are also taken with a trailing slash, without a redirect.
    """

    def route(view: Callable[..., Any]) -> Callable[..., Any]:
        capital = rule[0].upper() + rule[1:]
        # url_for uses the rule that is registered first.
        return on.get(f"/{capital}", strict_slashes=False)(on.get(f"/{rule}", strict_slashes=False)(view))

    return route
