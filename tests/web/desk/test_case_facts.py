"""Beside the answer: the row and its sum, the versions, what was asked before as far as one may read it, what was answered publicly."""

from __future__ import annotations

from board.store import cases, notices, people
from board.store.answers import QuestionAnswer
from tests.store.approved import tells_everybody
from tests.store.asked import COUNTY, does, files
from tests.store.corrected import TWO_AND_ONE, correct
from tests.store.posted import NEXT


def opens(who, case):
    return who.sees(f"/desk/cases/{case.home}/{case.id}")


def test_the_row_stands_there_with_how_its_sum_is_made(clerk, posted):
    page = opens(clerk, files(posted, "amount_wrong"))
    assert "李*" in page.text
    assert "这个数怎么来的\n补贴面积 2 亩 × 补贴标准 93.6 元/亩 = 补贴金额 187.20 元" in page.text.replace("补贴发放标准", "补贴标准")
    assert "第 1 版 · 2026年11月20日 · 他问的时候是这一版" in page.text


def test_each_version_says_what_it_changed_in_this_row(clerk, posted):
    case = files(posted, "amount_wrong", row=1)
    other = files(posted, "amount_wrong", row=4, key="b" * 32)
    correct(posted, TWO_AND_ONE)

    page = opens(clerk, case).text
    assert "更正的原因：两户的面积量错了" in page
    assert "补贴面积 4.95 → 5 亩" in page
    assert "这一行没有变" in opens(clerk, other).text


def test_a_row_that_is_gone_says_so(clerk, posted):
    case = files(posted, "amount_wrong", row=2)
    correct(posted, TWO_AND_ONE)
    page = opens(clerk, case).text
    assert "现在的名单上没有这一行" in page
    assert "去掉了" in page


def test_earlier_cases_of_the_row_are_there_as_far_as_one_may_read_them(person, posted):
    case = files(posted, "amount_wrong")
    before = files(posted, "unclear", key="b" * 32)
    does(before, "answer", people.named("baihe-clerk").id, "查过了。")
    files(posted, "missing", key="c" * 32, row=3)
    files(posted, "not_published", key="d" * 32, home=COUNTY)

    town = opens(person("baihe-clerk"), case)
    assert "这一行以前问过的\n看不懂，请讲明白" in town.text
    assert "名单上没有我家" not in town.text, "that is another row's"
    assert "该公开的没公开" not in town.text, "the township never learns of what only the county has"
    assert cases.one(before.home, before.id).id in town.link("看不懂，请讲明白")

    county_case = files(posted, "suggestion", key="e" * 32, home=COUNTY)
    county = opens(person("luxian-clerk"), county_case)
    assert "该公开的没公开" in county.text
    assert "我家的数不对" not in county.text, "the county's clerk reads what the county has"
    auditor = opens(person("luxian-auditor"), county_case)
    assert "我家的数不对" in auditor.text


def test_what_was_answered_publicly_about_the_place_is_there(clerk, posted):
    tells_everybody(posted, QuestionAnswer("荒地算不算？", "不算，按确权证算。"))
    tells_everybody(posted, QuestionAnswer("那边怎么少？", "那边按旧册子算。", NEXT))
    page = opens(clerk, files(posted, "amount_wrong")).text
    assert "荒地算不算？" in page
    assert "那边怎么少" not in page


def test_a_case_about_no_notice_has_no_facts(clerk, posted):
    case = files(None, "suggestion", row=None)
    assert "这件事的材料" not in opens(clerk, case).text
    assert notices.find(posted.number)
