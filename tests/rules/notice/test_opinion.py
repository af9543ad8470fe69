"""What a notice states of its village's supervision committee: bound to the proposal that was shown, and to no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board import kinds
from board.rules.notice import opinion
from board.rules.notice.opinion import Objection, Opinion
from tests.store.posted import GAODONG, line, proposal

DAY = date(2026, 11, 20)
MADE = replace(proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.95")]), home=GAODONG)
OBJECTION = Objection("1", "第 1 号", "面积多算了")


def said(result="agreed", **more) -> Opinion:
    return Opinion(MADE.digest, result, "phone", DAY, **more)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (said(), "2026年11月20日在手机上看过页面，确认。"),
        (replace(said(), way="paper"), "2026年11月20日在纸上签字确认。"),
        (said("absent", reason="没有成立"), "没有确认：没有成立"),
        (said("objected", objections=(OBJECTION,)), "2026年11月20日提出。对第 1 号有不同意见：面积多算了。答复：还没有。"),
        (
            said("objected", objections=(replace(OBJECTION, reply="丈量过，没有错。"),)),
            "2026年11月20日提出。对第 1 号有不同意见：面积多算了。答复：丈量过，没有错。",
        ),
    ],
)
def test_the_notice_states_it_in_words(what, told):
    stated = opinion.applied(MADE, what)
    assert (stated.facts["committee_opinion"], stated.facts["committee_note"]) == (what.result, told)
    assert opinion.from_json(stated.frozen["opinion"]) == what
    assert stated.digest != MADE.digest, "who approves it approves what the committee said, and the reply"


def test_an_opinion_of_another_proposal_says_nothing_of_this_one():
    assert opinion.applied(MADE, replace(said(), digest="0" * 64)) is MADE
    assert opinion.applied(MADE, None) is MADE


def test_an_objection_waits_for_its_reply():
    assert said("objected", objections=(OBJECTION,)).unanswered == (OBJECTION,)
    assert said("objected", objections=(replace(OBJECTION, reply="查过了"),)).unanswered == ()


def test_a_village_is_asked_and_not_about_its_committees_own_report():
    known = kinds.load()
    assert opinion.asked(known["village-finance"], "village")
    assert not opinion.asked(known["cropland-subsidy"], "township")
    assert not opinion.asked(known["supervision-report"], "village")


def test_every_kind_that_a_village_publishes_states_the_committees_opinion():
    for kind in kinds.load().values():
        if opinion.asked(kind, "village") and "village" in kind.levels:
            choices = {one.id for one in kind.fact(opinion.OPINION).choices}
            assert choices == set(opinion.RESULTS), kind.id
            assert kind.fact(opinion.NOTE).filled == "committee"
