"""The guide's flow follows the table and the clocks; each kind of answer has its paper; what is wrong with its file is reported."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from board import policies
from board.rules import periods
from board.rules.cases import machine
from board.rules.cases.guide import ANSWER, flow, papers, read_guide, spans
from board.rules.cases.machine import Move
from board.rules.datafile import Table

GUIDE, CATEGORIES = policies.guide(), policies.case_categories()
APPLICATION = CATEGORIES["application"]
FILE = (Path(policies.__file__).parent / "guide.toml").read_text("utf-8")


def drawn(level: str = "township", category=APPLICATION) -> list[tuple[str, str, bool]]:
    return [(one.act, one.within.zh, one.aside) for one in flow(category, level)]


def test_an_application_is_confirmed_made_clearer_asked_about_extended_answered_and_disputed():
    assert drawn() == [
        ("confirm", "3个工作日", False),
        ("ask_back", "7个工作日", True),
        ("consult", "15个工作日", True),
        ("extend", "20个工作日", True),
        ("answer", "20个工作日", False),
        ("dispute", "30天", False),
    ]


def test_at_the_county_a_dispute_leads_to_no_office_and_says_so():
    assert [(one.act, one.leads) for one in flow(APPLICATION, "township")][-1] == ("dispute", "received")
    assert [(one.act, one.leads) for one in flow(APPLICATION, "county")][-1] == ("dispute", "unsolved")
    assert GUIDE.words("dispute", "unsolved") != GUIDE.words("dispute", "received")


def test_the_flow_follows_the_clocks():
    longer = replace(APPLICATION.clocks, third=None, answer=replace(APPLICATION.clocks.answer, days=9, unit="calendar"))
    assert [(act, within) for act, within, _ in drawn(category=replace(APPLICATION, clocks=longer))] == [
        ("confirm", "3个工作日"), ("ask_back", "7个工作日"), ("extend", "20个工作日"), ("answer", "9天"), ("dispute", "30天"),
    ]  # fmt: skip


def test_the_flow_follows_the_table(monkeypatch: pytest.MonkeyPatch):
    """Where the table has no way to an answer there is no dispute either."""
    monkeypatch.setitem(machine.TABLE, "answer", Move("clerk", {"telling": "answered"}))  # type: ignore[arg-type]
    assert [act for act, *_ in drawn()] == ["confirm", "ask_back", "consult", "extend"]


@pytest.mark.parametrize("level", APPLICATION.first)
def test_every_step_of_the_flow_has_its_words(level):
    assert [one.act for one in flow(APPLICATION, level) if not GUIDE.words(one.act, one.leads).zh] == []


def test_a_question_has_fewer_steps_since_it_has_fewer_clocks():
    assert [act for act, *_ in drawn(category=CATEGORIES["amount_wrong"])] == ["extend", "answer", "dispute"]


def test_days_are_said_in_both_languages_and_one_day_is_no_days():
    period = APPLICATION.clocks.answer
    assert (periods.in_words(period).zh, periods.in_words(period).en) == ("20个工作日", "20 working days")
    assert periods.in_words(replace(period, days=1, unit="calendar")).en == "1 day"
    assert list(spans(CATEGORIES["amount_wrong"].clocks)) == ["clearer", "answer", "extension"]


def test_each_kind_of_answer_has_a_paper_with_its_beginning_and_its_rule():
    made = {one.id: one for one in papers(GUIDE, APPLICATION)}
    assert [id for id in made if id.startswith(ANSWER)] == [f"{ANSWER}{one.id}" for one in APPLICATION.outcomes]
    for outcome in APPLICATION.outcomes:
        paper = made[f"{ANSWER}{outcome.id}"]
        assert outcome.template.zh in paper.body.zh
        assert outcome.template.en.strip() in paper.body.en
        assert (paper.basis, paper.kind) == (outcome.basis, outcome.label)


def test_a_paper_states_the_rule_of_its_clock_and_is_not_there_without_it():
    made = {one.id: one for one in papers(GUIDE, APPLICATION)}
    assert made["third"].basis == APPLICATION.clocks.third.basis
    assert made["clearer"].basis == APPLICATION.clocks.clearer_within.basis
    without = replace(APPLICATION, clocks=replace(APPLICATION.clocks, third=None), outcomes=())
    assert [one.id for one in papers(GUIDE, without)] == ["application", "clearer", "extension"]


def test_a_bracket_in_an_answer_is_no_blank():
    odd = replace(APPLICATION.outcomes[0], template=replace(APPLICATION.outcomes[0].template, zh="看{这里}："))
    assert "看{这里}：" in papers(GUIDE, replace(APPLICATION, outcomes=(odd,)))[-1].body.zh


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('act = "confirm"', 'act = "agree"', "steps[0].act is unknown: 'agree'"),
        ("{confirm}内确认", "{sign}内确认", "ways[0].say.zh has an unknown blank: {sign}"),
        ('clock = "third"', 'clock = "fourth"', "documents[2].clock is unknown: 'fourth'"),
        ('clock = "third"\n', "", "documents[2].basis is missing"),
        ("{template}\n____\n____\n____\"\"\"\nbody.en", "____\"\"\"\nbody.en", "answered.body.zh does not state {template}"),
        ('third = { zh', 'fourth = { zh', "clocks.third is missing"),
        ("rows = 6", "rows = 0", "documents[0].fields[3].rows is less than 1"),
        ('title.en = "Notice: the answer takes longer"\n', "", "documents[3].title.en is missing"),
    ],
)  # fmt: skip
def test_a_guide_that_cannot_be_used_is_reported(was, becomes, fault):
    assert _faults(FILE) == []
    assert was in FILE
    assert [one for one in _faults(FILE.replace(was, becomes)) if one.startswith(fault)]


def _faults(text: str) -> list[str]:
    faults: list[str] = []
    table = Table(tomllib.loads(text), "", faults)
    read_guide(table)
    table.close()
    return faults
