"""Amounts in capital numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.sheet.capitals import CapitalsError, amount, amounts_in

DIGITS = "零壹贰叁肆伍陆柒捌玖"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("壹拾贰万伍仟柒佰叁拾叁元整", "125733"),
        ("伍拾伍万贰仟伍佰柒拾捌元零柒分", "552578.07"),
        ("人民币 贰拾圆 伍角 整", "20.5"),
        ("壹仟零伍拾万叁仟元整", "10503000"),
        ("叁亿零伍拾元", "300000050"),
        ("拾元", "10"),
        ("壹佰萬元正", "1000000"),
        ("陆角伍分", "0.65"),
        ("负壹佰元整", "-100"),
        ("零元整", "0"),
        ("一百二十三元", "123"),
        ("贰仟零壹元零叁分", "2001.03"),
    ],
)
def test_an_amount_is_read_to_the_fen(written: str, value: str) -> None:
    assert amount(written) == Decimal(value)


@pytest.mark.parametrize(
    "written", ["", "元", "元整", "张三", "壹壹元", "佰元", "万元", "拾佰元", "壹万万元", "壹佰", "100元", "壹佰元壹佰元", "拾角"]
)
def test_a_slip_of_the_pen_is_refused(written: str) -> None:
    with pytest.raises(CapitalsError):
        amount(written)


@given(st.integers(0, 10**12 - 1))
def test_every_amount_that_is_written_out_is_read_back(fen: int) -> None:
    assert amount(capitals(fen)) == Decimal(fen) / 100


def test_amounts_inside_words_are_found_and_slips_left_out() -> None:
    assert amounts_in("合计(大写):壹万贰仟元整") == [12000]
    assert amounts_in("合计：贰佰佰元") == []
    assert amounts_in("每人发十元") == []


def capitals(fen: int) -> str:
    """An amount written out as cheques have it."""
    yuan, rest = divmod(fen, 100)
    parts = []
    for size, mark in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, yuan = divmod(yuan, size)
        if group:
            parts.append(("零" if parts and group < 1000 else "") + _below(group) + mark)
    tail = (DIGITS[rest // 10] + "角" if rest >= 10 else "") + (("零" if rest < 10 else "") + DIGITS[rest % 10] + "分" if rest % 10 else "")
    return ("".join(parts) or "零") + "元" + (tail or "整")


def _below(group: int) -> str:
    words, gap = "", False
    for step, mark in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, group = divmod(group, step)
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + mark
        gap = not digit
    return words
