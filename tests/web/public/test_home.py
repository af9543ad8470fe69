"""The first page: the way down to a village, and from a typed number to its notice or wall."""

from __future__ import annotations

import pytest

from board.rules import numbers
from board.rules.numbers import spaced
from board.store import people, walls
from tests.store.posted import AT, GAODONG

TYPINGS = {
    "bare": lambda number: number,
    "spaced": numbers.spaced,
    "with blanks around": lambda number: f" {number} ",
    "full width": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in number),
}


@pytest.fixture
def user(app):
    return people.named("baihe-clerk").id


@pytest.fixture
def wall(posted, user):
    return walls.add(GAODONG, "村委会门口", user, AT)


def test_a_number_never_given_says_what_to_do(villager):
    page = villager.sees("/n/123456789")

    assert page.status == 404
    assert page.heading == "没有这个编号"
    assert page.form("查这份公示").names >= {"number"}


@pytest.mark.parametrize("typing", TYPINGS.values(), ids=TYPINGS)
def test_a_number_typed_from_the_sheet_is_found(villager, number, typing):
    page = villager.submits("/", "找", q=typing(number))

    assert page.path == f"/n/{number}"


@pytest.mark.parametrize("typed", ["1234", "abc", "9" * 40, "<b>"])
def test_a_mistyped_number_is_shown_back_with_advice(villager, typed):
    page = villager.submits("/n", "查这份公示", number=typed)

    assert page.status == 404
    assert "9 个数字" in page.text
    assert "<b>" not in page.html


def test_an_empty_number_is_asked_for_in_words(villager):
    assert "请先填编号" in villager.submits("/n", "查这份公示", number=" ").text


def test_a_receipt_in_the_box_for_numbers_is_sent_on_and_stays_in_no_address(villager):
    page = villager.submits("/n", "查这份公示", number="1234 5678 9012 3456")

    assert "这是查询号，请到“查进度”" in page.text
    assert "123456789" not in page.address + page.html.replace(" ", "")


def test_one_wrong_digit_finds_nothing(villager, number):
    for at in range(9):
        wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
        assert not numbers.valid(wrong)
        assert villager.sees(f"/n?number={wrong}").status == 404


def test_the_front_page_says_who_runs_it_and_that_nothing_is_needed(villager, app, monkeypatch):
    assert "\n不收钱，不用装软件，不用登录。" in villager.sees("/").text
    monkeypatch.setitem(app.config, "ORGANISER", "泸县人民政府办公室")
    assert "泸县人民政府办公室办的，不收钱，不用装软件，不用登录。" in villager.sees("/?find=1").text


def test_a_number_of_several_villages_asks_which(villager, number):
    leads = villager.client.get("/search", query_string={"q": number}).headers["Location"]

    assert leads == f"/n/{number}#places"
    assert '<h2 id="places">您是哪个村的？点村名看明细' in villager.sees(leads).html


def test_the_front_page_leads_down_to_the_village(villager, posted):
    page = villager.follows(villager.sees("/"), "泸县")
    page = villager.follows(page, "百和镇")

    assert posted.version.title in villager.follows(page, "高洞社区").text


@pytest.mark.parametrize("typed", ["{0}", "{1}", " {1} "])
def test_a_wall_number_typed_where_notices_are_looked_up_leads_to_the_wall(villager, wall, typed):
    page = villager.sees("/n?number=" + typed.format(wall.number, spaced(wall.number)))
    assert (page.path, page.heading) == (f"/w/{wall.number}", "高洞社区公示墙")
