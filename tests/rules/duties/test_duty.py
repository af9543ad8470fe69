"""The duties of the data file: each fits its kind, is due when the law of its place says, and a fault is named by its key path."""

from __future__ import annotations

import pytest

from board import kinds, policies
from board.rules.bilingual import Words
from board.rules.datafile import DataError
from board.rules.duties import duty as rule
from board.rules.kind import Period

SICHUAN, CHONGQING, SHANDONG = "510521116004", "500101116004", "370101116004"
RIGHT = """
[[duties]]
id = "accounts"
kind = "village-finance"
level = "village"
publisher = "village"
rhythm = "regular"
every = "quarter"
lead = { zh = "农业农村局", en = "Agriculture" }
responsible = { zh = "村", en = "Village" }
basis = { zh = "第三十五条", en = "Art. 35" }
"""
WITHIN = '\n[duties.within]\ndays = 3\nunit = "working"\nfirst_day_counts = false\nbasis = { zh = "县", en = "County" }\n'
WINDOW = '\n[duties.window]\nfirst = "06-01"\nlast = "09-30"\n'


def test_the_duties_of_the_program_fit_its_kinds_and_each_kind_has_one():
    duties = policies.duties()
    assert rule.misfits(duties.values(), kinds.load()) == []
    assert {one.kind for one in duties.values()} == set(kinds.load())


def test_every_duty_says_in_both_languages_who_leads_who_acts_and_by_what_law():
    for one in policies.duties().values():
        assert all(words.zh and words.en for words in (one.lead, one.responsible, one.basis)), one.id


@pytest.mark.parametrize(
    ("id", "place", "days", "unit"),
    [
        ("village_accounts", SICHUAN, 10, "calendar"), ("village_accounts", CHONGQING, 15, "calendar"),
        ("village_accounts", SHANDONG, 15, "calendar"), ("supervision_report", SICHUAN, 10, "calendar"),
        ("cropland_subsidy", SICHUAN, 20, "working"), ("social_assistance", SICHUAN, 10, "working"),
    ],
)  # fmt: skip
def test_the_time_after_a_period_is_that_of_the_kind_or_of_the_place_if_shorter(id, place, days, unit):
    duty = policies.duties()[id]
    found = rule.within(duty, kinds.load()[duty.kind], policies.period_rules(), place)
    assert (found.days, found.unit) == (days, unit)


def test_a_duty_may_have_a_time_of_its_own_which_the_law_of_the_place_still_shortens():
    duty = policies.read_duties(RIGHT + WITHIN.replace("3", "30"))["accounts"]
    assert duty.within == Period(30, "working", False, Words("县", "County"))
    assert rule.within(duty, kinds.load()[duty.kind], policies.period_rules(), SHANDONG).days == 30
    assert rule.within(duty, kinds.load()[duty.kind], policies.period_rules(), SICHUAN).days == 10


def test_what_is_due_every_year_may_have_the_days_of_the_year_on_which_it_is_published():
    assert policies.read_duties(RIGHT.replace("quarter", "year") + WINDOW)["accounts"].window == ((6, 1), (9, 30))


def test_only_notices_with_the_facts_that_a_duty_names_count():
    duty = policies.duties()["social_assistance"]
    assert duty.counts({"stage": "approved", "standard": "x"})
    assert not duty.counts({"stage": "proposed"})
    assert not duty.counts({})
    assert policies.duties()["village_accounts"].counts({})


YEARLY = RIGHT.replace("quarter", "year")
AS_IT_HAPPENS = RIGHT.replace('"regular"\nevery = "quarter"', '"as_it_happens"')


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (RIGHT.replace('"regular"', '"daily"'), "rhythm is unknown: 'daily'; known: regular, stage, as_it_happens"),
        (RIGHT.replace('every = "quarter"\n', ""), "every is missing"),
        (RIGHT.replace('"regular"', '"stage"'), "every is not a known key"),
        (RIGHT.replace('level = "village"', 'level = "city"'), "level is unknown: 'city'; known: village, township, county"),
        (RIGHT.replace('level = "village"', 'level = "county"'), "publisher is below the areas that owe it: 'village' under 'county'"),
        (RIGHT.replace(', en = "Art. 35"', ""), "basis.en is missing"),
        (RIGHT.replace('"accounts"', '"Accounts!"'), "id is not a word of a-z, 0-9 and _: 'Accounts!'"),
        (RIGHT + WINDOW, "window is only for what is due every year"),
        (YEARLY + WINDOW.replace("06-01", "02-29"), "window.first is not a day of every year, as in 09-30: '02-29'"),
        (YEARLY + WINDOW.replace("06-01", "10-01"), "window.last is before the first day"),
        (YEARLY + WINDOW + WITHIN, "within has no meaning beside a window, which ends on its last day"),
        (AS_IT_HAPPENS + WITHIN, "within has no meaning for what is published as it happens: its kind says by when"),
        (RIGHT + "only = { stage = [] }\n", "only.stage is empty"),
        (RIGHT + "only = { stage = [3] }\n", "only.stage[0] is not a string"),
        (RIGHT + "sinec = 3\n", "sinec is not a known key"),
    ],
)
def test_a_fault_is_named_by_its_key_path(text, fault):
    with pytest.raises(DataError) as error:
        policies.read_duties(text)
    assert f"duties: duties[0].{fault}" in error.value.faults


def test_what_stands_twice_is_said():
    with pytest.raises(DataError) as error:
        policies.read_duties(RIGHT + RIGHT + RIGHT.replace('"accounts"', '"again"'))
    assert error.value.faults == [
        "duties: duties[1].id is there twice: 'accounts'",
        "duties: duties[2].kind is already owed by each village: 'accounts'",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (RIGHT.replace("village-finance", "village-fish"), "accounts: kind does not exist: 'village-fish'"),
        (RIGHT.replace('publisher = "village"', 'publisher = "township"'), "accounts: publisher is none of village-finance: 'township'"),
        (RIGHT.replace("village-finance", "cropland-subsidy").replace('= "village"', '= "township"'),
         "accounts: level is not that of the places of cropland-subsidy when a township publishes it: 'township'"),
        (RIGHT.replace('"regular"\nevery = "quarter"', '"stage"'), "accounts: rhythm is stage, but village-finance follows no other kind"),
        (RIGHT + 'only = { stage = ["approved"] }\n', "accounts: only.stage is no choice of village-finance: 'approved'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_its_kind_is_said(text, fault):
    assert rule.misfits(policies.read_duties(text).values(), kinds.load()) == [fault]
