"""Working days, make-up days and runs of days off, with the tables as published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.policies import holiday_rows, holidays
from board.rules.calendar import Calendar, Run

CALENDAR = holidays()
EMPTY = Calendar({}, frozenset())


@pytest.mark.parametrize(
    "day",  # the six make-up days of 2026, on which chinesecalendar and holidays agree (TECH 5.4)
    ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
)
def test_a_make_up_day_is_worked_although_it_is_a_weekend(day: str):
    assert CALENDAR.is_working(date.fromisoformat(day))
    assert CALENDAR.is_makeup(date.fromisoformat(day))


def test_2026_has_no_other_make_up_day():
    assert sum(day.year == 2026 and not off for day, off, _ in holiday_rows()) == 6


@pytest.mark.parametrize(
    ("day", "working", "holiday"),
    [
        ("2026-11-23", True, False),  # a Monday
        ("2026-11-22", False, False),  # a plain Sunday
        ("2026-02-17", False, True),  # 初一
        ("2026-02-21", False, True),  # a Saturday inside 春节
        ("2026-02-24", True, False),
    ],
)
def test_a_day_is_worked_or_off_and_only_some_days_off_are_holidays(day: str, working: bool, holiday: bool):
    assert CALENDAR.is_working(date.fromisoformat(day)) is working
    assert CALENDAR.is_holiday(date.fromisoformat(day)) is holiday


@pytest.mark.parametrize("day", ["2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-03"])
def test_a_year_without_a_table_has_the_holidays_that_the_law_fixes(day: str):
    assert CALENDAR.is_holiday(date.fromisoformat(day))
    assert CALENDAR.provisional(date.fromisoformat(day))
    assert CALENDAR.name(date.fromisoformat(day)) in ("元旦", "劳动节", "国庆节")


@pytest.mark.parametrize("day", ["2027-01-04", "2027-05-03", "2027-10-04", "2027-02-08"])
def test_nothing_else_is_assumed_of_it(day: str):
    assert CALENDAR.is_working(date.fromisoformat(day))


def test_a_published_year_is_not_mended_by_assumptions():
    worked = Calendar.of([(date(2026, 5, 2), False, "劳动节"), (date(2026, 10, 1), True, "国庆节")])

    assert worked.is_working(date(2026, 5, 2))
    assert worked.is_working(date(2026, 5, 1))  # a table that forgets it is the county's to mend, in the open


def test_one_day_entered_ahead_does_not_make_a_year_known():
    calendar = Calendar.of([*holiday_rows(), (date(2027, 1, 4), True, "元旦")])

    assert calendar.is_holiday(date(2027, 1, 4))
    assert calendar.provisional(date(2027, 1, 4))
    assert not calendar.provisional(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        ("2026-09-30", 1, "2026-10-08"),  # across 国庆
        ("2026-10-09", 1, "2026-10-10"),  # onto a Saturday that is worked
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 0, "2026-11-21"),
    ],
)
def test_working_days_are_counted_from_the_next_day(day: str, count: int, last: str):
    assert CALENDAR.add_working_days(date.fromisoformat(day), count) == date.fromisoformat(last)


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add_working_days(date(2026, 11, 22), -1)


@given(st.dates(date(2024, 1, 1), date(2026, 11, 30)), st.integers(1, 15), st.integers(1, 15))
def test_counting_in_two_steps_is_counting_at_once(day: date, first: int, second: int):
    at_once = CALENDAR.add_working_days(day, first + second)

    assert CALENDAR.add_working_days(CALENDAR.add_working_days(day, first), second) == at_once
    assert CALENDAR.is_working(at_once)


def test_a_run_takes_in_the_weekend_beside_a_holiday():
    assert CALENDAR.run(date(2024, 6, 8)) == Run(date(2024, 6, 8), date(2024, 6, 10), "端午节")


def test_a_plain_weekend_is_no_run():
    assert CALENDAR.run(date(2026, 11, 22)) is None
    assert CALENDAR.run(date(2026, 11, 23)) is None


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2026-02-10", "2026-02-16", "春节"),
        ("2026-04-29", "2026-05-01", "劳动节"),
        ("2026-09-20", "2026-10-20", "国庆节"),
        ("2026-04-01", "2026-04-10", ""),  # 清明 is three days
        ("2026-11-01", "2026-11-30", ""),
    ],
)
def test_a_long_holiday_is_five_days_or_more(start: str, end: str, name: str):
    run = CALENDAR.long_holiday(date.fromisoformat(start), date.fromisoformat(end))

    assert (run.name if run else "") == name


def test_a_calendar_without_any_table_still_counts():
    assert EMPTY.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 5)
    assert EMPTY.provisional(date(2026, 9, 30))


def test_the_seed_is_three_whole_years_each_with_seven_holidays():
    assert CALENDAR.known == {2024, 2025, 2026}
    for year in CALENDAR.known:
        off = {name for day, off, name in holiday_rows() if day.year == year and off}
        assert off >= {"元旦", "春节", "清明节", "劳动节", "端午节", "国庆节"}  # 中秋 is inside 国庆 in 2025
