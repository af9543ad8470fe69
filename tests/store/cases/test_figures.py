"""The auditor's figures: whatever people and the clock did, each counts exactly the cases that it lists, and those that the rule says."""

from __future__ import annotations

import random
from datetime import date, timedelta

from board.models import CaseStanding, db
from board.rules import quarters
from board.rules.calendar import day_of
from board.rules.cases.figures import FIGURES, office
from board.store import cases
from board.store.cases import counting, figures, upkeep
from board.store.cases.figures import Chosen
from tests.store.asked import AT, COUNTY, KEY, does, files
from tests.store.cases.test_histories import STARTS, History
from tests.store.posted import TOWN

PEOPLE = ("baihe-clerk", "baihe-reviewer", "luxian-clerk", "luxian-reviewer")
DAYS = (0, 6, 30, 31, 60)
CHOICES = (
    Chosen(), Chosen("household"), Chosen(kind="cropland-subsidy"), Chosen(year=2025),
    Chosen("missing", "cropland-subsidy", 2026, quarters.parse("2026-q4")),
)  # fmt: skip


def ids(found) -> set[tuple[str, str]]:
    return {(line.case.home, line.case.id) for line in found}


def agree(today: date) -> set[str]:
    """Compare every figure of every office and choice on a day; return those that were not 0."""
    all = {(one.home, one.id): counting.plain(one) for one in db.session.query(CaseStanding)}
    codes, some = [one.code for one in figures.offices("510521")], set()
    for chosen in CHOICES:
        told = figures.counted(codes, chosen, today)
        for name, figure in FIGURES.items():
            right = {key: one for key, one in all.items() if chosen.has(one) and figure.counts(one, today)}
            for code in (TOWN, COUNTY):
                of = {key for key, one in right.items() if getattr(one, figure.by) == code}
                listed = list(figures.every(name, [code], chosen, today))
                assert ids(listed) == of, (name, code, chosen)
                assert told[code][name] == len(listed) == len(of), (name, code, chosen)
                some |= {name} if of else set()
            assert sum(one[name] for one in told.values()) == len(right)
    return some


def goes_up(case, key: str, clerk: int, county: int, *, twice: bool) -> None:
    """Answer a case, and let the villager rate the answer and say that it solved nothing; ``twice``: also of the county's."""
    for who in (clerk, county) if twice else (clerk,):
        does(case, "answer", who, "查过了。")
        cases.rate(key, cases.last_no(case), 2, AT)
        cases.dispute(key, cases.last_no(case), "", AT)


def test_each_figure_counts_the_cases_that_it_lists_and_those_of_the_rule(posted, person_id):
    chance, staff, seen = random.Random(3), [person_id(name) for name in PEOPLE], set[str]()
    for start in STARTS:
        history = History(chance, posted, staff, *start)
        for turn in range(chance.choice([1, 2, 3, 5, 8])):
            history.goes_on(turn)

    for no in range(3):  # what chance seldom comes to: in time, rated, disputed, at the county once more; and solved
        goes_up(files(posted, "amount_wrong", key=f"{no:032}"), f"{no:032}", staff[0], staff[2 if no else 3], twice=no == 1)
    does(files(posted, "amount_wrong", key="3" * 32), "answer", staff[0], "查过了。")
    cases.close("3" * 32, 2, AT)

    for days in DAYS:
        seen |= agree(day_of(AT) + timedelta(days=days))
    assert {name for name in FIGURES if not name.startswith("rated_")} - seen == set()
    assert counting.recount() == 0, "counted as it was done, and from the ledger"


def of(code: str, day=AT, **chosen) -> dict[str, int]:
    """The figures of an office that are not 0."""
    return {name: n for name, n in figures.counted([code], Chosen(**chosen), day_of(day))[code].items() if n}


def test_what_a_villager_did_not_accept_counts_where_it_arose_and_waits_where_it_went(case, clerk):
    does(case, "answer", clerk, "查过了。")
    cases.dispute(KEY, 2, "", AT)

    assert of(TOWN) == {"received": 1, "owed": 1, "in_time": 1, "disputed": 1}
    assert of(COUNTY) == {"waiting": 1}
    assert of(COUNTY, AT + timedelta(days=60)) == {"waiting": 1, "late": 1}


def test_who_answered_is_rated_also_when_the_case_has_gone_up_since(case, clerk, person_id):
    does(case, "answer", clerk, "查过了。")
    cases.dispute(KEY, 2, "", AT)
    cases.rate(KEY, 3, 1, AT)
    assert of(TOWN) == {"received": 1, "owed": 1, "in_time": 1, "disputed": 1, "rated": 1, "rated_1": 1}
    assert of(COUNTY) == {"waiting": 1}

    does(case, "answer", person_id("luxian-clerk"), "县里查过了。")
    cases.rate(KEY, cases.last_no(case), 5, AT)
    assert "rated" not in of(TOWN)
    assert of(COUNTY) == {"told": 1, "rated": 1, "rated_5": 1}
    assert counting.recount() == 0


def test_a_case_that_is_late_is_owed_an_answer_and_one_that_waits_is_not_yet(case, clerk):
    assert of(TOWN) == {"received": 1, "waiting": 1}
    late = AT + timedelta(days=10)
    assert of(TOWN, late) == {"received": 1, "waiting": 1, "late": 1, "owed": 1}
    does(case, "answer", clerk, "查过了。", late)
    assert of(TOWN, late) == {"received": 1, "owed": 1, "told": 1}
    assert of(TOWN, late + timedelta(days=31)) == {"received": 1, "owed": 1, "silent": 1}


def test_a_late_case_that_went_up_by_itself_was_not_in_time_at_the_office_that_let_it_lie(posted):
    case = files(posted, "household")
    upkeep.lead_up_late(AT + timedelta(days=30))
    assert case.desk == COUNTY
    assert of(TOWN) == {"received": 1, "owed": 1}
    assert of(COUNTY) == {"waiting": 1}


def test_of_a_village_the_township_is_counted_and_a_county_alone():
    assert office("510521116227") == "510521116000"
    assert office("510521116000") == "510521116000"
    assert office("510521000000") == "510521000000"
    assert office("510500000000") == "510500000000"
