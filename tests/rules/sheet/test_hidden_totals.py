"""Rows that may be totals: asked about whatever they are called, and never silently counted as a household."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean
from board.rules.sheet.table import Cell, Table
from board.rules.sheet.total_words import named
from tests.sheets.corpus import AREAS, TODAY, TOWN, VILLAGE
from tests.sheets.making import made_id

HEAD: list[Cell] = ["户主姓名", "保障人口", "救助金额(元)"]
NAMES = ["王小甲", "李乙", "张丙", "周丁", "吴戊", "郑己"]


def checked(*rows: list[Cell], **more: Any) -> Checked:
    cleaned = clean(Table("表", [HEAD, *rows]), lambda what, number: number, TODAY)
    return check(cleaned, kinds.load()["social-assistance"], Places(AREAS, VILLAGE), area=VILLAGE, **more)


def codes(found: Checked) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in (*found.errors, *found.warnings) if one.code in ("like_total", "answered")]


ROWS = [["甲", "2", "300"], ["乙", "3", "450"]]
amounts = st.lists(st.integers(1, 10**6), min_size=2, max_size=6)
labels = st.text(st.sampled_from("全村所有钱数加起来一共多少本组大家"), min_size=1, max_size=6)


@given(amounts, labels)
def test_a_last_line_that_is_the_sum_is_never_a_household_unasked(figures: list[int], label: str) -> None:
    rows: list[list[Cell]] = [[name, "", Decimal(one)] for name, one in zip(NAMES, figures, strict=False)]
    found = checked(*rows, [label, "", Decimal(sum(figures))])

    assert (len(found.rows), found.totals["amount"]) == (len(figures), sum(figures))
    assert codes(found) == [] if named(label, measured=True) else [(len(figures) + 2, "like_total")]


def full(names: list[str], amounts: list[int]) -> list[tuple[int, str]]:
    """What is asked about lines with a village, a group, a name, a rate and two figures each."""
    rows: list[list[Cell]] = [
        ["东林村", "1组", name, Decimal(one) / 50, "50", Decimal(one)] for name, one in zip(names, amounts, strict=False)
    ]
    head: list[Cell] = ["村", "组", "户主姓名", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额(元)"]
    cleaned = clean(Table("表", [head, *rows]), lambda what, number: number, TODAY)
    return codes(check(cleaned, kinds.load()["cropland-subsidy"], Places(AREAS, TOWN), area=TOWN))


@pytest.mark.parametrize(
    ("amounts", "asked"),
    [
        ([100, 150, 200, 450], [5]),  # the last line is all above
        ([100, 150, 200, 460], []),
        ([100, 150, 250, 90], []),  # two small households happen to make a third one
        ([100, 150, 200, 50, 500, 90], [6]),  # four of them do not
    ],
)
def test_a_person_whose_line_is_the_sum_is_asked_about_where_it_is_no_chance(amounts: list[int], asked: list[int]) -> None:
    assert full(NAMES, amounts) == [(line, "like_total") for line in asked]


@pytest.mark.parametrize("label", ["一组计", "大家", "小结", "我们的", "总体情况"])
def test_in_the_middle_what_is_nobodys_name_is_asked_about(label: str) -> None:
    assert full([*NAMES[:2], label, NAMES[3]], [100, 150, 250, 90]) == [(4, "like_total")]


@pytest.mark.parametrize("label", ["本页计", "3户", "叁佰元整", "共三户"])
def test_a_line_named_like_a_total_is_asked_about_though_its_sum_is_wrong(label: str) -> None:
    assert full([*NAMES[:3], label], [100, 150, 200, 451]) == [(5, "like_total")]


def test_a_row_is_a_row_once_its_clerk_says_so() -> None:
    found = checked(*ROWS, ["丙", "5", "750"], answers={"ask:total:4": "row"})
    assert (len(found.rows), found.totals["amount"], codes(found)) == (3, 1500, [(4, "answered")])


def test_a_person_with_an_id_number_is_no_total() -> None:
    rows = [[*row, made_id(number)] for number, row in enumerate([*ROWS, ["丙", "5", "750"]], 100)]
    cleaned = clean(Table("表", [[*HEAD, "身份证号"], *rows]), lambda what, number: number, TODAY)
    found = check(cleaned, kinds.load()["social-assistance"], Places(AREAS, VILLAGE), area=VILLAGE)
    assert (len(found.rows), codes(found)) == (3, [])


def test_what_a_right_total_counts_is_a_row() -> None:
    found = checked(*ROWS, ["丙", "5", "750"], ["合计", "10", "1500"])
    assert (len(found.rows), codes(found)) == (3, [])


def test_a_total_above_its_rows_is_asked_about() -> None:
    found = checked(["大家", "10", "1050"], *ROWS, ["丙", "5", "300"])
    assert (len(found.rows), codes(found)) == (3, [(2, "like_total")])


def test_of_several_in_a_row_each_is_asked_about_once() -> None:
    found = checked(*ROWS, ["大家", "5", "750"], ["全部", "5", "750"])
    assert (found.totals["amount"], codes(found)) == (750, [(4, "like_total"), (5, "like_total")])


@pytest.mark.parametrize("name", ["/", "-", "无", "东林村"])
def test_a_total_in_the_next_column_is_asked_about_though_its_name_cell_is_filled(name: str) -> None:
    head: list[Cell] = ["序号", "村", "姓名", "救助类别", "救助金额(元)"]
    rows: list[list[Cell]] = [[Decimal(n), "东林村", who, "临时", "400"] for n, who in enumerate(NAMES[:2], 1)]
    cleaned = clean(Table("表", [head, *rows, [Decimal(3), "东林村", name, "合计", "801"]]), lambda what, number: number, TODAY)
    found = check(cleaned, kinds.load()["social-assistance"], Places(AREAS, TOWN), area=TOWN)
    assert (len(found.rows), found.totals["amount"]) == (2, 800)
    assert [one.code for one in found.warnings if one.code == "total_differs"] == ["total_differs"]


@pytest.mark.parametrize("label", ["全村", "本页", "共三项", "合记", "小结", "捌佰零壹元"])
def test_a_wrong_total_is_asked_about_where_rows_are_projects(label: str) -> None:
    head: list[Cell] = ["村", "项目名称", "建设内容", "资金金额(元)"]
    rows: list[list[Cell]] = [["东林村", "水渠", "硬化", "400"], ["西林村", "便道", "硬化", "400"], ["东林村", label, "", "801"]]
    cleaned = clean(Table("表", [head, *rows]), lambda what, number: number, TODAY)
    found = check(cleaned, kinds.load()["relief-projects"], Places(AREAS, TOWN), area=TOWN)
    assert found.totals["amount"] == 800
    assert codes(found) == [(4, "like_total")]
