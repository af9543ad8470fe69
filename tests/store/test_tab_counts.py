"""The counts on the tabs equal the lists behind them, and are one statement."""

from __future__ import annotations

from board import policies
from board.rules.cases import machine
from board.store import answers, approval, cases, letters, people, tab_counts
from board.store.cases import lists
from board.store.drafting import drafts
from tests.house.statements import counted
from tests.store.asked import AT, COUNTY, does, files
from tests.store.posted import TOWN

ALL = tuple(policies.case_categories())
OFFICES = ("510521", "510521116", TOWN, "510521117", COUNTY, "510")


def test_open_cases_and_extensions_are_those_of_the_lists(posted, clerk, reviewer):
    made = [files(posted, "amount_wrong", key=f"{n:032}") for n in range(5)]
    for case in made[:3]:
        does(case, "extend", clerk, "要到现场量一次。")
    does(made[0], "grant", reviewer)
    does(made[1], "refuse", reviewer, "两天够了。")
    does(made[4], "answer", clerk, "查过了。")
    files(posted, "unclear", home=COUNTY, key="c" * 32)
    waits = made[2]

    for homes in OFFICES:
        told = tab_counts.counted({"open": tab_counts.open_cases(homes, ALL), "more": tab_counts.extensions(homes, ALL)})
        assert told["open"] == len(lists.inbox(homes, ALL)) == lists.waiting(homes, ALL)
        assert told["more"] == len(lists.inbox(homes, ALL, extension=True))
    assert [one.case.id for one in lists.inbox(TOWN, ALL, extension=True)] == [waits.id]
    assert tab_counts.counted({"open": tab_counts.open_cases(TOWN, ["unclear"])}) == {"open": 0}


def test_a_case_passed_on_is_not_waited_for_by_the_reviewer(case, clerk):
    does(case, "extend", clerk, "要到现场量一次。")
    does(case, "forward", clerk, "不归我们管。")
    assert lists.inbox("510521", ALL, extension=True) == []


def test_drafts_are_counted_by_state_and_office(clerk):
    drafts.start(TOWN, "cropland-subsidy", "公示", clerk, AT)
    drafts.start("510521117000", "cropland-subsidy", "公示", people.named("luxian-clerk").id, AT)

    assert [tab_counts.counted({"n": tab_counts.drafts(homes, "draft")})["n"] for homes in OFFICES] == [2, 1, 1, 1, 0, 2]
    assert tab_counts.counted({"n": tab_counts.drafts(TOWN, "submitted")}) == {"n": 0}


def test_answers_and_letters_that_wait_are_counted_together(posted, clerk):
    leader = people.named("baihe-leader").id
    letter = files(None, "letter", row=None, consent=True)
    does(letter, "answer", leader, "已经派人去修。")
    answers.draft(posted, answers.QuestionAnswer("荒地算不算？", "不算，按确权证算。"), None, clerk, AT)
    letters.draft(TOWN, letter.id, letters.Wording("路灯", "什么时候修路灯？", "本月修好。"), leader, AT)

    for homes, waiting in ((TOWN, 2), ("510521117", 0)):
        assert tab_counts.counted({"n": tab_counts.approvals(homes)}) == {"n": waiting}
        found = [*approval.unpublished(answers.SORT, homes), *approval.unpublished(letters.SORT, homes)]
        assert len(found) == waiting
    assert tab_counts.counted({"n": tab_counts.returned_letters(TOWN)}) == {"n": 0}


def test_many_counts_are_one_statement_and_none_is_none(app):
    with counted() as asked:
        assert tab_counts.counted({}) == {}
        tab_counts.counted({"a": tab_counts.drafts(TOWN, "draft"), "b": tab_counts.approvals(TOWN)})
    assert len(asked.sent) == 1


def test_the_condition_of_the_list_is_the_rule(posted, clerk, reviewer):
    made = [files(posted, "amount_wrong", key=f"{n:032}") for n in range(4)]
    for case, acts in zip(made, (["extend"], ["extend", "grant"], ["extend", "refuse"], []), strict=True):
        for act in acts:
            does(case, act, reviewer if act != "extend" else clerk, "要到现场量一次。" if act == "extend" else "")
    waits = {one.case.id for one in lists.inbox(TOWN, ALL, extension=True)}
    assert waits == {case.id for case in made if machine.extension_waits(one.act for one in cases.messages(case))}
