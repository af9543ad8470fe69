"""Checking a sheet: where things stand in it, what its cells are, and what does not agree."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from board import kinds
from board.rules.areas import Area
from board.rules.kind import Kind
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, accepted, check, report
from board.rules.sheet.cleaning import clean
from board.rules.sheet.problems import ERRORS, WARNINGS
from board.rules.sheet.table import Cell, Range, Table

TODAY = date(2026, 11, 22)
MOBILE = "139" + "00000000"  # nobody's
TOWN = "510521116000"
AREAS = [
    Area("510521000000", "泸县", "county", ""),
    Area(TOWN, "百和镇", "township", "510521000000"),
    Area("510521116004", "高洞社区居民委员会", "village", TOWN),
    Area("510521116201", "东林村民委员会", "village", TOWN),
    Area("510521116202", "西林村村民委员会", "village", TOWN),
    Area("510521117000", "云龙镇", "township", "510521000000"),
    Area("510521117201", "东林村民委员会", "village", "510521117000"),
]
HEAD: list[Cell] = ["序号", "村", "组", "户主姓名", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额（元）", "备注"]


@cache
def kind(name: str) -> Kind:
    return kinds.load()[name]


def row(
    number: int = 1, village: str = "东林村", group: str = "1组", name: str = "", area: str = "2", rate: str = "50", amount: str = "100"
) -> list[Cell]:
    return [Decimal(number), village, group, name or f"户主{'甲乙丙丁戊己庚辛'[number % 8]}", area, rate, amount, ""]


def checked(*rows: list[Cell], of: str = "cropland-subsidy", area: str = TOWN, merged: tuple[Range, ...] = (), **more: Any) -> Checked:
    cleaned = clean(Table("表", list(rows), merged), lambda what, number: f"{what}{hash(number)}", TODAY)
    return check(cleaned, kind(of), Places(AREAS, area), area=area, **more)


def codes(found: Checked) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.code) for one in (*found.errors, *found.warnings)]


def test_a_plain_sheet_is_read_whole() -> None:
    found = checked(HEAD, row(1), row(2, "高洞居委会", "三社", area="1.5", amount="75"))
    assert codes(found) == []
    assert [(one.place, one.group) for one in found.rows] == [("510521116201", "1组"), ("510521116004", "3社")]
    assert found.totals == {"area": Decimal("3.5"), "amount": Decimal(175)}
    assert found.unmapped == [(0, "序号", False)]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_total_may_stand_first_in_the_middle_or_last(at: int) -> None:
    rows = [row(1), row(2)]
    rows.insert(at, ["合  计", "", "", "", "4" if at != 1 else "2", "", "200" if at != 1 else "100", ""])
    found = checked(HEAD, *rows)
    assert codes(found) == []
    assert len(found.rows) == 2


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (["合计", "", "", "", "4", "", "201", ""], [(4, "amount", "total_differs")]),
        (["小计", "", "", "", "5", "", "200", ""], [(4, "area", "subtotal_differs")]),
        (["合计", "", "", "3户", "4", "", "200", ""], [(4, "", "count_differs")]),
        (["合计", "", "", "2户", "4", "", "200", ""], []),
    ],
)
def test_a_total_that_differs_is_told_and_not_mended(words: list[Cell], rows: list[tuple[int, str, str]]) -> None:
    found = checked(HEAD, row(1), row(2), words)
    assert codes(found) == rows
    assert found.totals["amount"] == 200


def test_subtotals_count_the_rows_since_the_one_before() -> None:
    found = checked(
        HEAD,
        row(1),
        ["", "东林村小计", "", "", "2", "", "100", ""],
        row(2, "西林村"),
        row(3, "西林村", area="3", amount="150"),
        ["", "小计", "", "", "5", "", "250", ""],
        ["总计", "", "", "", "7", "", "350", ""],
    )
    assert codes(found) == []


def test_lines_around_the_table_are_set_aside() -> None:
    found = checked(
        ["2026年耕地补贴花名册", "", "", "", "", "", "", ""],
        ["填报单位:百和镇(盖章)", "", "", "", "", "单位:亩、元/亩、元", "", ""],
        ["序号", "村", "组", "户主姓名", "补贴面积", "补贴标准", "补贴金额", "备注"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
        row(1),
        [Decimal(2), "", "", "", "", "", "", ""],
        ["备注:本表一式三份", "", "", "", "", "", "", ""],
        ["审核人:", "", "", "制表人:王五", "", "", "监督电话:0830-8190000", ""],
    )
    assert codes(found) == []
    assert [line for line, _ in found.aside] == [1, 2, 4, 7, 8]


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("单位:万元", "10000"),
        ("(单位:元)", "1"),
        ("金额单位:万元", "10000"),
        ("单位:人、万元", "10000"),
        ("单位(盖章):百和镇", None),
        ("填报单位:财政所", None),
    ],
)
def test_a_unit_line_gives_the_unit_and_an_office_does_not(line: str, amount: str | None) -> None:
    found = checked([line], ["村", "户主姓名", "补贴面积(亩)", "补贴金额"], ["东林村", "户主甲", "2", "1"])
    assert found.totals["amount"] == Decimal(amount or "1")
    assert codes(found) == ([] if amount else [(2, "amount", "units_assumed")])


def test_the_unit_of_a_column_beats_that_of_the_sheet() -> None:
    found = checked(["单位:元"], ["村", "户主姓名", "补贴面积\n（公顷）", "补贴金额（万元）"], ["东林村", "户主甲", "2", "1"])
    assert found.totals == {"area": Decimal(30), "amount": Decimal(10000)}


def test_a_line_of_units_below_the_header_gives_them() -> None:
    found = checked(["村", "户主姓名", "补贴面积", "补贴金额"], ["", "", "亩", "万元"], ["东林村", "户主甲", "2", "1"])
    assert codes(found) == []
    assert found.totals["amount"] == 10000


def test_merged_villages_are_filled_down_and_empty_ones_are_not() -> None:
    rows = [HEAD, row(1), row(2, ""), row(3, "", area="3", amount="150")]
    found = checked(*rows, merged=((1, 1, 2, 1),))
    assert [one.place for one in found.rows] == ["510521116201", "510521116201", TOWN]
    assert codes(found) == [(4, "village", "missing")]


def test_a_merged_amount_is_one_amount() -> None:
    found = checked(HEAD, row(1), row(2, amount=""), merged=((1, 6, 2, 6),))
    assert codes(found) == [(3, "amount", "missing")]
    assert found.totals["amount"] == 100


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name": " "}, ("name", "missing")),
        ({"village": ""}, ("village", "missing")),
        ({"area": ""}, ("area", "missing")),
        ({"amount": "—"}, ("amount", "missing")),
        ({"amount": "一百"}, ("amount", "not_a_number")),
        ({"area": "2户"}, ("area", "not_a_number")),
        ({"amount": "100.001"}, ("amount", "below_fen")),
        ({"village": "南林村"}, ("village", "unknown_place")),
        ({"village": "云龙镇东林村"}, ("village", "unknown_place")),
        ({"name": f"张三{MOBILE}"}, ("name", "personal_data")),
    ],
)
def test_what_cannot_be_posted_is_an_error_at_its_cell(changed: dict[str, str], expected: tuple[str, str]) -> None:
    found = checked(HEAD, row(1, **changed), row(2))
    assert [(one.field, one.code) for one in found.errors] == [expected]
    assert found.errors[0].line == 2
    _, cells = next(found.grid([2]))
    assert cells[found.errors[0].index].problem == found.errors[0]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"amount": "101"}, ("amount", "product_differs")),
        ({"amount": "0", "area": "0"}, ("amount", "zero_amount")),
        ({"amount": "-100", "area": "-2"}, ("amount", "negative_amount")),
        ({"amount": "100(含补发)"}, ("amount", "number_with_words")),
    ],
)
def test_what_looks_wrong_is_a_warning_at_its_cell(changed: dict[str, str], expected: tuple[str, str]) -> None:
    found = checked(HEAD, row(1, **changed), row(2))
    assert found.ok
    assert codes(found) == [(2, *expected)]


def test_a_product_may_be_off_by_a_fen() -> None:
    assert codes(checked(HEAD, row(1, area="8.64", rate="93.6", amount="808.70"))) == []


def test_one_place_written_wrong_on_many_rows_is_asked_once_and_marked_on_each() -> None:
    found = checked(HEAD, row(1, "东临村"), row(2, "东临村"), row(3))
    assert [(one.line, one.lines, one.offers[0]) for one in found.errors] == [(2, (2, 3), "510521116201")]
    assert [cells[1].problem is not None for _, cells in found.grid()] == [True, True, False]


def test_a_chosen_place_is_taken_with_its_group() -> None:
    found = checked(
        ["家庭住址", "户主姓名", "面积(亩)", "金额（元）"], ["东临村3社", "户主甲", "2", "100"], choices={"东临村": "510521116201"}
    )
    assert codes(found) == []
    assert (found.rows[0].place, found.rows[0].group) == ("510521116201", "3社")


def test_a_choice_outside_the_scope_is_not_taken() -> None:
    assert not checked(HEAD, row(1, "东临村"), choices={"东临村": "510521117201"}).ok


def test_names_that_repeat_ask_which_unless_a_township_stands_beside() -> None:
    county = "510521000000"
    alone = checked(["村", "户主姓名", "面积(亩)", "金额（元）"], ["东林村", "户主甲", "2", "100"], area=county)
    beside = checked(["乡镇", "村", "户主姓名", "面积(亩)", "金额（元）"], ["云龙镇", "东林村", "户主甲", "2", "100"], area=county)
    assert [(one.code, one.offers) for one in alone.errors] == [("many_places", ("510521116201", "510521117201"))]
    assert codes(beside) == []
    assert beside.rows[0].place == "510521117201"


def test_of_two_columns_headed_like_places_the_one_with_the_right_places_is_taken() -> None:
    found = checked(["乡镇", "村名", "分配金额（元）"], ["百和镇", "东林村", "100"], ["百和镇", "西林村", "200"], of="fund-allocation")
    assert codes(found) == []
    assert [one.place for one in found.rows] == ["510521116201", "510521116202"]


def test_a_sheet_without_places_belongs_to_a_village_only() -> None:
    rows: list[list[Cell]] = [["户主姓名", "补贴面积(亩)", "补贴金额（元）"], ["户主甲", "2", "100"]]
    assert [one.code for one in checked(*rows).errors] == ["no_place"]
    found = checked(*rows, area="510521116201")
    assert codes(found) == []
    assert found.rows[0].place == "510521116201"


def test_a_required_column_that_is_missing_is_named() -> None:
    found = checked(["村", "户主姓名", "补贴面积(亩)"], ["东林村", "户主甲", "2"])
    assert [(one.code, one.field) for one in found.errors] == [("no_column", "amount")]
    assert "补贴金额" in found.errors[0].message.zh


def test_a_sheet_without_header_or_rows_says_so() -> None:
    assert [one.code for one in checked(["甲", "乙"], ["1", "2"]).errors] == ["no_header"]
    assert [one.code for one in checked(HEAD).errors] == ["no_rows"]


def test_the_clerk_says_what_a_column_is() -> None:
    rows: list[list[Cell]] = [["村", "户主姓名", "补贴面积(亩)", "系数", "补贴金额（元）"], ["东林村", "户主甲", "2", "30", "100"]]
    assert checked(*rows, columns={3: "rate"}).columns["rate"] == "系数"
    assert checked(*rows, headers={"系数": "rate"}).columns["rate"] == "系数"
    assert "amount" not in checked(*rows, columns={4: ""}).columns


def test_a_private_column_is_no_field_whatever_is_said() -> None:
    found = checked(["村", "户主姓名", "联系电话", "面积(亩)", "金额（元）"], ["东林村", "户主甲", MOBILE, "2", "100"], columns={2: "note"})
    assert found.ok
    assert "note" not in found.columns


def test_an_edit_is_read_instead_of_the_cell() -> None:
    found = checked(HEAD, row(1, amount="一百"), edits={(2, 6): "100"})
    assert codes(found) == []
    assert found.rows[0].texts["amount"] == "100"


def test_an_edit_with_a_personal_number_is_covered_and_blocks() -> None:
    found = checked(HEAD, row(1), edits={(2, 7): f"电话{MOBILE}"})
    assert [one.code for one in found.errors] == ["personal_data"]
    assert found.rows[0].texts["note"] == "电话●●●●●●●●●●●"


def test_covered_cells_may_be_accepted_as_they_are() -> None:
    cleaned = clean(Table("表", [HEAD, row(1, name=f"张三{MOBILE}")]), lambda what, number: what, TODAY)
    found = check(cleaned, kind("cropland-subsidy"), Places(AREAS, TOWN), area=TOWN, edits=accepted(cleaned))
    assert found.ok
    assert found.rows[0].name == "张三●●●●●●●●●●●"


def test_the_same_person_and_the_same_name_are_told() -> None:
    head = [*HEAD[:4], "身份证号", *HEAD[4:]]

    def person(number: int, id: str, name: str) -> list[Cell]:
        one = row(number, name=name, area=str(number), amount=str(50 * number))
        return [*one[:4], id, *one[4:]]

    found = checked(
        head,
        person(1, "510521189605043961", "甲"),
        person(2, "510521189605043961", "乙"),
        person(3, "51052118660904778X", "甲"),
        person(4, "", "甲"),
    )
    assert codes(found) == [(3, "", "same_person"), (5, "", "same_name")]


def test_the_same_amount_for_everybody_is_told() -> None:
    assert codes(checked(HEAD, row(1), row(2), row(3))) == [(0, "amount", "all_same")]


def test_a_rate_unlike_the_standard_is_told_once() -> None:
    found = checked(HEAD, row(1), row(2), row(3, rate="60", amount="120"), facts={"standard": "60元/亩"})
    assert [(one.line, one.lines, one.code) for one in found.warnings] == [(2, (2, 3), "rate_differs")]


def test_a_sum_of_parts_is_checked_under_a_header_of_two_lines() -> None:
    rows: list[list[Cell]] = [
        ["户主姓名", "征收面积(亩)", "补偿费用(元)", "", "", "备注"],
        ["", "", "土地补偿费", "青苗补偿费", "合计", ""],
        ["户主甲", "1", "100", "20", "120", ""],
        ["户主乙", "1", "100", "20", "130", ""],
    ]
    merged = ((0, 2, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1), (0, 5, 1, 5))
    for given in (merged, ()):
        found = checked(
            ["单位:元"], *rows, of="land-compensation", area="510521116201", merged=tuple((t + 1, a, b + 1, c) for t, a, b, c in given)
        )
        assert codes(found) == [(5, "amount", "sum_differs")]
        assert found.totals["amount"] == 250


def test_a_running_balance_is_followed_and_its_total_is_the_closing_figure() -> None:
    found = checked(
        ["单位:元"],
        ["日期", "摘要", "收入", "支出", "余额"],
        ["2026.7.1", "上期结余", "0", "", "100"],
        ["2026.7.2", "租金", "50", "", "150"],
        ["2026.7.3", "水费", "", "30", "125"],
        ["2026.7.4", "电费", "", "5", "120"],
        ["合计", "", "50", "35", "120"],
        of="village-finance",
        area="510521116201",
    )
    assert codes(found) == [(5, "balance", "running_differs")]
    assert found.totals["balance"] == 120


def test_an_entry_needs_income_or_spending() -> None:
    rows: list[list[Cell]] = [["日期", "摘要", "收入(元)", "支出(元)", "余额(元)"], ["2026.7.2", "租金", "", "", "150"]]
    assert [one.code for one in checked(*rows, of="village-finance", area="510521116201").errors] == ["missing"]


def test_a_rounded_id_is_told() -> None:
    found = checked([*HEAD, "身份证号"], [*row(1), Decimal("5.105241980010113E+17")])
    assert [(one.line, one.column, one.code) for one in found.warnings] == [(2, "身份证号", "digits_lost")]


def test_no_message_holds_a_name_or_a_number_of_a_person() -> None:
    found = checked(
        HEAD,
        row(1, name=f"张三{MOBILE}"),
        row(2, name="李四", amount="李四"),
        row(3, name="李四"),
        row(4, name="李四"),
        facts={"standard": "51"},
    )
    messages = "".join(one.message.zh + one.message.en for one in (*found.errors, *found.warnings))
    assert messages
    assert not any(word in messages for word in ("张三", "李四", "1390", "{", "}"))


def test_a_report_is_plain_json_with_printed_totals() -> None:
    found = report(checked(HEAD, row(1, amount="100"), ["合计", "", "", "", "2.0", "", "100", ""]))
    assert found == {
        "ok": True,
        "rows": 1,
        "columns": {
            "village": "村",
            "group": "组",
            "name": "户主姓名",
            "area": "补贴面积(亩)",
            "rate": "补贴标准(元/亩)",
            "amount": "补贴金额（元）",
            "note": "备注",
        },
        "totals": {"area": "2", "amount": "100.00"},
        "stated": {"area": "2", "amount": "100.00"},
        "errors": [],
        "warnings": [],
        "private": [],
    }


def test_every_sentence_speaks_both_languages_and_says_what_to_do() -> None:
    assert not ERRORS.keys() & WARNINGS.keys()
    for sentence in (*ERRORS.values(), *WARNINGS.values()):
        assert set(re.findall(r"{\w+}", sentence.zh)) == set(re.findall(r"{\w+}", sentence.en))
        assert "。" in sentence.zh or ";" in sentence.zh
