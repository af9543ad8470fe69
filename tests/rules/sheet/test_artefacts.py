"""What a program made of a cell is told, asked about, and never printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from board import kinds
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean
from board.rules.sheet.table import Cell, Table
from tests.sheets.corpus import AREAS, TODAY, TOWN

HEAD: list[Cell] = ["村", "组", "户主姓名", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额(元)"]


def checked(*rows: list[Cell], formulas: tuple[tuple[int, int], ...] = (), **more: Any) -> Checked:
    cleaned = clean(Table("表", [HEAD, *rows], formulas=formulas), lambda what, number: number, TODAY)
    return check(cleaned, kinds.load()["cropland-subsidy"], Places(AREAS, TOWN), area=TOWN, **more)


def row(group: Cell = "1组", name: Cell = "甲", amount: Cell = "100") -> list[Cell]:
    return ["东林村", group, name, "2", "50", amount]


def codes(found: Checked) -> list[str]:
    return [one.code for one in (*found.errors, *found.warnings)]


@pytest.mark.parametrize("cell", [date(2026, 3, 2), "3月2日", "2026-03-02", "2026/3/2"])
def test_a_group_that_became_a_date_is_asked_about_and_turned_back(cell: Cell) -> None:
    found = checked(row(cell))
    assert codes(found) == ["turned_into_days"]
    assert "3-2" in found.errors[0].message.zh

    found = checked(row(cell), answers={"ask:days:1": "back"})
    assert (codes(found), found.rows[0].texts["group"]) == (["answered"], "3-2")


def test_the_date_of_a_signature_below_the_names_is_none() -> None:
    assert codes(checked(row(), ["", "", date(2026, 7, 2), "", "", ""])) == []


@pytest.mark.parametrize("mark", ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#名称？", "Err:502", "####"])
def test_the_mark_of_an_error_is_no_name(mark: str) -> None:
    assert codes(checked(row(name=mark))) == ["not_a_text"]
    assert codes(checked(row(name=mark), edits={(2, 2): "甲"})) == []


def test_formulas_that_were_never_calculated_are_one_question_without_what_comes_of_it() -> None:
    rows = [row(name=name, amount=Decimal(0)) for name in "甲乙丙丁"]
    cells = tuple((line, 5) for line in range(2, 6))
    assert codes(checked(*rows, formulas=cells)) == ["formulas_not_calculated"]
    assert "answered" in codes(checked(*rows, formulas=cells, answers={"ask:formulas": "zero"}))


def test_a_total_that_was_never_calculated_says_nothing() -> None:
    assert codes(checked(row(), row(name="乙"), ["合计", "", "", Decimal(0), "", Decimal(0)], formulas=((4, 3), (4, 5)))) == []


def test_a_picture_is_left_out() -> None:
    table = [[*HEAD, "备注"], [*row(), '=DISPIMG("ID_1",1)'], [*row(name="乙"), "=_xlfn.DISPIMG("]]
    cleaned = clean(Table("表", table), lambda what, number: number, TODAY)
    found = check(cleaned, kinds.load()["cropland-subsidy"], Places(AREAS, TOWN), area=TOWN)
    assert codes(found) == ["picture_left_out"]
    assert all("note" not in one.values for one in found.rows)
