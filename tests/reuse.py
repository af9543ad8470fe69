"""One app for many tests: what a test changed of the app is put back, so that the next finds it as ``create_app`` made it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

from flask import Flask

Part = tuple[Any, dict[str, Any]]


class Made:
    """An app as ``create_app`` returned it, with what its own objects held then."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.config = dict(app.config)
        self.globals = dict(app.jinja_env.globals)
        self.parts: list[Part] = [(part, _held(part)) for part in parts(app)]

    def restore(self) -> Flask:
        """Put back what was changed since, and return the app.

        What SQLAlchemy and Jinja compiled stays: it depends on statements and templates only.
        """
        for part, held in self.parts:
            vars(part).clear()
            vars(part).update({name: _copied(value) for name, value in held.items()})
        for kept, now in ((self.config, self.app.config), (self.globals, self.app.jinja_env.globals)):
            now.clear()
            now.update(kept)
        return self.app


def parts(app: Flask) -> Iterator[Any]:
    """The app, and every object of a class of ours that can be reached from it: its caches, counts and throttles."""
    waiting, seen = [app, *vars(app).values()], set[int]()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, dict):
            waiting += part.values()
        elif part is app or type(part).__module__.partition(".")[0] == "board" and hasattr(part, "__dict__"):
            yield part
            waiting += vars(part).values()


def _held(part: Any) -> dict[str, Any]:
    return {name: _copied(value) for name, value in vars(part).items()}


def _copied(value: Any) -> Any:
    """Return a copy of a plain container down to what it holds, and anything else as it is."""
    if type(value) is list:
        return [_copied(one) for one in value]
    if isinstance(value, dict) and type(value).__module__ in ("builtins", "collections"):
        made = copy(value)
        for name, one in value.items():
            made[name] = _copied(one)
        return made
    return copy(value) if isinstance(value, set) else value
