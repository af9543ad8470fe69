"""A table of cells: its lines, its labels, and its JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.sheet.table import Book, Cell, Origin, Table, plain, span, text

CELLS = st.text(max_size=6) | st.decimals(allow_nan=False, allow_infinity=False) | st.dates()


@given(st.lists(st.lists(CELLS, max_size=4), max_size=4))
def test_every_cell_comes_back_from_json(cells: list[list[Cell]]) -> None:
    back = Table.from_json(Table("表", cells).to_json()).cells
    assert [[(type(cell), str(cell)) for cell in row] for row in back] == [[(type(cell), str(cell)) for cell in row] for row in cells]


def test_what_is_known_of_a_table_comes_back_from_json() -> None:
    table = Table("表", [["a"]], [(0, 0, 1, 1)], True, frozenset({2}), frozenset({1}), True, "a.xlsx", 1, True, (Origin(1, "甲", 0),))
    assert Table.from_json(table.to_json()) == table


def test_a_table_staged_before_a_field_existed_has_its_default() -> None:
    assert Table.from_json({"name": "表", "cells": [["#4.95", "/2026-07-02", "'#1", ""]], "merged": [], "hidden": False}) == Table(
        "表", [[Decimal("4.95"), date(2026, 7, 2), "#1", ""]], []
    )


def test_empty_lines_are_left_out_and_lines_keep_their_numbers() -> None:
    assert [line for line, _ in Table("表", [[], ["", ""], ["a"], [Decimal(0)]]).lines()] == [3, 4]


def test_beyond_the_end_of_a_line_cells_are_empty() -> None:
    table = Table("表", [["a"], ["b", "c"]])
    assert (table.at(0, 1), table.at(9, 0), table.at(1, 1), table.width) == ("", "", "c", 2)


def test_a_label_distinguishes_the_tables_of_an_upload() -> None:
    assert Table("Sheet1", [["a"]], file="东林.xlsx").label == "东林.xlsx / Sheet1"
    assert Table("Sheet1", [[], ["a"], ["b"]], part=2).label == "Sheet1 / 第 2–3 行"


def test_a_line_of_a_joined_table_has_its_origin() -> None:
    joined = Table("表", [], origins=(Origin(1, "东林村", 0), Origin(10, "西林村", 8)))
    assert (joined.origin(9), joined.origin(10)) == (("东林村", 9), ("西林村", 2))
    assert Table("表", []).origin(4) == ("", 4)


COVER, ROSTER = Table("封面", [["一份说明"]]), Table("名单", [["a", "b"], ["c", "d"]])


@pytest.mark.parametrize(
    ("tables", "first"),
    [
        ([COVER, ROSTER], 1),
        ([ROSTER, ROSTER], 0),
        ([COVER], 0),
        ([Table("空", []), COVER], 1),
        ([Table("藏", ROSTER.cells, hidden=True), ROSTER], 1),
    ],
)
def test_the_first_shown_sheet_that_looks_like_a_table_is_taken(tables: list[Table], first: int) -> None:
    assert Book(tables).first == first


def test_the_other_filled_sheets_are_named() -> None:
    assert Book([COVER, ROSTER, Table("空", [])]).others == [(0, "封面")]
    with pytest.raises(IndexError):
        Book([COVER]).table(1)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("甲", "甲"), (Decimal("12.0"), "12"), (Decimal("1E+3"), "1000"), (Decimal("0.50"), "0.5"), (date(2026, 7, 2), "2026-07-02")],
)
def test_a_cell_is_shown_without_useless_digits(cell: Cell, shown: str) -> None:
    assert text(cell) == shown


def test_zero_is_a_digit_however_it_is_written() -> None:
    assert [plain(Decimal(zero)) for zero in ("0", "0.00", "0E+3")] == ["0", "0", "0"]


def test_each_covered_cell_knows_its_holder_and_a_hostile_range_is_passed_over() -> None:
    assert span([(0, 1, 1, 2)]) == {(0, 2): (0, 1), (1, 1): (0, 1), (1, 2): (0, 1)}
    assert span([(0, 0, 10**6, 10**3)]) == {}
