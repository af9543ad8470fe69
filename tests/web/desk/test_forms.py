"""The forms of the desk: days in any common way of writing, walls by their townships, and just the covered cells that were accepted."""

from __future__ import annotations

from datetime import date

import pytest

from board import kinds
from board.models import Draft, db
from board.rules.areas import Area
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean
from board.rules.sheet.table import Table
from board.web.desk.forms import cell_edits, masked_cells
from tests.web.drafting import ROSTER, begins, draft_of, facts_of, pastes, states

BAIHE = "baihe-cropland-roster.xlsx"

GAODONG = "510521116004"
PHONE = "139" + "00000286"
ROWS = [
    ["户主姓名", "补贴面积(亩)", "补贴金额(元)", "备注"],
    [f"张三{PHONE}", "2", "187.2", ""],
    ["李四(肺癌晚期)", "两亩", "187.2", ""],
    ["王五", "2", "187.2", f"打{PHONE}"],
]
COVERED = {(2, 0): "张三" + "●" * 11, (3, 0): "李四(●●晚期)", (4, 3): "打" + "●" * 11}


def stored(page) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, tuple(draft_of(page).split("/")[2:4]), populate_existing=True)


@pytest.fixture
def page(once, clerk):
    return clerk.sees(once("pasted", lambda: pastes(clerk, ROSTER).path))


def right() -> dict[str, str]:
    return facts_of(BAIHE)


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


@pytest.mark.parametrize("written", ["2026.11.20", "2026/11/20", "2026年11月20日", "20261120", "2026-11-20", "２０２６-１１-２０"])
def test_a_day_may_be_written_in_any_common_way(clerk, page, written):
    page = states(clerk, page, **right() | {"formed_on": written})

    assert page.path.endswith("/finish")
    assert stored(page).facts["formed_on"] == "2026-11-20"
    assert clerk.sees(f"{draft_of(page)}/facts").form("存好").fields["formed_on"] == ["2026-11-20"]


@pytest.mark.parametrize("kind", ["land-pre-notice", "land-resettlement"])
def test_a_county_finds_its_walls_under_their_townships(person, kind):
    clerk = person("luxian-clerk")
    page = begins(clerk, kind)
    assert "公告公示" not in page.heading
    assert page.html.count("<details>") > 10
    assert "百和镇本级" in page.text

    page = clerk.submits(page, "存好", places=["510521116000", "510521116004"])
    assert "百和镇 已选 2 个" in page.text
    assert page.text.count("已选") == 1


@pytest.mark.parametrize("day", ["十一月", "2026-02-30", "20261", "9999-12-31", "0001-01-01", " ", "2026-11-23x"])
@pytest.mark.parametrize("field", ["formed_on", "display_start"])
def test_what_is_no_day_of_this_century_breaks_no_page(clerk, page, field, day):
    page = states(clerk, page, **right() | {field: day})
    assert page.status == 422

    for step in ("facts", "finish", "ready"):
        assert clerk.sees(f"{draft_of(page)}/{step}").status == 200
    assert "送审" not in [words for form in clerk.sees(f"{draft_of(page)}/finish").forms for words, *_ in form.buttons]
