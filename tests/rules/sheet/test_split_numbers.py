"""Numbers that are split over cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from board.rules.sheet.split_numbers import Split, groups, splits
from board.rules.sheet.table import Cell, Table
from tests.numbers import CARD, ID, ID_X, MOBILE


def test_columns_below_one_merged_cell_and_those_without_a_header_belong_together() -> None:
    rows: list[list[Cell]] = [["标题", "", "", "", ""], ["姓名", "证件", "", "备注", ""], ["甲", "1", "2", "3", "4"]]
    table = Table("t", rows, [(0, 0, 0, 4), (1, 1, 1, 2)])
    assert groups(table, 1, 1, {0: "姓名", 1: "证件", 2: "证件 号", 3: "备注"}) == [range(1, 3), range(3, 5)]
    assert groups(table, -1, -1, {}) == []


def test_a_digit_a_box_is_joined_and_other_boxes_beside_it_do_not_hide_it() -> None:
    row: list[Cell] = ["甲", *ID_X, Decimal(3), "备注"]
    assert list(splits(row, [], {})) == [Split("id_number", ID_X, list(range(1, 19)), True)]


def test_a_blank_column_between_the_boxes_hides_no_number() -> None:
    row: list[Cell] = ["甲", *(cell for digit in ID_X for cell in (digit, "")), "备注"]
    assert [(one.number, len(one.columns)) for one in splits(row, [], {})] == [(ID_X, 18)]


def test_columns_whose_headers_count_belong_together() -> None:
    rows: list[list[Cell]] = [["姓名", "卡1", "卡2", "卡3", "2025", "2026", "备注"], ["甲", "6217", "0038", "10", "1", "2", ""]]
    table = Table("t", rows)
    assert groups(table, 0, 0, dict(enumerate(map(str, rows[0])))) == [range(1, 4)]


def test_boxes_of_a_phone_are_certain_below_its_label_only() -> None:
    row: list[Cell] = ["甲", *map(Decimal, MOBILE)]
    (asked,) = splits(row, [], {})
    (certain,) = splits(row, [], {1: "联系电话"})
    assert (asked.what, asked.is_certain, certain.is_certain) == ("phone", False, True)


def test_an_id_in_neighbouring_cells_is_certain_with_its_check_digit() -> None:
    group = [range(1, 4)]
    assert list(splits(["甲", ID[:6], Decimal(ID[6:14]), ID[14:]], group, {})) == [Split("id_number", ID, [1, 2, 3], True)]
    assert [one.is_certain for one in splits(["甲", ID[:6], ID[6:14], "3969"], group, {})] == [False]


def test_a_card_in_neighbouring_cells_needs_its_label() -> None:
    cells: list[Cell] = [CARD[:4], CARD[4:8], CARD[8:12], CARD[12:]]
    assert [one.is_certain for one in splits(cells, [range(4)], {0: "卡号"})] == [True]


def test_figures_and_whole_numbers_are_not_joined() -> None:
    assert list(splits([Decimal("2"), Decimal("100.50"), Decimal(300), ""], [range(4)], {})) == []
    assert list(splits([ID, CARD], [range(2)], {})) == []
    assert list(splits([Decimal(169), Decimal("4.56"), date(2018, 3, 2), "10、14组"], [range(4)], {})) == []
    assert list(splits([Decimal(1)] * 12, [], {})) == []
