"""What a sheet proposes by itself: its kind, the notice's title, the standard of all its rows."""

from __future__ import annotations

import pytest

from board import kinds
from board.rules.sheet.cleaning import Cleaned, clean
from board.rules.sheet.kind_proposal import kinds_by_fit, rates, title
from board.rules.sheet.table import Cell, Table
from tests.demo_sheets import SHEETS, cleaned
from tests.sheets.corpus import TODAY

KINDS = kinds.load()
HEAD: list[Cell] = ["组", "户主姓名", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额(元)"]
ROW: list[Cell] = ["1组", "甲", "2", "93.6", "187.2"]


def sheet(*rows: list[Cell]) -> Cleaned:
    return clean(Table("表", list(rows)), lambda what, number: number, TODAY)


@pytest.mark.parametrize(("name", "kind", "level"), SHEETS)
def test_each_sheet_of_the_demo_proposes_its_own_kind(name: str, kind: str, level: str) -> None:
    assert kinds_by_fit(cleaned(name), KINDS.values(), level)[0].id == kind  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "kind"),
    [("百和镇2026年耕地地力保护补贴发放表", "cropland-subsidy"), ("百和镇2026年实际种粮农民一次性补贴花名册", "grain-subsidy")],
)
def test_between_kinds_of_the_same_columns_the_title_decides(said: str, kind: str) -> None:
    assert kinds_by_fit([sheet([said], HEAD, ROW)], KINDS.values(), "village")[0].id == kind


def test_a_publisher_is_offered_its_own_kinds_only() -> None:
    offered = {kind.id for kind in kinds_by_fit([sheet(HEAD, ROW)], KINDS.values(), "village")}
    assert offered == {kind.id for kind in KINDS.values() if kind.columns and "village" in kind.levels}


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ("百和镇2026年耕地地力保护补贴发放花名册", "百和镇2026年耕地地力保护补贴公示"),
        ("百和镇2026年耕地地力保护补贴公示表", "百和镇2026年耕地地力保护补贴公示"),
        ("百和镇 2026 年耕地地力保护补贴农户清册（一）", "百和镇2026年耕地地力保护补贴公示"),
        ("百和镇2026年耕地地力保护补贴资金发放公示", "百和镇2026年耕地地力保护补贴资金发放公示"),
        ("发放表", ""),
        ("2026年会议签到表", ""),
        ("510521195401230013耕地补贴表", ""),
        ("填报单位：百和镇", ""),
    ],
)
def test_the_sheets_title_makes_the_notices(said: str, made: str) -> None:
    assert title(sheet([said], HEAD, ROW), KINDS["cropland-subsidy"]) == made


@pytest.mark.parametrize(
    ("said", "found"),
    [(["93.6", "93.6"], {"standard": "93.6"}), (["93.6", "93.60元"], {}), (["93.6", "90"], {}), (["", ""], {}), (["x", "x"], {})],
)
def test_a_rate_that_all_rows_have_is_the_standard(said: list[str], found: dict[str, str]) -> None:
    rows: list[list[Cell]] = [["1组", "甲", "2", rate, "187.2"] for rate in said]
    assert rates(sheet(HEAD, *rows), KINDS["cropland-subsidy"]) == found


def test_a_sum_per_head_that_all_rows_have_is_stated_as_such() -> None:
    found = sheet(["姓名", "家庭人口", "每人金额(元/人)", "合计"], ["甲", "4", "12000", "48000"], ["乙", "3", "12000", "36000"])
    assert rates(found, KINDS["land-compensation"]) == {"per_head": "12000"}


def test_a_kind_without_rates_states_none() -> None:
    assert rates(sheet(["姓名", "金额"], ["甲", "1"]), KINDS["social-assistance"]) == {}
