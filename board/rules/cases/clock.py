"""The days that an office has for a case: when it is late, and how its clock stops while the villager is asked for more."""

from __future__ import annotations

from datetime import date, timedelta

from board.rules import periods
from board.rules.bilingual import MONTHS, Words
from board.rules.calendar import DAY, Calendar, Run
from board.rules.cases.machine import OPEN
from board.rules.kind import Period

STOP_DAYS = 10  # calendar days for which a question to the villager stops the clock, at most


def late(state: str, due: date, today: date) -> bool:
    """Return whether the villager still waits although the last day for the answer is over (``due`` itself is in time)."""
    return state in OPEN and today > due


def days_late(due: date, today: date) -> int:
    """Return the number of calendar days since the last day for the answer; 0 while it is not over."""
    return max(0, (today - due).days)


def stopped(due: date) -> date:
    """Return the last day for the answer once the clock stands still, if the villager says nothing more."""
    return due + timedelta(days=STOP_DAYS)


def resumed(due: date, asked: date, today: date) -> date:
    """Return the last day for the answer when the villager has said more; ``due`` is that of ``stopped``, ``asked`` the day of the
    question. Only the days that the clock stood still are added."""
    return due - timedelta(days=STOP_DAYS) + timedelta(days=min(max((today - asked).days, 0), STOP_DAYS))


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


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _day_en(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _span(run: Run) -> str:
    if run.first == run.last:
        return _day(run.first)
    return f"{run.first.month}月{run.first.day}–{'' if run.first.month == run.last.month else f'{run.last.month}月'}{run.last.day}日"
