"""What a total is called: by everyday words with anything around them, and never a person or an entry."""

from __future__ import annotations

import pytest

from board.rules.sheet.total_words import ends_with_total, like_a_total, named, plain


@pytest.mark.parametrize(
    "label",
    [
        "合计",
        "金额合计",
        "金额合计(大写)",
        "合计(大写):贰佰元整",
        "全村合计:",
        "补贴总额",
        "总金额",
        "人数总数",
        "共计3户",
        "以上共计",
        "大写金额",
        "计",
        "∑",
        "Total",
        "合計",
        "總計：",
        "ＴＯＴＡＬ",
        "合.计",
        "合–计",
        "合计!",
        "【合计】",
        "合计①",
        "合记",
    ],
)
def test_a_total_is_known_by_its_word(label: str) -> None:
    assert named(plain(label), measured=True) == "total"


@pytest.mark.parametrize("label", ["小计", "小計", "一组小计:", "东林村小计(3户)", "Subtotal", "Sub-total", "一组小记"])
def test_a_subtotal_is_known_by_its_word(label: str) -> None:
    assert named(plain(label), measured=True) == "subtotal"


@pytest.mark.parametrize("label", ["总计生", "何计", "张总", "以下三户合计见附件。请核对", "计算机", "全村", "共青团支部"])
def test_a_person_and_a_sentence_are_no_total(label: str) -> None:
    assert named(label, measured=True) == ""


def test_what_stands_above_is_a_total_only_beside_figures() -> None:
    assert (named("以上3户", measured=True), named("以上3户", measured=False)) == ("total", "")


def test_an_entry_may_end_like_a_total() -> None:
    assert [word for word in ("3月工资合计", "合计3月工资", "付水电费") if ends_with_total(word)] == ["3月工资合计"]


ASKED = """
本页计 本组计 高洞计 累计发放 总人数 全村总 应发总 一共 共三户 共叁户 计3户 3户 三户合 叁佰元整 人民币叁佰元整 统计 总体 总体情况 金额总
全部 全额 Total_amount TTL: 本村共 全村合 本表合并 Σ合
"""
PERSONS = "计小红 何计 张总 共和 全智贤 李百合 王三户外 何户生 张合 陈元整 万元 吉克阿依 司马光"


@pytest.mark.parametrize("name", ASKED.split())
def test_in_the_place_of_a_name_it_is_asked_about(name: str) -> None:
    assert like_a_total(name)


@pytest.mark.parametrize("name", PERSONS.split())
def test_a_person_is_not_asked_about(name: str) -> None:
    assert not like_a_total(name)
