"""Periods by who publishes and where: the law's least time of display, and the shortest times to publish and to answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from board.rules import periods
from board.rules.calendar import Calendar
from board.rules.kind import Kind, Level, Period


@dataclass(frozen=True)
class PeriodRule:
    """A period for publishers of these levels whose codes begin with one of ``areas`` (empty: everywhere), for these kinds (empty: all)."""

    period: Period
    levels: tuple[Level, ...]
    areas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def applies(self, level: Level, code: str, kind: str = "") -> bool:
        """Return whether the rule is for a publisher of this level and code, and for a kind of this id."""
        return level in self.levels and (not self.areas or code.startswith(self.areas)) and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True)
class PeriodRules:
    """The rules of an installation: least times of display, and latest times to publish and to answer.

    ``local_within`` are times to publish that a city asks for beside the law's: what is later than these alone is not late by law.
    """

    display: tuple[PeriodRule, ...] = ()
    publish_within: tuple[PeriodRule, ...] = ()
    answer: tuple[PeriodRule, ...] = ()
    local_within: tuple[PeriodRule, ...] = ()


def for_publisher(kind: Kind, rules: PeriodRules, level: Level, code: str) -> Kind:
    """Return a kind with the periods that hold for a publisher of this level and code; its ``source``, which is frozen, has them too.

    The display is the longest of the kind's own and of the rules that apply, the time to publish the shortest: a rule never weakens
    another one. Of equal ones the kind's own stays. Days that the law counts back from a date (of an election) are the kind's own alone:
    days after forming cannot be compared with them.
    """
    display = max((kind.display, *_applying(rules.display, level, code, kind.id)), key=_length)
    rivals = [] if kind.publish_within.before else _applying(rules.publish_within, level, code, kind.id)
    within = min((kind.publish_within, *rivals), key=_length)
    asked = [*([kind.local_within] if kind.local_within else ()), *_applying(rules.local_within, level, code, kind.id)]
    local = min(asked, key=_length, default=None)
    own = {"display": display, "publish_within": within} | ({"local_within": local} if local else {})
    source = kind.source | {key: _source(period) for key, period in own.items()}
    return replace(kind, display=display, publish_within=within, local_within=local, source=source)


def answer_by(day: date, clock: Period, rules: PeriodRules, level: Level, code: str, calendar: Calendar) -> date:
    """Return the last day to answer what an office of this level and code received on ``day``.

    It is the earliest that ``clock`` and the rules that apply come to: working days alone can be fifteen calendar days around a holiday.
    """
    return periods.due(day, answer_clock(day, clock, rules, level, code, calendar), calendar)


def answer_clock(day: date, clock: Period, rules: PeriodRules, level: Level, code: str, calendar: Calendar) -> Period:
    """Return the strictest of the clocks that hold, which depends on the day; of those that end alike the first."""
    return min((clock, *answers_within(rules, level, code)), key=lambda period: periods.due(day, period, calendar))


def answers_within(rules: PeriodRules, level: Level, code: str) -> list[Period]:
    """Return the periods in which the law of its place has an office of this level and code answer, however much time it would like."""
    return _applying(rules.answer, level, code)


def _applying(rules: Iterable[PeriodRule], level: Level, code: str, kind: str = "") -> list[Period]:
    return [rule.period for rule in rules if rule.applies(level, code, kind)]


def _length(period: Period) -> int:
    """Return how many calendar days a period takes at least: five working days are a week."""
    weekends = 2 * (period.days // 5) if period.unit == "working" else 0
    return period.days + weekends


def _source(period: Period) -> dict[str, Any]:
    """Return a period as its TOML table, from which ``kind_file.read_period`` reads the same again."""
    if period.hours:
        counted: dict[str, Any] = {"hours": period.hours}
    elif period.before:
        counted = {"before": period.days}
    else:
        counted = {"days": period.days, "unit": period.unit, "first_day_counts": period.first_day_counts}
    counted["basis"] = {"zh": period.basis.zh, "en": period.basis.en}
    return counted | ({"from": period.since} if period.since else {}) | ({"after_covered": True} if period.after_covered else {})
