"""What may be said in a case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.cases import texts


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", "short"), ("不对啊", "short"), ("钱数不对", None), ("啊" * 2000, None), ("啊" * 2001, "long"), ("𠮷" * 2000, None)],
)
def test_a_text_has_four_to_two_thousand_characters(text, fault):
    assert texts.length_fault(texts.tidy(text)) == fault


def test_blanks_do_not_make_a_text_long_enough():
    assert texts.length_fault(texts.tidy(" 不 \r\n \u3000\n")) == "short"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert texts.tidy(texts.tidy(text)) == texts.tidy(text)


@given(st.text(alphabet="数不对 \t\u3000\n", min_size=1))
def test_a_text_compares_equal_whatever_line_ends_the_browser_sends(text):
    assert texts.tidy(text.replace("\n", "\r\n")) == texts.tidy(text)


def test_only_what_was_not_said_yet_is_new():
    assert texts.new_words("还有一件", ["我家的数不对"])
    assert not texts.new_words("我家的数不对", ["我家的数不对", "还有一件"])
    assert not texts.new_words("", [])


# ---- a flood
