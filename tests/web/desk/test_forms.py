"""Which covered cells a form accepts: the one whose button was pressed, all of them, or none; and never another."""

from __future__ import annotations

from datetime import date

import pytest

from board import kinds
from board.rules.areas import Area
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean
from board.rules.sheet.table import Table
from board.web.desk.forms import cell_edits, masked_cells

GAODONG = "510521116004"
PHONE = "139" + "00000286"
ROWS = [
    ["户主姓名", "补贴面积(亩)", "补贴金额(元)", "备注"],
    [f"张三{PHONE}", "2", "187.2", ""],
    ["李四(肺癌晚期)", "两亩", "187.2", ""],
    ["王五", "2", "187.2", f"打{PHONE}"],
]
COVERED = {(2, 0): "张三" + "●" * 11, (3, 0): "李四(●●晚期)", (4, 3): "打" + "●" * 11}


def checked() -> Checked:
    cleaned = clean(Table("表", ROWS), lambda what, number: f"{what}-{len(number)}", date(2026, 11, 22))
    areas = [Area("510521116000", "百和镇", "township", ""), Area(GAODONG, "高洞社区居民委员会", "village", "510521116000")]
    return check(cleaned, kinds.load()["cropland-subsidy"], Places(areas, GAODONG), area=GAODONG)


@pytest.mark.parametrize(
    ("pressed", "accepted"),
    [
        ("2-0", {(2, 0)}),
        ("3-0", {(3, 0)}),
        ("all", set(COVERED)),
        ("", set()),
        ("3-1", set()),  # a cell with another fault
        ("4-0", set()),  # one without any
        ("2-00", set()),
        ("99-99", set()),
        ("alle", set()),
    ],
)
def test_only_what_was_pressed_is_accepted_as_it_stands(pressed: str, accepted: set[tuple[int, int]]) -> None:
    assert masked_cells({"mask": pressed}, checked()) == {at: COVERED[at] for at in accepted}


def test_without_a_button_nothing_is_accepted() -> None:
    assert masked_cells({}, checked()) == {}


def test_what_was_typed_into_a_covered_cell_goes_before_its_cover() -> None:
    form = {"mask": "all", "cell-2-0": "张三", "was-cell-2-0": COVERED[2, 0], "cell-4-3": COVERED[4, 3], "was-cell-4-3": COVERED[4, 3]}
    assert masked_cells(form, checked()) | cell_edits(form) == COVERED | {(2, 0): "张三"}
