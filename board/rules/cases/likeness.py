"""Which cases may be tied to one cause, which of them read alike, and what an asker is told of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from board.rules import text_width
from board.rules.cases.category import Category
from board.rules.kind import Level

WITHIN = timedelta(days=1)  # between the first and the last of cases that are proposed
LEAST_OTHERS = 4  # askers beside the reader: in a village one, or two, are soon known


@dataclass(frozen=True)
class Likened:
    """What of a case decides whether it goes with another; ``number`` None: about no notice, ``cause`` "": tied to none."""

    home: str
    id: str
    desk: str
    category: Category
    publisher: str | None
    number: str | None
    place: str
    row: int | None
    text: str
    made: datetime
    cause: str = ""


def may_go_together(one: Likened, other: Likened) -> bool:
    """Return whether one answer may reach both: they lie with one office and were asked of one office, so that nobody reads of the other
    who could not read it already; letters to a leader go with letters; what is never published only with the same about the same row."""
    if (one.desk, one.home, one.category.answerer) != (other.desk, other.home, other.category.answerer):
        return False
    if "never" not in (one.category.publish, other.category.publish):
        return True
    return one.category.id == other.category.id and one.number is not None and one.row is not None and _row(one) == _row(other)


def _row(case: Likened) -> tuple[str | None, str | None, str, int | None]:
    return case.publisher, case.number, case.place, case.row


def plain(text: str) -> str:
    """Return a text as it is compared with others: letters and figures only, half-width, in small letters."""
    return "".join(letter for letter in text_width.squeezed(text).casefold() if letter.isalnum())


def _said(case: Likened) -> tuple[str | None, str | None, str]:
    """Return what is the same in cases that read alike: the notice, of a row or of no notice the place too, and the words, "" for none."""
    where = case.number or case.place
    return case.publisher, where if case.row is None else f"{where}/{case.place}", plain(case.text)


def alike(one: Likened, other: Likened) -> bool:
    """Return whether two cases say the same about the same notice (about none: the same place) within a day, and may go together."""
    if abs(one.made - other.made) > WITHIN or not may_go_together(one, other):
        return False
    said = _said(one)
    return bool(said[-1]) and said == _said(other)


def proposed(cases: Iterable[Likened], since: datetime) -> list[list[Likened]]:
    """Return the groups of at least two cases, made at ``since`` or later, that a clerk is asked about, oldest first; tied ones only lead
    others to their cause, and no group holds two causes."""
    groups: dict[tuple[str | None, str | None, str], list[list[Likened]]] = {}
    for case in sorted((one for one in cases if one.made >= since), key=lambda one: (one.made, one.home, one.id)):
        same = groups.setdefault(_said(case), [])
        group = next((group for group in same if _joins(case, group)), None)
        if group is None:
            same.append([case])
        else:
            group.append(case)
    found = [group for (*_about, words), same in groups.items() if words for group in same]
    return sorted((one for one in found if len(one) > 1 and any(not case.cause for case in one)), key=lambda group: group[0].made)


def _joins(case: Likened, group: Sequence[Likened]) -> bool:
    causes = {one.cause for one in (*group, case)} - {""}
    return len(causes) < 2 and case.made - group[0].made <= WITHIN and may_go_together(group[0], case)


def others_told(own: Likened, others: Sequence[Likened], level: Level) -> int:
    """Return how many others asked the same, as an asker may read it; 0 where he is told nothing: of what is never published, of what was
    asked of the county (``level`` is that of the office asked first), of few, and where another asked about his own row."""
    if own.category.publish == "never" or level in ("county", "city") or len(others) < LEAST_OTHERS:
        return 0
    return 0 if own.row is not None and any(_row(one) == _row(own) for one in others) else len(others)
