"""Quarters: every day is in one, and an address names it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.quarters import Quarter, of, parse


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_lies_in_the_quarter_that_it_is_told_to(day: date) -> None:
    quarter = of(day)
    assert quarter.first <= day <= quarter.last
    assert of(quarter.first) == of(quarter.last) == parse(str(quarter)) == quarter
    assert of(quarter.last + timedelta(1)) > quarter > of(quarter.first - timedelta(1))


def test_a_quarter_is_said_as_people_say_it() -> None:
    assert [Quarter(2026, no).words.zh for no in (1, 2, 3, 4)] == ["2026年第一季度", "2026年第二季度", "2026年第三季度", "2026年第四季度"]
    assert Quarter(2026, 4).words.en == "quarter 4 of 2026"


@pytest.mark.parametrize("text", ["", "2026", "2026-q5", "2026-q0", "2026-Q1", "1999-q1", "2026-q1 ", "２０２６-q1"])
def test_anything_else_is_no_quarter(text: str) -> None:
    with pytest.raises(ValueError, match="not a quarter"):
        parse(text)
