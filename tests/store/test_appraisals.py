"""A village's yearly appraisal: votes as far as a wall was scanned, two counts that agree, and a result that stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.models import Appraisal, AppraisalCount, db
from board.rules.appraisal import Tally
from board.store import appraisals, ledger, people, scans, walls
from tests.store.posted import AT, GAODONG, TOWN
from tests.store.proof.faults import fault

TODAY = AT.date()
VOTE = {"in_time": 5, "plain": 3, "answers": 1}
PAPER = Tally(9, {"in_time": (4, 3, 2, 0, 0), "plain": (9, 0, 0, 0, 0), "answers": (0, 0, 0, 0, 8)})


@pytest.fixture
def wall(clerk):
    return walls.add(GAODONG, "村委会门口", clerk, AT)


@pytest.fixture
def opened(clerk):
    assert appraisals.open_for(GAODONG, TODAY, TODAY + timedelta(9), clerk, AT)


def reviewer():
    return people.named("baihe-reviewer").id


def standing(day=TODAY):
    return appraisals.under(GAODONG, 2026, day)[GAODONG]


def test_a_village_has_one_a_year(opened, clerk):
    assert not appraisals.open_for(GAODONG, TODAY, TODAY, clerk, AT)
    assert (standing().phase, standing().published_on) == ("open", TODAY + timedelta(17))
    assert appraisals.under(TOWN[:9], 2026, TODAY).keys() == {GAODONG}
    assert appraisals.under(TOWN[:9], 2025, TODAY) == {}


def test_no_more_votes_than_scans_of_the_wall_that_day(opened, wall):
    assert not appraisals.vote(wall, VOTE, AT), "nobody scanned"
    scans.add({(wall.number, "", TODAY): 2})
    assert [appraisals.vote(wall, VOTE, AT) for _turn in range(3)] == [True, True, False]
    assert standing().voters == 2
    assert not appraisals.vote(wall, VOTE, AT + timedelta(10)), "it is over"


def test_two_people_who_count_alike_make_the_count(opened, clerk):
    assert appraisals.count(GAODONG, 2026, PAPER, clerk, AT) == "first"
    assert appraisals.count(GAODONG, 2026, PAPER, clerk, AT) == "first", "the same person alone is no second one"
    assert appraisals.count(GAODONG, 2026, PAPER, reviewer(), AT) == "agreed"
    assert appraisals.count(GAODONG, 2026, Tally(1, PAPER.counts), clerk, AT) == "over"
    assert len(standing().counted) == 2
    assert fault() == ""


def test_two_who_differ_both_count_again(opened, clerk):
    appraisals.count(GAODONG, 2026, PAPER, clerk, AT)
    assert appraisals.count(GAODONG, 2026, Tally(10, PAPER.counts), reviewer(), AT) == "differs"
    assert standing().counted == ()
    assert appraisals.count(GAODONG, 2026, PAPER, reviewer(), AT) == "first"
    assert fault() == ""


def test_the_result_is_published_by_itself_once_and_stays(opened, wall, clerk):
    scans.add({(wall.number, "", TODAY): 1})
    appraisals.vote(wall, VOTE, AT)
    appraisals.count(GAODONG, 2026, PAPER, clerk, AT)
    appraisals.count(GAODONG, 2026, PAPER, reviewer(), AT)
    assert appraisals.publish_over(AT + timedelta(16)) == 0
    assert [appraisals.publish_over(AT + timedelta(17)) for _turn in range(2)] == [1, 0]
    found = standing(TODAY + timedelta(17))
    assert found.phase == "published"
    assert found.result.web == Tally(1, {"in_time": (1, 0, 0, 0, 0), "plain": (0, 0, 1, 0, 0), "answers": (0, 0, 0, 0, 1)})
    assert found.result.paper == PAPER
    assert appraisals.count(GAODONG, 2026, PAPER, clerk, AT + timedelta(17)) == "over"
    (entry,) = [one for one in ledger.entries(GAODONG) if one.action == "appraisal.published"]
    assert (entry.actor, entry.body["result"]["paper"]["voters"]) == ("clock", 9)
    assert fault() == ""


def test_one_count_alone_is_no_result(opened, clerk):
    appraisals.count(GAODONG, 2026, PAPER, clerk, AT)
    appraisals.publish_over(AT + timedelta(17))
    assert standing().result.paper is None


@pytest.mark.parametrize("change", [{"closes": date(2026, 12, 24)}, {"result": {"web": {"voters": 99, "counts": {}}}}])
def test_what_somebody_changed_in_the_table_is_found(opened, change):
    one = db.session.get(Appraisal, (GAODONG, 2026))
    for name, value in change.items():
        setattr(one, name, value)
    db.session.commit()
    assert "appraisal of" in fault()


def test_a_changed_count_is_found(opened, clerk):
    appraisals.count(GAODONG, 2026, PAPER, clerk, AT)
    db.session.get(AppraisalCount, (GAODONG, 2026, clerk)).ballots = 90
    db.session.commit()
    assert "appraisal of" in fault()
