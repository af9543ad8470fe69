"""Dates as people type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from board.rules.calendar import CHINA
from board.rules.typed_dates import iso, iso_moment, typed_day, typed_moment


@pytest.mark.parametrize("text", ["2026-11-20", "2026.11.20", "2026/11/20", "2026年11月20日", "20261120", " 2026-11-20 "])
def test_a_day_is_read_in_each_of_its_forms(text):
    assert typed_day(text) == date(2026, 11, 20)
    assert iso(text) == "2026-11-20"


@pytest.mark.parametrize("text", ["", "明天", "2026-13-01", "2026-02-30", "1999-12-31", "2100-01-01"])
def test_what_is_no_day_of_this_century_comes_back_as_it_is(text):
    assert typed_day(text) is None
    assert iso(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T15:30",
        "2026-11-20 15:30",
        "2026年11月20日15时30分",
        "2026年11月20日 15：30",
        "2026年11月20日下午3点半",
        "2026.11.20 下午3:30",
    ],
)
def test_a_moment_is_read_in_each_of_its_forms(text):
    assert typed_moment(text) == datetime(2026, 11, 20, 15, 30, tzinfo=CHINA)
    assert iso_moment(text) == "2026-11-20T15:30"


@pytest.mark.parametrize("text", ["", "2026-11-20", "下午3点", "2026-11-20 25:00", "2026-02-30 10:00", "2026-11-20 10:75"])
def test_a_day_without_its_hour_is_no_moment(text):
    assert typed_moment(text) is None
    assert iso_moment(text) == text
