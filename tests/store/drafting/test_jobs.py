"""Leases on background work: one worker a job, none is lost, and whoever was relieved of his changes nothing more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.models import Job, db
from board.store import people
from board.store.drafting import drafts, jobs
from board.store.engine import writing
from tests.store.posted import AT, TOWN

LATER = AT + jobs.LEASE + timedelta(seconds=1)


@pytest.fixture
def ordered(app):
    """Two drafts whose checks are ordered, the older first."""
    clerk = people.named("baihe-clerk").id
    made = [drafts.start(TOWN, "cropland-subsidy", title, clerk, AT).id for title in ("先来的", "后来的")]
    for seconds, id in enumerate(made):
        order(id, seconds)
    return made


def order(id: str, seconds: int = 0) -> None:
    with writing() as session:
        jobs.order(session, TOWN, id, AT + timedelta(seconds=seconds))


def test_who_waits_longest_comes_first_and_each_job_has_one_worker(ordered):
    leases = [jobs.lease(AT) for _ in range(3)]

    assert [lease and lease.draft for lease in leases] == [*ordered, None]


def test_a_draft_may_ask_for_its_own_job(ordered):
    assert jobs.lease(AT, TOWN, ordered[1]).draft == ordered[1]
    assert jobs.lease(AT, TOWN, ordered[1]) is None


def test_a_job_whose_worker_is_not_heard_of_goes_to_another(ordered):
    first = jobs.lease(AT)
    assert jobs.lease(AT + timedelta(seconds=1)).draft != first.draft
    second = jobs.lease(LATER)

    assert second.draft == first.draft
    with pytest.raises(jobs.Gone):
        jobs.report_progress(first, "check", 1, 2, LATER)
    jobs.report_progress(second, "check", 1, 2, LATER)


def test_a_clock_that_is_set_back_leaves_no_job_to_a_worker_who_is_gone(ordered):
    first = jobs.lease(AT, TOWN, ordered[0])
    assert jobs.lease(AT - timedelta(seconds=30), TOWN, ordered[0]) is None, "the clocks of two servers may differ"

    second = jobs.lease(AT - timedelta(hours=1), TOWN, ordered[0])
    assert second.draft == first.draft
    with pytest.raises(jobs.Gone):
        jobs.report_progress(first, "check", 1, 2, AT)


def test_whoever_tells_how_far_he_is_keeps_his_lease(ordered):
    lease = jobs.lease(AT, TOWN, ordered[0])
    jobs.report_progress(lease, "check", 1_000, 100_000, AT + jobs.LEASE)

    assert jobs.lease(LATER, TOWN, ordered[0]) is None
    job = jobs.find(TOWN, ordered[0])
    assert (job.state, job.step, job.done, job.total) == ("working", "check", 1_000, 100_000)


@pytest.mark.parametrize("happens", ["ordered anew", "cancelled", "given to nobody"])
def test_whoever_was_relieved_stops_at_his_next_word(ordered, happens):
    lease = jobs.lease(AT, TOWN, ordered[0])
    with writing() as session:
        if happens == "ordered anew":
            jobs.order(session, TOWN, ordered[0], LATER)
        elif happens == "cancelled":
            jobs.cancel(session, TOWN, ordered[0])
        else:
            session.get_one(Job, (TOWN, ordered[0])).holder = ""

    with pytest.raises(jobs.Gone):
        jobs.report_progress(lease, "check", 1, 2, AT)
    with pytest.raises(jobs.Gone):
        jobs.failed(lease)


def test_work_that_never_comes_to_its_end_is_given_up(ordered):
    for turn in range(jobs.TRIES):
        assert jobs.lease(AT + turn * 2 * jobs.LEASE, TOWN, ordered[0])

    assert jobs.lease(AT + jobs.TRIES * 2 * jobs.LEASE, TOWN, ordered[0]) is None
    assert jobs.find(TOWN, ordered[0]).state == "failed"


def test_an_order_that_is_given_twice_is_one_job(ordered):
    with writing() as session:
        jobs.order(session, TOWN, ordered[0], AT)
        jobs.order(session, TOWN, ordered[0], AT)

    assert db.session.query(Job).count() == 2


def test_an_upload_leaves_an_older_check_alone(ordered):
    with jobs.reading(TOWN, ordered[0], AT):
        assert jobs.find(TOWN, ordered[0]).state == "waiting"

    assert jobs.find(TOWN, ordered[0]).state == "waiting"


def test_everybody_is_told_how_many_are_before_him(ordered):
    assert [jobs.before(jobs.find(TOWN, id)) for id in ordered] == [0, 1]


def test_what_is_outstanding_is_counted_by_state_and_the_oldest_has_an_age(ordered):
    assert jobs.outstanding(AT + timedelta(seconds=60)) == ({"waiting": 2}, 60)
    jobs.failed(jobs.lease(AT))

    assert jobs.outstanding(AT + timedelta(seconds=60)) == ({"waiting": 1, "failed": 1}, 59)


def test_an_error_is_said_in_the_job_and_none_of_its_words_in_the_log(ordered, caplog):
    with jobs.attempt(jobs.lease(AT, TOWN, ordered[0])):
        int("张小三")

    assert jobs.find(TOWN, ordered[0]).state == "failed"
    assert "ValueError at" in caplog.text
    assert "张小三" not in caplog.text


@pytest.mark.parametrize("error", [jobs.Gone, ValueError])
def test_whoever_was_relieved_leaves_the_job_to_the_next(ordered, error):
    with jobs.attempt(jobs.lease(AT, TOWN, ordered[0])):
        order(ordered[0])
        raise error

    assert jobs.find(TOWN, ordered[0]).state == "waiting"
