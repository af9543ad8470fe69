"""The desk opens a village's appraisal, prints the ballots, and two people count them."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.store.posted import GAODONG

PAGE = f"/desk/appraisals/{GAODONG}"
COUNT = {"ballots": "9", "in_time-5": "4", "in_time-4": "5", "plain-3": "9"}


@pytest.fixture
def opened(clerk):
    return clerk.submits(PAGE, "开", opens="2026-11-22", closes="2026-12-01")


def test_a_clerk_finds_the_village_and_opens_this_years(clerk, opened):
    assert "开好了" in opened.text
    assert "正在评，2026年12月1日截止" in clerk.sees("/desk/appraisals").text
    assert "开今年的" not in clerk.sees(PAGE).text


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2026-11-21", "2026-12-01"), "不能早于今天"),
        (("2026-11-22", "2027-01-01"), "同一年"),
        (("2026-11-22", "后天"), "请写哪天开始"),
    ],
)
def test_days_that_cannot_be_are_refused_and_stay(clerk, days, told):
    page = clerk.submits(PAGE, "开", opens=days[0], closes=days[1])
    assert page.status == 422
    assert told in page.text
    assert days[1] in page.html


def test_the_ballots_hold_the_questions_and_no_name(clerk, opened):
    (page,) = PdfReader(BytesIO(clerk.sees(opened.link("打印纸票")).data)).pages
    text = "".join(page.extract_text().split())
    assert text.count("高洞社区2026年居务公开评议票") == 2
    assert text.count("该公开的，社区公开得及时吗？") == 2
    assert text.count("非常不满意") == 6


def test_two_people_count_and_only_what_agrees_counts(clerk, reviewer, person, opened):
    assert "还要另一个人单独数一遍" in clerk.submits(PAGE, "我数的是这些", **COUNT).text
    page = reviewer.submits(PAGE, "我数的是这些", **COUNT | {"plain-3": "8"})
    assert page.status == 409
    assert "两个人的都没有算" in page.text
    reviewer.submits(PAGE, "我数的是这些", **COUNT)
    assert "两个人数得一样，就按这个数" in clerk.submits(PAGE, "我数的是这些", **COUNT).text
    assert "我数的是这些" not in clerk.sees(PAGE).text
    assert person("zhaoyuan-clerk").sees(PAGE).status == 404


@pytest.mark.parametrize(
    ("change", "told"), [({"ballots": "九"}, "一共收到几张票"), ({"ballots": "3"}, "比收到的票还多"), ({"plain-3": "x"}, "写数字")]
)
def test_a_count_that_cannot_be_is_refused_and_stays(clerk, opened, change, told):
    page = clerk.submits(PAGE, "我数的是这些", **COUNT | change)
    assert page.status == 422
    assert told in page.text
    assert 'name="in_time-4" inputmode="numeric" size="5" value="5"' in page.html
