"""When a case is late, and how its clock stops."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.rules.cases import clock
from board.rules.cases.machine import ANSWERED, OPEN

DUE = date(2026, 12, 5)


@pytest.mark.parametrize("state", OPEN)
def test_a_case_is_in_time_until_its_last_day_is_over(state):
    assert not clock.late(state, DUE, DUE)
    assert clock.late(state, DUE, DUE + timedelta(days=1))


@pytest.mark.parametrize("state", ANSWERED)
def test_an_answered_case_is_never_late(state):
    assert not clock.late(state, DUE, date(2027, 6, 1))


def test_days_late_are_counted_from_the_day_after_the_last():
    assert [clock.days_late(DUE, DUE + timedelta(days=n)) for n in (-3, 0, 1, 9)] == [0, 0, 1, 9]


@pytest.mark.parametrize(("silent", "added"), [(0, 0), (1, 1), (3, 3), (10, 10), (11, 10), (200, 10)])
def test_only_the_days_that_the_clock_stood_still_are_added(silent, added):
    asked = date(2026, 12, 1)
    assert clock.resumed(clock.stopped(DUE), asked, asked + timedelta(days=silent)) == DUE + timedelta(days=added)
