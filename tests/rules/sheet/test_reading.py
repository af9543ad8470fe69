"""Reading the rows of a sheet: units, dates and balances as books have them, and how far it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from board import kinds
from board.rules.areas import Area
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean
from board.rules.sheet.layout import layout
from board.rules.sheet.places import PlaceReader
from board.rules.sheet.reading import Reader
from board.rules.sheet.table import Cell, Table

TOWN, VILLAGE = "510521116000", "510521116201"
PLACES = Places([Area(TOWN, "百和镇", "township", ""), Area(VILLAGE, "东林村民委员会", "village", TOWN)], TOWN)
KINDS = kinds.load()


def checked(*rows: list[Cell], of: str = "cropland-subsidy", area: str = TOWN, **more: Any) -> Checked:
    cleaned = clean(Table("表", list(rows)), lambda what, number: number, date(2026, 11, 22))
    return check(cleaned, KINDS[of], PLACES, area=area, **more)


def told(found: Checked) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.code) for one in (*found.errors, *found.warnings)]


@pytest.mark.parametrize(
    ("area", "rate", "row", "kept"),
    [
        ("亩", "元/亩", ("30", "93.6", "2808"), "93.6"),
        ("公顷", "元/公顷", ("2", "1404", "2808"), "93.6"),
        ("公顷", "元/每公顷", ("2", Decimal(1404), "2808"), "93.6"),
        ("公顷", "万元/公顷", ("2", "0.1404", "2808"), "93.6"),
        ("平方米", "元/平方米", ("2000", "0.3", "600"), "200"),
        ("㎡", "元/㎡", ("2000", "0.3", "600"), "200"),
        ("亩", "元/公顷", ("30", "1404", "2808"), "93.6"),
    ],
)
def test_a_rate_of_another_unit_is_one_per_mu_and_agrees_with_the_amount(area: str, rate: str, row: tuple[Cell, ...], kept: str) -> None:
    found = checked(["村", "户主姓名", f"补贴面积（{area}）", f"补贴标准（{rate}）", "补贴金额（元）"], ["东林村", "户主甲", *row])

    assert told(found) == []
    assert [one.figure("rate") for one in found.rows] == [Decimal(kept)]
    assert found.rows[0].texts["rate"] == str(row[1])


@pytest.mark.parametrize(("unit", "written", "kept"), [("平方米", "133.33", "133.33"), ("㎡", "120", "120"), ("亩", "0.18", "120")])
def test_a_homestead_keeps_its_square_metres(unit: str, written: str, kept: str) -> None:
    found = checked(["村", "申请人", f"用地面积（{unit}）"], ["东林村", "户主甲", written], of="homestead")

    assert told(found) == []
    assert [one.figure("area") for one in found.rows] == [Decimal(kept)]


def test_a_unit_line_and_a_line_below_the_header_name_such_rates_as_well() -> None:
    head: list[Cell] = ["村", "户主姓名", "补贴面积", "补贴标准", "补贴金额"]
    row: list[Cell] = ["东林村", "户主甲", "2", "1404", "2808"]

    assert told(checked(["单位：公顷、元/公顷、元"], head, row)) == []
    assert told(checked(head, ["", "", "公顷", "元/公顷", "元"], row)) == []


def test_a_rate_that_has_no_end_per_mu_is_rounded_and_said_once_for_all_its_lines() -> None:
    head: list[Cell] = ["村", "户主姓名", "补贴面积（公顷）", "补贴标准（元/公顷）", "补贴金额（元）"]
    found = checked(head, ["东林村", "户主甲", "2", "1400", "2800"], ["东林村", "户主乙", "3", "1400", "4200"])

    assert told(found) == [(2, "rate", "unit_conflict")]
    assert found.warnings[0].lines == (2, 3)
    assert "单位是“元/公顷”，公示上（折算除不尽，取到九位小数）却写着“元/亩”（共 2 行）" in found.warnings[0].message.zh
    assert [one.figure("rate") for one in found.rows] == [Decimal("93.333333333")] * 2


def test_a_rate_per_hectare_is_held_against_the_standard_of_the_notice() -> None:
    head: list[Cell] = ["村", "户主姓名", "补贴面积（公顷）", "补贴标准（元/公顷）", "补贴金额（元）"]
    row: list[Cell] = ["东林村", "户主甲", "2", "1404", "2808"]

    assert told(checked(head, row, facts={"standard": "93.6"})) == []
    assert told(checked(head, row, facts={"standard": "1404元/公顷"})) == []
    assert told(checked(head, row, facts={"standard": "90"})) == [(2, "rate", "rate_differs")]


def test_a_rate_per_hectare_inside_a_cell_is_converted_and_said() -> None:
    head: list[Cell] = ["村", "户主姓名", "补贴面积（亩）", "补贴标准（元/亩）", "补贴金额（元）"]
    found = checked(head, ["东林村", "户主甲", "30", "1404元/公顷", "2808"])

    assert told(found) == [(2, "rate", "unit_conflict")]
    assert found.rows[0].figure("rate") == Decimal("93.6")


@pytest.mark.parametrize(
    ("cells", "assumed"),
    [(("20万元", "73.5万元"), False), (("20万元", "73.5"), True), (("20", "73.5"), True), (("", "5元"), False)],
)
def test_a_unit_is_taken_for_granted_only_where_a_cell_names_none(cells: tuple[str, ...], assumed: bool) -> None:
    rows: list[list[Cell]] = [["东林村", f"户主{number}", "2", cell] for number, cell in enumerate(cells)]
    found = checked(["村", "户主姓名", "补贴面积（亩）", "补贴金额"], *rows)

    assert ((1, "amount", "units_assumed") in told(found)) is assumed


def test_words_for_dates_are_told_once_for_all_their_lines() -> None:
    head: list[Cell] = ["日期", "摘要", "收入（元）", "支出（元）", "余额（元）"]
    rows: list[list[Cell]] = [["4月2日", "午餐", "", "24", "4976"], ["4月3日", "办公用品", "", "76", "4900"]]
    found = checked(head, *rows, of="village-finance", area=VILLAGE)

    assert told(found) == [(2, "date", "not_a_date")]
    assert found.warnings[0].lines == (2, 3)


@pytest.mark.parametrize(
    ("words", "problems"), [("上期结转", []), ("期初余额", []), ("上月末结余", []), ("午餐", [(2, "income", "missing")])]
)
def test_a_balance_brought_forward_is_neither_income_nor_spending(words: str, problems: list[tuple[int, str, str]]) -> None:
    head: list[Cell] = ["日期", "摘要", "收入（元）", "支出（元）", "余额（元）"]
    rows: list[list[Cell]] = [["2026.4.1", words, "", "", "5000"], ["2026.4.2", "办公用品", "", "76", "4924"]]

    assert told(checked(head, *rows, of="village-finance", area=VILLAGE)) == problems


@pytest.mark.parametrize(
    ("rows", "columns", "dates"),
    [
        ([["2026", "12", "30"], ["", "", "31"], ["27", "1月", "2日"]], {}, ["2026-12-30", "2026-12-31", "2027-01-02"]),
        ([["2026年", "7", "2"], ["", "", "2026-08-03"]], {}, ["2026-07-02", "2026-08-03"]),
        ([["2026", "2", "30"], ["", "", "上旬"]], {}, ["2026-2-30", "上旬"]),
        ([["2026", "7", "2"]], {2: "date"}, ["2026-07-02"]),
        ([["2026", "7", "2"]], {2: ""}, ["None"]),
    ],
)
def test_a_day_has_the_month_and_the_year_that_were_written_last(rows: list[list[Cell]], columns: dict[int, str], dates: list[str]) -> None:
    head: list[Cell] = ["年", "月", "日", "摘要", "收入（元）", "支出（元）", "余额（元）"]
    lines: list[list[Cell]] = [[*row, "水费", "", "30", ""] for row in rows]
    found = checked(head, *lines, of="village-finance", area=VILLAGE, columns=columns)

    assert [str(row.values.get("date")) for row in found.rows] == dates
    assert ("no_column" in [one.code for one in found.errors]) is (columns == {2: ""})


@pytest.mark.parametrize(
    ("header", "cell", "kept"),
    [
        ("补贴标准", "50元", "50"),
        ("补贴标准（元）", "50元", "50"),
        ("补贴标准（元/亩）", "50", "50"),
        ("补贴标准（元/公顷）", "750元", "50"),
        ("补贴标准（元/亩·造）", "50", "50"),
        ("补贴标准（元/亩）", "每亩50元", "50"),
    ],
)
def test_a_rate_in_yuan_is_for_what_its_column_is_for(header: str, cell: str, kept: str) -> None:
    found = checked(["村", "户主姓名", "补贴面积（亩）", header, "补贴金额（元）"], ["东林村", "户主甲", "2", cell, "100"])

    assert told(found) == []
    assert [one.figure("rate") for one in found.rows] == [Decimal(kept)]


@pytest.mark.parametrize("columns", [{}, {0: "date", 1: "item", 2: "income", 5: "spending"}, {3: "date", 4: "item"}])
def test_income_on_the_left_and_spending_on_the_right_are_entries_of_their_own(columns: dict[int, str]) -> None:
    head: list[Cell] = ["日期", "收入项目", "收入金额（元）", "日期", "支出项目", "支出金额（元）"]
    found = checked(head, ["2026.7.1", "租金", "100", "2026.7.2", "水费", "30"], of="village-finance", area=VILLAGE, columns=columns)

    assert told(found) == [(1, "", "two_tables")]
    assert [(one.values["item"], one.figure("income"), one.figure("spending")) for one in found.rows] == [
        ("租金", Decimal(100), None),
        ("水费", None, Decimal(30)),
    ]
    assert found.unmapped == []


@pytest.mark.parametrize(
    "head",
    [
        ["日期", "摘要", "收入（元）", "日期", "支出（元）", "摘要"],  # the same columns in another order
        ["日期", "收入（元）", "凭证号", "支出（元）"],
        ["日期", "摘要", "收入（元）", "支出（元）", "余额（元）", "备注"],
    ],
)
def test_a_book_is_taken_for_two_tables_only_where_its_halves_are_alike(head: list[Cell]) -> None:
    found = checked(head, ["2026.7.1", "租金", "100", "30", "70", "无"], of="village-finance", area=VILLAGE)

    assert "two_tables" not in [one.code for one in found.warnings]


def reader(rows: int) -> Reader:
    head: list[Cell] = ["序号", "村", "户主姓名", "补贴面积（亩）", "补贴金额（元）"]
    lines: list[list[Cell]] = [[Decimal(number), "东林村", f"户主{number}", "2", "100"] for number in range(rows)]
    cleaned = clean(Table("表", [head, *lines, ["", "合计", "", "", ""]]), lambda what, number: number, date(2026, 11, 22))
    found = layout(cleaned.table, KINDS["cropland-subsidy"], {}, {}, {})
    return Reader(cleaned, cleaned.table, KINDS["cropland-subsidy"], found, PlaceReader(PLACES, TOWN, "village", {}), None)


def test_whoever_waits_is_told_of_every_thousand_rows_that_are_read() -> None:
    progress: list[int] = []
    reading = reader(2500).read(progress.append)

    assert progress == [1000, 2000]
    assert len(reading.rows) == 2500


def test_a_reading_ends_when_whoever_waits_gives_up() -> None:
    class Cancelled(Exception):
        pass

    def given_up(rows: int) -> None:
        raise Cancelled(rows)

    with pytest.raises(Cancelled, match="1000"):
        reader(2500).read(given_up)
