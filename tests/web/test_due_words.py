"""Cells in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from board.rules.bilingual import Words
from board.rules.duties.cell import CLASSES as KNOWN
from board.rules.duties.cell import Settlement
from board.store.duties import Cell
from board.web.due_words import CLASSES, period_words, state_words

DAY = date(2026, 11, 22)


def test_every_class_has_its_word():
    assert tuple(CLASSES) == KNOWN


def test_what_was_never_owed_is_not_called_what_there_is_not(app):
    cell = Cell("510521116227", "village_accounts", "2026-q1", "510521116227", "not_applicable", None, None)
    settled = {sort: Settlement(sort, "s", "510521116000", DAY, None) for sort in ("none", "notice")}

    with app.test_request_context():
        assert str(state_words(cell)) == "不要求"
        assert str(state_words(replace(cell, settled=settled["notice"]))) == "不要求"
        assert str(state_words(replace(cell, settled=settled["none"]))) == "没有这项"
        assert str(state_words(replace(cell, state="late"))) == "公开晚了"


def test_a_period_is_said_in_words_and_a_matter_by_its_first_notice():
    words = period_words({"123456789": "征收土地预公告"})

    assert words("2026-q3") == Words("2026年第三季度", "quarter 3 of 2026")
    assert words("n123456789").zh == "征收土地预公告"
    assert words("").zh == "临时的、一步一步的"
