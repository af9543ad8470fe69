"""主管部门: one group of kinds of all townships, without a word of a case; it reminds, and is named on new notices."""

from __future__ import annotations

import pytest

from board.models import Case, db
from board.store import people
from tests.actors import PASSWORD
from tests.store.posted import AT, TOWN
from tests.web.asking import TEXT, asks, receipt_on


@pytest.fixture
def finance(person):
    """泸县's department for subsidies."""
    return person("luxian-finance")


def test_it_sees_the_notices_of_its_group_and_no_others(finance, posted, person):
    page = finance.sees("/start")
    assert page.path == "/audit/group"
    assert "泸县：涉农补贴" in page.text
    assert posted.version.title in page.text
    people.add("luxian-civil", "某人", "department", "510521000000", PASSWORD, at=AT, group="relief")
    assert posted.version.title not in person("luxian-civil").sees("/audit/group").text
    people.add("hejiang-finance", "某人", "department", "510522000000", PASSWORD, at=AT, group="subsidy")
    assert posted.version.title not in person("hejiang-finance").sees("/audit/group").text


def test_of_cases_it_has_figures_only_and_none_of_what_the_county_alone_was_asked(finance, posted, villager, form):
    receipt_on(asks(villager, form))
    receipt_on(asks(villager, form, first="county", text="镇上的人把三百元领走了。"))
    page = finance.sees("/audit/group")
    assert "百和镇\n1\n0\n0" in page.text
    assert "泸县\n1" not in page.text
    assert TEXT not in page.html
    for case in db.session.query(Case):
        assert finance.sees(f"/desk/cases/{case.home}/{case.id}").status == 403


def test_it_reminds_a_township_which_notes_it(finance, clerk, posted):
    page = finance.submits(finance.sees("/audit/group/remind"), "发提醒", desk="百和镇", subject="种", text="办")
    assert page.status == 422
    assert page.form("发提醒").fields["subject"] == ["种"]
    page = finance.submits(page, "发提醒", subject="发完要公示结果", text="发完以后请尽快公示。", number=posted.number)
    assert "已提醒，百和镇看得到" in page.text
    assert "发完要公示结果\n2026年11月22日\n等单位看" in page.text
    assert "提醒 〔2026〕1 号：发完要公示结果" in clerk.sees(f"/desk/notices/{posted.number}").text
    clerk.submits("/desk/directives/510521000000/1", "看过了")
    assert "看过了" in finance.sees("/audit/group").text


def test_words_about_somebody_in_a_reminder_are_looked_at_twice(finance):
    page = finance.submits("/audit/group/remind", "发提醒", desk=TOWN, subject="有一户要先办", text="他得了胃癌，先给他办。")
    assert "像是说到了某个人的" in page.text
    assert "已提醒" in finance.submits(page, "发提醒", looked="胃癌").text
