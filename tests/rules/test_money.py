"""Money is printed to the fen and read back without loss."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.money import area, from_fen, quantity, to_fen, yuan


@pytest.mark.parametrize(
    ("fen", "printed"),
    [(0, "0.00"), (5, "0.05"), (4_821_050, "48,210.50"), (-7_397_375_00, "-7,397,375.00"), (408_000_000, "4,080,000.00"), (-5, "-0.05")],
)
def test_an_amount_is_printed_with_both_decimals(fen: int, printed: str):
    assert yuan(fen) == printed


@given(st.integers(-(10**17), 10**17))
def test_an_amount_comes_back_from_what_is_printed(fen: int):
    assert to_fen(Decimal(yuan(fen).replace(",", ""))) == fen
    assert to_fen(from_fen(fen)) == fen


@given(st.decimals(-(10**15), 10**15, allow_nan=False) | st.decimals(-(10**6), 10**6, places=2) | st.decimals(-1, 1, places=30))
def test_an_amount_is_whole_fen_exactly_or_refused(amount: Decimal):
    exact = Fraction(amount) * 100
    try:
        assert to_fen(amount) == exact
    except ValueError:
        assert exact.denominator != 1


@pytest.mark.parametrize("amount", ["0.001", "463.325", "1.00000000000000000000000000000000001", "NaN", "-Infinity", "1E+999999"])
def test_what_is_not_whole_fen_is_refused(amount: str):
    with pytest.raises(ValueError, match="not"):
        to_fen(Decimal(amount))


@pytest.mark.parametrize(
    ("value", "printed"),
    [("5903.61", "5,903.61"), ("93.60", "93.6"), ("13.06125", "13.06125"), ("100", "100"), ("1E+3", "1,000"), ("0.00", "0"), ("-0.0", "0")],
)
def test_a_quantity_keeps_the_decimals_that_say_something(value: str, printed: str):
    assert quantity(Decimal(value)) == printed
    assert area(value) == printed
