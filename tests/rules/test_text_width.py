"""Full-width and half-width forms made one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.text_width import narrow, squeezed


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１２３", "123"),
        ("（元）", "(元)"),
        ("单位：元", "单位:元"),
        ("2026—11–22", "2026-11-22"),
        ("甲\u3000乙", "甲 乙"),
        ("1\u200b2", "1 2"),
        ("٣", "3"),
        ("㎡", "㎡"),
        ("abc 1", "abc 1"),
    ],
)
def test_a_text_becomes_half_width(text, plain):
    assert narrow(text) == plain


@given(st.text())
def test_positions_in_a_text_still_hold(text):
    assert len(narrow(text)) == len(text)
    assert narrow(narrow(text)) == narrow(text)


def test_white_space_of_any_width_is_left_out():
    assert squeezed(" 合\u3000计\n（元）\t") == "合计(元)"
