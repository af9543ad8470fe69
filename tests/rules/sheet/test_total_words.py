"""What a total is called: by everyday words with anything around them, and never a person or an entry."""

from __future__ import annotations

import pytest

from board.rules.sheet.total_words import ends_with_total, named


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
    ],
)
def test_a_total_is_known_by_its_word(label: str) -> None:
    assert named(label, measured=True) == "total"


@pytest.mark.parametrize("label", ["小计", "一组小计:", "东林村小计(3户)", "Subtotal"])
def test_a_subtotal_is_known_by_its_word(label: str) -> None:
    assert named(label, measured=True) == "subtotal"


@pytest.mark.parametrize("label", ["总计生", "何计", "张总", "以下三户合计见附件。请核对", "计算机", "全村", "共青团支部"])
def test_a_person_and_a_sentence_are_no_total(label: str) -> None:
    assert named(label, measured=True) == ""


def test_what_stands_above_is_a_total_only_beside_figures() -> None:
    assert (named("以上3户", measured=True), named("以上3户", measured=False)) == ("total", "")


def test_an_entry_may_end_like_a_total() -> None:
    assert [word for word in ("3月工资合计", "合计3月工资", "付水电费") if ends_with_total(word)] == ["3月工资合计"]
