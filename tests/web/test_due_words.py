"""Cells in words."""

from __future__ import annotations

from board.rules.bilingual import Words
from board.rules.duties.cell import CLASSES as KNOWN
from board.web.due_words import CLASSES, period_words


def test_every_class_has_its_word():
    assert tuple(CLASSES) == KNOWN


def test_a_period_is_said_in_words_and_a_matter_by_its_first_notice():
    words = period_words({"123456789": "征收土地预公告"})

    assert words("2026-q3") == Words("2026年第三季度", "quarter 3 of 2026")
    assert words("n123456789").zh == "征收土地预公告"
    assert words("").zh == "临时的、一步一步的"
