"""What everybody may be told of a case by what came of it."""

from __future__ import annotations

from board.rules.areas import prefix
from board.rules.cases.category import Category
from board.rules.kind import Level


def of_correction(category: Category, asked: str, publisher: str, level: Level) -> bool:
    """Return whether a corrected notice may say that somebody had asked.

    Only of a category that may be published in the office's words, and only where the office asked first (``asked``) is the publisher (of
    this ``level``) or one under it: of what only an office above it knows, the publisher's people learn nothing, and so nobody does.
    """
    return category.publish == "reworded" and asked.startswith(prefix(publisher, level))
