"""The steps of one matter, and which comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board import kinds, policies
from board.rules.bilingual import Words
from board.rules.kind import Period
from board.rules.notice.series import Member, following, in_order, linkable, plan, stages

KINDS = kinds.load()
PRE, PLAN, SHARED = "land-pre-notice", "land-resettlement", "land-compensation"
CALENDAR = policies.holidays()


def member(kind: str, day: date, stage: str = "", *, withdrawn: bool = False) -> Member:
    return Member(str(day.toordinal()), "510521000000", kind, stage, "公示", day, withdrawn)


def test_notices_stand_in_the_order_of_their_steps_whenever_they_were_posted():
    first, second, third = (
        Member(number, "510521000000", PRE, "", "公示", date(2026, 11, day), follows=before)
        for number, day, before in (("7", 9, ""), ("5", 3, "7"), ("6", 3, "5"))
    )

    assert in_order([third, second, first]) == [first, second, third]
    assert len(in_order([replace(first, follows="6"), second, third])) == 3, "a ring, of whatever making, ends"


def test_land_goes_from_the_announcement_to_the_plan_to_the_sharing():
    for kind in (PRE, PLAN, SHARED):
        assert [step.kind for step in plan(KINDS[kind], KINDS)] == [PRE, PLAN, SHARED]


def test_a_kind_that_follows_nothing_is_a_matter_of_one_step():
    assert [(step.kind, step.stage) for step in plan(KINDS["village-finance"], KINDS)] == [("village-finance", "")]


def test_the_stages_of_a_kind_are_steps():
    kind = KINDS["relief-projects"]

    assert [step.stage for step in plan(kind, KINDS)] == ["planned", "arranged", "building", "accepted", "accounted"]
    assert linkable(kind, kind.id)
    assert stages(KINDS["village-finance"]) == ()
    assert stages(KINDS["social-assistance"]) == (), "that somebody is no longer assisted is no step of the same matter"


@pytest.mark.parametrize(
    ("kind", "before", "may"),
    [
        (PLAN, PRE, True),
        (SHARED, PRE, False),
        (PRE, PRE, False),
        ("social-assistance", "social-assistance", False),
        (PRE, "", False),
    ],
)
def test_what_a_notice_may_come_after(kind: str, before: str, may: bool):
    assert linkable(KINDS[kind], before) is may


def test_what_comes_next_is_due_by_its_rule_or_by_no_day():
    steps, within = plan(KINDS[PRE], KINDS), {PLAN: Period(10, "calendar", False, Words("甲", "a"))}
    first = member(PRE, date(2026, 11, 2))

    found = following([first], steps, within, CALENDAR)
    assert found
    assert (found.label, found.by) == (KINDS[PLAN].name, date(2026, 11, 12))
    later = following([first, member(PLAN, date(2026, 11, 20))], steps, within, CALENDAR)
    assert later
    assert (later.label, later.by) == (KINDS[SHARED].name, None)


def test_after_the_last_step_nothing_comes_and_what_was_taken_down_is_no_step():
    steps = plan(KINDS[PRE], KINDS)

    assert following([member(SHARED, date(2026, 11, 2))], steps, {}, CALENDAR) is None
    assert following([member(SHARED, date(2026, 11, 2), withdrawn=True)], steps, {}, CALENDAR) is None
    found = following([member(PRE, date(2026, 10, 2)), member(PLAN, date(2026, 11, 2), withdrawn=True)], steps, {}, CALENDAR)
    assert found
    assert found.label == KINDS[PLAN].name
