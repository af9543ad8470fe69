"""The case that its ledger entries make."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from board.rules.cases import log
from board.rules.cases.log import ACTIONS, Entry
from board.rules.cases.machine import TABLE

MADE = datetime(2026, 11, 22, 2, tzinfo=UTC)
ON = [MADE + timedelta(days=n) for n in range(9)]
VILLAGE, TOWN = "510521116004", "510521116000"


def test_every_act_has_an_entry_of_its_own():
    assert set(ACTIONS) == set(TABLE)
    assert len(set(ACTIONS.values())) == len(ACTIONS)


def test_a_case_keeps_every_step_when_the_villager_asks_again():
    acts = [("ask", MADE), ("work", ON[1]), ("answer", ON[2]), ("add", ON[3]), ("add", ON[4]), ("answer", ON[5]), ("solve", ON[6])]
    assert log.steps(MADE, acts) == [
        ("received", MADE), ("working", ON[1]), ("answered", ON[2]), ("again", ON[3]), ("answered", ON[5]), ("closed", ON[6]),
    ]  # fmt: skip


def test_a_question_back_more_time_and_the_way_up_are_steps():
    acts = [("ask", MADE), ("ask_back", ON[1]), ("add", ON[2]), ("extend", ON[2]), ("grant", ON[3]), ("answer", ON[4]), ("dispute", ON[5]),
            ("rate", ON[5]), ("answer", ON[6])]  # fmt: skip
    assert [step for step, _ in log.steps(MADE, acts)] == ["received", "asked", "extended", "answered", "disputed", "answered"]


def test_a_case_answered_at_once_was_never_in_the_works():
    assert log.steps(MADE, [("ask", MADE), ("answer", MADE)]) == [("received", MADE), ("answered", MADE)]


def test_an_answer_put_right_is_no_second_step():
    assert [step for step, _ in log.steps(MADE, [("ask", MADE), ("answer", MADE), ("answer", ON[1])])] == ["received", "answered"]


def entry(action, day, actor="villager", **body):
    return Entry(actor, action, f"2026-11-{day}T02:00:00+00:00", body)


def test_entries_from_before_the_ways_up_replay_as_they_did():
    case = log.replay([
        entry("case.received", 22, number="1", due="2026-11-27", words="a"), entry("case.taken_up", 23, "clerk"),
        entry("case.answered", 24, "clerk", words="b", due="2026-11-27"), entry("case.reopened", 25, words="c", due="2026-12-02"),
    ], VILLAGE)  # fmt: skip
    assert (case["state"], case["desk"], case["since"], case["due"], case["answered"]) == (
        "received", VILLAGE, "2026-11-25", "2026-12-02", None,
    )  # fmt: skip
    assert [message[2] for message in case["messages"]] == ["ask", "work", "answer", "add"]


def test_a_dispute_leads_to_the_office_that_its_entry_names():
    case = log.replay([
        entry("case.received", 22, due="2026-11-27", words="a", desk=VILLAGE),
        entry("case.answered", 24, "clerk", words="b", state="answered"),
        entry("case.disputed", 25, state="received", desk=TOWN, due="2026-12-02"), entry("case.rated", 25, state="received", rating=2),
    ], VILLAGE)  # fmt: skip
    assert (case["state"], case["desk"], case["since"], case["rating"], case["answered"]) == ("received", TOWN, "2026-11-25", 2, None)


def test_a_tied_case_goes_on_alone_once_it_goes_up_and_keeps_what_it_was_tied_to():
    tied = [
        entry("case.received", 22, due="2026-11-27", words="a"), entry("case.tied", 23, "clerk", words="t", tie="k", alone=False),
        entry("case.answered", 24, "clerk", words="b", state="answered"),
    ]  # fmt: skip
    case = log.replay(tied, TOWN)
    assert (case["tie"], case["alone"], [message[2] for message in case["messages"]]) == ("k", False, ["ask", "tie", "answer"])

    case = log.replay([*tied, entry("case.disputed", 25, state="received", desk=TOWN)], TOWN)
    assert (case["tie"], case["alone"]) == ("k", True)
    case = log.replay([*tied[:2], entry("case.untied", 24, "clerk", tie=None, alone=True)], TOWN)
    assert (case["tie"], case["alone"]) == (None, True)
    assert log.replay([tied[0], entry("case.told_apart", 24, "clerk", alone=True)], TOWN)["messages"][1:] == []


def test_a_photo_is_kept_until_it_is_deleted_and_opening_it_changes_nothing():
    entries = [
        entry("case.received", 22), entry("case.photo_added", 22, no=1, photo="a"), entry("case.photo_added", 23, no=2, photo="b"),
        entry("case.photo_opened", 23, "clerk", no=1),
    ]  # fmt: skip
    day = "2026-11-{}T02:00:00+00:00".format
    first, second = ("a", day(22), True, "", ""), ("b", day(23), True, "", "")
    assert log.replay(entries, TOWN)["photos"] == {1: first, 2: second}

    entries += [entry("case.photo_removed", 24, "clerk", no=1, why="office")]
    replayed = log.replay(entries, TOWN)
    assert replayed["photos"] == {1: ("a", day(22), False, "office", day(24)), 2: second}
    assert (replayed["state"], len(replayed["messages"])) == ("received", 1)
