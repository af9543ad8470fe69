"""Figures and dates as clerks write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from board.rules.figures import FigureError, day, figure, unit_named
from board.rules.table import Cell


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        (Decimal("4.95"), "亩", "4.95"),
        (Decimal("0.30000000000000004"), "元", "0.3"),
        (Decimal("38093128.800000004"), "元", "38093128.8"),
        (Decimal("65.3800000000047"), "元", "65.38"),
        (Decimal("1.8189894035458565E-12"), "元", "0"),
        (Decimal("1E+2"), "元", "100"),
        ("1,234.50", "元", "1234.50"),
        ("1,234.50元", "元", "1234.50"),
        ("1,234.50 元整", "元", "1234.50"),
        ("１２３４．５", "元", "1234.5"),
        ("1,234", "元", "1234"),
        ("¥300", "元", "300"),
        ("¥300.00", "元", "300"),
        ("-73,965.75", "元", "-73965.75"),
        ("－5", "元", "-5"),
        ("(120.00)", "元", "-120"),
        ("20", "万元", "200000"),
        ("20万元", "元", "200000"),
        ("73.5万元", "万元", "735000"),
        ("10(其中,灾情因素6万元)", "万元", "100000"),
        ("10万元(其中,灾情因素6万元)", "元", "100000"),
        ("15.207059万亩", "亩", "152070.59"),
        ("0.6513", "公顷", "9.7695"),
        ("774平方米", "亩", "1.161"),
        ("774㎡", "亩", "1.161"),
        ("13.06125", "元/亩", "13.06125"),
        ("323户", "户", "323"),
        ("1.2E+3", "元", "1200"),
        (".5", "亩", "0.5"),
        ("'120", "元", "120"),
        ("壹佰贰拾元伍角整", "元", "120.5"),
        ("人民币叁仟元", "万元", "3000"),
        ("0.01万元", "元", "100"),
        ("40%", "", "0.4"),
    ],
)
def test_a_figure_is_read_exactly_in_yuan_and_mu(cell: Cell, unit: str, value: str) -> None:
    read = figure(cell)
    assert read is not None
    assert read.measured(unit) == Decimal(value)


@pytest.mark.parametrize("cell", ["", " ", "-", "－", "—", "——", "/", "无", "空"])
def test_an_empty_cell_is_no_figure_and_no_error(cell: str) -> None:
    assert figure(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "约10",
        "10左右",
        "十元",
        "贰佰佰元",
        "壹佰",
        "1.2.3",
        "1,2345",
        "12,34",
        "5亩3分",
        "10元/月",
        "2026年",
        "张三",
        "10-20",
        "●●●",
        "1e99",
        "9" * 40,
        Decimal("1E+20"),
        date(2026, 7, 2),
    ],
)
def test_what_is_not_plainly_one_figure_is_refused(cell: Cell) -> None:
    with pytest.raises(FigureError):
        figure(cell)


def test_words_behind_a_figure_are_noticed() -> None:
    read = figure("25(其中,灾情因素6万元)")
    assert read is not None
    assert (read.value, read.unit, read.words) == (Decimal(25), "", True)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2026.7.2", date(2026, 7, 2)),
        ("2026-07-02", date(2026, 7, 2)),
        ("2026/7/2", date(2026, 7, 2)),
        ("2026年7月2日", date(2026, 7, 2)),
        ("２０２６年７月２日", date(2026, 7, 2)),
        ("20260702", date(2026, 7, 2)),
        ("2026-07-02 08:30", date(2026, 7, 2)),
        (Decimal(20260702), date(2026, 7, 2)),
        (Decimal(45721), date(2025, 3, 5)),
        (date(2026, 7, 2), date(2026, 7, 2)),
        ("", None),
        ("—", None),
    ],
)
def test_a_date_is_read_in_each_of_its_forms(cell: Cell, value: date | None) -> None:
    assert day(cell) == value


def test_a_day_number_may_count_from_1904() -> None:
    assert day(Decimal(45721), since_1904=True) == date(2029, 3, 6)


@pytest.mark.parametrize("cell", ["7月2日", "2026年7月", "2026.2.30", "上旬", Decimal(7), Decimal(20261332)])
def test_what_is_no_full_date_is_refused(cell: Cell) -> None:
    with pytest.raises(FigureError):
        day(cell)


@pytest.mark.parametrize(("word", "unit"), [("元 / 亩", "元/亩"), ("元/每亩", "元/亩"), ("㎡", "平方米"), ("盖章", None), ("", None)])
def test_a_unit_is_known_by_its_names(word: str, unit: str | None) -> None:
    assert unit_named(word) == unit
