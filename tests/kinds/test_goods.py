"""Goods: 吨, 床 and 箱 are never added, and what came is what was given out, is left or was lost."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import demo, kinds
from board.rules.areas import Area
from board.rules.notice.proposal import number_rows, rostered
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean
from board.rules.sheet.table import Table
from tests.kinds.test_posted import POSTS, SAMPLES

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
FENGSHUI, SUBA = "510525105202", "510525105203"
TOWN = "510525105000"
AREAS = [Area(TOWN, "大村镇", "township", ""), Area(FENGSHUI, "丰水村民委员会", "village", TOWN)]
HEAD = ("村", "品名", "单位", "收到", "发出", "结存", "损耗")

COUNTS = st.decimals(0, 100_000, places=3)
BATCHES = st.lists(st.tuples(st.sampled_from(["吨", "床", "箱"]), COUNTS, COUNTS, COUNTS, st.sampled_from([0, 0, 1])), min_size=1)


def sheet(lines) -> Checked:
    table = Table("物资", [HEAD, *([Decimal(cell) if isinstance(cell, int) else cell for cell in line] for line in lines)])
    cleaned = clean(table, lambda what, number: f"{what}{number}", date(2026, 11, 22))
    return check(cleaned, kinds.load()["relief-goods"], Places(AREAS, TOWN), area=TOWN)


@given(BATCHES)
def test_a_total_is_of_one_unit_and_a_row_that_does_not_add_up_is_told(batches):
    """``off`` of a batch is what was written too much under 收到."""
    kind, sums = kinds.load()["relief-goods"], defaultdict(Decimal)
    for unit, out, kept, lost, off in batches:
        sums[unit] += out + kept + lost + off
    found = sheet(
        [("丰水村", f"第{no}样", unit, out + kept + lost + off, out, kept, lost) for no, (unit, out, kept, lost, off) in enumerate(batches)]
    )
    lines = number_rows(kind, found.rows, "full", lambda: "salt")

    assert not found.errors
    assert [one.line for one in found.warnings if one.code == "sum_differs"] == [no for no, one in enumerate(batches, 2) if one[-1]]
    assert {key.partition(":")[2]: value for key, value in found.totals.items() if key.startswith("received:")} == sums
    assert {key: Decimal(value) for key, value in rostered(kind, lines).totals.items()} == found.totals


def test_a_total_line_over_several_units_says_nothing_and_is_told_once():
    found = sheet(
        [
            ("丰水村", "棉被", "床", 20, 20, 0, 0),
            ("丰水村", "大米", "吨", Decimal("3.5"), Decimal("3.5"), 0, 0),
            ("合计", "", "", Decimal("23.5"), Decimal("23.5"), 0, 0),
        ]
    )

    (one,) = found.warnings
    assert one.message.zh.startswith("第 4 行合计把不同单位的数（床、吨）加在了一起")


def test_a_total_line_of_one_unit_is_compared():
    found = sheet([("丰水村", "棉被", "床", 20, 20, 0, 0), ("丰水村", "毛毯", "床", 5, 5, 0, 0), ("合计", "", "", 26, 25, 0, 0)])

    assert [one.message.zh for one in found.warnings] == ["第 4 行合计的“收到”写的是 26，各行相加是 25，差 1。请核对是哪一行多了或少了。"]


@pytest.fixture
def posted(app):
    return demo.publish(SAMPLES["relief-goods"], POSTS["contacts"], AT)


def test_villagers_read_each_figure_with_its_unit(posted, villager):
    page = villager.sees(f"/n/{posted.number}/{FENGSHUI}")
    words = " ".join(page.text.split())

    assert "单位不一样，不加在一起" in words
    assert "1 号：发出 118 床 + 结存 2 床 + 损耗 0 床 = 收到 120 床" in words
    assert "3.5 吨、120 床" in words
    assert "123.5" not in words
    assert "点一行的金额" not in words


def test_the_script_and_the_data_have_units_too(posted, villager):
    assert "共，五批，单位不一样，不加在一起。" in villager.sees(f"/n/{posted.number}.txt").text
    assert villager.sees(f"/n/{posted.number}.json").json["totals"]["received:吨"] == "3.5"


def test_a_place_with_one_unit_has_a_sum(posted, villager):
    words = " ".join(villager.sees(f"/n/{posted.number}/510525105204").text.split())

    assert "收到 40 床" in words
    assert "不加在一起" not in words
