"""Shapes of sheets beyond the plain one: what each row, line and column becomes."""

from __future__ import annotations

import pytest

from board.rules.sheet.table import Cell
from tests.rules.sheet.test_check import HEAD, checked, row


def test_rows_of_tables_side_by_side_keep_their_lines_and_columns() -> None:
    head: list[Cell] = ["村", "户主姓名", "面积(亩)", "金额(元)"]
    found = checked(["花名册"], [*head, *head], ["东林村", "甲", "2", "100", "西林村", "丙", "4", "x"], ["东林村", "乙", "3", "150"])
    assert [(one.line, one.block, one.name) for one in found.rows] == [(3, 0, "甲"), (4, 0, "乙"), (3, 1, "丙")]
    assert [(one.line, one.index, one.column) for one in found.errors] == [(3, 7, "金额(元)（第 2 栏）")]
    assert [line for line, _ in found.grid()] == [3, 4]
    assert found.unmapped == []


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ("250", "260", "各行相加是 250，差 10"),
        ("260", "250", "各行相加是 250，差 10"),
        ("", "490", "各行相加是 500，差 10"),
        ("490", "", "各行相加是 500，差 10"),
    ],
)
def test_the_total_of_a_table_beside_another_is_held_against_its_own_rows(left: str, right: str, told: str) -> None:
    head: list[Cell] = ["村", "户主姓名", "面积(亩)", "金额(元)"]
    rows: list[list[Cell]] = [
        ["东林村", "甲", "2", "100", "西林村", "丙", "4", "200"],
        ["东林村", "乙", "3", "150", "西林村", "丁", "1", "50"],
    ]
    total: list[Cell] = ["合计" if left else "", "", "", left, "合计" if right else "", "", "", right]
    found = checked([*head, *head], *rows, total)
    assert [told in one.message.zh for one in found.warnings if one.code == "total_differs"] == [True]


def test_a_total_of_all_below_the_totals_of_each_is_held_against_all_rows() -> None:
    head: list[Cell] = ["村", "户主姓名", "面积(亩)", "金额(元)"]
    rows: list[list[Cell]] = [["东林村", "甲", "2", "100", "西林村", "丙", "4", "200"], ["合计", "", "2", "100", "合计", "", "4", "200"]]
    found = checked([*head, *head], *rows, ["总计", "", "", "290"])
    assert ["各行相加是 300，差 10" in one.message.zh for one in found.warnings if one.code == "total_differs"] == [True]


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


def test_a_long_check_tells_how_far_it_is_and_can_be_stopped() -> None:
    rows = [row(number, name=f"户主{number}") for number in range(2_500)]
    told: list[int] = []
    checked(HEAD, *rows, tell=told.append)
    assert told == [1_000, 2_000]

    def stops(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        checked(HEAD, *rows, tell=stops)


@pytest.mark.parametrize(
    ("chosen", "amount", "codes_"),
    [({}, 100, ["columns_alike"]), ({3: "amount"}, 100, ["answered"]), ({4: "amount"}, 90, ["answered"]), ({4: ""}, 100, ["answered"])],
)
def test_of_two_amounts_one_is_taken_and_said_until_the_clerk_has_decided(chosen: dict[int, str], amount: int, codes_: list[str]) -> None:
    head: list[Cell] = ["村", "户主姓名", "面积(亩)", "应发金额(元)", "实发金额(元)"]
    found = checked(head, ["东林村", "甲", "2", "100", "90"], columns=chosen)
    assert [one.code for one in (*found.errors, *found.warnings)] == codes_
    assert found.totals["amount"] == amount
