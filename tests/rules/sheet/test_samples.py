"""The sheets of the demo give exactly what their README says, through the same steps as an upload."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from board import kinds, sheets
from board.rules.areas import load_rows
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check, report
from board.rules.sheet.cleaning import Cleaned, clean

DEMO = Path(__file__).parents[3] / "board" / "demo"
SAMPLES: Mapping[str, tuple[str, str, str, str]] = {
    "beita": ("beita-2020-relief-projects.xlsx", "relief-projects", "beita", "430511000000"),
    "zhaoyuan": ("zhaoyuan-2023-cropland-subsidy.xls", "fund-allocation", "zhaoyuan", "370685000000"),
    "baihe": ("baihe-cropland-roster.xlsx", "cropland-subsidy", "luzhou", "510521116000"),
    "hejiang": ("hejiang-land-compensation.xlsx", "land-compensation", "luzhou", "510522104209"),
    "gulin": ("gulin-winter-relief.xls", "disaster-relief", "luzhou", "510525105000"),
    "finance": ("village-finance-q3.csv", "village-finance", "luzhou", "510504103204"),
}


@cache
def uploaded(name: str) -> Cleaned:
    """A sample read and cleaned, and sent through JSON as staging does."""
    file = DEMO / SAMPLES[name][0]
    table = sheets.read(file.read_bytes(), file.name).table()
    cleaned = clean(table, lambda what, number: hashlib.sha256(f"{what}{number}".encode()).hexdigest(), date(2026, 11, 22))
    return Cleaned.from_json(json.loads(json.dumps(cleaned.to_json())))


def checked(name: str, **more: Any) -> Checked:
    _, kind, division, area = SAMPLES[name]
    places = Places(load_rows((DEMO / f"areas-{division}.csv").read_text("utf-8-sig")), area)
    return check(uploaded(name), kinds.load()[kind], places, area=area, **more)


@pytest.mark.parametrize(
    ("name", "rows", "totals"),
    [
        ("beita", 16, {"amount": "4080000.00"}),
        ("zhaoyuan", 14, {"households": "63003", "area": "317442.74", "amount": "38093128.80"}),
        ("baihe", 1194, {"area": "5903.61", "amount": "552578.07"}),
        ("hejiang", 86, {"area": "103.946", "amount": "4105867.00"}),
        ("gulin", 140, {"amount": "76800.00"}),
        ("finance", 139, {"income": "43637.27", "spending": "246036.29", "balance": "-73965.75"}),
    ],
)
def test_a_sample_has_the_rows_and_totals_of_its_readme(name: str, rows: int, totals: dict[str, str]) -> None:
    found = report(checked(name))
    assert found["rows"] == rows
    assert found["totals"] | totals == found["totals"]
    assert {id: found["totals"][id] for id in found["stated"] if id in found["totals"]} | totals == {
        id: value for id, value in found["stated"].items() if id in found["totals"]
    }


@pytest.mark.parametrize("name", ["zhaoyuan", "baihe", "hejiang", "gulin", "finance"])
def test_a_sample_without_faults_is_ok(name: str) -> None:
    assert checked(name).ok


@pytest.mark.parametrize("name", ["baihe", "hejiang", "gulin", "finance"])
def test_a_sample_whose_figures_agree_gives_no_warning(name: str) -> None:
    assert checked(name).warnings == []


@pytest.mark.parametrize(
    ("name", "private"),
    [
        ("baihe", [("身份证号码", "id_number", 1194), ("一卡通账号", "bank_card", 1194), ("联系电话", "phone", 1194)]),
        ("gulin", [("户主身份证号", "id_number", 140), ("户主联系方式", "phone", 140)]),
        ("hejiang", []),
        ("finance", []),
    ],
)
def test_the_personal_numbers_of_a_sample_are_counted(name: str, private: list[tuple[str, str, int]]) -> None:
    assert [(one["where"], one["what"], one["count"]) for one in report(checked(name))["private"]] == private


def test_nothing_personal_of_a_sample_is_staged() -> None:
    file = DEMO / SAMPLES["baihe"][0]
    staged = json.dumps(uploaded("baihe").to_json())
    numbers = [str(cell) for row in sheets.read(file.read_bytes(), file.name).table().cells[3:1197] for cell in row[4:7]]
    assert len(numbers) == 3 * 1194
    assert not any(number in staged for number in numbers)


def test_beita_asks_for_two_places_that_have_become_communities() -> None:
    found = checked("beita")
    assert [(one.line, one.code, one.written, one.offers[0]) for one in found.errors] == [
        (10, "unknown_place", "邓家村", "430511003002"),
        (13, "unknown_place", "陈家桥村", "430511101004"),
    ]
    assert [one.code for one in found.warnings] == ["number_with_words", "number_with_words"]


def test_beita_is_ok_once_the_two_places_are_chosen() -> None:
    found = checked("beita", choices={"邓家村": "430511003002", "陈家桥村": "430511101004"})
    assert found.ok
    assert found.rows[6].place == "430511003002"
    assert found.rows[15].place == "430511000000"  # item 16 is for the whole district
    assert found.rows[12].texts["amount"] == "10(其中,灾情因素6万元)"


def test_zhaoyuan_has_its_units_assumed_and_its_products_agree_with_the_standard() -> None:
    assert [one.code for one in checked("zhaoyuan", facts={"standard": "120"}).warnings] == ["units_assumed", "units_assumed"]
    assert [one.code for one in checked("zhaoyuan", facts={"standard": "121"}).warnings].count("product_differs") == 14


def test_baihe_has_its_villages_filled_down_and_its_people_kept_apart() -> None:
    found = checked("baihe")
    assert len({row.place for row in found.rows}) == 13
    assert len({row.person.person_key for row in found.rows}) == 1194
    assert found.stated["households"] == 1194
    assert dict(found.aside)[1199].endswith("监督电话:0830-8190000")  # an office's phone stays


def test_hejiang_takes_the_total_of_the_parent_as_its_amount() -> None:
    found = checked("hejiang")
    assert found.columns["amount"] == "补偿费用 合计"
    assert {row.place for row in found.rows} == {"510522104209"}


def test_gulin_has_its_addresses_parted_into_village_and_group() -> None:
    row = checked("gulin").rows[0]
    assert (row.place, row.group, row.name) == ("510525105203", "4社", "曾娟祥")
