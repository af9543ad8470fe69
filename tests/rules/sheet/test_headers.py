"""The header of each column, and which column is which field."""

from __future__ import annotations

import pytest

from board import kinds
from board.rules.sheet.headers import assigned, head, heads, rivals
from board.rules.sheet.table import Range, Table, span

CROPLAND = kinds.load()["cropland-subsidy"]


def shown(*rows: list[str], merged: tuple[Range, ...] = ()) -> list[str]:
    return [one.shown for one in heads(Table("表", list(rows), merged), 0, len(rows) - 1, span(merged)).values()]


def test_a_merged_parent_names_each_column_below_it():
    assert shown(["村", "补贴", ""], ["", "面积", "金额"], merged=((0, 1, 0, 2),)) == ["村", "补贴 面积", "补贴 金额"]


def test_without_merged_cells_the_nearest_word_on_the_left_is_the_parent():
    assert shown(["村", "补贴", "", "备注"], ["", "面积", "金额", ""]) == ["村", "补贴 面积", "补贴 金额", "备注"]


def test_a_word_merged_over_two_lines_is_there_once():
    assert shown(["村", "金额"], ["", "元"], merged=((0, 0, 1, 0),)) == ["村", "金额 元"]


@pytest.mark.parametrize(
    ("words", "forms", "unit"),
    [
        (["补贴面积(亩)"], ("补贴面积",), "亩"),
        (["金额:万元"], ("金额",), "万元"),
        (["补偿费用", "合计(元)"], ("补偿费用合计", "补偿费用", "合计"), "元"),
        (["2026年度补贴金额"], ("2026年度补贴金额", "补贴金额"), ""),
        (["农户姓名(户主)"], ("农户姓名(户主)", "农户姓名"), ""),
        (["面积(平方公里)"], ("面积(平方公里)",), ""),
    ],
)
def test_a_header_has_forms_to_compare_and_its_unit(words, forms, unit):
    one = head(0, words)
    assert (one.forms[: len(forms)], one.unit) == (forms, unit)


def columns(*words: str) -> dict[str, int]:
    return assigned(CROPLAND, {index: head(index, [word]) for index, word in enumerate(words)}, {}, {})


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["村", "户主姓名", "补贴面积(亩)", "补贴金额(元)"], {"village": 0, "name": 1, "area": 2, "amount": 3}),
        (["补贴金额(元)", "实发金额"], {"amount": 0}),
        (["中央补助资金", "省级补助资金"], {}),
        (["上年面积", "面积(元)"], {}),
    ],
)
def test_a_column_is_the_field_that_it_is_most_like(words, found):
    assert columns(*words) == found


def test_a_choice_goes_before_likeness_and_a_private_column_is_never_taken():
    named = {index: head(index, [word]) for index, word in enumerate(["补贴金额", "实发金额"])}
    assert assigned(CROPLAND, named, {}, {1: "amount"}) == {"amount": 1}
    assert assigned(CROPLAND, named, {0: "bank_card"}, {}).get("amount") != 0


def test_a_second_column_that_fits_as_well_is_a_rival_until_it_is_chosen():
    named = {index: head(index, [word]) for index, word in enumerate(["应发金额", "实发金额"])}
    assert list(rivals(CROPLAND, named, {"amount": 0}, set())) == [("amount", [1])]
    assert list(rivals(CROPLAND, named, {"amount": 0}, {1})) == []
