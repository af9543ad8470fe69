"""A duty to publish (该公开的), as ``board/policies/duties`` states it: who owes which kind, how often, and by when."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from board.rules import period_rules
from board.rules.bilingual import Words
from board.rules.datafile import Table
from board.rules.kind import LEVELS, Kind, Level, Period
from board.rules.kind_file import read_period
from board.rules.period_rules import PeriodRules

Every = Literal["month", "quarter", "half", "year"]
DutyRhythm = Literal["regular", "stage", "as_it_happens"]
MonthDay = tuple[int, int]

_LEVELS: tuple[Level, ...] = ("village", "township", "county")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # 29 February is no day of every year


@dataclass(frozen=True)
class Duty:
    """What each area of a level owes: notices of one kind, of each period, or whenever there is something.

    ``publisher`` is the level of the office that has to act, the area itself or one above it: a township's sheet settles its villages.
    ``every`` is the length of the periods of a regular one, "" for the others. ``within`` is the time after a period, or after the stage
    before; None: a regular one has the kind's own, and no clock runs from a stage. ``window`` are the first and the last day of the year on
    which a yearly one is published; None: after the year. ``only`` are the facts (id -> texts) with which a notice counts; {}: any.
    """

    id: str
    kind: str
    level: Level
    publisher: Level
    rhythm: DutyRhythm
    every: Every | Literal[""]
    within: Period | None
    window: tuple[MonthDay, MonthDay] | None
    only: Mapping[str, tuple[str, ...]]
    lead: Words  # 牵头单位
    responsible: Words  # 责任单位
    basis: Words
    portal: bool = False  # what stands on the county's portal anyway: 已在别处公开 is offered first

    def counts(self, facts: Mapping[str, str]) -> bool:
        """Return whether a notice that states these facts is one that the duty asks for."""
        return all(facts.get(fact, "") in texts for fact, texts in self.only.items())


def read_duty(table: Table) -> Duty:
    """Return a duty of the data file; what does not fit together is a fault under its key."""
    rhythm: DutyRhythm = table.one_of("rhythm", get_args(DutyRhythm))
    every: Every | Literal[""] = table.one_of("every", get_args(Every)) if rhythm == "regular" else ""
    level, publisher = table.one_of("level", _LEVELS), table.one_of("publisher", _LEVELS)
    if level in LEVELS and publisher in LEVELS and LEVELS.index(publisher) > LEVELS.index(level):
        table.fault("publisher", f"is below the areas that owe it: {publisher!r} under {level!r}")
    window = None
    if "window" in table.data:
        window = _window(table)
        if every != "year":
            table.fault("window", "is only for what is due every year")
    within = read_period(table.table("within")) if "within" in table.data else None
    if within and window:
        table.fault("within", "has no meaning beside a window, which ends on its last day")
    if within and rhythm == "as_it_happens":
        table.fault("within", "has no meaning for what is published as it happens: its kind says by when")
    return Duty(
        table.id(), table.text("kind"), level, publisher, rhythm, every, within, window, _only(table), table.words("lead"),
        table.words("responsible"), table.words("basis"), table.flag("portal", default=False),
    )  # fmt: skip


def _only(table: Table) -> dict[str, tuple[str, ...]]:
    if "only" not in table.data:
        return {}
    facts = table.table("only")
    found = {fact: facts.strings(fact) for fact in facts.data}
    for fact, texts in found.items():
        if not texts:
            facts.fault(fact, "is empty")
    return found


def _window(table: Table) -> tuple[MonthDay, MonthDay]:
    within = table.table("window")
    first, last = (_month_day(within, name) for name in ("first", "last"))
    if first > last:
        within.fault("last", "is before the first day")
    within.close()
    return first, last


def _month_day(table: Table, key: str) -> MonthDay:
    text = table.text(key)
    found = re.fullmatch(r"(\d\d)-(\d\d)", text)
    month, day = (int(found[1]), int(found[2])) if found else (0, 0)
    if 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]:
        return month, day
    if text:
        table.fault(key, f"is not a day of every year, as in 09-30: {text!r}")
    return 1, 1


def repeated(duties: Iterable[Duty]) -> list[str]:
    """Return what stands twice among duties: ids, and kinds at one level, where it would not be known which one a notice is for."""
    ids: set[str] = set()
    held: dict[tuple[str, str], str] = {}
    faults = []
    for number, duty in enumerate(duties):
        if duty.id in ids:
            faults.append(f"duties[{number}].id is there twice: {duty.id!r}")
        other = held.setdefault((duty.kind, duty.level), duty.id)
        if other != duty.id:
            faults.append(f"duties[{number}].kind is already owed by each {duty.level}: {other!r}")
        ids.add(duty.id)
    return faults


def misfits(duties: Iterable[Duty], kinds: Mapping[str, Kind]) -> list[str]:
    """Return where duties do not fit the kinds that they name: unknown ones, publishers or places that a kind has not, unknown facts."""
    found = list(duties)
    owed = {(duty.kind, duty.level) for duty in found}
    return [f"{duty.id}: {fault}" for duty in found for fault in _misfits(duty, kinds.get(duty.kind), owed)]


def _misfits(duty: Duty, kind: Kind | None, owed: Collection[tuple[str, str]]) -> list[str]:
    if kind is None:
        return [f"kind does not exist: {duty.kind!r}"]
    faults = []
    if duty.publisher not in kind.levels:
        faults.append(f"publisher is none of {kind.id}: {duty.publisher!r}")
    elif duty.level != (kind.places_for(duty.publisher) or duty.publisher):
        faults.append(f"level is not that of the places of {kind.id} when a {duty.publisher} publishes it: {duty.level!r}")
    if duty.rhythm == "stage" and not kind.follows:
        faults.append(f"rhythm is stage, but {kind.id} follows no other kind")
    elif duty.rhythm == "stage" and (kind.follows, duty.level) not in owed:
        faults.append(f"rhythm is stage, but no {duty.level} owes {kind.follows}")
    for id, texts in duty.only.items():
        fact = kind.fact(id)
        known = {choice.id for choice in fact.choices} if fact else set()
        faults += [f"only.{id} is no choice of {kind.id}: {text!r}" for text in texts if text not in known]
    return faults


def within(duty: Duty, kind: Kind, rules: PeriodRules, place: str) -> Period:
    """Return the time after the end of a period in which a place's notice is due: the duty's own or the kind's, and no longer than the law
    of its place gives the office that publishes."""
    own = replace(kind, publish_within=duty.within) if duty.within else kind
    return period_rules.for_publisher(own, rules, duty.publisher, place).publish_within
