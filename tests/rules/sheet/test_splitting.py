"""Tables below each other on one sheet are taken apart, and one table is left whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from board.rules.sheet.splitting import split
from board.rules.sheet.table import Cell, Table, text

HEAD: list[Cell] = ["序号", "村", "金额"]
OTHER: list[Cell] = ["项目名称", "地点", "资金"]
ONE: list[Cell] = [Decimal(1), "东林村", Decimal(5)]
TWO: list[Cell] = [Decimal(2), "西林村", Decimal(6)]
TOTAL: list[Cell] = ["合计", "", Decimal(11)]
ITEM: list[Cell] = ["修路", "东林村", Decimal(3)]


def spans(rows: list[list[Cell]]) -> list[tuple[int, int]]:
    """First and last filled line of each table."""
    parts = split(Table("表", rows))
    return [([line for line, _ in one.lines()][0], [line for line, _ in one.lines()][-1]) for one in parts]


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ([["低保"], HEAD, ONE, TOTAL, [], ["特困"], HEAD, TWO], [(1, 4), (6, 8)]),
        ([["低保"], HEAD, ONE, ["特困"], HEAD, TWO], [(1, 3), (4, 6)]),
        ([HEAD, ONE, [], OTHER, ITEM], [(1, 2), (4, 5)]),
        ([["甲"], ["单位:元"], HEAD, ONE, [], ["乙"], ["单位:元"], OTHER, ITEM, [], ["丙"], HEAD, TWO], [(1, 4), (6, 9), (11, 13)]),
        ([["低保"], HEAD, ONE, ["制表人:张三"], [], ["特困"], HEAD, TWO], [(1, 4), (6, 8)]),
    ],
)
def test_tables_below_each_other_come_apart_at_their_titles(rows: list[list[Cell]], parts: list[tuple[int, int]]) -> None:
    assert spans(rows) == parts


@pytest.mark.parametrize(
    "rows",
    [
        [["低保"], HEAD, ONE, [], TWO, TOTAL],  # an empty line inside
        [["低保"], HEAD, ONE, [], HEAD, TWO],  # the next page
        [["低保"], HEAD, ONE, [], ["低保"], HEAD, TWO],  # the next page with its title
        [["低保"], HEAD, ONE, ["第1页，共2页"], ["低保"], HEAD, TWO, ["第2页，共2页"]],  # with page numbers
        [["低保"], HEAD, ONE, [], ["低保（续表）"], HEAD, TWO],
        [["低保（第1页）"], HEAD, ONE, ["低保（第2页）"], HEAD, TWO],
        [["低保"], HEAD, ONE, ["续表"], HEAD, TWO],
        [["低保"], HEAD, ONE, ["第二组"], TWO],  # a line that groups
        [["低保"], ["序号", "村", "C级", ""], ["", "", "户数", "金额"], [*ONE, Decimal(1)]],  # a header of two lines
        [HEAD, ONE, [], ["制表人:张三", "审核人:李四", "日期:2026年7月"]],
        [HEAD, ["", "", ""], ONE],
        [["只有字"], ["没有表"]],
        [],
    ],
)
def test_one_table_stays_whole(rows: list[list[Cell]]) -> None:
    table = Table("表", rows)
    assert split(table) == [table]


def test_a_part_keeps_the_lines_of_its_sheet() -> None:
    rows = [["低保"], HEAD, ONE, [], ["特困"], HEAD, TWO]
    first, second = split(Table("表", rows, merged=[(0, 0, 0, 2), (4, 0, 4, 2)], hidden_rows=frozenset({3, 7})))
    assert [text(second.at(row, 1)) for row in range(7)] == ["", "", "", "", "", "村", "西林村"]
    assert (first.merged, second.merged) == ([(0, 0, 0, 2)], [(4, 0, 4, 2)])
    assert (first.hidden_rows, second.hidden_rows) == ({3}, {7})
    assert [first.label, second.label] == ["表 / 第 1–3 行", "表 / 第 5–7 行"]
    assert second.preview(2) == [(5, ["特困"]), (6, ["序号", "村", "金额"])]
