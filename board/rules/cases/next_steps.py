"""下一步怎么办: what a villager can do next about a case, from a table of steps, each with the days on which it is possible.

A text of the table has blanks in braces: ``office`` is who has the case and ``above`` the office one level up; a letter's body also has
``matter`` (the notice and its number, or the place), and the days ``asked``, ``due`` and ``answered``. There is none for the receipt:
whoever reads the letter could open the case with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from board.rules.bilingual import Words
from board.rules.cases.machine import OPEN
from board.rules.datafile import Table
from board.rules.kind import LEVELS, Level

When = Literal["late", "answered", "unsolved"]
MOST = 3  # steps shown: more of them help nobody
COUNTY = "county"  # in place of a number: the telephone of the county office in the installation's settings

BLANK = re.compile(r"\{(\w+)\}")
_PHONE = re.compile(r"[0-9][0-9-]{4,}")
_TOP: tuple[Level, ...] = ("county", "city")  # no office of a case stands above these


@dataclass(frozen=True)
class Letter:
    """A letter to print and sign: to whom it goes, what it is called, and its body, which states the case in blanks."""

    to: Words
    title: Words
    body: Words


@dataclass(frozen=True)
class Step:
    """A step for cases that are late, answered or unsolved at offices of these levels, in these categories (empty: all).

    ``after`` counts days from the day after the last one for the answer, or from the answer; the step is possible for ``within`` days more
    (0: without end). ``basis`` is the rule that gives it, empty where none is needed; ``phone`` a number, COUNTY or "".
    """

    when: When
    desks: tuple[Level, ...]
    say: Words
    categories: tuple[str, ...] = ()
    after: int = 0
    within: int = 0
    basis: Words = Words("", "")
    phone: str = ""
    letter: Letter | None = None


@dataclass(frozen=True)
class Possible:
    """A step that a case has, with the first and the last day (None: without end) on which it can be taken."""

    step: Step
    since: date
    until: date | None


def next_steps(
    steps: Iterable[Step], state: str, level: Level, category: str, due: date, answered: date | None, today: date
) -> list[Possible]:
    """Return at most MOST steps for a case that are not over on a day, in the order of the table.

    ``level`` is that of the office which has the case, ``due`` its last day to answer, ``answered`` the day of its answer. A case that its
    villager closed has none.
    """
    when = "late" if state in OPEN else state
    start = due + timedelta(days=1) if when == "late" else answered
    if start is None:
        return []
    dated = [_dated(one, start + timedelta(days=one.after)) for one in of(steps, when, level, category)]
    return [one for one in dated if one.until is None or today <= one.until][:MOST]


def of(steps: Iterable[Step], when: str, level: Level, category: str) -> list[Step]:
    """Return the steps for cases of a category that are late, answered or unsolved at an office of this level, in the table's order."""
    return [one for one in steps if one.when == when and level in one.desks and (not one.categories or category in one.categories)]


def _dated(step: Step, since: date) -> Possible:
    return Possible(step, since, since + timedelta(days=step.within) if step.within else None)


def filled(text: str, blanks: Mapping[str, str]) -> str:
    """Return a text of the table with its blanks filled in; a blank that is not given is left as it is."""
    return BLANK.sub(lambda blank: blanks.get(blank[1], blank[0]), text)


def read_step(table: Table, categories: Collection[str]) -> Step:
    """Return one step of the data file, where ``categories`` are known; what is wrong with it is noted in the table."""
    desks = table.strings("desks", LEVELS)
    if not desks:
        table.fault("desks", "is empty")
    step = Step(
        when=table.one_of("when", get_args(When)),
        desks=desks,
        say=table.words("say"),
        categories=table.strings("categories", categories),
        after=table.number("after", least=0, default=0),
        within=table.number("within", least=1, default=0),
        basis=table.words("basis", optional=True),
        phone=table.text("phone", default=""),
        letter=_read_letter(table.table("letter")) if "letter" in table.data else None,
    )
    if step.phone and step.phone != COUNTY and not _PHONE.fullmatch(step.phone):
        table.fault("phone", f"is neither a number nor {COUNTY}: {step.phone!r}")
    for key, problem in _blank_faults(step):
        table.fault(key, problem)
    if step.letter and not step.basis.zh:
        table.fault("letter", "has no basis")
    return step


def _read_letter(table: Table) -> Letter:
    letter = Letter(table.words("to"), table.words("title"), table.words("body"))
    table.close()
    return letter


def _blank_faults(step: Step) -> Iterable[tuple[str, str]]:
    """Yield (key, problem) of blanks that nothing can fill, and of what a letter's body does not state."""
    offices = {"office"} if set(step.desks) & set(_TOP) else {"office", "above"}
    day = "due" if step.when == "late" else "answered"
    stated = {"matter", "asked", day}
    texts = [("say", step.say, offices, set[str]())]
    if step.letter:
        letter = step.letter
        texts += [("letter.to", letter.to, offices, set()), ("letter.title", letter.title, set(), set())]
        texts += [("letter.body", letter.body, offices | stated, stated)]
    for key, words, known, needed in texts:
        for language, text in (("zh", words.zh), ("en", words.en)):
            found = set(BLANK.findall(text))
            yield from ((f"{key}.{language}", f"has an unknown blank: {{{one}}}") for one in sorted(found - known))
            yield from ((f"{key}.{language}", f"does not state {{{one}}}") for one in sorted(needed - found) if text)
