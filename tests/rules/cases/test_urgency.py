"""The groups of an inbox."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.rules.cases.urgency import urgency

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "group"), [(-400, "late"), (-1, "late"), (0, "today"), (1, "week"), (7, "week"), (8, "later"), (90, "later")]
)
def test_a_case_is_in_one_group_by_its_last_day(days, group):
    assert urgency(TODAY + timedelta(days), TODAY) == group


def test_the_groups_follow_each_other_as_the_days_do():
    groups = [urgency(TODAY + timedelta(n), TODAY) for n in range(-3, 30)]
    assert list(dict.fromkeys(groups)) == ["late", "today", "week", "later"]
    assert sorted(groups, key=["late", "today", "week", "later"].index) == groups
