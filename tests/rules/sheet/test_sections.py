"""Villages and groups on lines of their own: which lines are such, and what becomes of the rows below them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from board.rules.sheet.table import Cell
from tests.rules.sheet.test_check import checked, codes

HEAD: list[Cell] = ["序号", "户主姓名", "补贴面积(亩)", "补贴金额(元)"]
EAST, WEST, GAODONG = "510521116201", "510521116202", "510521116004"


def person(name: str, area: int) -> list[Cell]:
    return [Decimal(area), name, Decimal(area), Decimal(area * 50)]


@pytest.mark.parametrize(
    ("line", "place", "group"),
    [
        (["东林村"], EAST, ""),
        (["", "东林村"], EAST, ""),
        (["一、东林村（2户）"], EAST, ""),
        (["（二）西林村委会："], WEST, ""),
        (["村名：高洞居委会"], GAODONG, ""),
        (["三", "西林村"], WEST, ""),
        (["泸县百和镇东林村第三村民小组"], EAST, "3组"),
        (["东林村 共2户 5亩"], EAST, ""),
        (["东林村2026年耕地补贴花名册"], EAST, ""),
    ],
)
def test_a_line_that_names_a_village_stands_for_the_rows_below(line: list[Cell], place: str, group: str) -> None:
    found = checked(HEAD, line, person("甲", 2), person("乙", 3))
    assert codes(found) == [(2, "", "filled_from_line")]
    assert {(row.place, row.group) for row in found.rows} == {(place, group)}


@pytest.mark.parametrize(
    "line",
    [
        ["东林村民委员会（盖章）"],
        ["东林村修路占用的地不计入"],
        ["东林村", "", "5", "250"],
        ["监督电话：0830-8190000"],
        ["红旗种植专业合作社"],
        ["以下为第二批"],
        ["三"],
        ["2026年7月2日"],
    ],
)
def test_other_lines_name_no_village(line: list[Cell]) -> None:
    assert "filled_from_line" not in [code for *_, code in codes(checked(HEAD, line, person("甲", 2), person("乙", 3)))]


def test_a_village_ends_the_group_of_the_village_before() -> None:
    found = checked(HEAD, ["东林村"], ["二组"], person("甲", 2), ["西林村"], person("乙", 3))
    assert [(row.place, row.group) for row in found.rows] == [(EAST, "2组"), (WEST, "")]


def test_the_filled_village_stands_in_a_column_behind_the_last_where_a_clerk_can_mend_it() -> None:
    rows = [HEAD, ["东林村"], person("甲", 2), person("乙", 3), person("丙", 4)]
    assert [cells[4].text for _, cells in checked(*rows).grid()] == ["东林村"] * 3
    found = checked(*rows, edits={(4, 4): "西林村"})
    assert [row.place for row in found.rows] == [EAST, WEST, EAST]
    assert checked(*rows, edits={(3, 4): "西林村"}).rows[2].place == EAST


def test_a_misspelt_village_is_asked_about_once_and_its_choice_holds_for_all_rows_below() -> None:
    rows = [HEAD, ["东临村"], person("甲", 2), person("乙", 3)]
    assert [(one.line, one.code, one.written, one.lines) for one in checked(*rows).errors] == [(3, "unknown_place", "东临村", (3, 4))]
    found = checked(*rows, choices={"东临村": EAST})
    assert found.ok
    assert {row.place for row in found.rows} == {EAST}


def test_what_stands_before_the_first_village_belongs_to_nobody() -> None:
    found = checked(HEAD, person("甲", 2), ["东林村"], person("乙", 3))
    assert [(one.line, one.field, one.code) for one in found.errors] == [(2, "village", "missing")]


def test_the_message_names_the_line_the_village_and_how_many_rows() -> None:
    found = checked(HEAD, ["东林村"], person("甲", 2), ["西林村"], person("乙", 3))
    assert [one.message.zh for one in found.warnings] == [
        "有 2 行单独写着村名或组名，第一处是第 2 行“东林村”；下面没写明村组的 2 行，都归到上面最近的这样一行。请核对每行归得对不对。"
    ]
