"""The empty sheet of a kind: filled in, it goes through the whole import without a question; left empty, it says that it is."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import prod
from typing import Any

import openpyxl
import pytest

from board import kinds, sheets
from board.blank_sheet import EXAMPLE, TABLE, blank_sheet, offered
from board.rules import row_units
from board.rules.areas import Area
from board.rules.kind import Kind, Level
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean, column_kind

TODAY = date(2026, 11, 22)
CITY, COUNTY, TOWN, VILLAGE = "510500000000", "510521000000", "510521116000", "510521116201"
AREAS = [
    Area(CITY, "泸州市", "city", ""),
    Area(COUNTY, "泸县", "county", CITY),
    Area(TOWN, "百和镇", "township", COUNTY),
    Area("510521116004", "高洞社区居民委员会", "village", TOWN),
    Area(VILLAGE, "东林村民委员会", "village", TOWN),
    Area("510521116202", "西林村村民委员会", "village", TOWN),
    Area("510521117000", "云龙镇", "township", COUNTY),
    Area("510521117201", "东林村民委员会", "village", "510521117000"),
]
HOMES: Mapping[Level, str] = {"city": CITY, "county": COUNTY, "township": TOWN, "village": VILLAGE}
WITH_ROSTER = [(kind.id, level) for kind in kinds.load().values() if kind.columns for level in kind.levels]
# Reading a sheet is slow: each kind at one of its levels, and so each level with many kinds.
AT_ONE_LEVEL = [(kind.id, kind.levels[no % len(kind.levels)]) for no, kind in enumerate(kinds.load().values()) if kind.columns]
ROWS = 12


@cache
def empty(kind_id: str, level: Level, language: str = "zh") -> bytes:
    kind = kinds.load()[kind_id]
    return blank_sheet(kind, level, names(kind, level), language)


def names(kind: Kind, level: Level) -> list[tuple[str, str]]:
    """The places that a publisher of a level is offered for its rows."""
    of = kind.places_for(level)
    return offered(Places(AREAS, HOMES[level]), of) if of and of != level else []


def values(kind: Kind, places: list[tuple[str, str]], number: int) -> dict[str, Any]:
    """One invented row by field, whose figures agree as the kind says; no two of them have one name or one amount."""
    row: dict[str, Any] = {}
    first = 3 if kind.id == "housing-plan" else 1  # figures alone: 1, 2 and then 3 would be a total
    for column in kind.columns:
        row[column.id] = {
            "place": places[number % len(places)][1] if places else "",
            "group": f"{number % 3 + 1}组",
            "name": "赵钱孙李周吴郑王冯陈褚卫"[number] + "小满",
            "text": f"第{number + 1}项",
            "date": date(2026, 7, 1) + timedelta(days=number),
            "count": number + first,
            "area": Decimal(number + first) / 4,
            "rate": Decimal(100),
            "money": Decimal(number + first) * 25,
            "balance": Decimal(0),
        }[column.type]
    for one in kind.checks:
        if one.type == "product" and not one.unless:
            row[one.result] = prod(row[id] for id in one.of)
    for one in kind.checks:
        if one.type == "sum":
            row[one.result] = sum(row[id] for id in one.of)
        if one.type == "running":
            row[one.of[1]] = None
            row[one.result] = sum(Decimal(n + first) * 25 for n in range(number + 1))
    return row


def saved(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def filled(kind_id: str, level: Level, language: str = "zh") -> tuple[bytes, list[dict[str, Any]]]:
    """The blank as a clerk hands it in, and the rows that stand in it."""
    kind = kinds.load()[kind_id]
    rows = [values(kind, names(kind, level), number) for number in range(ROWS)]
    book = openpyxl.load_workbook(io.BytesIO(empty(kind_id, level, language)))
    sheet = book[TABLE]
    heads = [str(cell.value) for cell in sheet[3]]
    ids = {(f"{column.label.zh}（{column.unit}）" if column.unit else column.label.zh): column.id for column in kind.columns}
    for line, row in enumerate(rows, 4):
        for index, head in enumerate(heads, 1):
            sheet.cell(line, index).value = row[ids[head]]
    return saved(book), rows


def imported(data: bytes, kind_id: str, level: Level, sheet: int | None = None) -> Checked:
    home = HOMES[level]
    cleaned = clean(sheets.read(data, "空白表.xlsx").table(sheet), lambda what, number: f"{what}{number}", TODAY)
    return check(cleaned, kinds.load()[kind_id], Places(AREAS, home), area=home)


def codes(found: Checked) -> list[str]:
    return [one.code for one in (*found.errors, *found.warnings)]


@pytest.mark.parametrize(("kind_id", "level"), AT_ONE_LEVEL)
def test_a_blank_that_was_filled_in_is_imported_without_a_question(kind_id: str, level: Level) -> None:
    data, rows = filled(kind_id, level)
    found = imported(data, kind_id, level)
    assert codes(found) == []
    assert (len(found.rows), found.unmapped, found.private) == (ROWS, [], [])
    kind = kinds.load()[kind_id]
    expected: dict[str, Decimal] = {}
    for column in kind.columns:
        if column.type in ("count", "area", "money") and column.adds_up and column.show != "staff" and column.id in found.columns:
            for row in rows:
                key = row_units.key(column, row.get(column.unit_in, ""))
                expected[key] = expected.get(key, Decimal()) + Decimal(row[column.id] or 0)
    assert {id: found.totals.get(id, Decimal()) for id in expected} == expected
    codes_by_name = {name: code for code, name in names(kind, level)}
    if kind.places:
        written = [row.get("village", row.get("place")) for row in rows]
        assert [row.place for row in found.rows] == [codes_by_name.get(name, HOMES[level]) for name in written]


@pytest.mark.parametrize(("kind_id", "level", "language"), [(*one, ("zh", "zh", "en")[no % 3]) for no, one in enumerate(AT_ONE_LEVEL)])
def test_a_blank_left_empty_says_that_it_has_no_rows(kind_id: str, level: Level, language: str) -> None:
    assert codes(imported(empty(kind_id, level, language), kind_id, level)) == ["no_rows"]


@pytest.mark.parametrize(("kind_id", "level"), AT_ONE_LEVEL)
def test_the_example_is_never_taken_for_rows(kind_id: str, level: Level) -> None:
    found = imported(empty(kind_id, level), kind_id, level, sheet=1)
    assert not found.ok


@pytest.mark.parametrize(("kind_id", "level"), WITH_ROSTER)
def test_every_unit_stands_in_its_header_and_no_header_asks_for_a_personal_number(kind_id: str, level: Level) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(empty(kind_id, level)))[TABLE]
    heads = [str(cell.value) for cell in sheet[3]]
    kind = kinds.load()[kind_id]
    units = {column.label.zh: column.unit for column in kind.columns}
    assert [head for head in heads if head not in {f"{label}（{unit}）" if unit else label for label, unit in units.items()}] == []
    assert [head for head in heads if column_kind(head)] == []


def test_a_drop_down_holds_the_places_and_tells_those_of_one_name_apart() -> None:
    book = openpyxl.load_workbook(io.BytesIO(empty("cropland-subsidy", "county")))
    rule = next(one for one in book[TABLE].data_validations.dataValidation if one.type == "list")
    where, cells = rule.formula1.split("!")
    assert (where.strip("'"), str(rule.sqref)) == (EXAMPLE, "A4:A100001")
    assert [cell.value for (cell,) in book[EXAMPLE][cells.replace("$", "")]] == ["高洞社区", "百和镇东林村", "西林村", "云龙镇东林村"]


def test_a_village_is_not_asked_for_its_own_name() -> None:
    heads = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(empty("cropland-subsidy", "village")))[TABLE][3]]
    assert heads == ["组", "户主姓名", "补贴面积（亩）", "补贴标准（元/亩）", "补贴金额（元）", "备注"]


def test_a_blank_is_ready_to_be_printed() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(empty("fund-allocation", "county")))[TABLE]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)  # one page wide, as many as it takes
    assert sheet["G2"].value == "单位：户、人、亩、元/亩、元"


def test_a_group_with_a_dash_stays_a_group() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(empty("cropland-subsidy", "township")))[TABLE]
    assert [sheet.column_dimensions[letter].number_format for letter in "ABCG"] == ["@"] * 4


def test_the_words_around_the_table_are_in_the_clerks_language_and_its_headers_are_not() -> None:
    zh, en = (openpyxl.load_workbook(io.BytesIO(empty("cropland-subsidy", "township", language))) for language in ("zh", "en"))
    assert [cell.value for cell in zh[TABLE][3]] == [cell.value for cell in en[TABLE][3]]
    assert [cell.value for cell in zh[EXAMPLE][1]] == ["栏目", "必填吗", "怎么填", "例子", "可以选的地名"]
    assert [cell.value for cell in en[EXAMPLE][5]][:4] == [
        "补贴面积 Area",
        "required",
        "Digits only; the unit stands in the header",
        "4.95",
    ]


def test_the_same_bytes_come_out_each_time_and_open_without_a_warning() -> None:
    kind = kinds.load()["cropland-subsidy"]
    places = names(kind, "township")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = [blank_sheet(kind, "township", places) for _ in range(2)]
        openpyxl.load_workbook(io.BytesIO(made[0]))
    assert made[0] == made[1]
    assert {entry.date_time[:3] for entry in zipfile.ZipFile(io.BytesIO(made[0])).infolist()} == {(1980, 1, 1)}


def test_the_name_of_a_place_is_never_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_sheet(kinds.load()["cropland-subsidy"], "township", [(VILLAGE, "=1+1")])))
    assert (book[EXAMPLE]["E2"].value, book[EXAMPLE]["E2"].data_type) == ("=1+1", "s")


def test_a_kind_without_a_roster_has_no_blank() -> None:
    with pytest.raises(ValueError, match="land-pre-notice"):
        blank_sheet(kinds.load()["land-pre-notice"], "county", [])
