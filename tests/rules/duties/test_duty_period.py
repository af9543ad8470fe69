"""The period that a notice is for: its days and words, its key, and what a title says of it without a guess."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.bilingual import Words
from board.rules.duties import duty_period
from board.rules.duties.duty_period import DutyPeriod

EVERY = ("month", "quarter", "half", "year")
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(DAYS, st.sampled_from(EVERY))
def test_a_day_lies_in_one_period_which_is_found_again_by_its_key(day, every):
    one = duty_period.of(day, every)
    assert one.first <= day <= one.last
    assert duty_period.parse(one.key) == one
    assert one.next.first == one.last + timedelta(1)
    assert one.next.previous == one
    assert one in duty_period.of_year(day.year, every)


@pytest.mark.parametrize("every", EVERY)
def test_the_periods_of_a_year_follow_each_other_without_a_gap(every):
    periods = duty_period.of_year(2028, every)
    assert (periods[0].first, periods[-1].last) == (date(2028, 1, 1), date(2028, 12, 31))
    assert [one.last + timedelta(1) for one in periods[:-1]] == [one.first for one in periods[1:]]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("2026", Words("2026年", "2026")), ("2026-h2", Words("2026年下半年", "second half of 2026")),
        ("2026-q3", Words("2026年第三季度", "quarter 3 of 2026")), ("2026-09", Words("2026年9月", "September 2026")),
    ],
)  # fmt: skip
def test_a_period_has_its_words(key, words):
    assert duty_period.parse(key).words == words


@pytest.mark.parametrize("key", ["", "2026-q5", "2026-h3", "2026-13", "2026-9", "n12345678", "1999", "2026-q3 "])
def test_nothing_else_is_a_period(key):
    with pytest.raises(ValueError, match="not a period"):
        duty_period.parse(key)


@pytest.mark.parametrize(
    ("every", "title", "covers", "key"),
    [
        ("quarter", "高洞社区财务收支", "2026 年第三季度", "2026-q3"), ("quarter", "2026年7-9月收支", "", "2026-q3"),
        ("year", "百和镇2026年耕地地力保护补贴公示", "", "2026"), ("year", "百和镇2026年第一批耕地补贴", "", "2026"),
        ("half", "2026年上半年监督报告", "", "2026-h1"), ("month", "2026年9月份收支", "", "2026-09"),
        # What does not say it, or says another length, is asked about.
        ("quarter", "高洞社区财务收支", "", ""), ("quarter", "第三季度收支", "", ""), ("quarter", "2026年9月收支", "", ""),
        ("quarter", "2026年财务收支", "", ""), ("quarter", "2026年上半年收支", "", ""), ("month", "2026年第三季度", "", ""),
        ("year", "2025年、2026年耕地补贴", "", ""), ("half", "2026年第三季度", "", ""),
    ],
)  # fmt: skip
def test_a_title_tells_a_period_or_nothing(every, title, covers, key):
    assert duty_period.told(every, title, {"covers": covers}) == key


def test_a_matter_is_called_by_the_number_of_its_first_notice():
    assert duty_period.matter("12345678") == "n12345678"


def test_periods_stand_in_order():
    assert sorted([DutyPeriod(2026, "quarter", 2), DutyPeriod(2025, "quarter", 4)])[0].year == 2025
