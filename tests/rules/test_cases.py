"""How a case moves, when it is late, and what may be said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules import cases

DUE = date(2026, 12, 5)
START = datetime(2026, 11, 22, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("act", "received", "working", "answered", "closed"),
    [
        ("work", "working", None, None, None),
        ("answer", "answered", "answered", "answered", None),
        ("add", "received", "working", "received", "received"),
        ("solve", None, None, "closed", None),
    ],
)
def test_each_act_leads_where_the_table_says(act, received, working, answered, closed):
    assert [cases.move(state, act) for state in cases.STATES] == [received, working, answered, closed]


def test_only_the_villager_closes_a_case():
    assert [act for act in cases.MOVES if "closed" in cases.MOVES[act].values()] == ["solve"]


@pytest.mark.parametrize(("state", "again"), [("received", False), ("working", False), ("answered", True), ("closed", True)])
def test_asking_on_starts_the_clock_again_only_when_it_had_stopped(state, again):
    assert cases.reopens(state, "add") is again


def test_a_case_is_in_time_until_its_last_day_is_over():
    assert not cases.late("working", DUE, DUE)
    assert cases.late("working", DUE, DUE + timedelta(days=1))


@pytest.mark.parametrize("state", ["answered", "closed"])
def test_an_answered_case_is_never_late(state):
    assert not cases.late(state, DUE, date(2027, 6, 1))


def test_days_late_are_counted_from_the_day_after_the_last():
    assert [cases.days_late(DUE, DUE + timedelta(days=n)) for n in (-3, 0, 1, 9)] == [0, 0, 1, 9]


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", "short"), ("不对啊", "short"), ("钱数不对", None), ("啊" * 2000, None), ("啊" * 2001, "long"), ("𠮷" * 2000, None)],
)
def test_a_text_has_four_to_two_thousand_characters(text, fault):
    assert cases.length_fault(cases.tidy(text)) == fault


def test_blanks_do_not_make_a_text_long_enough():
    assert cases.length_fault(cases.tidy(" 不 \r\n \u3000\n")) == "short"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert cases.tidy(cases.tidy(text)) == cases.tidy(text)


@given(st.text(alphabet="数不对 \t\u3000\n", min_size=1))
def test_a_text_compares_equal_whatever_line_ends_the_browser_sends(text):
    assert cases.tidy(text.replace("\n", "\r\n")) == cases.tidy(text)


def test_only_what_was_not_said_yet_is_new():
    assert cases.new_words("还有一件", ["我家的数不对"])
    assert not cases.new_words("我家的数不对", ["我家的数不对", "还有一件"])
    assert not cases.new_words("", [])


def test_a_case_keeps_every_step_when_the_villager_asks_again():
    made = datetime(2026, 11, 22, 2, tzinfo=UTC)
    on = [made + timedelta(days=n) for n in range(7)]
    said = [
        ("villager", "数不对", made), ("office", "", on[1]), ("office", "查过了", on[2]), ("villager", "还是不对", on[3]),
        ("villager", "差三分地", on[4]), ("office", "更正了", on[5]), ("villager", "", on[6]),
    ]  # fmt: skip

    assert cases.steps(made, said) == [
        ("received", made), ("working", on[1]), ("answered", on[2]), ("again", on[3]), ("answered", on[5]), ("closed", on[6]),
    ]  # fmt: skip


def test_a_case_answered_at_once_was_never_in_the_works():
    made = datetime(2026, 11, 22, 2, tzinfo=UTC)

    assert cases.steps(made, [("villager", "数不对", made), ("office", "查过了", made)]) == [("received", made), ("answered", made)]


def test_an_answer_put_right_is_no_second_step():
    made = datetime(2026, 11, 22, 2, tzinfo=UTC)
    said = [("villager", "数不对", made), ("office", "查过了", made), ("office", "写错了，是两亩", made + timedelta(days=1))]

    assert [step for step, _ in cases.steps(made, said)] == ["received", "answered"]


# ---- a flood


def test_sixty_in_ten_minutes_never_wait():
    moments = [START + timedelta(seconds=10 * n) for n in range(60)]

    assert not any(cases.wait(moments[max(0, n - cases.BURST) : n], moments[n]) for n in range(60))


def test_the_thirty_first_of_a_minute_waits_until_the_first_is_a_minute_old():
    moments = [START + timedelta(seconds=n) for n in range(30)]

    assert cases.wait(moments, START + timedelta(seconds=30)) == 30
    assert cases.wait(moments, START + timedelta(seconds=59, milliseconds=1)) == 1
    assert cases.wait(moments, START + timedelta(seconds=60)) == 0
    assert cases.wait(moments[1:], START + timedelta(seconds=30)) == 0
