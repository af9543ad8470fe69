"""What a villager can do next: at most three steps, each from its day on, for every case that is not solved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board import policies
from board.rules.cases.machine import STATES
from board.rules.cases.next_steps import MOST, next_steps

DUE, ANSWERED = date(2026, 12, 5), date(2026, 12, 1)
STEPS = policies.next_steps()


def told(state: str, level: str, category: str = "amount_wrong", answered: date | None = None) -> list[tuple[str, date]]:
    return [(step.say.zh, since) for step, since in next_steps(STEPS, state, level, category, DUE, answered)]


def test_a_village_that_does_not_answer_is_told_to_the_township_from_the_day_after_the_last():
    (up, since), (hotline, later) = told("working", "village")
    assert (up.split("：")[0], since) == ("向{above}反映", DUE + timedelta(days=1))
    assert ("12345" in hotline, later) == (True, DUE + timedelta(days=6))


def test_what_was_not_published_has_a_step_of_its_own():
    assert [("管政府信息公开的部门" in say) for say, _since in told("answered", "township", "not_published", ANSWERED)] == [False, True]


def test_above_the_county_the_petition_office_is_left():
    assert told("unsolved", "county", answered=ANSWERED)[0][1] == ANSWERED
    assert "信访窗口" in told("unsolved", "county", answered=ANSWERED)[0][0]


@pytest.mark.parametrize("level", ["village", "township", "county"])
@pytest.mark.parametrize("category", policies.case_categories())
def test_whoever_waits_in_vain_has_a_step_and_nobody_more_than_three(level, category):
    for state in STATES:
        found = told(state, level, category, ANSWERED)
        assert len(found) <= MOST
        assert found or state == "closed" or (state, level) == ("answered", "county") or state == "unsolved" and level != "county"


def test_no_step_leads_up_from_the_county():
    assert not [step for step in STEPS if "county" in step.desks and "{above}" in step.say.zh]
