"""What leaves as data opens right in a spreadsheet program, and adds up."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.bilingual import Words
from board.rules.kind import Column
from board.rules.rendering import open_data

KIND = kinds.load()["cropland-subsidy"]
MONEY = KIND.column("amount")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("1组", "1组"),
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("+86", "'+86"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1dcmd", "'\uff1dcmd"),
        ("\t=1", "' =1"),
        ("510521116004", "\t510521116004"),
        ("007", "\t007"),
        ("1-2", "\t1-2"),
        ("2026/11", "\t2026/11"),
        ("3E5", "\t3E5"),
        ("1.10", "\t1.10"),
        ("12", "12"),
        ("共两项\r\n其中一项", "共两项 其中一项"),
        ("", ""),
    ],
)
def test_words_stay_words_in_a_spreadsheet(text, cell):
    assert open_data.cell(text) == cell


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_any_words_come_back_as_one_line_and_start_no_formula(texts):
    (cells,) = read(open_data.record([open_data.cell(text) for text in texts] + ["."]))
    assert len(cells) == len(texts) + 1
    for text, cell in zip(texts, cells, strict=False):
        assert cell.lstrip("'\t") == open_data.cell(text).lstrip("'\t")
        assert not cell.startswith(("=", "+", "-", "@", "\r", "\n"))
        assert not cell.strip().startswith(("=", "@"))


@pytest.mark.parametrize(
    ("value", "said"), [("463.3", "463.30"), ("463", "463.00"), ("-0.5", "-0.50"), ("1E+3", "1000.00"), ("0.125", "0.125"), ("约", "约")]
)
def test_money_has_both_its_decimals_and_is_never_rounded(value, said):
    assert open_data.exact(MONEY, value) == said


@given(st.decimals(-(10**13), 10**13, places=2, allow_nan=False))
def test_every_fen_is_kept(amount):
    assert Decimal(open_data.exact(MONEY, f"{amount:f}")) == amount


def test_a_figure_that_a_spreadsheet_would_round_is_kept_as_words():
    area = Column("area", Words("面积", "Area"), "area", show="public")
    assert open_data._figure(area, "123456789012345.67") == "\t123456789012345.67"
    assert open_data._figure(area, "4.950") == "4.950"
    assert open_data._figure(area, "-4.9") == "-4.9"
    assert open_data._figure(area, "=4") == "'=4"


FEN = st.integers(-(10**12), 10**12).map(lambda fen: str(Decimal(fen).scaleb(-2)))
SHARES = st.lists(
    st.tuples(
        st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.sampled_from(["a", "b"]), st.sampled_from("1234"), st.integers(0, 9),
        st.dictionaries(st.sampled_from(["amount", "income", "area", "balance"]), FEN), st.booleans(),
    )
)  # fmt: skip


@given(SHARES)
def test_totals_lose_no_fen_no_row_and_no_notice(parts):
    found = open_data.add_up(parts)

    assert sum(one.rows for one in found) == sum(count for *_, count, _given, _held in parts)
    assert {(one.year, one.kind) for one in found} == {(starts.year, kind) for starts, kind, *_ in parts}
    for name in open_data.SUMMED:
        wanted = sum((Decimal(given[name]) for *_, given, _held in parts if name in given), Decimal())
        assert sum((one.sums.get(name, Decimal()) for one in found), Decimal()) == wanted
    assert {number for one in found for number in one.withheld} == {number for _day, _kind, number, *_, held in parts if held}
    assert not [one for one in found if {"area", "balance"} & one.sums.keys()]
    assert [one.year for one in found] == sorted((one.year for one in found), reverse=True)


def test_a_sum_is_written_to_the_fen():
    assert [open_data.yuan(Decimal(value)) for value in ("552578.07", "3", "0.5", "-1.10", "0.125")] == [
        "552578.07", "3.00", "0.50", "-1.10", "0.125"]  # fmt: skip
