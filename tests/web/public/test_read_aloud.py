"""A notice in words to be read out: by address, in both languages, and gone with words once it is taken down."""

from __future__ import annotations

import pytest

from tests.store.posted import GAODONG

NAMES = ("张小三", "张*三", "李四", "王五", "赵六", "钱七", "张老师")


@pytest.mark.parametrize("address", ["/n/{}.txt", "/N/{}.txt", "/n/{}/510521116004.txt", "/N/{}/510521116004.txt"])
def test_whoever_speaks_into_the_loudspeaker_gets_a_script_without_names(villager, number, address):
    page = villager.sees(address.format(number))

    assert (page.status, page.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert page.text.endswith("谢谢大家。\n")
    assert not [name for name in NAMES if name in page.text]


def test_a_villages_script_has_that_villages_figures(villager, number):
    assert "一千五百零二元二角八分" in villager.sees(f"/n/{number}.txt").text
    assert "高洞社区：耕地补贴四户，共一千零三十四元二角八分" in villager.sees(f"/n/{number}/{GAODONG}.txt").text


def test_the_script_is_a_page_with_the_same_words_and_a_file_to_take_along(villager, number):
    page = villager.follows(villager.sees(f"/n/{number}/{GAODONG}"), "念给老人听的稿子")

    assert page.heading == "念给老人听的稿子"
    for line in villager.sees(f"/n/{number}/{GAODONG}.txt").text.splitlines():
        assert line in page.text
    assert page.link("下载文字（广播、喇叭用）") == f"/n/{number}/{GAODONG}.txt"
    assert not [name for name in NAMES if name in page.text]


def test_the_english_page_has_an_english_script(villager, number):
    assert "one thousand five hundred and two yuan and twenty-eight fen" in villager.sees(f"/n/{number}.txt?lang=en").text


def test_a_script_says_the_day_it_is_read_on(villager, number, at):
    at("2026-12-01")

    assert "公示时间到二零二六年十一月二十七日，已经过了。" in villager.sees(f"/n/{number}.txt").text


def test_a_script_that_a_phone_has_is_fetched_no_second_time(villager, number):
    tag = villager.sees(f"/n/{number}.txt").headers["ETag"]

    assert villager.client.get(f"/n/{number}.txt", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("address", ["/n/{}.txt", "/n/{}/510521116004.txt"])
def test_what_was_taken_down_is_gone_and_says_why(villager, reviewer, number, address):
    reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="第 2 号的面积写错了，重新核对", leak="0", sure=True)
    page = villager.sees(address.format(number))

    assert page.status == 410
    assert "这份公示已经撤下了。撤下的原因是：第二号的面积写错了，重新核对。" in page.text
    assert "一千" not in page.text


@pytest.mark.parametrize(
    ("address", "words"), [("/n/999999999.txt", "没有这个编号的公示。"), ("/n/{}/510521116999.txt", "这份公示里没有这个地方。")]
)
def test_a_number_or_a_place_that_is_not_there_says_so(villager, number, address, words):
    page = villager.sees(address.format(number))

    assert page.status == 404
    assert page.text.startswith(words)
