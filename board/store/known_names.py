"""Which words of a text are names of people in the rosters of a home, compared by their keys: no name is opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import and_, or_, select, union_all

from board import policies
from board.models import Notice, Row, StagedRow, db
from board.rules.areas import prefix
from board.rules.personal import names_in_text
from board.rules.personal.names_in_text import Named
from board.store import areas, sealing

_WITH_BELOW = ("township", "village")  # a county's own texts are about its offices; its townships' rosters are a province's size
_AT_ONCE = 10_000  # keys in one statement; a text of a notice has some hundreds of candidates


def known(home: str, names: Iterable[str], *, draft: str = "", number: str = "") -> frozenset[str]:
    """Return those of the names that stand in a roster which ``home`` shows: its own standing ones, those of the villages below it or of
    the offices above it as far as they are about its places, the staged one of a draft, and that of one notice, standing or not.

    Rosters of kinds without names do not count: whoever handled a payment is on no list.
    """
    keys = {sealing.vault().key("name", name): name for name in names}
    return frozenset(keys[key] for key in _found(home, keys, draft, number))


def _found(home: str, keys: Mapping[str, str], draft: str, number: str) -> Iterator[str]:
    shown = areas.get(home)
    own = Row.home.startswith(prefix(home, shown.level)) if shown.level in _WITH_BELOW else Row.home == home
    above = [area.code for area in areas.chain(home) if area.code != home]
    theirs = and_(Row.home.in_(above), Row.place.startswith(prefix(home, shown.level)))
    standing = and_(Row.until.is_(None), Notice.withdrawn_at.is_(None), or_(own, theirs))
    of_one = and_(Row.home == home, Row.number == number)
    listed = list(keys)
    for begin in range(0, len(listed), _AT_ONCE):
        some = listed[begin : begin + _AT_ONCE]
        posted = select(Row.name_key).join(Notice, and_(Notice.home == Row.home, Notice.number == Row.number))
        posted = posted.where(Row.name_key.in_(some), Row.shown_name != "", or_(standing, of_one) if number else standing)
        staged = select(StagedRow.name_key).where(
            StagedRow.home == home, StagedRow.draft == draft, StagedRow.name_key.in_(some), StagedRow.shown_name != ""
        )
        yield from filter(None, db.session.scalars(union_all(posted, staged) if draft else posted))


def findings(home: str, texts: Collection[str], *, draft: str = "", number: str = "") -> list[list[Named]]:
    """Return for each text the names in it that are known here, or that stand beside words of need; one look-up for all."""
    words = policies.name_words()
    of_rosters = known(home, names_in_text.candidates(texts), draft=draft, number=number)
    return [names_in_text.findings(text, of_rosters.__contains__, words) for text in texts]
