"""The days that an office has for a case: when it is late, and how its clock stops while the villager is asked for more."""

from __future__ import annotations

from datetime import date

from board.rules import period_rules, periods
from board.rules.bilingual import MONTHS, Words
from board.rules.calendar import DAY, Calendar, Run
from board.rules.cases.category import Clocks
from board.rules.cases.machine import OPEN
from board.rules.kind import Level, Period
from board.rules.period_rules import PeriodRules


def late(state: str, due: date, today: date) -> bool:
    """Return whether the villager still waits although the last day for the answer is over (``due`` itself is in time)."""
    return state in OPEN and today > due


def days_late(due: date, today: date) -> int:
    """Return the number of calendar days since the last day for the answer; 0 while it is not over."""
    return max(0, (today - due).days)


def answer_period(day: date, clocks: Clocks, rules: PeriodRules, level: Level, code: str, calendar: Calendar) -> Period:
    """Return the strictest period in which an office of this level and code answers what it got on ``day``."""
    own = rules if clocks.by_area else PeriodRules()
    return period_rules.answer_clock(day, clocks.answer, own, level, code, calendar)


def counts_from(day: date, clocks: Clocks, calendar: Calendar) -> date:
    """Return the day from which the answer's clock counts for what was filed on ``day``: at the latest that on which both have confirmed
    what is asked for (条例 31), where the category has such a day; an office that does not confirm gains nothing."""
    return periods.due(day, clocks.confirm, calendar) if clocks.confirm else day


def extended(due: date, since: date, clocks: Clocks, rules: PeriodRules, level: Level, code: str, calendar: Calendar) -> date:
    """Return the last day for the answer once more time is given; never beyond that of the law of the place, so that it may be ``due``."""
    caps = period_rules.answers_within(rules, level, code) if clocks.by_area else []
    return min(periods.due(due, clocks.extension, calendar), *(periods.due(since, cap, calendar) for cap in caps), date.max)


def stopped(held: date, stop: Period, calendar: Calendar) -> date:
    """Return the last day for the answer while the clock stands still, if nobody says anything more; ``held`` is that before the stop."""
    return _later(held, stop.days, stop, calendar)


def resumed(held: date, asked: date, today: date, stop: Period, calendar: Calendar) -> date:
    """Return the last day for the answer when the clock goes on: only the days that it stood still are added to ``held``."""
    day, stood = asked, 0
    while stood < stop.days and day < today:
        day += DAY
        stood += stop.unit == "calendar" or calendar.is_working(day)
    return _later(held, stood, stop, calendar)


def _later(held: date, days: int, stop: Period, calendar: Calendar) -> date:
    return calendar.add_working_days(held, days) if stop.unit == "working" and days else held + days * DAY


def why(day: date, period: Period, calendar: Calendar) -> Words:
    """Return in one sentence why an answer to what was asked on ``day`` is due when it is: by which rule, and over which holidays.

    A last day that depends on holidays not published yet says that it is provisional.
    """
    counted = periods.explain(day, period, calendar)
    zh, en = list[str](), list[str]()
    one = day + DAY
    while one < counted.day:
        run = calendar.run(one)
        if run:
            zh.append(f"{_span(run)}放假")
            en.append(f"days off until {_day_en(run.last)}")
        elif period.unit == "working" and calendar.is_makeup(one):
            zh.append(f"{_day(one)}上班")
            en.append(f"work on {_day_en(one)}")
        one = (run.last if run else one) + DAY
    zh.append(f"最晚{_day(counted.day)}")
    en.append(f"the last day is {_day_en(counted.day)}")
    unsure = Words("（那年的放假安排还没公布，这一天是暂定的）", " (provisional: the holidays of that year are not published yet)")
    more = unsure if counted.provisional else Words("", "")
    return Words(f"{period.basis.zh}。{'，'.join(zh)}{more.zh}。", f"{period.basis.en}; {', '.join(en)}{more.en}.")


def why_other(state: str, due: date, usual: date) -> Words:
    """Return in one sentence why the last day of a case is another than the ``usual`` one of its office."""
    if state == "asked":
        return Words(
            "等村民补充，期限停着；他补充以后接着算。",
            "The villager is asked for more; the clock stands still until then.",
        )
    if state == "consulting":
        return Words("在征求第三方意见，这段时间不算在内。", "Third parties are being asked; that time is not counted.")
    if due > usual:
        return Words(
            f"原来是{_day(usual)}，延过期，或者期限停过。", f"It was {_day_en(usual)}; more time was given, or the clock stood still."
        )
    return Words("转来的来件，最后一天不变。", "It was passed on, and keeps its last day.")


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _day_en(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _span(run: Run) -> str:
    if run.first == run.last:
        return _day(run.first)
    return f"{run.first.month}月{run.first.day}–{'' if run.first.month == run.last.month else f'{run.last.month}月'}{run.last.day}日"
