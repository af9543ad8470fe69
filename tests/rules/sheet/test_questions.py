"""Questions to the clerk: their keys, their answers, and what the reviewer reads of them."""

from __future__ import annotations

from board.rules.bilingual import Words
from board.rules.sheet.problems import ERRORS, WARNINGS
from board.rules.sheet.questions import CHOICES, answer, answered, asked, question, words


def test_an_answer_that_is_not_offered_is_none() -> None:
    assert answer({"ask:unit:amount": "两"}, "unit:amount", ["元", "万元"]) == ""
    assert answer({"ask:unit:amount": "万元"}, "unit:amount", ["元", "万元"]) == "万元"
    assert answer({}, "unit:amount", ["元"]) == ""


def test_reasons_are_told_from_answers_to_questions() -> None:
    assert asked({"zero_amount": "本来就没有", "ask:above": "above"}) == {"ask:above": "above"}


def test_a_question_becomes_what_its_clerk_said() -> None:
    one = question("like_total", "total:4", 4, said="全村", why=Words("", ""))
    assert (one.ask, one.choices) == ("ask:total:4", ("total", "row"))

    told = answered(one, "total", Words("第 4 行“全村”是不是合计", "Row 4"))
    assert (told.code, told.choices, told.ask) == ("answered", (), "ask:total:4")
    assert told.message.zh == "第 4 行“全村”是不是合计：经办选了“是合计，不算一行”。请核对。"


def test_every_answer_has_words_in_both_languages_and_its_question_is_known() -> None:
    assert CHOICES.keys() <= ERRORS.keys() | WARNINGS.keys()
    assert all(one.zh and one.en for choices in CHOICES.values() for one in choices.values())
    assert words("unit_unread", "万元") == Words("万元", "万元")
