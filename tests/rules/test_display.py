"""How long a sheet hung: late, short, and until when it has to hang, by the days of its kind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import policies
from board.rules import periods
from board.rules.bilingual import Words
from board.rules.calendar import Calendar
from board.rules.display import DisplayStatus, Hung, counted, standing
from board.rules.kind import Period

CALENDAR = Calendar.of(policies.holiday_rows())
SEVEN = Period(7, "calendar", False, Words("", ""))
WORKING = Period(10, "working", False, Words("", ""))
NOVEMBER = (date(2026, 11, 20), date(2026, 11, 27))  # seven days, the first not counted


def nov(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("hung", "today", "expected"),
    [
        (Hung(), 18, DisplayStatus("ahead", 0, 0, nov(27))),
        (Hung(), 20, DisplayStatus("ahead", 0, 0, nov(27))),  # there is time until the evening of the first day
        (Hung(), 22, DisplayStatus("missing", 2, 2, nov(29))),
        (Hung(), 30, DisplayStatus("missing", 10, 7, date(2026, 12, 7))),
        (Hung(nov(18)), 22, DisplayStatus("hanging", 0, 0, nov(27))),
        (Hung(nov(20)), 22, DisplayStatus("hanging", 0, 0, nov(27))),
        (Hung(nov(22)), 22, DisplayStatus("hanging", 2, 2, nov(29))),
        (Hung(nov(22)), 28, DisplayStatus("hanging", 2, 1, nov(29))),  # behind the last day it makes up for what it lacks
        (Hung(nov(22)), 29, DisplayStatus("hanging", 2, 0, nov(29))),
        (Hung(nov(20), nov(27)), 30, DisplayStatus("down", 0, 0, nov(27))),
        (Hung(nov(20), nov(25)), 30, DisplayStatus("down", 0, 2, nov(27))),
        (Hung(nov(18), nov(25)), 30, DisplayStatus("down", 0, 2, nov(27))),  # what hung before its time does not count
        (Hung(nov(22), nov(29)), 30, DisplayStatus("down", 2, 0, nov(29))),
        (Hung(nov(22), nov(27)), 30, DisplayStatus("down", 2, 2, nov(29))),
    ],
)
def test_a_sheet_is_late_or_short_by_so_many_days(hung, today, expected):
    assert standing(NOVEMBER, SEVEN, hung, nov(today), CALENDAR) == expected


def test_working_days_are_counted_where_the_kind_counts_them():
    starts = date(2026, 9, 24)
    shown = (starts, periods.end(starts, WORKING, CALENDAR))
    late = standing(shown, WORKING, Hung(date(2026, 9, 28)), date(2026, 9, 28), CALENDAR)

    assert late.late == 4  # days of the calendar
    assert late.lacking == counted(starts, date(2026, 9, 28), WORKING, CALENDAR) < 4  # the festival's days off are no working days
    assert late.until == periods.end(date(2026, 9, 28), WORKING, CALENDAR)


def test_only_what_is_wrong_is_the_countys_business():
    assert [standing(NOVEMBER, SEVEN, hung, nov(22), CALENDAR).wrong for hung in (Hung(), Hung(nov(20)), Hung(nov(21)))] == [
        True,
        False,
        True,
    ]


DAYS = st.dates(date(2025, 12, 1), date(2026, 12, 1))
PERIODS = st.builds(Period, st.integers(1, 40), st.sampled_from(["calendar", "working"]), st.booleans(), st.just(Words("", "")))


@given(DAYS, PERIODS, st.integers(-5, 60), st.integers(0, 200))
def test_whoever_hangs_it_until_the_day_that_is_said_lacks_nothing(starts, period, later, after):
    shown, on = (starts, periods.end(starts, period, CALENDAR)), starts + timedelta(later)
    until = standing(shown, period, Hung(on), on, CALENDAR).until

    assert until >= shown[1]
    assert standing(shown, period, Hung(on, until + timedelta(after % 3)), until + timedelta(after), CALENDAR).lacking == 0


@given(DAYS, PERIODS, st.integers(-5, 60), st.integers(0, 60))
def test_no_sheet_lacks_more_days_than_its_period_has(starts, period, later, stays):
    shown, on = (starts, periods.end(starts, period, CALENDAR)), starts + timedelta(later)
    down = on + timedelta(stays)
    finding = standing(shown, period, Hung(on, down), down, CALENDAR)

    assert 0 <= finding.lacking <= period.days
    assert (finding.late > 0) == (on > starts)


@given(DAYS, PERIODS, st.integers(0, 60))
def test_a_sheet_hung_on_time_and_left_is_never_wrong(starts, period, early):
    shown = (starts, periods.end(starts, period, CALENDAR))

    assert not standing(shown, period, Hung(starts - timedelta(early)), shown[1] + timedelta(early), CALENDAR).wrong
