"""A payout row that contradicts itself is asked about."""

from __future__ import annotations

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
        ("0", "", "失败", True),
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
