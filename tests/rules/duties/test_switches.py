"""Since when a duty is owed: the newest act that had begun by then, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from board.rules.duties import switches
from board.rules.duties.switches import Switched

JAN, JUN, NOV, DEC = date(2026, 1, 1), date(2026, 6, 1), date(2026, 11, 20), date(2026, 12, 1)
ON, OFF = Switched(True, JAN), Switched(False, DEC, "涉及国家秘密")


def test_a_duty_is_owed_from_its_day_on_until_it_is_switched_off():
    acts = [ON, OFF]
    assert [switches.is_on(acts, day) for day in (date(2025, 12, 31), JAN, NOV, DEC, date(2027, 1, 1))] == [False, True, True, False, False]
    assert switches.at(acts, DEC) == OFF
    assert switches.at([], DEC) is None


def test_it_is_on_again_by_a_later_act():
    acts = [ON, OFF, Switched(True, date(2027, 3, 1))]
    assert [switches.is_on(acts, date(2027, month, 1)) for month in (1, 3)] == [False, True]
    assert switches.first_on(acts) == JAN
    assert switches.first_on([OFF]) is None


@pytest.mark.parametrize(
    ("acts", "act", "fault"),
    [
        ([], ON, ""), ([ON], OFF, ""), ([], OFF, ""), ([ON], Switched(True, NOV), "same"), ([ON, OFF], OFF, "same"),
        ([ON], Switched(False, DEC), "reason"), ([ON], Switched(False, DEC, "  "), "reason"),
        ([ON], Switched(False, DEC, "长" * 501), "long"), ([ON], Switched(False, DEC, " " + "长" * 500), ""),
        ([ON, OFF], Switched(True, NOV), ""),
        ([ON], Switched(False, JUN, "不公开"), "past"), ([ON], Switched(False, NOV, "不公开"), ""), ([Switched(True, JUN)], ON, ""),
    ],
)  # fmt: skip
def test_an_act_that_changes_nothing_or_hides_what_is_missing_is_refused(acts, act, fault):
    assert switches.fault(acts, act, NOV) == fault
