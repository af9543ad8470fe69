"""Figures as they are said: by table, and said figures that lead back to the number."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.rendering import spoken_chinese
from board.rules.sheet.capitals import amount

FIGURES = "零一二三四五六七八九"


def heard(said: str) -> Decimal:
    """Return the number that a listener writes down: the inverse of ``spoken.number``."""
    if said.startswith("负"):
        return -heard(said[1:])
    before, _point, after = said.replace("两", "二").partition("点")
    return Decimal(f"{_whole(before)}.{''.join(str(FIGURES.index(one)) for one in after) or '0'}")


def _whole(said: str) -> int:
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        above, found, rest = said.rpartition(mark)
        if found:
            return _whole(above) * size + _whole(rest)
    value, digit = 0, 0
    for one in said:
        if one in "十百千":
            value += (digit if digit or one != "十" or value else 1) * 10 ** (1 + "十百千".index(one))
            digit = 0
        else:
            digit = FIGURES.index(one)
    return value + digit


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "零"), (2, "二"), (10, "十"), (12, "十二"), (20, "二十"), (100, "一百"), (102, "一百零二"), (110, "一百一十"), (200, "二百"),
        (1002, "一千零二"), (1020, "一千零二十"), (1194, "一千一百九十四"), (2000, "两千"), (2222, "两千二百二十二"), (10050, "一万零五十"),
        (12000, "一万二千"), (20000, "两万"), (48210, "四万八千二百一十"), (100300, "十万零三百"), (103000, "十万三千"),
        (100010, "十万零一十"),
        (200000, "二十万"), (20000000, "两千万"), (100120000, "一亿零一十二万"), (200000000, "两亿"), (10**12, "一万亿"), (-12, "负十二"),
    ],
)  # fmt: skip
def test_whole_numbers_are_said_as_people_say_them(value, said):
    assert spoken_chinese.whole(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("48210.50", "四万八千二百一十元五角"), ("552578.07", "五十五万二千五百七十八元零七分"), ("100.05", "一百元零五分"),
        ("100", "一百元"),
        ("0", "零元"), ("0.05", "五分"), ("0.50", "五角"), ("0.20", "两角"), ("2", "两元"), ("2.22", "两元二角二分"), ("5.20", "五元二角"),
        ("10050.00", "一万零五十元"), ("93.6", "九十三元六角"), ("13.06125", "十三点零六一二五元"), ("-1234.5", "负一千二百三十四元五角"),
    ],
)  # fmt: skip
def test_money_is_said_in_yuan_jiao_and_fen(value, said):
    assert spoken_chinese.money(Decimal(value)) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("4.43", "四点四三"),
        ("5903.61", "五千九百零三点六一"),
        ("93.60", "九十三点六"),
        ("2000.5", "两千点五"),
        ("0.05", "零点零五"),
        ("-0", "零"),
    ],
)
def test_areas_and_rates_are_said_with_their_decimals(value, said):
    assert spoken_chinese.number(Decimal(value)) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0830-8190000", "零八三零，八幺九，零零零零"), ("0830 8191234、8195678", "零八三零，八幺九，幺二三四"), ("12345", "幺二三四五"),
        ("010-87654321", "零幺零，八七六五，四三二幺"), ("4008123456", "四零零，八幺二，三四五六"),
        ("13800138000", "幺三八，零零幺三，八零零零"),
    ],
)  # fmt: skip
def test_a_phone_is_said_digit_by_digit_with_yao_for_one(written, said):
    assert spoken_chinese.phone(written) == said


def test_a_notices_number_is_said_in_threes():
    assert spoken_chinese.digits("123456789") == "幺二三，四五六，七八九"


def test_a_day_is_said_with_its_year_digit_by_digit():
    assert spoken_chinese.day(date(2026, 11, 22)) == "二零二六年十一月二十二日"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "高洞社区：耕地补贴 90 户，共 48,210.50 元，每亩 93.6 元。",
            "高洞社区：耕地补贴九十户，共四万八千二百一十元五角，每亩九十三元六角。",
        ),
        ("泸县百和镇2026年耕地地力保护补贴发放公示", "泸县百和镇二零二六年耕地地力保护补贴发放公示"),
        ("93.6 元/亩", "每亩九十三元六角"),
        ("川农发〔2026〕12号", "川农发二零二六年十二号"),
        ("2026年11月2日", "二零二六年十一月二日"),
        ("2026-11-22", "二零二六年十一月二十二日"),
        ("2026.1.2", "二零二六年一月二日"),
        ("8月25日-31日", "八月二十五日到三十一日"),
        ("8:30-17:05", "八点三十分到十七点零五分"),
        ("774 平方米（合 1.161 亩）", "七百七十四平方米，合一点一六一亩"),
        ("2户、2人、2个项目，在2组，第2版", "两户、两人、两个项目，在二组，第二版"),
        ("12.5万元，2万亩", "十二点五万元，两万亩"),
        ("200～300元", "二百到三百元"),
        ("余额 -1,234.50 元", "余额负一千二百三十四元五角"),
        ("85.5%", "百分之八十五点五"),
        ("请打12345，打 120 元", "请打幺二三四五，打一百二十元"),
        ("电话0830-8190000转802", "电话零八三零，八幺九，零零零零转八零二"),
        ("4.43 亩 × 93.6 元/亩 = 414.65 元", "四点四三亩乘每亩九十三元六角等于四百一十四元六角五分"),
        ("《办法》（演示）", "办法，演示"),
        ("二〇二六年", "二零二六年"),
        ("100㎡\n第二行", "一百平方米。第二行"),
    ],
)
def test_a_text_is_read_out_without_a_sign_in_it(written, said):
    assert spoken_chinese.aloud(written) == said


WHOLES = st.integers(min_value=-(10**15), max_value=10**15)


@given(WHOLES)
def test_what_is_said_leads_back_to_the_whole_number(value):
    assert heard(spoken_chinese.whole(value)) == value


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_what_is_said_leads_back_to_the_decimal(value):
    assert heard(spoken_chinese.number(value)) == value


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_what_is_said_of_money_leads_back_to_the_fen(fen):
    said = spoken_chinese.money(Decimal(fen).scaleb(-2))

    assert amount(said) == Decimal(fen).scaleb(-2)  # read by the very rule that reads capital numerals in sheets


@given(st.text() | st.text("0123456789.,-:/%元亩户年月日号〔〕（）() 打第两2"))
def test_nothing_is_left_that_a_machine_would_spell(text):
    said = spoken_chinese.aloud(text)

    assert all(char in "，。；：？！、 " or unicodedata.category(char)[0] == "L" for char in said)
    assert spoken_chinese.aloud(said) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2.3", "两亩三分"), ("0.5", "五分地"), ("4.43", "四亩四分三厘"), ("2.05", "两亩零五厘"), ("12.2", "十二亩二分"),
        ("0.03", "三厘地"), ("2", "两亩"), ("0", "零亩"), ("0.2", "两分地"), ("1.234", "一点二三四亩"),
        ("10050", "一万零五十亩"), ("-2.3", "负二点三亩"),
    ],
)  # fmt: skip
def test_land_is_said_in_mu_fen_and_li(value, said):
    assert spoken_chinese.land(Decimal(value)) == said
