"""Figures and dates as clerks write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from board.rules.sheet.figures import FigureError, day, denoised, figure, measured, unit_named
from board.rules.sheet.table import Cell


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
        ("1404", "元/公顷", "93.6"),
        ("1404元/公顷", "元/亩", "93.6"),
        ("0.1404", "万元/公顷", "93.6"),
        ("1404元每公顷", "元/亩", "93.6"),
        ("58.5", "元/平方米", "39000"),
        ("58.5元/㎡", "元/亩", "39000"),
        ("6", "万元/公顷", "4000"),
        ("每亩50元", "元/亩", "50"),
        ("每亩补贴50", "元/公顷", "50"),
        ("每公顷 1404 元", "元/亩", "93.6"),
        ("6.74元/亩·造", "", "6.74"),
    ],
)
def test_a_figure_is_read_exactly_in_yuan_and_mu(cell: Cell, unit: str, value: str) -> None:
    read = figure(cell)
    assert read is not None
    assert read.measured(unit) == Decimal(value)


@pytest.mark.parametrize(
    ("value", "unit", "kept", "exact"),
    [
        ("1404", "元/公顷", "93.6", True),
        ("1400", "元/公顷", "93.333333333", False),
        ("2000", "元/公顷", "133.333333333", False),
        ("1404.0000000000000000000001", "元/公顷", "93.600000000", False),
        ("0.14", "万元/公顷", "93.333333333", False),
        ("1", "元/平方米", "666.666666667", False),
        ("3", "元/平方米", "2000", True),
        ("0", "元/公顷", "0", True),
        ("-1404", "元/公顷", "-93.6", True),
        ("93.6", "元/亩", "93.6", True),
        ("0.6513", "公顷", "9.7695", True),
        ("7", "", "7", True),
    ],
)
def test_a_rate_without_an_end_per_mu_is_known_not_to_be_exact(value: str, unit: str, kept: str, exact: bool) -> None:
    assert measured(Decimal(value), unit) == (Decimal(kept), exact)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("4.90", "4.90"),  # a zero of the sheet stays
        ("0.123456789", "0.123456789"),
        ("0.1234567891", "0.123456789"),
        ("1234567.12345678", "1234567.12345678"),
        ("1E+3", "1E+3"),
        ("99999999999999.9", "99999999999999.9"),
        ("1E-9", "1E-9"),
        ("1E-10", "0"),
        ("-0.30000000000000004", "-0.3"),
    ],
)
def test_a_number_keeps_its_digits_and_loses_its_noise(cell: str, kept: str) -> None:
    assert str(denoised(Decimal(cell))) == kept


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
        "每月10元",
        "每亩每亩5元",
        "每亩约50元",
        "50元/年",
        "50元/亩/月/季",
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


@pytest.mark.parametrize(("word", "unit"), [
    ("元 / 亩", "元/亩"), ("元/每亩", "元/亩"), ("元每亩", "元/亩"), ("圆/亩", "元/亩"), ("元/ha", "元/公顷"), ("万元/每公顷", "万元/公顷"),
    ("元/平米", "元/平方米"), ("元／㎡", "元/平方米"), ("㎡", "平方米"), ("公顷/元", None), ("每亩", None), ("盖章", None), ("", None),
    ("元/亩·造", "元/亩"), ("元/亩/季", "元/亩"), ("元/亩．年", None), ("元/亩·年", "元/亩"), ("元／亩／造", "元/亩"),
    ("元每亩每年", "元/亩"), ("元/年", None), ("元/季", None), ("元·亩", None), ("元/亩/月", None), ("亩/季", None),
])  # fmt: skip
def test_a_unit_is_known_by_its_names(word: str, unit: str | None) -> None:
    assert unit_named(word) == unit
