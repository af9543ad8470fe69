"""What is published of a closed quarter: the rule's figures, counted once a day, without what went straight to the county."""

from __future__ import annotations

import random
from datetime import date, timedelta

from board.models import Case, CaseStanding, db
from board.rules import quarters
from board.rules.calendar import day_of
from board.rules.cases.figures import share
from board.store.cases import counting, quarter_shares
from tests.store.asked import AT, COUNTY, files
from tests.store.cases.test_histories import STARTS, History
from tests.store.posted import GAODONG, NEXT, TOWN

NEW_YEAR = AT + timedelta(days=45)
Q4 = quarters.parse("2026-q4")


def shown(code: str, day=NEW_YEAR):
    return [(str(quarter), on, told) for quarter, on, told in quarter_shares.of_place(code, day_of(day))]


def test_the_shares_of_each_place_are_those_of_the_rule(posted, person_id):
    chance, staff = random.Random(5), [person_id(name) for name in ("baihe-clerk", "baihe-reviewer", "luxian-clerk")]
    for start in STARTS:
        history = History(chance, posted, staff, *start)
        for turn in range(chance.choice([1, 3, 6])):
            history.goes_on(turn)
    at = NEW_YEAR + timedelta(days=90)
    quarter_shares.count(at)
    db.session.rollback()
    lines = [
        (counting.plain(one), case.place)
        for one, case in db.session.query(CaseStanding, Case).filter(CaseStanding.home == Case.home, CaseStanding.id == Case.id)
    ]
    for quarter, on, told in quarter_shares.of_place(TOWN, day_of(at)):
        assert told == share([one for one, _ in lines if one.arose == TOWN and quarters.of(one.received) == quarter], on)
        assert told.received > 20
    own, village = quarter_shares.of_place(COUNTY, day_of(at)), quarter_shares.of_place(GAODONG, day_of(at))
    assert own[-1][2] == share([one for one, _ in lines if one.arose == COUNTY and quarters.of(one.received) == Q4], day_of(at))
    below = [one for one, place in lines if one.arose != COUNTY and place == GAODONG and quarters.of(one.received) == Q4]
    assert village[-1][2] == share(below, day_of(at))


def test_nothing_is_counted_of_the_present_quarter_and_a_closed_one_once_a_day(case, clerk):
    assert quarter_shares.count(AT) == 0
    assert shown(TOWN) == []

    assert quarter_shares.count(NEW_YEAR) == 2, "the township and the village"
    (one,) = shown(TOWN)
    assert (one[0], one[1], one[2].received, one[2].late, one[2].waiting) == ("2026-q4", date(2027, 1, 6), 1, 1, 1)
    assert quarter_shares.count(NEW_YEAR + timedelta(hours=3)) == 0
    assert quarter_shares.count(NEW_YEAR + timedelta(days=1)) == 2


def test_a_case_for_the_county_alone_changes_nothing_that_a_township_or_a_village_shows(posted, case):
    quarter_shares.count(NEW_YEAR)
    before = shown(TOWN), shown(GAODONG)
    files(posted, "amount_wrong", COUNTY, "b" * 32)
    files(None, "suggestion", COUNTY, "c" * 32, row=None)
    quarter_shares.count(NEW_YEAR + timedelta(days=1))

    assert ([told for *_, told in shown(TOWN)], [told for *_, told in shown(GAODONG)]) == tuple([one[2] for one in was] for was in before)
    assert [told.received for *_, told in shown(COUNTY)] == [2]


def test_of_the_only_village_with_few_cases_nothing_follows_from_the_others(posted):
    for n in range(10):
        files(None, "suggestion", key=f"{n:032}", row=None, place=GAODONG if n < 3 else NEXT)
    quarter_shares.count(NEW_YEAR)

    assert [(told.received, told.withheld) for *_, told in shown(NEXT)] == [(7, True)], "10 - 7 would tell of the three"
    assert [(told.few, told.withheld) for *_, told in shown(GAODONG)] == [(True, True)]
    assert [(told.received, told.withheld) for *_, told in shown(TOWN)] == [(10, False)]


def test_with_the_townships_own_cases_they_are_enough_to_be_hidden_among(posted):
    for n, place in enumerate([GAODONG] * 3 + [TOWN] * 2 + [NEXT] * 7):
        files(None, "suggestion", key=f"{n:032}", row=None, place=place)
    quarter_shares.count(NEW_YEAR)

    assert [(told.received, told.withheld) for *_, told in shown(NEXT)] == [(7, False)]
