"""The yearly appraisal of a village: days, votes, counts of paper ballots, and what is published of them."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import policies
from board.rules import appraisal as rules
from board.rules.appraisal import Result, Tally

FORM = policies.appraisal()
OPENS, CLOSES = date(2026, 12, 1), date(2026, 12, 10)
NUMBERS = st.tuples(*[st.integers(0, 50)] * 5)
TALLIES = st.builds(Tally, st.integers(1, 500), st.fixed_dictionaries({one.id: NUMBERS for one in FORM.questions}))


def test_three_questions_and_the_five_words_are_data():
    assert [one.id for one in FORM.questions] == ["in_time", "plain", "answers"]
    assert [word.label.zh for word in FORM.words] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert [word.value for word in FORM.words] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2026, 11, 30), "before"),
        (OPENS, "open"),
        (CLOSES, "open"),
        (date(2026, 12, 11), "counting"),
        (date(2026, 12, 17), "counting"),
        (date(2026, 12, 18), "published"),
    ],
)
def test_the_last_day_of_votes_counts_and_seven_more_are_for_the_paper(day, phase):
    assert rules.phase(OPENS, CLOSES, 7, day) == phase


@pytest.mark.parametrize(
    ("opens", "closes", "fault"),
    [
        (OPENS, CLOSES, None),
        (OPENS, OPENS, None),
        (None, CLOSES, "day"),
        (OPENS, None, "day"),
        (OPENS - timedelta(2), CLOSES, "past"),
        (CLOSES, OPENS, "order"),
        (OPENS, date(2027, 1, 3), "year"),
        (date(2062, 12, 1), date(2062, 12, 10), "far"),
    ],
)
def test_the_days_of_a_new_one_are_checked(opens, closes, fault):
    assert rules.span_fault(opens, closes, 30, OPENS) == fault


def test_it_is_open_for_so_many_days_at_most():
    first = date(2026, 3, 1)
    assert rules.span_fault(first, first + timedelta(59), 60, first) is None
    assert rules.span_fault(first, first + timedelta(60), 60, first) == "long"


def test_a_vote_holds_only_words_of_the_list():
    assert rules.chosen(FORM, {"in_time": "5", "plain": "9", "other": "5"}) == {"in_time": 5}


CELLS = {"in_time": ["3", "2", "", "0", " 1 "], "plain": ["6", "", "", "", ""], "answers": [""] * 5}


def test_what_was_counted_is_read_and_blank_questions_are_allowed():
    tally, fault = rules.counted(FORM, "7", CELLS)
    assert fault is None
    assert tally == Tally(7, {"in_time": (3, 2, 0, 0, 1), "plain": (6, 0, 0, 0, 0), "answers": (0,) * 5})


@pytest.mark.parametrize(
    ("ballots", "change", "fault"),
    [
        ("", {}, "ballots"),
        ("0", {}, "ballots"),
        ("七", {}, "ballots"),
        ("100001", {}, "ballots"),
        ("5", {}, "more"),
        ("7", {"plain": ["x", "", "", "", ""]}, "number"),
        ("7", {"plain": ["-1", "", "", "", ""]}, "number"),
        ("7", {"plain": ["1"]}, "number"),
        ("7", {"in_time": [""] * 5, "plain": [""] * 5}, "none"),
    ],
)
def test_what_cannot_have_been_counted_is_named(ballots, change, fault):
    assert rules.counted(FORM, ballots, CELLS | change) == (None, fault)


@given(st.lists(st.fixed_dictionaries({one.id: st.integers(1, 5) for one in FORM.questions}), max_size=40))
def test_each_vote_is_counted_once_in_each_question(votes):
    tally = rules.voted(FORM, [(question, word, 1) for vote in votes for question, word in vote.items()], len(votes))
    assert {sum(counts) for counts in tally.counts.values()} == {len(votes)}
    for at, word in enumerate(FORM.words):
        assert tally.counts["plain"][at] == sum(vote["plain"] == word.value for vote in votes)


@given(TALLIES, TALLIES | st.none())
def test_a_result_is_stored_and_read_again(web, paper):
    result = Result(web, paper)
    assert rules.of_json(json.loads(json.dumps(rules.as_json(result)))) == result


def test_few_answers_are_not_shown_word_by_word():
    assert rules.shown((2, 2, 0, 0, 0), 5) is None
    assert rules.shown((2, 2, 1, 0, 0), 5) == (2, 2, 1, 0, 0)
