"""A payout row that contradicts itself is asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.sheet.test_check import checked

HEAD = ["村", "组", "户主姓名", "应发金额(元)", "发到账金额(元)", "退回金额(元)", "发放情况"]


@pytest.mark.parametrize(
    ("paid", "returned", "outcome", "asked"),
    [
        ("88.92", "0", "退回", True),
        ("88.92", "", "退回", True),
        ("0", "88.92", "已发放", True),
        ("88.92", "", "退回（户主死亡）", True),
        ("0", "", "失败", False),  # what came back is filled in, with a question of its own
        ("88.92", "0", "已发放", False),
        ("0", "88.92", "退回", False),
        ("88.92", "0", "已补发", False),
    ],
)
def test_a_word_that_its_figure_contradicts_is_asked_about(paid: str, returned: str, outcome: str, asked: bool) -> None:
    found = checked(HEAD, ["东林村", "1组", "甲", "88.92", paid, returned, outcome], of="cropland-payout")
    told = [one for one in found.warnings if one.code == "outcome_differs"]
    assert len(told) == asked
    for one in told:
        assert one.message.zh.startswith(f"第 2 行“发放情况”写的是“{outcome}”，可是退回的金额是 ")


WITHOUT = [*HEAD[:5], HEAD[6]]


@pytest.mark.parametrize(
    ("paid", "outcome", "returned"),
    [
        ("0", "退回", "88.92"),
        ("", "失败（户名不符）", "88.92"),
        ("50", "部分退回", "38.92"),
        ("88.92", "已发放", None),
        ("0", "已补发", None),
        ("0", "", None),
        ("0", "补发失败", "88.92"),
        ("40", "现金发放", None),
        ("0", "待发", None),
    ],
)
def test_what_came_back_is_filled_in_where_the_sheet_says_it_in_words_only(paid: str, outcome: str, returned: str | None) -> None:
    found = checked(WITHOUT, ["东林村", "1组", "甲", "88.92", paid, outcome], of="cropland-payout")
    (row,) = found.rows
    told = [one.message.zh for one in found.warnings if one.code == "returned_filled"]

    assert row.figure("returned") == (Decimal(returned) if returned else None)
    assert found.totals.get("returned") == row.figure("returned")
    assert len(told) == (returned is not None)
    assert not [one for one in found.warnings if one.code == "sum_differs"] or returned is None
    if told:
        assert told == [
            f"第 2 行“发放情况”写的是“{outcome}”，没有写退回多少，就按“应发金额”减“发到账金额”算退回的钱。"
            "请核对；不对的话请在表里加一列“退回金额”。"
        ]
