"""What each figure counts of a case, and what is made of the tallies."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.rules import quarters
from board.rules.cases import figures
from board.rules.cases.figures import FIGURES, LEAST, NO_DAY, Share, Standing
from board.rules.cases.log import Entry

TOWN, COUNTY, DAY = "510521116000", "510521000000", date(2026, 11, 20)
WAITS = Standing(TOWN, TOWN, TOWN, "amount_wrong", "cropland-subsidy", DAY, "received", DAY + timedelta(days=7))
TOLD = replace(WAITS, state="answered", answered=DAY, prompt=True, last=TOWN)
CASES = {
    "waits": WAITS, "told": TOLD, "solved": replace(TOLD, state="closed", rating=5), "rated": replace(TOLD, rating=1),
    "up": replace(WAITS, has=COUNTY, disputed=True, prompt=False), "unsolved": replace(TOLD, state="unsolved", has=COUNTY, disputed=True),
    "rated when it had gone up": replace(WAITS, has=COUNTY, disputed=True, prompt=True, rating=1, last=TOWN),
    "late answer": replace(TOLD, prompt=False), "telling": replace(WAITS, state="telling"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "days", "counted"),
    [
        ("waits", 7, {"received", "waiting"}),
        ("waits", 8, {"received", "waiting", "late", "owed"}),
        ("telling", 8, {"received", "waiting", "late", "owed"}),
        ("told", 30, {"received", "owed", "in_time", "told"}),
        ("told", 31, {"received", "owed", "in_time", "silent"}),
        ("late answer", 0, {"received", "owed", "told"}),
        ("solved", 90, {"received", "owed", "in_time", "solved", "rated", "rated_5"}),
        ("up", 0, {"received", "waiting", "disputed", "owed"}),
        ("unsolved", 90, {"received", "owed", "in_time", "disputed", "unsolved"}),
    ],
)
def test_what_counts_a_case(name, days, counted):
    assert {one for one, figure in FIGURES.items() if figure.counts(CASES[name], DAY + timedelta(days=days))} == counted


@pytest.mark.parametrize("days", [0, 7, 8, 30, 31, 400])
def test_the_tallies_make_the_figures_of_the_cases(days):
    today = DAY + timedelta(days=days)
    for office in (TOWN, COUNTY):
        all, lately = Counter(), Counter()
        for case in CASES.values():
            for code, what, day in figures.cells(case):
                if code == office and day == NO_DAY:
                    all[what] += 1
                elif code == office and day >= figures.recent(today)[what]:
                    lately[what] += 1
        right = {
            name: sum(figure.counts(one, today) and getattr(one, figure.by) == office for one in CASES.values())
            for name, figure in FIGURES.items()
        }
        assert figures.of_tallies(all, lately) == right
        assert set(all) <= set(figures.TALLIED)


def test_the_middle_leaves_out_who_received_nothing():
    none, two, five, six = (dict.fromkeys(FIGURES, n) for n in (0, 2, 5, 6))
    assert figures.middle([none, none, two, five])["late"] == 3.5
    assert figures.middle([two, five, six])["late"] == 5
    assert figures.middle([none]) == {}
    assert figures.middle([none, two]) == {}, "one has no middle"


def test_the_middle_share_is_of_those_who_owed_an_answer():
    assert figures.middle_share([{"owed": 0, "in_time": 0}, {"owed": 4, "in_time": 1}, {"owed": 4, "in_time": 3}]) == 50
    assert figures.middle_share([{"owed": 0, "in_time": 0}]) is None
    assert figures.middle_share([{"owed": 0, "in_time": 0}, {"owed": 4, "in_time": 1}]) is None


def entry(action: str, day: int, **body) -> Entry:
    return Entry("x", action, f"2026-11-{day:02}T02:00:00+00:00", {"due": "2026-11-10", "desk": TOWN} | body)


def test_the_ledger_says_who_had_to_answer_first_and_whether_it_was_in_time():
    asked = entry("case.received", 3)
    assert figures.logged([asked], TOWN) == (False, TOWN, None, "")
    assert figures.logged([asked, entry("case.answered", 10, state="answered")], TOWN) == (False, TOWN, True, TOWN)
    assert figures.logged([asked, entry("case.answered", 11, state="answered")], TOWN) == (False, TOWN, False, TOWN)
    led_up = entry("case.led_up", 11, state="received", desk=COUNTY, due="2026-11-20")
    assert figures.logged([asked, led_up], TOWN) == (False, TOWN, False, "")
    forwarded = entry("case.forwarded", 5, state="received", desk=COUNTY)
    assert figures.logged([asked, forwarded], TOWN) == (False, COUNTY, None, "")
    answered = entry("case.answered", 10, state="answered")
    disputed = entry("case.disputed", 12, state="received", desk=COUNTY, due="2026-11-20")
    assert figures.logged([asked, answered, disputed], TOWN) == (True, TOWN, True, TOWN)
    again = entry("case.answered", 15, state="answered", desk=COUNTY)
    assert figures.logged([asked, answered, disputed, again], TOWN) == (True, TOWN, True, COUNTY)
    assert figures.logged([asked, Entry("x", "case.answered", "2026-11-09T02:00:00+00:00", {})], TOWN) == (False, TOWN, True, TOWN), (
        "an old entry"
    )


def test_who_says_nothing_is_not_counted_as_solved_in_public():
    found = figures.share(CASES.values(), DAY + timedelta(days=90))
    assert found == Share(received=9, solved=1, unsolved=3, silent=3, late=4)
    assert found.waiting == 2
    assert not found.few
    assert Share(4, 4, 0, 0, 0).few


def test_no_subtraction_tells_of_fewer_than_five_cases():
    chance = random.Random(11)
    for _ in range(3000):
        villages = {f"51052111620{n}": chance.choice([1, 2, 3, 4, 5, 6, 9, 30]) for n in range(chance.randint(0, 5))}
        own = chance.choice([0, 0, 1, 2, 4, 5, 20])
        township = sum(villages.values()) + own
        hidden = figures.withheld(villages, township)

        assert {code for code, n in villages.items() if n < LEAST} <= hidden
        left = township - sum(n for code, n in villages.items() if code not in hidden)
        assert left == 0 or left >= LEAST or township < LEAST, (villages, own)
        assert len([code for code in hidden if villages[code] >= LEAST]) <= 1, "no more is withheld than is needed"


def test_the_smallest_of_the_others_is_withheld_with_the_only_one_of_few():
    assert figures.withheld({"a": 3, "b": 8, "c": 7}, 18) == {"a", "c"}
    assert figures.withheld({"b": 8, "c": 7}, 17) == {"c"}, "two that concern the township itself"
    assert figures.withheld({"a": 3, "b": 8, "c": 7}, 20) == {"a"}, "with the township's own it is five"
    assert figures.withheld({"b": 8, "c": 7}, 15) == set()


def test_only_quarters_that_are_over_are_public():
    assert [str(one) for one in figures.closed(date(2026, 11, 29))] == ["2026-q3", "2026-q2", "2026-q1", "2025-q4"]
    assert str(figures.closed(date(2027, 1, 1))[0]) == "2026-q4"
    assert figures.key(quarters.parse("2026-q4")) == 20264
    assert figures.keys(2026, None) == (20261, 20264)
    assert figures.keys(2026, quarters.parse("2026-q3")) == (20263, 20263)
    assert figures.keys(0, None)[1] > 29994
