"""The words of a village's and of a community's supervision committee, and its half-years."""

from __future__ import annotations

from datetime import date

import pytest

from board import kinds
from board.rules import supervision


@pytest.mark.parametrize(
    ("name", "called"), [("军大丘村民委员会", "村务监督"), ("高洞社区居民委员会", "居务监督"), ("高洞社区", "居务监督"), ("", "村务监督")]
)
def test_a_community_has_another_word_than_a_village(name, called):
    assert supervision.title(name).zh == called


def test_a_kind_speaks_of_the_committee_as_its_publisher_does():
    kind = kinds.load()["cropland-subsidy"]
    assert supervision.in_its_words(kind, "军大丘村") is kind
    fact = supervision.in_its_words(kind, "高洞社区").fact("committee_opinion")
    assert (fact.label.zh, fact.label.en) == ("居务监督委员会意见", "Residents' supervision committee's opinion")


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [("2026-06-30", "2025年下半年", "2025-07-01", "2025-12-31"), ("2026-07-01", "2026年上半年", "2026-01-01", "2026-06-30")],
)
def test_a_report_is_about_the_half_year_that_is_over(day, name, first, last):
    half = supervision.last_half(date.fromisoformat(day))
    assert (half.name, half.first.isoformat(), half.last.isoformat()) == (name, first, last)
