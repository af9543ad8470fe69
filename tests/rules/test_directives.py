"""A letter from the county: which act leads where, how late an answer is, what it may name, and that its log replays."""

from __future__ import annotations

from datetime import date

import pytest

from board import policies
from board.rules import directives as rule

COUNTY, TOWN, VILLAGE, OTHER = "510521000000", "510521116000", "510521116004", "510521117000"
DUE = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("state", "act", "becomes"),
    [
        ("sent", "reply", "answered"), ("answered", "reply", "answered"), ("answered", "accept", "closed"),
        ("answered", "send_back", "sent"),
        ("sent", "withdraw", "withdrawn"), ("answered", "withdraw", "withdrawn"),
        ("sent", "accept", None), ("sent", "send_back", None), ("closed", "reply", None), ("withdrawn", "reply", None),
        ("closed", "withdraw", None), ("sent", "noted", None),
    ],
)  # fmt: skip
def test_an_act_leads_where_the_table_says(state, act, becomes):
    assert rule.move(state, act, answered=True) == becomes


def test_a_letter_that_wants_no_answer_is_only_noted():
    assert rule.move("sent", "noted", answered=False) == "closed"
    assert [act for act in rule.TABLE if rule.move("sent", act, answered=False)] == ["noted"]


def test_only_the_county_judges_and_only_the_office_answers():
    assert {act: one.side for act, one in rule.TABLE.items()} == {
        "reply": "office", "accept": "county", "send_back": "county", "withdraw": "county", "noted": "office",
    }  # fmt: skip


@pytest.mark.parametrize(("day", "late"), [(date(2026, 12, 3), 0), (DUE, 0), (date(2026, 12, 7), 3)])
def test_an_answer_is_late_from_the_day_after_its_last(day, late):
    assert rule.days_late("sent", DUE, day) == late
    assert rule.days_late("answered", DUE, day) == 0
    assert rule.days_late("sent", None, day) == 0


@pytest.mark.parametrize(
    ("desk", "level", "home", "holder", "answerer", "named"),
    [
        (TOWN, "township", TOWN, TOWN, "clerk", True),
        (TOWN, "township", VILLAGE, VILLAGE, "clerk", True),
        (TOWN, "township", TOWN, COUNTY, "clerk", True),  # its own, which went up
        (TOWN, "township", COUNTY, COUNTY, "clerk", False),  # asked of the county alone
        (TOWN, "township", OTHER, OTHER, "clerk", False),
        (TOWN, "township", TOWN, TOWN, "leader", False),  # a letter to the leader, of which its clerks know nothing
        (VILLAGE, "village", VILLAGE, TOWN, "clerk", True),
        (VILLAGE, "village", TOWN, TOWN, "clerk", False),  # asked of the township, not of the village
        (COUNTY, "county", COUNTY, COUNTY, "clerk", True),
        (COUNTY, "county", TOWN, COUNTY, "clerk", True),
        (COUNTY, "county", TOWN, TOWN, "clerk", False),
    ],
)
def test_a_case_is_named_only_to_an_office_that_reads_it_anyway(desk, level, home, holder, answerer, named):
    assert rule.may_name(desk, level, home, holder, answerer) is named


def test_the_county_writes_to_itself_and_below():
    assert rule.reaches(COUNTY, "county", COUNTY)
    assert rule.reaches(COUNTY, "county", VILLAGE)
    assert not rule.reaches(COUNTY, "county", "510522104000")


def test_the_log_replays_with_the_latest_day_and_the_most_days_late():
    sent = {"no": 1, "kind": "urge", "desk": TOWN, "about": "a", "due": "2026-12-04", "basis": "", "group": None, "words": "w"}
    found = rule.replay(
        [
            rule.Entry("x", "send", "t1", sent),
            rule.Entry("y", "reply", "t2", {"no": 2, "words": "v", "late": 3}),
            rule.Entry("x", "send_back", "t3", {"no": 3, "words": "u", "due": "2026-12-18"}),
            rule.Entry("y", "reply", "t4", {"no": 4, "words": "t"}),
            rule.Entry("x", "accept", "t5", {"no": 5}),
        ],
        ("urge",),
    )
    assert (found["state"], found["due"], found["late"], found["answered"], found["made"]) == ("closed", "2026-12-18", 3, "t4", "t1")
    assert [said[0] for said in found["messages"]] == [1, 2, 3, 4, 5]


def test_an_act_that_cannot_be_done_or_is_unknown_replays_to_no_state():
    sent = {"no": 1, "kind": "urge", "desk": TOWN, "due": "2026-12-04"}
    for act in ("accept", "thrown"):
        assert rule.replay([rule.Entry("x", "send", "t1", sent), rule.Entry("x", act, "t2", {"no": 2})], ("urge",))["state"] is None


# ---- the data


def test_a_letter_is_urging_or_ordering_or_reminding_and_only_an_order_has_to_name_an_article():
    letters = policies.letters_to_offices()
    assert {id: (one.answered, one.based) for id, one in letters.items()} == {
        "urge": (True, False), "order": (True, True), "remind": (False, False),
    }  # fmt: skip
    assert policies.letters_answered() == ("urge", "order")


@pytest.mark.parametrize(
    ("letter", "level", "code", "found"),
    [
        ("urge", "township", TOWN, {"disclosure_47"}),
        ("order", "township", TOWN, {"disclosure_53"}),
        ("order", "village", VILLAGE, {"village_law_36", "sichuan_23"}),
        ("order", "village", "370685001001", {"village_law_36"}),
        ("urge", "village", VILLAGE, {"village_law_36", "residents_law_35"}),
        ("remind", "township", TOWN, set()),
    ],
)
def test_an_article_fits_the_office_that_it_is_about(letter, level, code, found):
    assert {id for id, one in policies.letter_bases().items() if one.fits(letter, level, code)} == found
