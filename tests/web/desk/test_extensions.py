"""More time for a case: its reason has a field of its own, and the reviewer may write why not."""

from __future__ import annotations

import pytest

from board.models import Case, db
from board.store import cases
from tests.store.asked import replays
from tests.store.posted import TOWN
from tests.web.asking import asks, looks_up, receipt_on


@pytest.fixture
def receipt(villager, form):
    return receipt_on(asks(villager, form))


def address():
    case = db.session.query(Case).one()
    return f"/desk/cases/{case.home}/{case.id}"


def said(act):
    return [one.text for one in cases.messages(db.session.query(Case).one()) if one.act == act]


def test_the_reason_is_its_own_and_the_half_typed_answer_stays(villager, clerk, receipt):
    page = clerk.submits(address(), "要延到", text="查到一半", reason="要等国土所来量。")

    assert "已报给审核的人" in page.text
    assert page.form("答复").fields["text"] == ["查到一半"]
    assert said("extend") == ["要等国土所来量。"]
    assert "国土所" not in looks_up(villager, receipt).text


def test_without_a_reason_or_with_a_number_in_it_nothing_is_asked_and_all_comes_back(clerk, receipt):
    page = clerk.submits(address(), "要延到", text="查到一半")
    assert "请写明为什么要延期" in page.text

    page = clerk.submits(page, "要延到", reason="打李四 13800138000 没人接。")
    assert "手机号" in page.text
    assert "13800138000" not in page.html
    assert page.form("答复").fields["text"] == ["查到一半"]
    assert said("extend") == []


def test_a_name_in_the_reason_is_looked_at_and_covered(clerk, receipt):
    page = clerk.submits(address(), "要延到", text="查到一半", reason="要等张小三回来再量。")
    assert "您写的话里像是说到了某个人的" in page.text

    page = clerk.submits(page, "把名字换成")
    assert page.form("答复").fields["reason"] == ["要等张*三回来再量。"]
    assert page.form("答复").fields["text"] == ["查到一半"]
    clerk.submits(page, "要延到")
    assert said("extend") == ["要等张*三回来再量。"]


def test_a_reason_typed_beside_another_step_stays(clerk, receipt):
    page = clerk.submits(address(), "先告诉居民", text="查到一半", reason="要等国土所来量。")
    assert page.form("答复").fields["reason"] == ["要等国土所来量。"]
    assert said("work") == [""]


def test_the_reviewer_says_why_not_and_the_villager_does_not_read_it(villager, person, receipt):
    clerk, reviewer = person("baihe-clerk"), person("baihe-reviewer")
    clerk.submits(address(), "要延到", reason="要等国土所来量。")
    page = reviewer.submits(address(), "不同意", refusal="打 13800138000 问过，明天就来量。")
    assert "手机号" in page.text
    assert "13800138000" not in page.html
    assert said("refuse") == []

    reviewer.submits(page, "不同意", refusal="国土所明天就来量。")
    assert said("refuse") == ["国土所明天就来量。"]
    assert "国土所明天就来量。" in clerk.sees(address()).text
    assert "国土所" not in looks_up(villager, receipt).text
    assert replays(TOWN)


def test_what_is_granted_carries_the_clerks_reason_and_no_refusal(person, receipt):
    person("baihe-clerk").submits(address(), "要延到", reason="要等国土所来量。")
    person("baihe-reviewer").submits(address(), "同意延期", refusal="写了又改了主意。")
    assert said("grant") == ["要等国土所来量。"]
