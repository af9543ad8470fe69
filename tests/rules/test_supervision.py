"""The words of a village's and of a community's supervision committee, and its half-years."""

from __future__ import annotations

from datetime import date

import pytest

from board.rules import supervision


@pytest.mark.parametrize(
    ("name", "called"), [("军大丘村民委员会", "村务监督"), ("高洞社区居民委员会", "居务监督"), ("高洞社区", "居务监督"), ("", "村务监督")]
)
def test_a_community_has_another_word_than_a_village(name, called):
    assert supervision.title(name).zh == called


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [("2026-06-30", "2025年下半年", "2025-07-01", "2025-12-31"), ("2026-07-01", "2026年上半年", "2026-01-01", "2026-06-30")],
)
def test_a_report_is_about_the_half_year_that_is_over(day, name, first, last):
    half = supervision.last_half(date.fromisoformat(day))
    assert (half.name, half.first.isoformat(), half.last.isoformat()) == (name, first, last)
