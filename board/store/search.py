"""Search for notices by words and filters, with one index query that is the same on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from board.models import Area, db
from board.rules.areas import prefix
from board.rules.notice import search_terms as rule
from board.rules.notice.search_terms import Filters
from board.store import notices, search_index
from board.store.notices import Posted
from board.store.search_index import NEWEST


@dataclass(frozen=True)
class Found:
    """A page of search results, newest first.

    ``next`` is the key of the next page, None at the end; ``loosely``: no notice has all words as typed, these contain their parts.
    """

    posted: Sequence[Posted]
    next: int | None = None
    loosely: bool = False


def find(words: str, filters: Filters, *, before: int = NEWEST, loosely: bool = False, size: int) -> Found:
    """Return the notices with all words that pass the filters; if the first page is empty, those with parts of the words."""
    asked = rule.asked(words, filters, called() if words else {}, loosely=loosely)
    if asked is None:
        return Found([])
    hits = search_index.ask(asked, before=before, most=size + 1)
    if not hits and words and not loosely and before == NEWEST:
        return find(words, filters, loosely=True, size=size)
    shown = hits[:size]
    return Found(notices.these([(hit.home, hit.number) for hit in shown]), shown[-1].id if len(hits) > size else None, loosely)


def called() -> dict[str, list[str]]:
    """Return code prefix -> names and aliases of cities, counties and townships; villages' names are in the index itself."""
    query = select(Area.code, Area.level, Area.name, Area.aliases).where(Area.level != "village")
    return {prefix(code, level): [name, *aliases] for code, level, name, aliases in db.session.execute(query)}
