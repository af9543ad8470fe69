"""The type of a line: row, total, subtotal, words around the table, or filler."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from board import kinds
from board.rules.sheet.line_types import KeyColumns, key_columns, sort_of
from board.rules.sheet.table import Cell


@pytest.mark.parametrize(
    ("row", "sort"),
    [
        (["东林村", "甲", Decimal(2), "100"], "row"),
        (["", "甲", "", "100"], "row"),
        (["东林村", "甲", "", ""], "row"),
        (["东林村", "", "", ""], "row"),
        (["合计", "", "5", "250"], "total"),
        (["", "总  计", "5", "250"], "total"),
        (["全镇合计", "1194户", "", "250"], "total"),
        (["合计（大写）：壹万元整", "", "", ""], "total"),
        (["东林村小计", "", "2", "100"], "subtotal"),
        (["本页合计", "", "2", "100"], "subtotal"),
        (["过次页", "", "2", "100"], "note"),
        (["制表人：王五", "", "", "2026-07-02"], "note"),
        (["监督电话:0830-8190000", "", "", ""], "note"),
        (["备注", "", "", ""], "note"),
        (["", "", "", date(2026, 7, 2)], "note"),
        (["", "", "以上情况属实", ""], "note"),
        (["12", "", "", ""], "filler"),
        (["", "", "", ""], "filler"),
    ],
)
def test_a_line_has_one_type(row: list[Cell], sort: str) -> None:
    assert sort_of(row, KeyColumns([0, 1], [2, 3], [0, 1])) == sort


def test_the_columns_are_sorted_by_the_types_of_the_kind() -> None:
    columns = {"village": 1, "group": 2, "name": 3, "area": 4, "rate": 5, "amount": 6, "note": 7}
    assert key_columns(kinds.load()["cropland-subsidy"], columns) == ([1, 2, 3, 7], [4, 6], [1, 3], [3, 7])


def test_a_remark_that_says_subtotal_takes_no_household_out() -> None:
    columns = KeyColumns([0, 1, 3], [2], [0, 1], [1, 3])
    assert sort_of(["高洞社区", "张三", Decimal(3), "小计"], columns) == "row"
    assert sort_of(["高洞社区", "", Decimal(3), "小计"], columns) == "subtotal"
    assert sort_of(["小计", "", Decimal(3), ""], columns) == "subtotal"
