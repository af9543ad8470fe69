"""The last day of a period, against dates that real notices printed (docs/sources.md: notices-first-day)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.policies import holidays
from board.rules.bilingual import Words
from board.rules.calendar import CHINA, Calendar
from board.rules.kind import Period, Unit
from board.rules.periods import due, end, explain, explain_hours, inside_long_holiday, said, state

NOW = holidays()


def days(first: str, last: str, off: bool, name: str) -> list[tuple[date, bool, str]]:
    start, stop = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=n), off, name) for n in range((stop - start).days + 1)]


# As published by the State Council for those years, as far as the dates below need them.
THEN = Calendar.of(
    [
        *days("2016-10-01", "2016-10-07", True, "国庆节"),
        *days("2016-10-08", "2016-10-09", False, "国庆节"),
        *days("2021-10-01", "2021-10-07", True, "国庆节"),
        *days("2022-01-29", "2022-01-30", False, "春节"),
        *days("2022-01-31", "2022-02-06", True, "春节"),
        *days("2022-10-01", "2022-10-07", True, "国庆节"),
        *days("2023-04-05", "2023-04-05", True, "清明节"),
        *days("2023-04-23", "2023-04-23", False, "劳动节"),
        *days("2023-04-29", "2023-05-03", True, "劳动节"),
        *days("2023-05-06", "2023-05-06", False, "劳动节"),
        *days("2023-10-01", "2023-10-06", True, "国庆节"),
        *days("2025-05-31", "2025-06-02", True, "端午节"),
        *days("2025-10-01", "2025-10-08", True, "国庆节"),
    ]
)


def period(count: int, unit: Unit, first_day_counts: bool) -> Period:
    return Period(count, unit, first_day_counts, Words("依据", "basis"))


@pytest.mark.parametrize(
    ("start", "count", "unit", "first_day_counts", "last"),
    [
        ("2023-05-16", 10, "working", True, "2023-05-29"),  # 陆河县: 共十个工作日
        ("2023-03-27", 10, "working", True, "2023-04-10"),  # 五华县: 共10个工作日, with 5 April off
        ("2021-07-18", 7, "calendar", True, "2021-07-24"),  # 金寨: ends on a Saturday
        ("2025-06-12", 7, "calendar", True, "2025-06-18"),  # 西吉
        ("2023-11-06", 7, "calendar", False, "2023-11-13"),  # 龙泉
        ("2023-06-09", 10, "calendar", False, "2023-06-19"),  # 泽库
    ],
)
def test_a_period_ends_when_the_real_notice_said(start: str, count: int, unit: Unit, first_day_counts: bool, last: str):
    assert end(date.fromisoformat(start), period(count, unit, first_day_counts), THEN) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("start", "first_day_counts", "last"),
    [
        ("2016-09-30", True, "2016-10-08"),  # 红寺堡 printed 6 October, inside National Day; 203 moves it out
        ("2022-01-31", True, "2022-02-07"),  # and this one lay wholly inside Spring Festival
        ("2022-01-31", False, "2022-02-07"),
        ("2022-01-30", False, "2022-02-07"),
    ],
)
def test_a_period_that_would_end_in_a_holiday_ends_on_the_day_after_it(start: str, first_day_counts: bool, last: str):
    assert end(date.fromisoformat(start), period(7, "calendar", first_day_counts), THEN) == date.fromisoformat(last)


def test_the_weekend_beside_a_holiday_belongs_to_its_days_off():
    assert end(date(2024, 6, 1), period(7, "calendar", False), NOW) == date(2024, 6, 11)  # 8-10 June 2024: 端午 with its weekend


def test_working_days_start_with_the_first_day_that_is_worked():
    saturday = date(2026, 11, 21)

    assert end(saturday, period(1, "working", True), NOW) == date(2026, 11, 23)
    assert end(saturday, period(1, "working", False), NOW) == date(2026, 11, 23)


def test_what_is_due_is_counted_like_a_display():
    assert due(date(2026, 9, 18), period(10, "working", False), NOW) == date(2026, 10, 9)


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2026-11-21", "before"), ("2026-11-22", "shown"), ("2026-11-29", "shown"), ("2026-11-30", "over")],
)
def test_the_first_and_the_last_day_belong_to_the_period(today: str, expected: str):
    assert state(date(2026, 11, 22), date(2026, 11, 29), date.fromisoformat(today)) == expected


def test_the_count_is_explained_step_by_step():
    explained = explain(date(2026, 9, 25), period(7, "calendar", False), NOW)

    assert explained.day == date(2026, 10, 8)
    assert [str(step) for step in explained.steps] == [
        "从 2026年9月25日 的第二天数起\uff0c当天不算\uff08民法典第二百零一条\uff09",
        "连节假日一起数 7 天\uff0c到 2026年10月2日",
        "那天在国庆节放假中\uff0c顺延到假期后的第一天 2026年10月8日\uff08民法典第二百零三条\uff09",
    ]
    assert explained.steps[1].en == "7 days, weekends and holidays counted: 2 October 2026"
    assert not explained.provisional


def test_holidays_and_make_up_days_on_the_way_are_named():
    steps = explain(date(2026, 9, 18), period(10, "working", True), NOW).steps

    assert steps[0].en == "counted from 18 September 2026, which is day one"
    assert steps[1].zh == "只数上班的日子\uff0c10 个工作日\uff0c放假 10 天不算\uff0c调休上班 1 天算\uff0c到 2026年10月8日"


def test_a_period_into_a_year_without_holidays_says_that_it_may_move():
    explained = explain(date(2026, 12, 25), period(7, "working", False), NOW)

    assert explained.provisional
    assert explained.day == date(2027, 1, 6)  # 1 January is off whatever the table will say
    assert explained.steps[-1] == Words(
        "2027 年的放假安排还没有公布\uff0c日期可能会变", "the holidays of 2027 are not published yet: the date may move"
    )


@pytest.mark.parametrize(
    ("start", "last", "inside"),
    [
        ("2022-01-31", "2022-02-06", True),  # as it hung
        ("2022-01-30", "2022-02-07", True),  # as 203 moves it: two days of nine are outside
        ("2022-01-20", "2022-02-07", False),
        ("2022-03-01", "2022-03-07", False),
    ],
)
def test_a_notice_that_hangs_while_nobody_reads_it_is_found(start: str, last: str, inside: bool):
    run = inside_long_holiday(date.fromisoformat(start), date.fromisoformat(last), THEN)

    assert (run is not None) is inside


def test_a_date_is_said_as_people_write_it():
    assert said(date(2026, 11, 2)) == Words("2026年11月2日", "2 November 2026")


any_day = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(any_day, st.integers(1, 60), st.booleans())
def test_a_calendar_period_is_never_too_short_and_never_ends_in_a_holiday(start: date, count: int, first_day_counts: bool):
    last = end(start, period(count, "calendar", first_day_counts), NOW)

    assert (last - start).days >= count - first_day_counts
    assert not NOW.is_holiday(last)


@given(any_day, st.integers(1, 30), st.booleans())
def test_a_working_period_holds_just_its_working_days(start: date, count: int, first_day_counts: bool):
    last = end(start, period(count, "working", first_day_counts), NOW)

    counted = [start + timedelta(days=n) for n in range(not first_day_counts, (last - start).days + 1)]
    assert sum(map(NOW.is_working, counted)) == count
    assert NOW.is_working(last)


@given(any_day, st.integers(1, 60))
def test_days_counted_back_from_a_date_are_all_there_whatever_holidays_lie_between(polling: date, count: int):
    last = end(polling, Period(count, "calendar", False, Words("依据", "basis"), since="polling_day", before=True), NOW)

    assert polling - last == timedelta(days=count)


def test_days_before_a_date_are_explained_and_are_not_moved_by_a_holiday():
    explained = explain(date(2026, 10, 21), Period(20, "calendar", False, Words("依据", "basis"), since="polling_day", before=True), NOW)

    assert explained.day == date(2026, 10, 1)  # 国庆节, on which nobody works: the day after it would be too late
    assert [step.zh for step in explained.steps] == [
        "从 2026年10月21日 往前数 20 天\uff0c当天不算\uff0c到 2026年10月1日",
        "碰上放假也不往后推",
    ]
    assert explained.steps[0].en == "20 days before 21 October 2026: 1 October 2026"


def test_a_clock_of_hours_runs_through_nights_and_days_off():
    ended = datetime(2026, 9, 30, 15, 30, tzinfo=CHINA)
    explained = explain_hours(ended, Period(1, "calendar", False, Words("依据", "basis"), since="ended_at", hours=24))

    assert explained.at == datetime(2026, 10, 1, 15, 30, tzinfo=CHINA)
    assert explained.day == date(2026, 10, 1)
    assert explained.steps[0].en.endswith("nights and days off counted: 1 October 2026, 15:30")
