"""Figures as spoken English: by table, and compared with the Chinese."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.rendering import spoken_chinese, spoken_english
from tests.rules.rendering.test_spoken_chinese import heard


@given(st.integers(min_value=1 - 10**15, max_value=10**15 - 1))
def test_english_says_the_same_number_as_chinese(value):
    assert english(spoken_english.whole(value)) == heard(spoken_chinese.whole(value))


ONES = spoken_english._ONES


TENS = spoken_english._TENS


def english(said: str) -> int:
    """Return the number that is heard in English."""
    if said.startswith("minus "):
        return -english(said[6:])
    total, part = 0, 0
    for word in said.replace("-", " ").replace(" and ", " ").split():
        if word == "hundred":
            part *= 100
        elif size := {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}.get(word):
            total, part = total + part * size, 0
        else:
            part += ONES.index(word) if word in ONES else 10 * TENS.index(word)
    return total + part


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("90 households, 48,210.50 yuan", "ninety households, forty-eight thousand two hundred and ten yuan and fifty fen"),
        ("93.6 yuan/mu", "ninety-three yuan and sixty fen per mu"),
        ("93.6 yuan per mu.", "ninety-three yuan and sixty fen per mu."),
        ("22 November 2026", "twenty-second of November twenty twenty-six"),
        ("30 May 2009", "thirtieth of May two thousand and nine"),
        ("4.43 mu, 85%", "four point four three mu, eighty-five per cent"),
        ("ring 0830-8190000", "ring zero eight three zero, eight one nine, zero zero zero zero"),
        ("-3 yuan (owed)", "minus three yuan owed"),
    ],
)
def test_an_english_text_is_read_out_in_words(written, said):
    assert spoken_english.aloud(written) == said


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        ("48210.50", "forty-eight thousand two hundred and ten yuan and fifty fen"),
        ("0.05", "five fen"),
        ("0", "zero yuan"),
        ("-3", "minus three yuan"),
        ("13.06125", "thirteen point zero six one two five yuan"),
    ],
)
def test_money_is_spoken_in_yuan_and_fen(value, spoken):
    assert spoken_english.money(Decimal(value)) == spoken


@pytest.mark.parametrize(
    ("value", "spoken"),
    [(2026, "twenty twenty-six"), (2009, "two thousand and nine"), (1900, "nineteen hundred"), (1905, "nineteen oh five")],
)
def test_a_year_is_spoken_in_pairs(value, spoken):
    assert spoken_english.year(value) == spoken


@pytest.mark.parametrize(("value", "spoken"), [(1, "first"), (12, "twelfth"), (22, "twenty-second"), (30, "thirtieth")])
def test_a_day_of_the_month_is_an_ordinal(value, spoken):
    assert spoken_english.ordinal(value) == spoken
