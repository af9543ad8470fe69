"""Shapes of sheets beyond the plain one, and words that tell of a person: what each row, line and column becomes."""

from __future__ import annotations

import pytest

from board.rules.layout import stated_units
from board.rules.table import Cell
from tests.rules.test_sheet import checked


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
    ],
)
def test_a_line_states_its_units_wherever_they_stand_in_it(cell: str, units: list[str]) -> None:
    assert stated_units(cell) == units


@pytest.mark.parametrize(
    ("item", "of", "codes_"),
    [
        ("因患尿毒症", "social-assistance", ["personal_data"]),
        ("大病救助", "social-assistance", []),
        ("家住幸福路12号", "social-assistance", ["personal_data"]),
        ("幸福路12号门前排水沟", "relief-projects", ["personal_words"]),
    ],
)
def test_words_that_tell_of_a_person_are_covered_where_rows_are_people(item: str, of: str, codes_: list[str]) -> None:
    head: list[Cell] = (
        ["村", "户主姓名", "救助类别", "救助金额(元)"] if of == "social-assistance" else ["村名", "项目名称", "建设内容", "资金金额(元)"]
    )
    found = checked(head, ["东林村", "甲", item, "900"], of=of)
    assert [one.code for one in (*found.errors, *found.warnings)] == codes_
    text = next(iter(found.rows)).texts["item" if of == "social-assistance" else "content"]
    assert ("●" in text) == (codes_ == ["personal_data"])
    assert checked(head, ["东林村", "甲", item, "900"], of=of, edits={(2, 2): text}).ok is True if "●" in text else True


def test_rows_of_tables_side_by_side_keep_their_lines_and_columns() -> None:
    head: list[Cell] = ["村", "户主姓名", "面积(亩)", "金额(元)"]
    found = checked(["花名册"], [*head, *head], ["东林村", "甲", "2", "100", "西林村", "丙", "4", "x"], ["东林村", "乙", "3", "150"])
    assert [(one.line, one.block, one.name) for one in found.rows] == [(3, 0, "甲"), (4, 0, "乙"), (3, 1, "丙")]
    assert [(one.line, one.index, one.column) for one in found.errors] == [(3, 7, "金额(元)（第 2 栏）")]
    assert [line for line, _ in found.grid()] == [3, 4]
    assert found.unmapped == []


def test_a_word_that_several_columns_share_names_none_of_them() -> None:
    rows: list[list[Cell]] = [
        ["村名", "C级", "", "D级", ""],
        ["", "户数", "金额(元)", "户数", "金额(元)"],
        ["东林村", "1", "10", "2", "20"],
    ]
    merged = ((0, 1, 0, 2), (0, 3, 0, 4))
    found = checked(*rows, of="fund-allocation", merged=merged)
    assert [(one.code, one.field) for one in found.errors] == [("no_column", "amount")]
    assert checked(*rows, of="fund-allocation", merged=merged, columns={4: "amount"}).totals["amount"] == 20
