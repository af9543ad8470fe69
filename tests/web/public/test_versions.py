"""Is the sheet in somebody's hands still right, and if not, which rows changed and why; never more than the page shows."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from board.rules.digest import short
from board.store import notices
from tests.store.corrected import TWO_AND_ONE, all_of, correct, figure, with_one, without
from tests.store.posted import AT, GAODONG, NEXT


@pytest.mark.parametrize(
    ("version", "said"), [("1", "您这张是最新的。 第 1 版"), ("0", "没有第 0 版"), ("7", "没有第 7 版"), ("9999", "没有第 9999 版")]
)
def test_a_sheet_says_whether_it_is_still_right(villager, number, version, said):
    assert said in villager.sees(f"/n/{number}/{GAODONG}/{version}").text


def test_the_present_sheet_is_the_newest(villager, number):
    assert "是最新的" in villager.sees(f"/n/{number}/{GAODONG}/1").text
    assert "您手里" not in villager.sees(f"/n/{number}/{GAODONG}").text


def test_the_notice_lists_its_versions_with_day_and_reason(villager, number, at):
    at("2026-11-24")
    correct(notices.find(number), TWO_AND_ONE, "两户量错", at=AT)
    correct(notices.find(number), figure("钱七", "6", "561.6"), "一户量错", at=AT)
    page = villager.sees(f"/n/{number}")

    for words in ("更正过 2 次，现在是第 3 版", "第 3 版 · 2026年11月20日 · 更正的原因：一户量错", "有变化的地方：高洞社区、"):
        assert words in page.text
    english = villager.sees(f"/n/{number}?lang=en").text
    assert "Version 2" in english or "version 2" in english


def test_of_many_changes_the_first_twenty_are_told(villager, number, at):
    at("2026-11-24")
    more = [
        with_one(village="高洞社区", group="2组", name=f"孙{one}", area="1", amount="93.6")
        for one in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅"
    ]
    correct(notices.find(number), all_of(*more), "漏了二组", at=AT)
    page = villager.sees(f"/n/{number}/{GAODONG}/1")

    assert "等，共 23 行" in page.text
    assert "还有 3 行有变化，请看下面的明细。" in page.text


def test_the_name_of_one_who_was_taken_out_is_not_repeated(villager, number, at):
    at("2026-11-24")
    correct(notices.find(number), without("李四"), at=AT)
    page = villager.sees(f"/n/{number}/{GAODONG}/1")

    assert "2 号：去掉了" in page.text
    assert "李" not in page.text


def test_rows_are_told_one_by_one_only_while_they_are_shown(villager, number, at):
    at("2026-11-24")
    correct(notices.find(number), TWO_AND_ONE, at=AT)
    at("2028-06-01")
    page = villager.sees(f"/n/{number}/{GAODONG}/1")

    assert "改了 1 号、3 号，去掉了 2 号" in page.text
    assert "463.32" not in page.text
    assert "张*三" not in page.text


def test_another_phone_number_is_told_as_what_it_is(villager, number, at):
    at("2026-11-24")
    correct(notices.find(number), lambda rows: rows, "电话登错了", at=AT, objection_phone="0830-8199999")

    assert "名单和数没有变，公示单上别的内容改了" in villager.sees(f"/n/{number}/{NEXT}/1").text


def test_a_fresh_sheet_of_a_village_without_a_change_is_the_newest_and_has_the_same_foot_as_its_page(villager, clerk, number, at):
    at("2026-11-24")
    first = notices.find(number).version.digest
    correct(notices.find(number), TWO_AND_ONE, at=AT)
    second = notices.find(number).version.digest
    pdf = villager.sees(f"/n/{number}/{NEXT}/sheet.pdf").data
    paper = "".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    (printed,) = re.findall(r"第(\d)版", paper)
    page = villager.sees(f"/n/{number}/{NEXT}/{printed}")

    assert printed == "1"
    assert "您这张是最新的。 第 1 版" in page.text
    assert "您手里是" not in page.text
    assert "防改码" + short(first).replace(" ", "") in paper
    assert f"防改码 {short(first)}" in page.text
    assert short(second) not in page.text
    assert [short(second) in villager.sees(path).text for path in (f"/n/{number}", f"/n/{number}/{GAODONG}/2")] == [True, True]
    assert (villager.sees(f"/n/{number}/{NEXT}.json").json["version"], villager.sees(f"/n/{number}.json").json["version"]) == (1, 2)
