"""What each request asks of the database; ``tests/actors.py`` counts this of every page that any test opens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, before_render_template, template_rendered
from sqlalchemy import Engine, event

CONTROL = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK")  # these ask for nothing


@dataclass
class Statements:
    """The statements of a request in their order, and those among them that were sent while a template was being rendered."""

    sent: list[str] = field(default_factory=list)
    by_template: list[str] = field(default_factory=list)
    rendering: int = 0

    def faults(self) -> list[str]:
        """Return in words what is wrong with how a request asked the database; an empty list when nothing is."""
        return [f"a template asks the database: {self.by_template[0]}"] if self.by_template else []


_here = threading.local()  # the request under way in this thread


@contextmanager
def counted() -> Iterator[Statements]:
    """Count the statements that this thread sends within the block; those of a block inside it are counted there alone."""
    before, _here.counts = getattr(_here, "counts", None), Statements()
    try:
        yield _here.counts
    finally:
        _here.counts = before


@event.listens_for(Engine, "before_cursor_execute")
def _note(_connection: Any, _cursor: Any, statement: str, *_given: Any) -> None:
    counts: Statements | None = getattr(_here, "counts", None)
    if counts and not statement.startswith(CONTROL):
        counts.sent.append(statement)
        if counts.rendering:
            counts.by_template.append(statement)


@before_render_template.connect
def _begin(_app: Flask, **_given: Any) -> None:
    if counts := getattr(_here, "counts", None):
        counts.rendering += 1


@template_rendered.connect
def _end(_app: Flask, **_given: Any) -> None:
    if counts := getattr(_here, "counts", None):
        counts.rendering -= 1
