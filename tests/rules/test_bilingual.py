"""Dates as people write them: one form, whoever says them."""

from __future__ import annotations

from datetime import date

import pytest

from board.rules.bilingual import MONTHS, date_in_words
from board.rules.periods import said


@pytest.mark.parametrize(("month", "name"), enumerate(MONTHS, 1))
def test_a_date_is_written_alike_wherever_it_is_said(month, name):
    day = date(2026, month, 9)
    assert date_in_words(day, "zh") == said(day).zh == f"2026年{month}月9日"
    assert date_in_words(day, "en") == said(day).en == f"9 {name} 2026"
