"""空白表: a clerk without a table downloads an empty one, fills it in, and it goes through without a question."""

from __future__ import annotations

import io
from urllib.parse import unquote

import openpyxl
import pytest

from board import kinds
from board.blank_sheet import EXAMPLE, TABLE
from tests.web.drafting import uploads

TOWN, GAODONG, COUNTY = "510521116000", "510521116004", "510521000000"
CROPLAND = "cropland-subsidy"
TWO_ROWS = [
    ["高洞社区", "1组", "张小三", 4.95, 93.6, 463.32, ""],
    ["高洞社区", "2组", "李小四", 2, 93.6, 187.2, "好"],
]


def downloads(clerk, kind: str, home: str, language: str = "") -> bytes:
    page = clerk.sees(f"/desk/blank?home={home}{language}")
    name = kinds.load()[kind].name
    return clerk.follows(page, name.en if language else name.zh).data


def filled(blank: bytes, rows: list[list[object]]) -> tuple[bytes, str]:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    for line, row in enumerate(rows, 4):
        for column, value in enumerate(row, 1):
            book[TABLE].cell(line, column, value or None)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue(), "空白表.xlsx"


@pytest.mark.parametrize("language", ["", "&lang=en"])
def test_a_filled_blank_is_right_at_once(clerk, language):
    page = uploads(clerk, filled(downloads(clerk, CROPLAND, TOWN, language), TWO_ROWS), CROPLAND, TOWN)

    assert page.heading == "数都对上了"
    assert "650.52" in page.text
    assert "个人信息已经去掉" not in page.text


def test_a_villages_own_blank_asks_for_no_village(clerk):
    page = uploads(clerk, filled(downloads(clerk, CROPLAND, GAODONG), [row[1:] for row in TWO_ROWS]), CROPLAND, GAODONG)

    assert page.heading == "数都对上了"


def test_a_blank_handed_in_untouched_says_what_to_do(clerk):
    page = uploads(clerk, (downloads(clerk, CROPLAND, TOWN), "空白表.xlsx"), CROPLAND, TOWN)

    assert page.heading == "有 1 处要改"
    assert "表头下面没有明细" in page.text


def test_the_list_has_the_kinds_that_the_area_may_publish_and_no_others(clerk, person):
    offered = {home: " ".join(words for words, _ in clerk.sees(f"/desk/blank?home={home}").links) for home in (TOWN, GAODONG)}

    for home, level in ((TOWN, "township"), (GAODONG, "village")):
        for kind in kinds.load().values():
            assert (f"“{kind.name.zh}”" in offered[home]) == bool(kind.columns and level in kind.levels)
    assert "看这个单位的" not in person("luxian-clerk").sees("/desk/blank").text  # a county's desk works for the county alone


def test_every_blank_that_is_listed_is_a_spreadsheet_with_its_kinds_name(clerk):
    page = clerk.sees("/desk/blank")
    links = [address for words, address in page.links if "空白表" in words]

    assert links
    for address in links:
        given = clerk.sees(address)
        assert openpyxl.load_workbook(io.BytesIO(given.data)).sheetnames == [TABLE, EXAMPLE]
        assert "空白表.xlsx" in unquote(given.headers["Content-Disposition"])


def test_the_drop_down_has_the_villages_of_the_clerks_own_town(clerk):
    book = openpyxl.load_workbook(io.BytesIO(downloads(clerk, CROPLAND, TOWN)))
    (rule,) = [one for one in book[TABLE].data_validations.dataValidation if one.type == "list"]
    listed = [cell.value for (cell,) in book[EXAMPLE][rule.formula1.split("!")[1].replace("$", "")]]

    assert "高洞社区" in listed
    assert all(cell for cell in listed)
    assert {column: round(book[TABLE].column_dimensions[column].width) for column in "ABC"} == {"A": 19, "B": 10, "C": 15}


@pytest.mark.parametrize("address", [
    f"/desk/blank/{COUNTY}/{CROPLAND}.xlsx", f"/desk/blank/{TOWN}/land-pre-notice.xlsx", f"/desk/blank/{TOWN}/nothing.xlsx",
    f"/desk/blank/{TOWN}/village-finance.xlsx", "/desk/blank/999999999999/cropland-subsidy.xlsx",
])  # fmt: skip
def test_what_a_desk_does_not_publish_is_no_page(clerk, address):
    assert clerk.sees(address).status == 404
