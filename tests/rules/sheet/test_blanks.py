"""A village that stands once: one question for all its rows, and the right places once it is answered."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean
from board.rules.sheet.table import Cell, Table
from tests.sheets.corpus import AREAS, TODAY, TOWN

HEAD: list[Cell] = ["村", "组", "户主姓名", "补贴面积(亩)", "补贴金额(元)"]


def checked(*rows: list[Cell], **more: Any) -> Checked:
    cleaned = clean(Table("表", [HEAD, *rows]), lambda what, number: number, TODAY)
    return check(cleaned, kinds.load()["cropland-subsidy"], Places(AREAS, TOWN), area=TOWN, **more)


def told(found: Checked) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in found.errors]


def row(place: str, group: str, name: str) -> list[Cell]:
    return [place, group, name, "2", "101"]


@given(st.lists(st.tuples(st.sampled_from(["东林村", "西林村", "高洞社区"]), st.integers(3, 5)), min_size=1, max_size=4))
def test_blank_cells_are_asked_about_once_and_filled(parts: list[tuple[str, int]]) -> None:
    whole = [(place, f"{number % 3 + 1}组") for place, count in parts for number in range(count)]
    once = [
        row(place if number == 0 else "", f"{number % 3 + 1}组", f"户{place}{number}") for place, count in parts for number in range(count)
    ]

    assert [code for _, code in told(checked(*once))] == ["blank_as_above"]
    found = checked(*once, answers={"ask:above": "above"})
    assert (found.ok, [(line.texts["village"], line.group) for line in found.rows]) == (True, whole)


def test_a_group_is_not_carried_into_the_next_village() -> None:
    rows = [row("东林村", "1组", "甲"), row("", "", "乙"), row("西林村", "", "丙"), row("", "", "丁")]
    found = checked(*rows, answers={"ask:above": "above"})
    assert [(one.texts["village"], one.group) for one in found.rows] == [
        ("东林村", "1组"),
        ("东林村", "1组"),
        ("西林村", ""),
        ("西林村", ""),
    ]


def test_a_single_gap_is_a_gap() -> None:
    assert told(checked(row("东林村", "1组", "甲"), row("西林村", "1组", "乙"), row("", "1组", "丙"))) == [(4, "missing")]


def test_whoever_types_a_place_keeps_it() -> None:
    rows = [row("东林村", "1组", "甲"), row("", "1组", "乙"), row("", "1组", "丙")]
    found = checked(*rows, answers={"ask:above": "above"}, edits={(4, 0): "西林村"})
    assert [one.texts["village"] for one in found.rows] == ["东林村", "东林村", "西林村"]
