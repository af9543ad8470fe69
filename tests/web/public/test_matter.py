"""前后几步: a villager sees what came before a notice, what came after it, and what is next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.store import areas, notices
from board.web.public import matter, posted_pages
from tests.store.test_series import PLAN, PRE, post


@pytest.fixture
def numbers(once):
    def posted() -> tuple[str, str]:
        first = post(PRE)
        return first.number, post(PLAN, first.number).number

    return once("two steps of a matter", posted)


def test_each_step_shows_the_others_and_what_is_not_published_yet(numbers, villager):
    first, second = numbers

    for number, place in ((first, ""), (second, "/510521116228")):
        page = villager.sees(f"/n/{number}{place}")
        assert "这件事的前后几步" in page.text
        assert "下一步：征地补偿费分配，还没有公布" in page.text
        assert "就是这一份" in page.text
    assert f'href="/n/{second}"' in villager.sees(f"/n/{first}").data.decode()
    assert f'href="/n/{first}"' in villager.sees(f"/n/{second}").data.decode()


def test_lists_lead_from_an_earlier_step_to_the_latest(numbers, villager):
    page = villager.sees(f"/a/{areas.get('510521000000').code}")

    assert page.text.count("后来：泸县百和镇连接线项目征地补偿安置公告") == 1
    assert "后来：" in villager.sees("/search?q=连接线").text
    assert "后来：" in villager.sees("/a/510521116228").text


def test_open_data_name_the_steps(numbers, villager):
    first, second = numbers
    document = villager.client.get(f"/n/{first}.json").get_json()

    assert [(one["number"], one["kind"], one["this"]) for one in document["series"]] == [(first, PRE, True), (second, PLAN, False)]


def test_a_kind_that_stands_alone_says_nothing_of_steps(villager, once):
    finance = once("accounts", lambda: post("village-finance").number)

    assert "前后几步" not in villager.sees(f"/n/{finance}").text


def test_a_reader_of_a_subsidy_is_told_that_its_payout_comes_next(villager, once):
    number = once("subsidy", lambda: post("cropland-subsidy").number)

    assert "下一步：耕地地力保护补贴发放结果，还没有公布" in villager.sees(f"/n/{number}").text


def test_a_notice_whose_step_is_planned_no_more_is_called_by_its_own_kind(numbers, app):
    page = posted_pages.page_of(notices.find(numbers[1]))
    other = replace(page.series[0], kind="village-finance", stage="")

    labels = [words.zh for _one, words in matter.of(replace(page, series=(other, *page.series[1:]))).steps]

    assert labels == ["村级财务收支", "征地补偿安置公告"]
