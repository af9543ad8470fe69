"""Problems as messages in both languages."""

from __future__ import annotations

from string import Formatter

import pytest

from board.rules.bilingual import Words
from board.rules.sheet.problems import ERRORS, GRAVE, IN_CELL, WARNINGS, problem


def names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", [*ERRORS, *WARNINGS])
def test_a_message_says_the_same_in_both_languages(code):
    sentence = (ERRORS | WARNINGS)[code]
    assert names(sentence.zh) == names(sentence.en)


def test_a_code_is_an_error_or_a_warning_and_a_grave_one_is_a_warning():
    assert not ERRORS.keys() & WARNINGS.keys()
    assert WARNINGS.keys() | {IN_CELL} >= GRAVE  # that one is told by rules.sheet.named_cells


def test_a_problem_has_its_position_and_its_filled_sentence():
    one = problem("missing", 5, "金额", field="amount", index=3)
    assert (one.line, one.column, one.field, one.index) == (5, "金额", "amount", 3)
    assert one.message.zh.startswith("第 5 行缺“金额”。")
    assert one.message.en.startswith("Row 5 lacks “金额”.")


def test_words_fill_each_sentence_in_its_own_language():
    one = problem("no_place", level=Words("村", "village"), label="村")
    assert "哪个村" in one.message.zh
    assert "which village" in one.message.en


def test_several_lines_are_counted_in_the_message():
    one = problem("unknown_place", 3, "村", lines=(3, 7), written="束林村", scope="百和镇", level=Words("村", "village"))
    assert "（共 2 行）" in one.message.zh
    assert "(2 rows)" in one.message.en
