"""The unit of each figure: stated, asked about, or the kind's with a warning that is to be answered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean
from board.rules.sheet.figures import UNITS
from board.rules.sheet.table import Cell, Format, Table
from tests.sheets.corpus import AREAS, TODAY, TOWN

MONEY = [unit for unit, one in UNITS.items() if one.measure == "money"]


def checked(*rows: list[Cell], formats: tuple[Format, ...] = (), **more: Any) -> Checked:
    cleaned = clean(Table("表", list(rows), formats=formats), lambda what, number: number, TODAY)
    return check(cleaned, kinds.load()["relief-projects"], Places(AREAS, TOWN), area=TOWN, **more)


def head(amount: str = "资金金额") -> list[Cell]:
    return ["村", "项目名称", amount]


ROW: list[Cell] = ["东林村", "水渠", Decimal(200_000)]


def codes(found: Checked) -> list[str]:
    return [one.code for one in (*found.errors, *found.warnings) if one.code != "above_ceiling"]


@given(
    st.sampled_from(MONEY),
    st.sampled_from(["单位：{}", "单位：{} 2026年11月1日", "单位:公里、{}", "（单位：人民币{}）", "金额单位：{}（2026年度）"]),
)
def test_a_stated_unit_is_never_assumed(unit: str, line: str) -> None:
    found = checked([line.format(unit)], head(), ["东林村", "水渠", Decimal(100)])
    assert (found.totals["amount"], codes(found)) == (100 * UNITS[unit].factor, [])


@given(st.text(st.sampled_from("万亿元币$"), min_size=1, max_size=4))
def test_a_word_for_money_is_a_unit_or_a_question(word: str) -> None:
    found = checked([f"单位：{word}"], head(), ROW)
    if "units_assumed" in codes(found):
        assert not any(letter in word for letter in "元币万亿$")
    else:
        assert found.units["amount"] in MONEY


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        (["百和镇项目表　万元"], "资金金额"),
        (["百和镇项目表（以万元计）"], "资金金额"),
        (["百和镇项目表（单位 万元）"], "资金金额"),
        (["计量：万元"], "资金金额"),
        (["单位=万元"], "资金金额"),
        ([], "万元资金金额"),
    ],
)
def test_a_unit_that_stands_there_without_a_label_is_asked_about(lines: list[str], header: str) -> None:
    found = checked(*([line] for line in lines), head(header), ROW)
    assert codes(found) == ["unit_unread"]
    assert "写着“万元”，没有说清是不是它的单位" in found.errors[0].message.zh


@pytest.mark.parametrize("line", ["总投资50万元的项目", "万元户帮扶项目表", "投资五十万元以上项目", "2026年项目表"])
def test_an_amount_in_a_title_is_no_unit(line: str) -> None:
    assert codes(checked([line], head(), ROW)) == ["units_assumed"]


def test_the_answer_for_one_column_is_none_for_another() -> None:
    rows: list[list[Cell]] = [["村", "项目名称", "资金金额", "资金金额(元)"], ["东林村", "水渠", Decimal(1), Decimal(2)]]
    found = checked(*rows, answers={"ask:unit:amount:2": "万元"}, columns={2: "", 3: "amount"})
    assert found.totals["amount"] == 2


def test_a_column_without_any_unit_is_asked_about_as_a_warning() -> None:
    found = checked(head(), ROW)
    assert (found.ok, [one.choices[:3] for one in found.warnings]) == (True, [("元", "百元", "千元")])

    found = checked(head(), ROW, answers={"ask:unit:amount:2": "万元"})
    assert (found.totals["amount"], codes(found)) == (2_000_000_000, ["answered"])


@pytest.mark.parametrize(
    ("header", "power", "behind", "total"),
    [
        ("资金金额(万元)", -4, "", 200_000),
        ("资金金额(千元)", -3, "", 200_000),
        ("资金金额(元)", -4, "万", 200_000),
        ("资金金额", -4, "万元", 200_000),
        ("资金金额(元)", 0, "元", 200_000),
        ("资金金额", 0, "万元", 2_000_000_000),
    ],
)
def test_a_figure_that_its_format_shows_in_another_unit_is_read(header: str, power: int, behind: str, total: int) -> None:
    found = checked(head(header), ROW, formats=(Format(2, 2, 2, power, behind),))
    assert (found.ok, found.totals["amount"]) == (True, total)


@pytest.mark.parametrize(
    ("header", "power", "behind"), [("资金金额(元)", -3, ""), ("资金金额(万元)", -3, ""), ("资金金额(元)", -5, "千元")]
)
def test_a_format_that_does_not_fit_the_header_is_asked_about(header: str, power: int, behind: str) -> None:
    found = checked(head(header), ROW, formats=(Format(2, 2, 2, power, behind),))
    assert [one.code for one in found.errors] == ["unit_unread"]
    assert "存的是 200000" in found.errors[0].message.zh


def test_a_total_in_the_unit_column_is_compared_in_its_own_unit() -> None:
    rows: list[list[Cell]] = [
        ["东林村", "水渠", "元", Decimal(300_000)],
        ["西林村", "道路", "万元", Decimal(20)],
        ["合计", "", "万元", Decimal(50)],
    ]
    found = checked(["村", "项目名称", "单位", "资金金额"], *rows)
    assert (found.totals["amount"], codes(found)) == (500_000, [])
