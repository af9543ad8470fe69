"""The stored result of a check, without the rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from board.rules.bilingual import Words
from board.rules.notice.check_result import MOST, Result, all_columns, open_columns, result
from board.rules.sheet.table import Cell, Origin
from tests.rules.sheet.test_check import HEAD, checked, row


def found(*rows: list[Cell], **more: Any) -> Result:
    return result(checked(*rows), None, **{"chosen": [("东林", "510521116201")], "edited": [Words("改", "edit")], "likely": ""} | more)


def test_it_comes_back_from_json():
    one = replace(found(HEAD, row(1), row(2, amount="x")), origins=(Origin(1, "表一", 0),))
    back = Result.from_json(one.to_json())
    assert replace(back, origins=tuple(back.origins)) == one


def test_many_problems_of_one_rule_are_counted_and_the_first_kept():
    one = found(HEAD, *(row(number, amount="0") for number in range(MOST + 5)))
    assert sum(warning.code == "zero_amount" for warning in one.warnings) == MOST
    assert one.beyond["zero_amount"] == 5
    assert one.count([warning for warning in one.warnings if warning.code == "zero_amount"]) == MOST + 5


def test_the_lines_to_change_come_with_their_neighbours():
    one = found(HEAD, *(row(number, amount="x" if number == 3 else "100") for number in range(1, 7)))
    assert [line for line, _ in one.lines] == [3, 4, 5]
    assert [cell.problem.code for line, cells in one.grid() for cell in cells if cell.problem and line == 4] == ["not_a_number"]


def test_a_question_about_many_lines_comes_with_the_first_of_them():
    one = found(HEAD, row(1, "东林村"), *(row(number, "") for number in range(2, 9)))
    assert [error.code for error in one.errors] == ["blank_as_above"]
    assert [line for line, _ in one.lines] == [2, 3, 4, 5, 6], "the first three blank ones and their neighbours"


def test_a_line_of_a_joined_table_has_the_label_of_its_own():
    one = replace(found(HEAD, row(1)), origins=(Origin(1, "东林村", 0), Origin(10, "西林村", 8)))
    assert (one.line_name(3), one.line_name(11)) == ("东林村 3", "西林村 3")
    assert found(HEAD, row(1)).line_name(3) == "3"


@pytest.mark.parametrize(
    ("decided", "remembered", "asked"),
    [
        (False, {}, ["印象"]),
        (True, {}, []),
        (False, {"印象": ""}, []),
    ],
)
def test_a_column_is_asked_about_until_it_is_decided(decided, remembered, asked):
    one = found([*HEAD, "印象"], [*row(1), "好"])
    choice = {str(len(HEAD)): ""} if decided else {}
    assert [column.header for column in open_columns(one, choice, remembered)] == asked


def test_every_column_is_shown_with_what_it_is_used_for():
    one = found([*HEAD, "印象"], [*row(1), "好"])
    assert [(column.header, field) for column, field in all_columns(one)] == [
        ("序号", ""),
        *zip(HEAD[1:], one.columns, strict=True),
        ("印象", ""),
    ]


def test_examples_of_an_unknown_column_are_figures_only():
    one = found([*HEAD, "别的"], [*row(1), "12"], [*row(2), "好"], [*row(3), "123456789"])
    assert [column.examples for column in one.unmapped if column.header == "别的"] == [("12",)]
