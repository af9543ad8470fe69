"""What a villager may bring, and which acts a category knows."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from board import policies
from board.rules.cases import category, machine
from board.rules.cases.category import About, offered

CATEGORIES = policies.case_categories()
EVERY = set(machine.TABLE)
OWN = {
    "confirm",
    "verify",
    "consult",
    "consulted",
    "hear",
    "register",
    "suggest",
    "retract",
    "overdue",
}  # acts that only some categories know
KNOWN = {
    "application": {"confirm", "verify", "consult", "consulted", "suggest"}, "letter": {"register", "retract"},
    "household": {"hear", "overdue"},
    "supervision": {"overdue"},
}  # fmt: skip


@pytest.mark.parametrize("id", CATEGORIES)
def test_a_category_knows_the_acts_that_its_data_name_and_no_others_of_their_own(id):
    never = (
        {"forward", "extend"} if id == "supervision" else set()
    )  # nobody lengthens the ten days, nor passes on what was told in confidence
    assert {act for act in EVERY if CATEGORIES[id].does(act)} == EVERY - OWN - never | KNOWN.get(id, set())


def test_an_act_whose_period_is_left_out_is_not_known():
    one = CATEGORIES["application"]
    for name, acts in (("confirm", {"confirm"}), ("third", {"consult", "consulted"})):
        bare = replace(one, clocks=replace(one.clocks, **{name: None}))
        assert {act for act in EVERY if one.does(act)} - {act for act in EVERY if bare.does(act)} == acts


@pytest.mark.parametrize(("about", "ids"), [
    ("row", ["amount_wrong", "missing", "household", "not_published", "unclear", "correction", "suggestion"]),
    ("notice", ["amount_wrong", "missing", "household", "not_published", "unclear", "correction", "suggestion", "supervision"]),
    ("area", [
        "amount_wrong", "missing", "household", "not_published", "unclear", "correction", "suggestion", "supervision", "application",
        "letter",
    ]),
    ("wall", ["amount_wrong", "missing", "household", "not_published", "unclear", "suggestion", "supervision"]),
    ("nothing", ["not_published", "suggestion", "application", "letter"]),
])  # fmt: skip
def test_what_can_be_brought_about_each_thing_in_the_order_of_the_form(about, ids):
    assert [one.id for one in offered(CATEGORIES.values(), about)] == ids


def test_a_report_against_a_person_is_on_no_form():
    for about in get_args(About):
        assert not [one for one in offered(CATEGORIES.values(), about) if one.to != "publisher"]


def test_every_category_has_an_office_to_look_first_on_every_form_that_offers_it():
    for one in CATEGORIES.values():
        assert one.first
        assert "county" in one.first or one.id == "supervision", "whoever fears the township goes straight to the county"


def test_an_outcome_is_found_by_its_id_alone():
    household = CATEGORIES["household"]
    assert [one.id for one in household.outcomes if one.rises] == ["true_county"]
    assert household.outcome("not_true").label.zh == "不属实"
    assert household.outcome("given") is household.outcome("") is household.outcome(None) is None


@pytest.mark.parametrize(("id", "alone"), [("application", True), ("correction", True), ("letter", True), ("suggestion", False)])
def test_what_needs_more_than_a_text_has_a_form_of_its_own(id, alone):
    assert CATEGORIES[id].alone is alone


def test_nothing_that_names_a_household_or_an_applicant_is_ever_published():
    assert {one.id for one in CATEGORIES.values() if one.publish == "never"} == {
        "household",
        "correction",
        "application",
        "person",
        "supervision",
    }
    assert all(one.publish == "never" for one in CATEGORIES.values() if one.hears or "name" in one.asks)


def test_only_what_clerks_answer_and_no_household_is_in_is_shown_to_a_supervisor():
    shown = [one.id for one in CATEGORIES.values() if one.supervisable]
    assert shown == ["amount_wrong", "missing", "not_published", "unclear", "suggestion"]


def test_letters_alone_are_the_leaders_and_one_category_the_supervisors():
    assert [one.id for one in CATEGORIES.values() if one.answerer == "supervisor"] == ["supervision"]
    assert [one.id for one in CATEGORIES.values() if one.answerer == "leader"] == ["letter"]
    assert set(get_args(category.Answerer)) == {"clerk", "leader", "supervisor"}
