"""The table of cases, cell by cell: state, act, whose act it is, and the office that it leads to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.cases import machine
from board.rules.cases.machine import STATES, TABLE
from tests.databases import ROOT

DUE, ANSWERED = date(2026, 12, 5), date(2026, 12, 1)

# One letter a state, in the order of STATES (received, working, asked, consulting, telling, answered, unsolved, closed); "-": not possible.
LETTERS = dict(zip("rwqctaux", STATES, strict=True))
CELLS = {
    "add": ("villager", "rwwcwrrr"),
    "work": ("clerk", "w-------"),
    "confirm": ("clerk", "rw------"),
    "verify": ("clerk", "rwqc----"),
    "ask_back": ("clerk", "qq------"),
    "consult": ("clerk", "cc------"),
    "consulted": ("clerk", "---w----"),
    "hear": ("clerk", "rwqc----"),
    "register": ("clerk", "ww------"),
    "forward": ("clerk", "rr------"),
    "extend": ("clerk", "rw------"),
    "grant": ("reviewer", "rwqc----"),
    "refuse": ("reviewer", "rwqc----"),
    "answer": ("clerk", "aaaaaa--"),
    "send_up": ("clerk", "rrrr----"),
    "tell": ("clerk", "----a---"),
    "dispute": ("villager", "-----r--"),
    "solve": ("villager", "-----xx-"),
    "rate": ("villager", "rwqctaux"),
    "suggest": ("villager", "-----aux"),
    "retract": ("villager", "rwqctaux"),
    "overdue": ("clock", "rrrr----"),
    "tie": ("clerk", "rwqc----"),
    "untie": ("clerk", "rwqc----"),
}


@pytest.mark.parametrize("act", TABLE)
def test_each_act_leads_where_the_table_says_and_is_the_right_persons(act):
    role, cells = CELLS[act]
    assert TABLE[act].role == role
    assert [machine.move(state, act) for state in STATES] == [LETTERS.get(letter) for letter in cells]


def test_the_cells_are_those_of_the_table():
    assert CELLS.keys() == TABLE.keys()


@pytest.mark.parametrize(("level", "dispute", "forward"), [
    ("village", "received", "received"), ("township", "received", "received"), ("county", "unsolved", None), ("city", "unsolved", None),
])  # fmt: skip
def test_above_the_county_there_is_no_office_to_go_to(level, dispute, forward):
    assert (machine.move("answered", "dispute", level), machine.move("working", "forward", level)) == (dispute, forward)


@pytest.mark.parametrize(("desk", "level", "above"), [
    ("510521116004", "village", "510521116000"), ("510521116000", "township", "510521000000"), ("510521000000", "county", None),
    ("510500000000", "city", None),
])  # fmt: skip
def test_a_case_rises_from_the_village_to_the_township_and_from_there_to_the_county(desk, level, above):
    assert machine.up(desk, level) == above


def test_no_office_closes_a_case_no_auditor_acts_and_the_clock_only_leads_up():
    assert not [act for act, move in TABLE.items() if move.role != "villager" and "closed" in move.states.values()]
    assert {move.role for move in TABLE.values()} == {"villager", "clerk", "reviewer", "clock"}
    assert [act for act, move in TABLE.items() if move.role == "clock"] == ["overdue"]


def test_a_supplement_takes_from_nobody_the_right_to_say_that_it_is_not_solved():
    assert machine.move("answered", "answer", spoken=True) == "answered"


@pytest.mark.parametrize("state", ["received", "working", "asked", "consulting", "telling"])
def test_who_asked_by_mouth_has_no_answer_until_he_was_told(state):
    assert machine.move(state, "answer", spoken=True) == "telling"
    assert machine.move("telling", "tell", spoken=True) == "answered"
    assert machine.move(state, "answer") == "answered"


def test_what_is_found_true_goes_to_the_county_even_from_a_village():
    assert machine.up("510521116004", "village", "send_up") == "510521000000"
    assert machine.move("working", "send_up", "county") is machine.move("received", "overdue", "county") is None


@pytest.mark.parametrize(("act", "state", "again"), [
    ("add", "received", False), ("add", "working", False), ("add", "asked", False), ("add", "answered", True), ("add", "closed", True),
    ("add", "unsolved", True), ("dispute", "answered", True), ("forward", "working", False), ("rate", "answered", False),
    ("overdue", "working", True), ("send_up", "received", True), ("add", "telling", False),
])  # fmt: skip
def test_a_clock_starts_anew_only_when_it_had_stopped(act, state, again):
    assert machine.reopens(state, act) is again


@pytest.mark.parametrize(("act", "state", "leaves"), [
    ("add", "received", False), ("add", "asked", False), ("add", "telling", True), ("add", "answered", True), ("add", "closed", True),
    ("dispute", "answered", True), ("forward", "working", True), ("overdue", "asked", True), ("send_up", "working", True),
    ("answer", "working", False), ("rate", "answered", False), ("solve", "answered", False),
])  # fmt: skip
def test_a_tied_case_leaves_the_others_when_it_goes_up_or_is_asked_on_about(act, state, leaves):
    assert machine.leaves(state, act) is leaves


def test_a_dispute_at_the_county_starts_no_clock():
    assert not machine.reopens("answered", "dispute", "county")


@pytest.mark.parametrize(("days", "may"), [(0, True), (30, True), (31, False)])
def test_an_answer_is_disputed_within_thirty_days(days, may):
    assert machine.may_dispute("answered", ANSWERED, ANSWERED + timedelta(days=days)) is may
    assert not machine.may_dispute("closed", ANSWERED, ANSWERED)


def test_who_answered_what_was_not_accepted_does_not_decide_it():
    acts = [("ask", None), ("work", 1), ("answer", 2), ("answer", 3), ("dispute", None), ("answer", 4)]
    assert machine.decided(acts[:4]) == set()
    assert machine.decided(acts) == {2, 3}
    assert machine.decided([*acts, ("dispute", None)]) == {2, 3, 4}


@pytest.mark.parametrize(("acts", "may"), [
    ([], False), (["answer"], True), (["answer", "rate"], False), (["answer", "rate", "dispute", "answer"], True),
    (["answer", "solve"], True),
])  # fmt: skip
def test_each_answer_is_rated_once(acts, may):
    assert machine.may_rate(acts) is may


@pytest.mark.parametrize(("acts", "may"), [([], True), (["ask_back", "add"], False), (["ask_back", "add", "answer", "add"], True)])
def test_a_question_back_stops_the_clock_once_until_there_is_an_answer(acts, may):
    assert machine.may_ask_back(acts) is may


@pytest.mark.parametrize(("acts", "waits"), [
    ([], False), (["extend"], True), (["extend", "add"], True), (["extend", "grant"], False), (["extend", "refuse"], False),
    (["extend", "answer"], False), (["extend", "forward"], False),
])  # fmt: skip
def test_more_time_waits_for_the_reviewer_until_he_decides_or_there_is_an_answer(acts, waits):
    assert machine.extension_waits(acts) is waits
    assert machine.done("extend", acts) is ("extend" in acts)


@pytest.mark.parametrize(("state", "day", "counted"), [
    ("received", DUE, "waiting"), ("working", DUE, "waiting"), ("asked", DUE, "asked"), ("asked", DUE + timedelta(days=1), "late"),
    ("received", DUE + timedelta(days=1), "late"), ("consulting", DUE, "waiting"),
    ("telling", DUE + timedelta(days=1), "late"), ("answered", ANSWERED + timedelta(days=30), "told"),
    ("answered", ANSWERED + timedelta(days=31), "silent"), ("unsolved", DUE, "unsolved"), ("closed", DUE, "solved"),
])  # fmt: skip
def test_a_case_is_counted_in_one_class(state, day, counted):
    assert machine.class_of(state, DUE, ANSWERED if state in machine.ANSWERED else None, day) == counted


@given(st.sampled_from(STATES), st.dates(), st.dates(), st.dates())
def test_there_is_a_class_for_every_case_on_every_day(state, due, answered, today):
    counted = machine.class_of(state, due, answered, today)
    assert counted in machine.CLASSES
    assert (counted in ("waiting", "late", "asked")) == (state in machine.OPEN)


def test_the_drawing_in_the_docs_is_of_this_table():
    assert (ROOT / "docs" / "cases.md").read_text("utf-8") == machine.page(), "run make cases"


def test_a_half_written_answer_ends_with_what_takes_the_case_away_and_not_with_what_is_added():
    ends = {act for act in machine.TABLE if act in machine.ENDS_DRAFTS}
    assert ends == {"ask_back", "consult", "register", "forward", "dispute", "send_up", "overdue", "answer", "tell", "solve"}
    assert {act for act in machine.TABLE if machine.ends_all_drafts(act)} == ends - {"ask_back", "consult", "register"}
