"""The steps of an office beside the answer: hearing a household, confirming, asking others, registering, and letters to the leader."""

from __future__ import annotations

import pytest

from board.models import Case, db
from board.store import cases
from tests.store.asked import files, replays
from tests.store.posted import TOWN
from tests.web.asking import asks, looks_up, receipt_on


@pytest.fixture
def household(villager, form):
    """The receipt of what a villager asked about another household."""
    return receipt_on(asks(villager, form, category="household", text="人已经不在了，钱还在领。"))


@pytest.fixture
def leader(person):
    """百和镇's leader."""
    return person("baihe-leader")


def address(case=None):
    case = case or db.session.query(Case).one()
    return f"/desk/cases/{case.home}/{case.id}"


def said(act):
    return [one.text for one in cases.messages(db.session.query(Case).one()) if one.act == act]


def test_no_answer_goes_out_before_the_household_was_heard_and_nothing_typed_is_lost(clerk, household):
    page = clerk.submits(address(), "答复", text="查过了，人还在。", outcome="not_true")
    assert "先听一听这一户怎么说" in page.text
    assert page.form("答复").fields["text"] == ["查过了，人还在。"]
    assert page.form("答复").fields["outcome"] == ["not_true"]

    page = clerk.submits(page, "听过了")
    assert "听了这一户的说法" in page.text
    clerk.submits(page, "答复")
    assert said("answer") == ["查过了，人还在。"]
    assert replays(TOWN)


def test_who_heard_the_household_is_not_taken_to_say_why_not(clerk, household):
    page = clerk.submits(address(), "听过了", why="上午去的，他女儿在家。")

    assert "听了这一户的说法" in page.text
    assert "没听这一户的说法" not in page.text
    assert said("hear") == [""]


def test_who_did_not_hear_it_says_why_and_the_villager_does_not_read_it(villager, clerk, household):
    page = clerk.submits(address(), "没有听，原因如上", why="没", text="写了一半")
    assert "请写明为什么没有听" in page.text
    assert (page.form("答复").fields["why"], page.form("答复").fields["text"]) == (["没"], ["写了一半"])

    page = clerk.submits(page, "没有听，原因如上", why="一家人都在外地，电话13800138000打不通。")
    assert "没听这一户的说法，因为" in page.text
    assert "13800138000" not in page.html
    assert "在外地" not in looks_up(villager, household).html


def test_enter_in_the_reason_does_not_say_that_it_was_heard(clerk, household):
    assert clerk.sees(address()).form("答复").enter == ("act", "hear-not")


def test_what_was_meant_for_another_step_is_not_told_to_the_villager(villager, clerk, household):
    page = clerk.submits(address(), "我们在办", why="他女儿说的")

    assert said("work") == [""]
    assert "他女儿说的" not in looks_up(villager, household).html
    assert page.status == 200


def test_a_reason_typed_on_a_page_that_is_old_comes_back(villager, clerk, household):
    page = clerk.sees(address())
    villager.submits(looks_up(villager, household), "补充", text="还有他家的老人。")
    page = clerk.submits(page, "没有听，原因如上", why="一家人都在外地。")

    assert "这件来件刚才有了变化" in page.text
    assert page.form("答复").fields["why"] == ["一家人都在外地。"]
    assert said("hear") == []


def test_an_answer_without_its_kind_comes_back(clerk, household):
    page = clerk.submits(address(), "听过了")
    page = clerk.submits(page, "答复", text="查过了，人还在。")
    assert "查下来是哪一种结果" in page.text

    page = clerk.submits(page, "把这种答复的开头放进下面")
    assert "查下来是哪一种结果" in page.text
    assert page.form("答复").fields["text"] == ["查过了，人还在。"]

    for _ in range(2):
        page = clerk.submits(page, "把这种答复的开头放进下面", outcome="come_in")
    assert page.form("答复").fields["text"] == ["光看材料查不清，我们会上门核实，时间是：查过了，人还在。"]
    assert said("answer") == []


def test_what_is_true_and_beyond_the_township_is_read_as_the_countys_by_the_villager(villager, clerk, household):
    page = clerk.submits(address(), "听过了")
    clerk.submits(page, "答复", text="属实，镇里办不了。", outcome="true_county")
    page = looks_up(villager, household)

    assert "现在归泸县办。" in page.text
    assert "属实，镇里办不了。" in page.text


def test_an_application_goes_its_way(villager, clerk, posted):
    page = villager.sees("/a/510521116000/ask?category=application")
    typed = {"category": "application", "text": "要看 2025 年的合同。", "name": "李四", "contact": "0830-8190007", "form": "paper"}
    receipt = receipt_on(asks(villager, page, first="township", **typed))
    page = clerk.submits(address(), "和申请人确认过了")
    page = clerk.submits(page, "看过身份证了")
    page = clerk.submits(page, "征求第三方意见", text="要问承包合同的对方。")
    told = looks_up(villager, receipt)
    assert "正在问有关的人" in told.text
    assert "看过身份证" not in told.text
    page = clerk.submits(page, "第三方答复了")
    clerk.submits(page, "答复", text="合同在窗口可以看。", outcome="given")

    told = looks_up(villager, receipt)
    assert "您的事：已答复" in told.text
    assert "确认收到申请" in told.text
    assert replays(TOWN)


def test_a_letter_is_answered_by_the_leader_alone(leader, person, app):
    letter = files(None, "letter", row=None, consent=False)
    assert person("baihe-clerk").client.get(address(letter)).status_code == 404
    page = leader.submits(address(letter), "是信访", text="四位")
    assert "上面只写信访系统给的编号" in page.text
    page = leader.submits(page, "是信访", text="XF2026-0042")
    assert "已登记" in page.text
    leader.submits(page, "答复", text="收到，已经安排人去看。")

    assert letter.state == "answered"
    assert "收到，已经安排人去看。" in person("baihe-reviewer").sees(address(letter)).text
