"""What a villager can do next: at most three steps, each from its day on, for every case that is not solved."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from itertools import product

import pytest

from board import policies
from board.rules.cases.machine import DISPUTE_DAYS, OPEN, STATES
from board.rules.cases.next_steps import MOST, filled, next_steps, read_step
from board.rules.datafile import Table
from board.rules.kind import LEVELS

DUE, ANSWERED = date(2026, 12, 5), date(2026, 12, 1)
STEPS = policies.next_steps()
CATEGORIES = tuple(policies.case_categories())
OF_STATE = dict.fromkeys(OPEN, "late")  # the others are called as the table calls them


def told(state: str, level: str, category: str = "amount_wrong", today: date = ANSWERED) -> list[tuple[str, date]]:
    answered = ANSWERED if state not in OF_STATE else None
    return [(one.step.say.zh, one.since) for one in next_steps(STEPS, state, level, category, DUE, answered, today)]


def test_a_village_that_does_not_answer_is_told_to_the_township_from_the_day_after_the_last():
    (up, since), (hotline, later) = told("working", "village")
    assert (up.split("：")[0], since) == ("向{above}反映", DUE + timedelta(days=1))
    assert ("热线" in hotline, later) == (True, DUE + timedelta(days=6))


def test_what_was_not_published_has_a_step_of_its_own_where_a_government_published():
    assert [("管政府信息公开的部门" in say) for say, _since in told("answered", "township", "not_published")] == [False, True, False]
    assert not any("管政府信息公开的部门" in say for say, _since in told("answered", "village", "not_published"))


def test_an_applicant_has_sixty_days_for_reconsideration_one_level_up_and_still_three_steps():
    (up, *_), (since, until) = reconsideration("answered", "township")
    assert (up, since, until) == ("{above}", ANSWERED, ANSWERED + timedelta(days=60))
    assert reconsideration("working", "township")[1] == (DUE + timedelta(days=1), DUE + timedelta(days=60))
    assert reconsideration("answered", "county")[0] == ("{office}的上一级人民政府",)
    assert not any("行政复议" in say for say, _since in told("answered", "township"))


def reconsideration(state: str, level: str) -> tuple[tuple[str, ...], tuple[date, date | None]]:
    """To whom the letters for reconsideration go, and the first and the last day for one."""
    found = [one for one in next_steps(STEPS, state, level, "application", DUE, ANSWERED, ANSWERED) if "行政复议法" in one.step.basis.zh]
    return tuple(one.step.letter.to.zh for one in found), (found[0].since, found[0].until)


def test_above_the_county_the_petition_office_is_left():
    assert told("unsolved", "county")[0][1] == ANSWERED
    assert "信访窗口" in told("unsolved", "county")[0][0]


def test_a_step_that_is_over_is_not_shown_and_others_are_left():
    last = ANSWERED + timedelta(days=DISPUTE_DAYS)
    assert "没解决" in told("answered", "township", today=last)[0][0]
    assert [say.split("：")[0] for say, _since in told("answered", "township", today=last + timedelta(days=1))] == ["也可以写信给{above}"]


@pytest.mark.parametrize(("state", "level", "category"), [*product(("received", "answered", "unsolved"), LEVELS, CATEGORIES)])
def test_every_case_that_is_late_answered_or_unsolved_has_a_step_and_none_more_than_three(state, level, category):
    for today in (ANSWERED, DUE + timedelta(days=60)):
        assert 1 <= len(told(state, level, category, today)) <= MOST


@pytest.mark.parametrize("state", [state for state in STATES if state != "closed"])
def test_no_step_is_crowded_out_for_ever(state):
    """Every step of the table is among the three of some case."""
    shown = {say for level, category in product(LEVELS, CATEGORIES) for say, _since in told(state, level, category)}
    assert shown == {one.say.zh for one in STEPS if one.when == OF_STATE.get(state, state)}


def test_a_solved_case_has_no_step():
    assert told("closed", "village") == []


def test_what_is_given_by_a_rule_has_a_letter_or_is_done_on_the_page():
    assert [one.say.zh for one in STEPS if bool(one.letter) != bool(one.basis.zh)] == []


def test_no_letter_has_a_place_for_the_receipt():
    words = [text for one in STEPS if one.letter for text in (one.letter.to, one.letter.title, one.letter.body)]
    assert words
    assert not [text for text in words if "查询号" in text.zh or "receipt" in text.en.lower()]


def test_a_blank_is_filled_and_what_fills_it_is_read_as_it_stands():
    assert filled("{office}在{asked}", {"office": "泸县{asked}", "asked": "2026年12月5日"}) == "泸县{asked}在2026年12月5日"


# ---- faults of the data file

STEP = """
when = "late"
desks = ["village"]
say = { zh = "向{above}反映", en = "Tell {above}" }
basis = { zh = "规定", en = "Rule" }
phone = "12345"
[letter]
to = { zh = "{above}", en = "{above}" }
title = { zh = "反映", en = "Letter" }
body = { zh = "{matter}{asked}{due}", en = "{matter} {asked} {due}" }
"""


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('"village"', '"hamlet"', "desks[0] is unknown: 'hamlet'; known: city, county, township, village"),
        ('["village"]', "[]", "desks is empty"),
        ('when = "late"', 'when = "soon"', "when is unknown: 'soon'; known: late, answered, unsolved"),
        ("phone", 'categories = ["rumour"]\nphone', f"categories[0] is unknown: 'rumour'; known: {', '.join(CATEGORIES)}"),
        ('phone = "12345"', 'phone = "call us"', "phone is neither a number nor county: 'call us'"),
        ('basis = { zh = "规定", en = "Rule" }\n', "", "letter has no basis"),
        (', en = "Letter" }', " }", "letter.title.en is missing"),
        ('to = { zh = "{above}", en = "{above}" }\n', "", "letter.to is missing"),
        ("{matter} {asked}", "{asked}", "letter.body.en does not state {matter}"),
        ("{asked}{due}", "{asked}{due}{receipt}", "letter.body.zh has an unknown blank: {receipt}"),
        ("{asked} {due}", "{asked} {due} {answered}", "letter.body.en has an unknown blank: {answered}"),
        ('["village"]', '["county"]', "say.zh has an unknown blank: {above}"),
        ("phone", "before = 3\nphone", "before is not a known key"),
    ],
)
def test_a_step_that_cannot_be_used_is_reported(was, becomes, fault):
    assert _faults(STEP) == []
    assert was in STEP
    assert fault in _faults(STEP.replace(was, becomes))


def _faults(text: str) -> list[str]:
    faults: list[str] = []
    table = Table(tomllib.loads(text), "", faults)
    read_step(table, CATEGORIES)
    table.close()
    return faults
