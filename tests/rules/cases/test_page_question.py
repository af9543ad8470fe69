"""The one question about the page: made of its facts, another one in each form, and telling nothing."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from board.rules.cases import page_question
from board.rules.cases.page_question import Fact, question, said

FACTS = [Fact("office", "百和镇", ["得胜镇", "嘉明镇", "喻寺镇", "福集镇"]), Fact("total", "560.40", ["1.00", "2.00", "3.00"])]


def key(form):
    return lambda what: hashlib.sha256(f"{form}/{what}".encode()).hexdigest()[:32]


@given(st.text())
def test_the_right_choice_is_among_four_and_is_known_by_the_form_alone(form):
    asked = question(FACTS, key(form))
    assert asked
    right = {fact.asks: fact.value for fact in FACTS}[asked.asks]
    assert len({label for _sent, label in asked.choices}) == len(asked.choices) == 4
    assert {label: said(sent, key(form)) for sent, label in asked.choices} == {
        label: "right" if label == right else "wrong" for _sent, label in asked.choices
    }


def test_a_form_asks_the_same_each_time_it_is_shown_and_others_ask_otherwise():
    asked = {str(question(FACTS, key(form))) for form in range(30)}
    assert len(asked) == 30
    assert question(FACTS, key(1)) == question(FACTS, key(1))
    assert (
        len(
            {
                no
                for form in range(30)
                for no, (sent, _) in enumerate(question(FACTS, key(form)).choices)
                if said(sent, key(form)) == "right"
            }
        )
        == 4
    )


def test_an_answer_is_right_in_no_other_form():
    sent = next(sent for sent, _ in question(FACTS, key("one")).choices if said(sent, key("one")) == "right")
    assert said(sent, key("other")) == "wrong"
    assert said("", key("one")) == "none"


def test_what_could_not_be_told_apart_is_not_asked():
    assert question([Fact("office", "百和镇", ["百和镇", "得胜镇", "嘉明镇"])], key("one")) is None
    assert question([], key("one")) is None


def test_days_and_sums_beside_the_right_one_are_others():
    assert date(2026, 11, 27) not in page_question.days_near(date(2026, 11, 27))
    assert Decimal("560.40") not in page_question.sums_near(Decimal("560.40"))
