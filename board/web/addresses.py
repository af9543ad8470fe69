"""The parts of our addresses: converters, and routes that stand in QR codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask
from werkzeug.routing import BaseConverter


class Number(BaseConverter):
    """A printed number in an address; one that is mistyped finds no page."""

    regex = "[0-9]{9}"


class Place(BaseConverter):
    """An area's code in an address."""

    regex = "[0-9]{12}"


class Token(BaseConverter):
    """The random id of a draft or a case in an address."""

    regex = "[0-9a-f]{12}"


class Count(BaseConverter):
    """A version in an address, short enough for every database's integers."""

    regex = "[0-9]{1,4}"


def start(app: Flask) -> None:
    """Let the addresses of an app have these parts."""
    app.url_map.converters.update(number=Number, place=Place, token=Token, count=Count)


def printed(on: Blueprint, rule: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Route an address that stands in QR codes, where its first letter is a capital (that makes a smaller symbol).

    A slash that somebody types behind it does no harm either; neither costs a redirect.
    """

    def route(view: Callable[..., Any]) -> Callable[..., Any]:
        capital = rule[0].upper() + rule[1:]
        # The first that is routed is the one that links lead to.
        return on.get(f"/{capital}", strict_slashes=False)(on.get(f"/{rule}", strict_slashes=False)(view))

    return route
