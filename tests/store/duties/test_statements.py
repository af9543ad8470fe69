"""没有这项、已在别处公开、只贴了纸: one act for many places, logged, outdone by a publication, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board.models import DutySettlement, db
from board.rules.duties.statement import Said
from board.store import areas, duties, ledger, notices, people
from board.store.duties import statements
from board.store.proof import notices as proof
from tests.store.due import COUNTY, HERE, TOWN, ZHAOYA, moment, publishes

OCT, NOV = date(2026, 10, 8), date(2026, 11, 20)
NONE = Said("none", "village_accounts", "2026-q3", tuple(HERE), NOV, why="本季没有收支")
PAPER = Said("paper", "village_accounts", "2026-q3", (HERE[0],), OCT, seen_by="驻村干部 老周")
ELSEWHERE = Said("elsewhere", "village_accounts", "2026-q3", (HERE[1],), OCT, address="https://www.luxian.gov.cn/a/1.html", digest="a" * 64)
ACCOUNTS = "2026年第三季度收支"


def says(said: Said, home: str = TOWN):
    return duties.say(home, said, people.named("baihe-clerk").id, moment(NOV))


def stands() -> dict[str, tuple[str, str, bool]]:
    db.session.rollback()
    rows = db.session.query(DutySettlement).filter_by(duty="village_accounts", period="2026-q3", counts=True)
    return {row.home: (row.sort, row.by, bool(row.due and row.day > row.due)) for row in rows}


@pytest.fixture(autouse=True)
def whole(app):
    """Whatever was said is proven by the ledger, and counting anew finds nothing else."""
    yield
    assert duties.recount() == []
    assert proof.first_fault() is None


def test_one_act_says_of_many_places_that_there_is_no_such_item(app):
    one = says(NONE)
    assert stands() == dict.fromkeys(HERE, ("none", TOWN, False))
    assert statements.places(one) == HERE
    assert [entry.action for entry in ledger.entries(TOWN)].count("duty.said") == 1
    entry = list(ledger.entries(TOWN))[-1]
    assert (entry.actor, entry.body["places"], entry.body["sort"]) == ("baihe-clerk", HERE, "none")
    assert "收支" not in str(entry.body), "the words are in the log by their digest"


def test_a_publication_always_wins_and_when_it_is_withdrawn_the_statement_stands_again(app):
    says(NONE)
    posted = publishes("village-finance", ACCOUNTS, NOV, home=HERE[0], facts={"covers": "2026年第三季度"})
    assert stands()[HERE[0]] == ("notice", HERE[0], True)
    notices.take_down(posted, people.named("baihe-reviewer").id, "错了", moment(NOV))
    assert stands()[HERE[0]] == ("none", TOWN, False)


def test_what_was_published_elsewhere_or_on_paper_is_on_time_by_its_own_day(app):
    says(PAPER)
    says(ELSEWHERE)
    says(replace(PAPER, places=(HERE[2],), day=NOV))
    assert stands() == {HERE[0]: ("paper", TOWN, False), HERE[1]: ("elsewhere", TOWN, False), HERE[2]: ("paper", TOWN, True)}


def test_the_earlier_of_paper_and_board_counts(app):
    says(PAPER)
    publishes("village-finance", ACCOUNTS, NOV, home=HERE[0], facts={"covers": "2026年第三季度"})
    assert stands() == {HERE[0]: ("paper", TOWN, False)}
    assert [one.sort for one in duties.standing(HERE[0], "village_accounts", "2026-q3")] == ["paper"]


def test_it_is_taken_back_once(app):
    one, clerk = says(NONE), people.named("baihe-clerk").id
    assert duties.take_back(TOWN, one.no, clerk, moment(NOV))
    assert not duties.take_back(TOWN, one.no, clerk, moment(NOV))
    assert not duties.take_back(TOWN, 99, clerk, moment(NOV))
    assert stands() == {}
    assert duties.standing(HERE[0], "village_accounts", "2026-q3") == []


def test_an_office_speaks_of_its_own_places_only(app):
    with pytest.raises(duties.SayingRefused, match="places"):
        says(NONE, ZHAOYA)
    areas.close(HERE[1], "luxian-admin", moment(NOV))
    with pytest.raises(duties.SayingRefused, match="places"):
        says(NONE)


def test_nobody_settles_what_another_office_owes(app):
    with pytest.raises(duties.SayingRefused, match="office"):
        says(NONE, COUNTY)
    of_the_town = replace(NONE, duty="cropland_subsidy", period="2026", places=(HERE[0],))
    for office in (HERE[0], COUNTY):
        with pytest.raises(duties.SayingRefused, match="office"):
            says(of_the_town, office)
    with pytest.raises(duties.SayingRefused, match="office"):
        says(replace(PAPER, duty="fund_allocation", period="n12345678", places=(TOWN,)), TOWN)
    assert stands() == {}
    says(of_the_town)
    says(replace(NONE, places=(HERE[0],)), HERE[0])


def test_a_paper_does_not_hang_before_its_period_began(app):
    with pytest.raises(duties.SayingRefused, match="early"):
        says(replace(PAPER, day=date(2026, 6, 30)))
    says(replace(PAPER, day=date(2026, 7, 1)))


def test_they_are_listed_from_the_newest(app):
    made = [says(replace(PAPER, places=(place,))) for place in HERE]
    listed = statements.listed("510521", limit=2)
    assert [one.no for one in listed] == [made[2].no, made[1].no]
    assert [one.no for one in statements.listed("510521", before=(listed[-1].at, listed[-1].home, listed[-1].no))] == [made[0].no]
