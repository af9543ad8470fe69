"""下一步怎么办: what a villager can do next about a case, from a table of steps, each with the day from which it is possible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from board.rules.bilingual import Words
from board.rules.cases.machine import OPEN
from board.rules.kind import Level

When = Literal["late", "answered", "unsolved"]
MOST = 3  # steps shown: more of them help nobody


@dataclass(frozen=True)
class Step:
    """A step for cases that are late, answered or unsolved at offices of these levels, in these categories (empty: all); ``after`` counts
    days from the last day for the answer, or from the answer. ``basis`` is the rule that gives it, empty where none is needed."""

    when: When
    desks: tuple[Level, ...]
    say: Words
    categories: tuple[str, ...] = ()
    after: int = 0
    basis: Words = Words("", "")


def next_steps(steps: Iterable[Step], state: str, level: Level, category: str, due: date, answered: date | None) -> list[tuple[Step, date]]:
    """Return at most MOST steps for a case, each with the first day on which it can be taken, in the order of the table.

    ``level`` is that of the office which has the case, ``due`` its last day to answer, ``answered`` the day of its answer. A case that its
    villager closed has none.
    """
    when = "late" if state in OPEN else state
    start = due + timedelta(days=1) if when == "late" else answered
    if start is None:
        return []
    own = [one for one in steps if one.when == when and level in one.desks and (not one.categories or category in one.categories)]
    return [(one, start + timedelta(days=one.after)) for one in own[:MOST]]
