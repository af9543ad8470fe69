"""Text in two languages, and dates in words."""

from __future__ import annotations

from datetime import date

import pytest

from board.rules.bilingual import MONTHS, Words, date_in_words, say
from board.rules.periods import said


@pytest.mark.parametrize(("language", "text"), [("zh", "公示"), ("en", "notice")])
def test_each_language_has_its_half(language, text):
    assert say(Words("公示", "notice"), language) == text


def test_as_a_string_it_is_the_chinese():
    assert str(Words("公示", "notice")) == "公示"


@pytest.mark.parametrize(("month", "name"), list(enumerate(MONTHS, 1)))
def test_a_date_is_written_alike_wherever_it_stands(month, name):
    day = date(2026, month, 9)
    assert date_in_words(day, "zh") == said(day).zh == f"2026年{month}月9日"
    assert date_in_words(day, "en") == said(day).en == f"9 {name} 2026"
