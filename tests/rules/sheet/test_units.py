"""What the lines around a table say of its units, and what of it cannot be read."""

from __future__ import annotations

import pytest

from board.rules.sheet.units import NOTHING, Stated, is_money, stated, titled


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("单位：万元", ["万元"]),
        ("填报单位：百和镇   金额单位：元", ["元"]),
        ("单 位：亩、元/亩、元", ["亩", "元/亩", "元"]),
        ("单位：亩/元", ["亩", "元"]),
        ("（计量单位：公顷，万元）", ["公顷", "万元"]),
        ("单位（盖章）：百和镇", []),
        ("填报单位：财政所", []),
        ("责任单位：元坝镇", []),
        ("单位：万元、km、台", ["万元", "台"]),
        ("单位：户、处、万元", ["户", "万元"]),
        ("单位：人民币万元", ["万元"]),
        ("金额单位：元（人民币）", ["元"]),
        ("币种：人民币 单位：萬元", ["万元"]),
        ("单位：万 元", ["万元"]),
        ("单位：亩  元", ["亩", "元"]),
        ("单位：万元 2026年11月1日", ["万元"]),
        ("2026年11月1日   单位：元", ["元"]),
        ("单位：千元（2026年度）", ["千元"]),
        ("单位：元，2026.11.20", ["元"]),
        ("单位：元 填表日期：2026年11月", ["元"]),
        ("单位：元 制表人：张三", ["元"]),
        ("资金安排表单位：万元", ["万元"]),
        ("单位（万元）", ["万元"]),
        ("以万元为单位", ["万元"]),
        ("说明：金额单位为万元", ["万元"]),
        ("金额：万元", ["万元"]),
        ("单位：万福村", []),
        ("单位：百和镇", []),
        ("单位：平方公里", []),
        ("监督电话：0830-8190000", []),
    ],
)
def test_a_line_states_its_units_wherever_they_stand_in_it(cell: str, units: list[str]) -> None:
    assert stated(cell) == Stated(tuple(units))


@pytest.mark.parametrize(("cell", "word"), [("单位：美元", "美元"), ("单位：万", "万"), ("单位：K元", "K元"), ("单位：km、万", "万")])
def test_a_unit_of_money_that_is_not_known_is_handed_back(cell: str, word: str) -> None:
    assert stated(cell).unread == word


@pytest.mark.parametrize(
    ("cell", "units"), [("资金安排汇总表（万元）", ("万元",)), ("（元）", ("元",)), ("万元", ("万元",)), ("花名册（一季度）", ())]
)
def test_a_title_may_end_with_a_unit(cell: str, units: tuple[str, ...]) -> None:
    assert titled(cell) == (Stated(units) if units else NOTHING)


def test_an_office_and_a_building_are_no_money() -> None:
    assert [word for word in ("万元", "万", "百和镇", "3单元", "元坝镇财政所", "公里", "") if is_money(word)] == ["万元", "万"]
