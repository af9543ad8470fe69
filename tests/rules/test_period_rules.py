"""Who publishes and where decides how long a notice hangs and by when it is published and answered; no rule weakens another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds, policies
from board.rules.bilingual import Words
from board.rules.kind import LEVELS, Period
from board.rules.kind_file import parse, parse_frozen
from board.rules.period_rules import PeriodRule, PeriodRules, answer_by, for_publisher

SICHUAN_VILLAGE, SICHUAN_TOWN, SHANDONG_VILLAGE = "510521116004", "510521116000", "370685100201"
KINDS, RULES, CALENDAR = kinds.load(), policies.period_rules(), policies.holidays()
VILLAGE_KINDS = [kind.id for kind in KINDS.values() if "village" in kind.levels]


@pytest.mark.parametrize("id", VILLAGE_KINDS)
@pytest.mark.parametrize("code", [SICHUAN_VILLAGE, SHANDONG_VILLAGE])
def test_a_village_shows_everything_for_fifteen_days_at_least(id, code):
    kind = for_publisher(KINDS[id], RULES, "village", code)

    assert (kind.display.days, kind.display.unit) == (15, "calendar")
    assert "少于十五日" in kind.display.basis.zh


@pytest.mark.parametrize(
    ("id", "level", "code", "display", "within"),
    [
        ("cropland-subsidy", "village", SICHUAN_VILLAGE, 15, (10, "calendar")),
        ("cropland-subsidy", "village", SHANDONG_VILLAGE, 15, (20, "working")),
        ("cropland-subsidy", "township", SICHUAN_TOWN, 7, (20, "working")),
        ("village-finance", "village", SICHUAN_VILLAGE, 15, (10, "calendar")),
        ("village-finance", "village", SHANDONG_VILLAGE, 15, (15, "calendar")),
        ("land-compensation", "township", SICHUAN_TOWN, 15, (10, "calendar")),
        ("land-resettlement", "county", "510521000000", 30, (20, "working")),
    ],
)
def test_days_of_display_and_of_publishing(id, level, code, display, within):
    kind = for_publisher(KINDS[id], RULES, level, code)
    assert (kind.display.days, (kind.publish_within.days, kind.publish_within.unit)) == (display, within)


def test_what_holds_for_the_publisher_is_frozen_with_the_kind():
    kind = for_publisher(KINDS["cropland-subsidy"], RULES, "village", SICHUAN_VILLAGE)
    frozen = parse_frozen(kind.id, kind.source)

    assert (frozen.display, frozen.publish_within) == (kind.display, kind.publish_within)
    assert KINDS["cropland-subsidy"].source["display"]["days"] == 7  # the kind of everybody else is as it was


periods = st.builds(Period, st.integers(1, 60), st.sampled_from(["calendar", "working"]), st.booleans(), st.just(Words("据", "by")))
rules = st.builds(
    PeriodRule, periods, st.sets(st.sampled_from(LEVELS)).map(tuple), st.sampled_from([(), ("51",), ("37",), ("5105", "3706")])
)


@given(st.lists(rules, max_size=5), st.sampled_from(LEVELS), st.sampled_from([SICHUAN_VILLAGE, SHANDONG_VILLAGE]), rules)
def test_a_further_rule_never_weakens_what_held(some, level, code, more):
    def applied(given):
        return for_publisher(KINDS["cropland-subsidy"], PeriodRules(tuple(given), tuple(given)), level, code)

    before, after = applied(some), applied([*some, more])
    weeks = {"calendar": lambda days: days, "working": lambda days: days + 2 * (days // 5)}
    assert weeks[after.display.unit](after.display.days) >= weeks[before.display.unit](before.display.days)
    assert weeks[after.publish_within.unit](after.publish_within.days) <= weeks[before.publish_within.unit](before.publish_within.days)
    if not more.applies(level, code, "cropland-subsidy"):
        assert after == before


# ---- answers

FIVE_WORKING_DAYS = policies.case_categories()["amount_wrong"].clocks.answer


@pytest.mark.parametrize(
    ("asked", "level", "code", "last"),
    [
        ("2026-11-22", "village", SICHUAN_VILLAGE, "2026-11-27"),
        ("2026-02-13", "village", SICHUAN_VILLAGE, "2026-02-24"),  # the tenth day, the 23rd, is the last day off of the festival
        ("2026-02-13", "village", SHANDONG_VILLAGE, "2026-02-24"),  # five calendar days end in the festival
        ("2026-02-13", "village", "440101001001", "2026-02-27"),  # five working days: fourteen calendar days around the Spring Festival
        ("2026-02-13", "township", SICHUAN_TOWN, "2026-02-27"),
    ],
)
def test_an_answer_is_due_by_the_earlier_of_working_days_and_the_provinces_cap(asked, level, code, last):
    assert answer_by(date.fromisoformat(asked), FIVE_WORKING_DAYS, RULES, level, code, CALENDAR) == date.fromisoformat(last)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 20)))
def test_a_village_of_sichuan_answers_within_ten_days_on_any_day_of_the_year(asked):
    last = answer_by(asked, FIVE_WORKING_DAYS, RULES, "village", SICHUAN_VILLAGE, CALENDAR)
    run = CALENDAR.run(asked + timedelta(10))
    assert last <= (run.last + timedelta(1) if run else asked + timedelta(10))  # 民法典 203: not on a day off


def test_a_rule_for_one_kind_leaves_the_others_alone():
    rule = PeriodRule(replace(FIVE_WORKING_DAYS, days=60), ("township",), (), ("grain-subsidy",))
    found = [for_publisher(KINDS[id], PeriodRules((rule,)), "township", SICHUAN_TOWN) for id in ("grain-subsidy", "cropland-subsidy")]
    assert [kind.display.days for kind in found] == [60, 7]


# ---- clocks that are not counted from the day of forming

PERSON = {"zh": "据", "en": "by"}


def with_clocks(**clocks):
    """Return a kind like the relief projects with a polling day, the end of a meeting, and these clocks."""
    source = KINDS["relief-projects"].source
    own = [
        {"id": "polling_day", "label": {"zh": "选举日", "en": "Polling day"}, "block": "plan", "type": "date", "required": True},
        {"id": "ended_at", "label": {"zh": "散会时间", "en": "End"}, "block": "plan", "type": "moment", "required": True},
    ]
    return parse("some-kind", source | {"facts": [*source["facts"], *own]} | clocks)


def test_days_that_the_law_counts_back_from_a_date_are_not_replaced_by_days_after_forming():
    kind = for_publisher(
        with_clocks(publish_within={"before": 20, "from": "polling_day", "basis": PERSON}), RULES, "village", SICHUAN_VILLAGE
    )

    assert (kind.publish_within.days, kind.publish_within.before, kind.publish_within.since) == (20, True, "polling_day")
    assert parse_frozen(kind.id, kind.source) == kind


def test_the_citys_line_stands_beside_the_laws_and_the_shorter_of_two_holds():
    three_days = PeriodRule(Period(3, "working", False, Words("市里", "city")), ("township",), ("5105",), ("some-kind",))
    kind = with_clocks(local_within={"hours": 24, "from": "ended_at", "basis": PERSON})
    rules = PeriodRules(local_within=(three_days,))

    own = for_publisher(kind, rules, "township", SICHUAN_TOWN)
    assert (own.local_within.hours, own.local_within.since) == (24, "ended_at")
    assert parse_frozen(own.id, own.source) == own
    assert for_publisher(with_clocks(), rules, "township", SICHUAN_TOWN).local_within == three_days.period
    assert for_publisher(with_clocks(), rules, "township", "370685100000").local_within is None  # it asks in Luzhou only
    assert own.publish_within == kind.publish_within
