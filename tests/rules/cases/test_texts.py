"""What may be said in a case, and how often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.cases import texts

START = datetime(2026, 11, 22, 2, tzinfo=UTC)


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


def test_sixty_in_ten_minutes_never_wait():
    moments = [START + timedelta(seconds=10 * n) for n in range(60)]

    assert not any(texts.wait(moments[max(0, n - texts.BURST) : n], moments[n]) for n in range(60))


def test_the_thirty_first_of_a_minute_waits_until_the_first_is_a_minute_old():
    moments = [START + timedelta(seconds=n) for n in range(30)]

    assert texts.wait(moments, START + timedelta(seconds=30)) == 30
    assert texts.wait(moments, START + timedelta(seconds=59, milliseconds=1)) == 1
    assert texts.wait(moments, START + timedelta(seconds=60)) == 0
    assert texts.wait(moments[1:], START + timedelta(seconds=30)) == 0
