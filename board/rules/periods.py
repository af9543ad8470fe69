"""How long a notice is shown and by when a thing is due: the last day of a period, and how it was counted.

民法典 201: the day on which a period starts is not counted, the next one is day one (many notices count it,
docs/sources.md: notices-first-day).
民法典 203: a period whose last day is a public holiday ends on the first day after that holiday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from board.rules.bilingual import Words, date_in_words
from board.rules.calendar import DAY, Calendar, Run
from board.rules.kind import Period

State = Literal["before", "shown", "over"]


@dataclass(frozen=True)
class Explained:
    """A counted date, with the steps that led to it in words.

    ``provisional`` says that the holidays of a year on the way are not published yet, so that the date may move.
    """

    day: date
    steps: tuple[Words, ...]
    provisional: bool
    at: datetime | None = None  # of a clock of hours: the last moment of that day; None: the whole day is in time


def end(start: date, period: Period, calendar: Calendar) -> date:
    """Return the last day of display of a notice that is put up on ``start``; ``explain`` says how it is counted."""
    return explain(start, period, calendar).day


def due(day: date, period: Period, calendar: Calendar) -> date:
    """Return the last day in time for what must be done within ``period`` of ``day`` (formed, granted, asked); counted like ``end``."""
    return explain(day, period, calendar).day


def state(start: date, end: date, today: date) -> State:
    """Return whether a period is yet to come, running or over; its first and its last day belong to it."""
    if today < start:
        return "before"
    return "shown" if today <= end else "over"


def explain(start: date, period: Period, calendar: Calendar) -> Explained:
    """Return the last day of a period that begins on ``start``, or that is counted back from it, with how it was counted."""
    if period.before:
        return _back(start, period)
    if not period.days:
        return Explained(start, (), False)
    steps = [_first_step(start, period)]
    before = start - DAY if period.first_day_counts else start
    if period.unit == "working":
        last = calendar.add_working_days(before, period.days)
        steps.append(_working_step(before + DAY, last, period.days, calendar))
    else:
        last = before + period.days * DAY
        steps.append(_both(f"连节假日一起数 {period.days} 天，到 {{}}", f"{period.days} days, weekends and holidays counted: {{}}", last))
        last = _after_holiday(last, calendar, steps)
    provisional = any(calendar.provisional(date(year, 1, 1)) for year in range(start.year, last.year + 1))
    if provisional:
        zh = f"{last.year} 年的放假安排还没有公布，日期可能会变"
        steps.append(Words(zh, f"the holidays of {last.year} are not published yet: the date may move"))
    return Explained(last, tuple(steps), provisional)


def lasting(end: Explained, day: date) -> Explained:
    """Return the end of a display that lasts to a day at least, whatever its number of days."""
    if day <= end.day:
        return end
    return Explained(day, (*end.steps, _both("一直公示到那一天：{}", "shown until that day: {}", day)), False)


def explain_hours(start: datetime, period: Period) -> Explained:
    """Return the end of a clock of hours that begins at a moment in China; nights and days off count."""
    last = start + timedelta(hours=period.hours)
    zh = f"从 {said_at(start).zh} 起 {period.hours} 小时，夜里和放假也算，到 {said_at(last).zh}"
    en = f"{period.hours} hours from {said_at(start).en}, nights and days off counted: {said_at(last).en}"
    return Explained(last.date(), (Words(zh, en),), False, last)


def said_at(moment: datetime) -> Words:
    """A moment in China as people write it: 2026年11月22日 15:30, 22 November 2026, 15:30."""
    day = said(moment.date())
    return Words(f"{day.zh} {moment:%H:%M}", f"{day.en}, {moment:%H:%M}")


def _back(start: date, period: Period) -> Explained:
    """Return the last day in time for what must be done so many days before ``start``; a holiday moves it no later."""
    last = start - period.days * DAY
    zh = f"从 {said(start).zh} 往前数 {period.days} 天，当天不算，到 {said(last).zh}"
    en = f"{period.days} days before {said(start).en}: {said(last).en}"
    return Explained(last, (Words(zh, en), Words("碰上放假也不往后推", "not moved by a holiday")), False)


def inside_long_holiday(start: date, end: date, calendar: Calendar) -> Run | None:
    """The long holiday in which most of the days from ``start`` to ``end`` lie, or None: such a notice hangs while nobody reads it.

    Most and not all, because a last day in a holiday has already moved out of it.
    """
    run = calendar.long_holiday(start, end)
    if run is None:
        return None
    inside = (min(end, run.last) - max(start, run.first)).days + 1
    return run if 2 * inside > (end - start).days + 1 else None


def said(day: date) -> Words:
    """A date as people write it: 2026年11月22日, 22 November 2026."""
    return Words(date_in_words(day, "zh"), date_in_words(day, "en"))


def in_words(period: Period) -> Words:
    """Return a period's days in words: 20个工作日, 20 working days."""
    return days_in_words(period.days, working=period.unit == "working")


def days_in_words(count: int, *, working: bool = False) -> Words:
    """Return a number of days in words: 15天, 15 days; 1个工作日, 1 working day."""
    en = f"{count} {'working ' if working else ''}day{'' if count == 1 else 's'}"
    return Words(f"{count}{'个工作日' if working else '天'}", en)


def _both(zh: str, en: str, day: date) -> Words:
    words = said(day)
    return Words(zh.format(words.zh), en.format(words.en))


def _first_step(start: date, period: Period) -> Words:
    if period.first_day_counts:
        return _both("从 {} 数起，当天算第一天", "counted from {}, which is day one", start)
    return _both("从 {} 的第二天数起，当天不算（民法典第二百零一条）", "counted from the day after {} (Civil Code, Art. 201)", start)


def _working_step(first: date, last: date, count: int, calendar: Calendar) -> Words:
    days = [first + offset * DAY for offset in range((last - first).days + 1)]
    holidays = sum(calendar.is_holiday(day) for day in days)
    makeups = sum(calendar.is_makeup(day) for day in days)
    zh, en = f"只数上班的日子，{count} 个工作日", f"{count} working days"
    if holidays:
        zh, en = f"{zh}，放假 {holidays} 天不算", f"{en}, leaving out {holidays} days of public holidays"
    if makeups:
        zh, en = f"{zh}，调休上班 {makeups} 天算", f"{en}, counting {makeups} make-up working days"
    return _both(zh + "，到 {}", en + ": {}", last)


def _after_holiday(last: date, calendar: Calendar, steps: list[Words]) -> date:
    """``last``, or the first day after the holiday in whose days off it falls, with the step that says so.

    A plain weekend does not move it: posted periods end on Saturdays and Sundays (18-24 July 2021,
    docs/sources.md: notices-first-day), when a wall is read.
    """
    run = calendar.run(last)
    if run is None:
        return last
    after = run.last + DAY
    zh = f"那天在{run.name}放假中，顺延到假期后的第一天 {{}}（民法典第二百零三条）"
    steps.append(_both(zh, "that falls in a public holiday: moved to the first day after it, {} (Civil Code, Art. 203)", after))
    return after
