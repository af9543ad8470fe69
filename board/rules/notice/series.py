"""前后几步: the notices of one matter in their order (预公告 → 方案 → 分配; 计划 → 验收 → 决算; 拟发 → 发放), and which comes next.

A kind names the one before it (``follows``). Within a kind whose rhythm is staged, the stages are the choices of its fact ``stage``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from board.rules.bilingual import Words
from board.rules.calendar import Calendar
from board.rules.kind import Kind, Period
from board.rules.periods import due

STAGE = "stage"
FOLLOWS = "follows"  # the fact of a draft with the number of the notice that it comes after


@dataclass(frozen=True)
class Member:
    """A notice of a matter, as it stands today: ``stage`` is what its fact of that name says, "" for a kind without.

    ``posted_on`` is the day of its first version; ``follows`` the number of the one before it, "" for the first.
    """

    number: str
    home: str
    kind: str
    stage: str
    title: str
    posted_on: date
    withdrawn: bool = False
    follows: str = ""


@dataclass(frozen=True)
class Planned:
    """A step that a matter takes: a kind, and the stage of it, "" for a kind without stages."""

    kind: str
    stage: str
    label: Words


@dataclass(frozen=True)
class Next:
    """The step that comes next and its last day; None: no rule sets one from here."""

    label: Words
    by: date | None


def in_order(members: Iterable[Member]) -> list[Member]:
    """Return the notices of a matter in the order of their steps; of several after the same one the older first."""
    found = sorted(members, key=lambda one: (one.posted_on, one.number))
    places: dict[str, int] = {}

    def place(one: Member) -> int:
        if one.number not in places:
            before = next((other for other in found if other.number == one.follows), None)
            places[one.number] = 0  # ends a ring, which ``store.series.link`` never makes
            places[one.number] = place(before) + 1 if before else 0
        return places[one.number]

    return sorted(found, key=place)


def newest(page: Any) -> Member | None:
    """Return the latest step of a notice's matter, or None when that is the notice itself; ``page`` has a number and a series."""
    standing = [one for one in page.series if not one.withdrawn]
    return standing[-1] if standing and standing[-1].number != page.number else None


def stages(kind: Kind) -> tuple[tuple[str, Words], ...]:
    """Return the stages of a kind in their order as (id, label); empty for a kind without."""
    fact = kind.fact(STAGE) if kind.rhythm == "staged" else None
    return tuple((choice.id, choice.label) for choice in fact.choices) if fact else ()


def linkable(kind: Kind, before: str) -> bool:
    """Return whether a notice of ``kind`` may come after one of the kind ``before``: that which it follows, or a stage of its own."""
    return before != "" and (before == kind.follows or before == kind.id and bool(stages(kind)))


def plan(kind: Kind, kinds: Mapping[str, Kind]) -> list[Planned]:
    """Return the steps of a matter that a notice of this kind belongs to, the first first: what it follows, its stages, what follows it."""
    line = [kind]
    while (before := kinds.get(line[0].follows)) and before not in line:
        line.insert(0, before)
    while (after := [one for one in kinds.values() if one.follows == line[-1].id]) and after[0] not in line:
        line += after
    return [step for one in line for step in _of(one)]


def _of(kind: Kind) -> list[Planned]:
    named = stages(kind)
    return [Planned(kind.id, id, Words(f"{kind.name.zh}：{label.zh}", f"{kind.name.en}: {label.en}")) for id, label in named] or [
        Planned(kind.id, "", kind.name)
    ]


def following(posted: Sequence[Member], steps: Sequence[Planned], within: Mapping[str, Period], calendar: Calendar) -> Next | None:
    """Return the step after the last one of a matter that stands, or None: it is over, or none stands.

    ``within`` are the periods, by kind, in which a following kind is due after the one before it was published.
    """
    standing = [one for one in posted if not one.withdrawn]
    places = [(step.kind, step.stage) for step in steps]
    reached = [places.index((one.kind, one.stage)) for one in standing if (one.kind, one.stage) in places]
    if not reached or max(reached) + 1 == len(steps):
        return None
    at, after = max(reached), steps[max(reached) + 1]
    last = max(one.posted_on for one in standing if (one.kind, one.stage) == places[at])
    period = within.get(after.kind) if after.kind != steps[at].kind else None
    return Next(after.label, due(last, period, calendar) if period else None)
