"""The layout of a sheet: header, units, columns, and tables side by side."""

from __future__ import annotations

from board import kinds
from board.rules.sheet.layout import Layout, layout
from board.rules.sheet.table import Cell, Table

CROPLAND = kinds.load()["cropland-subsidy"]
HEAD: list[Cell] = ["村", "户主姓名", "面积(亩)", "金额(元)"]
ROW: list[Cell] = ["东林村", "甲", "2", "100"]


def found(*rows: list[Cell], private: dict[int, str] | None = None, chosen: dict[int, str] | None = None) -> Layout:
    return layout(Table("表", list(rows)), CROPLAND, private or {}, chosen or {}, {})


def test_the_header_and_its_columns_are_found_below_title_and_unit_line() -> None:
    one = found(["2026年补贴汇总表"], ["单位:万元"], ["村", "户主姓名", "面积(亩)", "金额"], ROW)
    assert (one.first, one.last) == (3, 3)
    assert one.columns == {"village": 0, "name": 1, "area": 2, "amount": 3}
    assert (one.units, one.unit_lines) == ({"money": ["万元"]}, {2})


def test_without_a_header_nothing_is_found() -> None:
    assert found(["一份说明"], ["没有表"]) == Layout()


def test_a_header_of_two_lines_is_taken_whole() -> None:
    one = found(["村", "户主姓名", "补贴", ""], ["", "", "面积(亩)", "金额(元)"], ROW)
    assert (one.first, one.last) == (1, 2)
    assert one.columns == {"village": 0, "name": 1, "area": 2, "amount": 3}


def test_a_table_beside_another_has_its_own_columns() -> None:
    one = found([*HEAD, *HEAD], [*ROW, *ROW])
    assert one.blocks() == [{"village": 0, "name": 1, "area": 2, "amount": 3}, {"village": 4, "name": 5, "area": 6, "amount": 7}]
    assert one.starts() == [0, 4]
    assert one.shown(7) == "金额(元)（第 2 栏）"
    assert list(one.part(1, [*ROW, *ROW])) == ["", "", "", "", *ROW]


def test_a_line_of_column_numbers_and_a_header_that_comes_again_are_set_aside() -> None:
    assert found(HEAD, ["1", "2", "3", "4"], ROW, HEAD, ROW).number_lines == {2, 4}


def test_a_private_column_is_never_taken_and_a_choice_is() -> None:
    assert "name" not in found(HEAD, ROW, private={1: "health"}).columns
    assert found(HEAD, ROW, chosen={2: ""}).columns == {"village": 0, "name": 1, "amount": 3}
