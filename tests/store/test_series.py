"""Which notices are of one matter: linked when they are posted, by the number of the one before."""

from __future__ import annotations

import pytest

from board import demo, kinds
from board.models import SeriesStep, Stamp, db
from board.store import notices, series
from board.store.engine import writing
from tests.kinds.test_posted import POSTS
from tests.store.posted import AT

PRE, PLAN, SHARED = "land-pre-notice", "land-resettlement", "land-compensation"


def post(kind: str, before: str = ""):
    """Post the demo's notice of this kind, as what comes after the notice of that number."""
    sample = next(one for one in POSTS["posts"] if one["kind"] == kind)
    return demo.publish(sample, POSTS["contacts"], AT, before)


def post_elsewhere(before: str):
    """Post the demo's notice of how the money was shared, of another county, and link it by hand to the notice before it."""
    posted = post(SHARED)
    with writing() as session:
        series.link(session, posted.notice, before)
    return posted


@pytest.fixture
def matter(once):
    """The numbers of an announcement and of the plan that came after it."""

    def posted() -> list[str]:
        first = post(PRE)
        return [first.number, post(PLAN, first.number).number]

    return once("a matter of two steps", posted)


def test_notices_of_one_matter_are_found_from_each_of_them_in_one_select(matter):
    found = series.of_many(matter)

    assert [[one.kind for one in found[number]] for number in matter] == [[PRE, PLAN], [PRE, PLAN]]
    assert found[matter[0]][1].number == matter[1]
    assert series.of_many(["999999999"]) == {}


def test_a_notice_of_another_office_comes_after_and_the_pages_of_all_become_stale(matter):
    before = db.session.get_one(Stamp, "510521000000").value
    third = post_elsewhere(matter[1])
    db.session.expire_all()

    assert [one.home for one in series.of_many(matter)[matter[0]]] == ["510521000000", "510521000000", third.home]
    assert db.session.get_one(Stamp, "510521000000").value > before


def test_after_a_notice_that_was_taken_down_or_is_none_nothing_comes(matter, reviewer):
    notices.take_down(notices.find(matter[0]), reviewer, "写错了", AT)

    assert [one.withdrawn for one in series.of_many(matter)[matter[1]]] == [True, False]
    plan = kinds.load()[PLAN]
    assert series.title_of(matter[0], "510521000000", plan) == series.title_of("nonsense", "510521000000", plan) == ""
    alone = post(PLAN, matter[0])
    assert series.of_many([alone.number]) == {}
    assert "follows" not in alone.version.frozen


def test_what_it_comes_after_is_part_of_what_is_approved(matter):
    posted = notices.find(matter[1])

    assert posted.version.frozen["follows"] == {"number": matter[0], "title": "泸县百和镇连接线项目征收土地预公告"}
    assert notices.find(matter[0]).version.frozen.get("follows") is None


def test_a_clerk_is_offered_the_notices_before_of_his_own_and_of_the_areas_above(matter, clerk):
    plan, shared, finance = (kinds.load()[id] for id in (PLAN, SHARED, "village-finance"))

    assert [one.number for one in series.candidates("510521000000", plan)] == [matter[0]]
    assert [one.number for one in series.candidates("510521116227", shared)] == [matter[1]]
    assert series.candidates("510522104209", shared) == [], "another county's"
    assert series.candidates("510521116227", finance) == []
    assert series.title_of(matter[1], "510522104209", shared) == "", "another county's, whatever a form says"
    assert series.candidates("510521000000", plan, but=matter[0]) == [], "no notice comes after itself"
    assert [one.number for one in series.candidates("510522104209", shared, present=matter[1])] == [matter[1]], "what is chosen stays"


def test_a_correction_that_names_another_one_before_it_takes_along_what_comes_after(matter):
    third = post_elsewhere(matter[1])
    other = post(PRE)
    with writing() as session:
        series.link(session, notices.find(matter[1]).notice, other.number)

    assert [one.number for one in series.of_many([third.number])[third.number]] == [other.number, matter[1], third.number]
    assert {step.root for step in db.session.query(SeriesStep).filter(SeriesStep.number != matter[0])} == {other.number}


def test_a_notice_never_comes_after_itself_or_after_what_comes_after_it(matter):
    with writing() as session:
        first = notices.find(matter[0]).notice
        series.link(session, first, matter[0])
        series.link(session, first, matter[1])

    assert [one.number for one in series.of_many(matter)[matter[0]]] == matter
    assert db.session.query(SeriesStep).filter(SeriesStep.follows.is_(None)).one().number == matter[0]


def test_what_comes_after_goes_along_near_and_far_and_leaves_when_nothing_comes_before(matter):
    third = post_elsewhere(matter[1])
    with writing() as session:
        series.link(session, notices.find(matter[1]).notice, "")

    assert [one.number for one in series.of_many([third.number])[third.number]] == [matter[1], third.number]
    assert series.of_many([matter[0]]) == {}, "the announcement stands alone"
    with writing() as session:
        series.link(session, notices.find(matter[1]).notice, third.number)
        series.link(session, notices.find(matter[1]).notice, "123456789")
    assert [one.number for one in series.of_many([third.number])[third.number]] == [matter[1], third.number], "a ring, and no notice"


def test_a_step_that_is_taken_down_makes_the_pages_of_the_others_stale(matter, reviewer):
    third = post_elsewhere(matter[1])
    before = db.session.get_one(Stamp, "510521000000").value
    notices.take_down(third, reviewer, "写错了", AT)
    db.session.expire_all()

    assert db.session.get_one(Stamp, "510521000000").value > before
