"""What each request asks of the database; ``tests/actors.py`` counts this of every page that any test opens."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, before_render_template, template_rendered
from sqlalchemy import Engine, event

MOST = 25  # statements of one page
# Pages that may send more, and why.
BEYOND = {
    "desk.deliveries.files": "packs the files of each notice of a list, as everybody downloads them one by one",
    "desk.deliveries.paper": "sets the sheets of each notice of a list, to count their pages",
}
CONTROL = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK")  # these ask for nothing


@dataclass
class Statements:
    """The statements of a request in their order, and those among them that were sent while a template was being rendered."""

    sent: list[str] = field(default_factory=list)
    by_template: list[str] = field(default_factory=list)
    rendering: int = 0

    def faults(self, method: str, endpoint: str | None) -> list[str]:
        """Return in words what is wrong with how a request asked the database; an empty list when nothing is.

        What is sent by POST writes, and may send as many statements as it takes.
        """
        found = [f"a template asks the database: {self.by_template[0]}"] if self.by_template else []
        if method == "GET" and endpoint not in BEYOND and len(self.sent) > MOST:
            found.append(f"{len(self.sent)} statements, more than {MOST}: {self.repeated()}")
        return found

    def repeated(self) -> list[tuple[str, int]]:
        """Return the statements that were sent most often, and how often."""
        return [(one, count) for one, count in Counter(self.sent).most_common(3) if count > 1]


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
