"""Dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from board.rules.typed_dates import iso, typed_day


@pytest.mark.parametrize("text", ["2026-11-20", "2026.11.20", "2026/11/20", "2026年11月20日", "20261120", " 2026-11-20 "])
def test_a_day_is_read_in_each_of_its_forms(text):
    assert typed_day(text) == date(2026, 11, 20)
    assert iso(text) == "2026-11-20"


@pytest.mark.parametrize("text", ["", "明天", "2026-13-01", "2026-02-30", "1999-12-31", "2100-01-01"])
def test_what_is_no_day_of_this_century_comes_back_as_it_is(text):
    assert typed_day(text) is None
    assert iso(text) == text
