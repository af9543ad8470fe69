"""The auditor's figures of an office's cases: what each counts, and with which office; docs/auditor.md says the same in plain words.

A figure is a predicate on what is counted of a case (``Standing``) and on the day. No figure is a share, a mean or a score.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from board.rules import quarters
from board.rules.areas import DIGITS
from board.rules.calendar import day_of
from board.rules.cases.log import ACTIONS, Entry
from board.rules.cases.machine import ANEW, DISPUTE_DAYS, OPEN, RATINGS, TABLE, Act
from board.rules.quarters import Quarter

Name = Literal[
    "received", "waiting", "late", "owed", "in_time", "disputed", "unsolved", "told", "silent", "solved", "rated",
    "rated_5", "rated_4", "rated_3", "rated_2", "rated_1",
]  # fmt: skip
By = Literal["arose", "has", "first", "last"]


@dataclass(frozen=True)
class Standing:
    """What is counted of a case; offices are townships, with their villages, or a county alone.

    ``arose`` was asked first, ``has`` has it now and ``first`` gave, or still has to give, the first answer: ``prompt`` says whether in
    time, None as long as there is none. ``last`` gave the newest answer ("": none yet), which is the one that is rated. ``disputed``: the
    villager said 没解决, and it went up. ``kind`` is "" for a case about no notice.
    """

    arose: str
    has: str
    first: str
    category: str
    kind: str
    received: date
    state: str
    due: date
    answered: date | None = None
    disputed: bool = False
    prompt: bool | None = None
    rating: int | None = None
    last: str = ""


class Figure(NamedTuple):
    """With which of a case's offices a figure counts it, and whether it does on a day."""

    by: By
    counts: Callable[[Standing, date], bool]


def _late(case: Standing, today: date) -> bool:
    return case.state in OPEN and today > case.due


def _told(case: Standing, today: date) -> bool:
    return case.state == "answered" and case.answered is not None and case.answered >= today - timedelta(days=DISPUTE_DAYS)


def _rated(rating: int) -> Figure:
    return Figure("last", lambda case, _today: case.rating == rating)


# What an office has to do counts with the office that has the case; what a villager did not accept, where the case arose; what he rated,
# with the office whose answer it was, since after 没解决 another one has the case.
FIGURES: Mapping[Name, Figure] = {
    "received": Figure("arose", lambda _case, _today: True),
    "waiting": Figure("has", lambda case, _today: case.state in OPEN),
    "late": Figure("has", _late),
    "owed": Figure("first", lambda case, today: case.prompt is not None or _late(case, today)),
    "in_time": Figure("first", lambda case, _today: case.prompt is True),
    "disputed": Figure("arose", lambda case, _today: case.disputed),
    "unsolved": Figure("arose", lambda case, _today: case.state == "unsolved"),
    "told": Figure("has", _told),
    "silent": Figure("has", lambda case, today: case.state == "answered" and not _told(case, today)),
    "solved": Figure("has", lambda case, _today: case.state == "closed"),
    "rated": Figure("last", lambda case, _today: case.rating is not None),
    "rated_5": _rated(5),
    "rated_4": _rated(4),
    "rated_3": _rated(3),
    "rated_2": _rated(2),
    "rated_1": _rated(1),
}


def office(code: str) -> str:
    """Return the office with which the cases of a desk are counted: a village's with its township, a county's or a city's alone."""
    digits = DIGITS["township"]
    return code if code[DIGITS["county"] : digits].strip("0") == "" else code[:digits].ljust(12, "0")


# ---- what is stored, so that no figure has to count cases

NO_DAY = date.min  # of what does not change by the day
TALLIED = (
    "received", "waiting", "unanswered", "answered", "judged", "in_time", "disputed", "unsolved", "solved",
    *(f"rated_{rating}" for rating in RATINGS),
)  # fmt: skip
Cell = tuple[str, str, date]  # office, what, day


def cells(case: Standing) -> set[Cell]:
    """Return the tallies in which a case is one.

    What depends on the day has a tally for each day beside the one of all: those not yet late, and those answered lately, lie within
    some sixty days, so that late and silent ones are the others.
    """
    found: list[Cell] = [(case.arose, "received", NO_DAY)]
    if case.state in OPEN:
        found += [(case.has, "waiting", NO_DAY), (case.has, "waiting", case.due)]
    if case.state == "answered" and case.answered:
        found += [(case.has, "answered", NO_DAY), (case.has, "answered", case.answered)]
    if case.prompt is None and case.state in OPEN:
        found += [(case.first, "unanswered", NO_DAY), (case.first, "unanswered", case.due)]
    if case.prompt is not None:
        found += [(case.first, "judged", NO_DAY), *([(case.first, "in_time", NO_DAY)] if case.prompt else [])]
    found += [(case.arose, "disputed", NO_DAY)] if case.disputed else []
    found += [(case.arose, "unsolved", NO_DAY)] if case.state == "unsolved" else []
    found += [(case.has, "solved", NO_DAY)] if case.state == "closed" else []
    found += [(case.last, f"rated_{case.rating}", NO_DAY)] if case.rating else []
    return set(found)


def selections(case: Standing) -> set[tuple[str, str]]:
    """Return the choices of category and kind ("": all) that a case belongs to."""
    return {(category, kind) for category in ("", case.category) for kind in ("", case.kind)}


def recent(today: date) -> dict[str, date]:
    """Return, of what depends on the day, from which day on it is counted: not yet late, and answered within the days to dispute it."""
    return {"waiting": today, "unanswered": today, "answered": today - timedelta(days=DISPUTE_DAYS)}


def of_tallies(all: Mapping[str, int], lately: Mapping[str, int]) -> dict[Name, int]:
    """Return an office's figures from its tallies: what -> number of all, and ``lately`` of those since the day of ``recent``."""
    found = Counter(all)
    late = {"late": all.get("waiting", 0) - lately.get("waiting", 0), "told": lately.get("answered", 0)}
    late |= {"silent": all.get("answered", 0) - lately.get("answered", 0)}
    late |= {"owed": all.get("judged", 0) + all.get("unanswered", 0) - lately.get("unanswered", 0)}
    late |= {"rated": sum(all.get(f"rated_{rating}", 0) for rating in RATINGS)}
    return {name: late.get(name, found[name]) for name in FIGURES}


def middle(found: Iterable[Mapping[Name, int]]) -> dict[Name, float]:
    """Return the median of each figure over the townships that received a case at all; empty for fewer than two, which have no middle."""
    asked = [one for one in found if one["received"]]
    return {name: statistics.median(one[name] for one in asked) for name in FIGURES} if len(asked) > 1 else {}


def middle_share(found: Iterable[Mapping[Name, int]]) -> float | None:
    """Return the median of how many of a hundred first answers were in time, over the townships that owed one; None for fewer than two."""
    owed = [100 * one["in_time"] / one["owed"] for one in found if one["owed"]]
    return statistics.median(owed) if len(owed) > 1 else None


# ---- what the ledger says of it


def judged(act: Act | None, becomes: str | None) -> bool:
    """Return whether an act ends the first answer's clock: it was given, or the case went up although it was not."""
    return becomes == "answered" or act in ANEW


_ACTS: Mapping[str, Act] = {action: act for act, action in ACTIONS.items()} | {"case.reopened": "add"}


def logged(entries: Iterable[Entry], home: str) -> tuple[bool, str, bool | None, str]:
    """Return of a case of ``home``, by its ledger entries, oldest first: whether it was disputed and went up, the code of who gave or has
    to give the first answer, whether that was in time (None: not yet), and the code of who gave the newest answer ("": nobody yet)."""
    desk, due, state, disputed = home, "", "received", False
    first, prompt, last = home, None, ""
    for entry in entries:
        act = _ACTS.get(entry.action)
        had = desk, due
        desk, due = entry.body.get("desk", desk), entry.body.get("due", due)
        led = {str(was): becomes for was, becomes in TABLE[act].states.items()}.get(state) if act else None
        state = entry.body.get("state") or led or state
        if prompt is None and judged(act, state if act else None):
            first, prompt = had[0], day_of(datetime.fromisoformat(entry.at)).isoformat() <= had[1]
        last = desk if act == "answer" else last
        disputed = disputed or act == "dispute" and state != "unsolved"
    return disputed, first if prompt is not None else desk, prompt, last


# ---- of a quarter, for everybody

LEAST = 5  # of fewer cases nothing is published but that there were fewer
QUARTERS = 4  # closed ones that are shown


@dataclass(frozen=True)
class Share:
    """What became of the cases that a place's offices received in a quarter: ``received`` of them in all.

    ``solved``: the villager said so; ``unsolved``: he said 没解决 and never that it is solved; ``silent``: answered, and he said nothing;
    ``late``: the first answer came late, or is late. Those not yet answered are the rest. ``withheld``: nothing of it is published.
    """

    received: int
    solved: int
    unsolved: int
    silent: int
    late: int
    withheld: bool = False

    @property
    def few(self) -> bool:
        """Whether they are too few to be told apart in public."""
        return self.received < LEAST

    @property
    def waiting(self) -> int:
        """Those of which nothing can be said yet."""
        return self.received - self.solved - self.unsolved - self.silent


def share(found: Iterable[Standing], today: date) -> Share:
    """Return what is published of cases; ``today`` is the day on which it is counted."""
    cases = list(found)
    return Share(
        received=len(cases),
        solved=sum(case.state == "closed" for case in cases),
        unsolved=sum(_unsolved(case) for case in cases),
        silent=sum(case.state == "answered" and not case.disputed for case in cases),
        late=sum(case.prompt is False or case.prompt is None and _late(case, today) for case in cases),
    )


def withheld(villages: Mapping[str, int], township: int) -> set[str]:
    """Return the villages of which nothing is published, by how many cases each received, and the township with all of its villages.

    They are those with few cases. Where the township's figures less those of the other villages would still tell of few, because the
    hidden ones and what concerns the township itself are fewer than LEAST together, the smallest of the others is hidden as well.
    """
    told = sorted((n, code) for code, n in villages.items() if n >= LEAST)
    hidden = {code for code, n in villages.items() if n < LEAST}
    left = township - sum(n for n, _ in told)
    return hidden | ({told[0][1]} if told and 0 < left < LEAST else set())


def _unsolved(case: Standing) -> bool:
    return case.state == "unsolved" or case.disputed and case.state != "closed"


def key(quarter: Quarter) -> int:
    """Return a quarter as the tables have it: 20264."""
    return quarter.year * 10 + quarter.no


def keys(year: int, quarter: Quarter | None) -> tuple[int, int]:
    """Return the first and last quarter that a choice of year (0: all) and quarter (None: all of the year) selects."""
    if quarter:
        return key(quarter), key(quarter)
    return (year * 10 + 1, year * 10 + 4) if year else (0, 99999)


def closed(today: date) -> list[Quarter]:
    """Return the newest quarters that are over, newest first."""
    found = [quarters.of(quarters.of(today).first - timedelta(days=1))]
    while len(found) < QUARTERS:
        found.append(quarters.of(found[-1].first - timedelta(days=1)))
    return found
