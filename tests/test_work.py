"""What the background worker does once a day, without an order."""

from __future__ import annotations

from datetime import datetime

import pytest
from prometheus_client import CollectorRegistry

from board import metrics, work
from board.store.drafting import jobs
from tests.conftest import CHINA


@pytest.fixture
def done(monkeypatch):
    """What was done, with its time; one task fails as long as ``broken`` is in it."""
    done = []

    def fails(at):
        if "broken" in done:
            raise ZeroDivisionError
        done.append(("broken one", at))
        return 0

    monkeypatch.setattr(work, "DAILY", {"first": fails, "second": lambda at: done.append(("whole one", at)) or 1})
    return done


def run(app, at, moment, rest):
    at(moment)
    work.daily(app, rest)


def test_a_task_is_done_at_the_start_and_once_a_day(app, at, done):
    rest = {}
    for moment in ("2026-11-22 23:00", "2026-11-22 23:59", "2026-11-23 00:01", "2026-11-23 12:00"):
        run(app, at, moment, rest)

    assert [moment.astimezone(CHINA) for name, moment in done if name == "whole one"] == [
        datetime(2026, 11, 22, 23, tzinfo=CHINA), datetime(2026, 11, 23, 0, 1, tzinfo=CHINA),
    ]  # fmt: skip


def test_a_clock_that_is_set_back_keeps_no_task_from_being_done(app, at, done):
    rest = {}
    for moment in ("2026-11-23 12:00", "2026-11-21 12:00", "2026-11-21 13:00"):
        run(app, at, moment, rest)

    assert [moment.astimezone(CHINA).day for name, moment in done if name == "whole one"] == [23, 21]


def test_a_task_that_fails_is_logged_keeps_no_other_back_and_is_tried_again(app, at, done, monkeypatch):
    rest, said = {}, []
    monkeypatch.setattr(jobs, "complain", said.append)
    done.append("broken")
    for moment in ("2026-11-22 10:00", "2026-11-22 10:30"):
        run(app, at, moment, rest)
    assert [type(one) for one in said] == [ZeroDivisionError]
    assert [one[0] for one in done[1:]] == ["whole one"]

    done.remove("broken")
    run(app, at, "2026-11-22 11:00", rest)
    assert [one[0] for one in done] == ["whole one", "broken one"]


def test_monitoring_reads_when_each_was_last_done_and_how_often_one_failed(app, at, done, monkeypatch):
    monkeypatch.setattr(jobs, "complain", lambda _error: None)
    monkeypatch.setattr(metrics, "kept", metrics.Metrics(registry := CollectorRegistry()))
    done.append("broken")
    run(app, at, "2026-11-22 10:00", {})

    name, day = "mingbai_daily_success_timestamp_seconds", datetime(2026, 11, 22, 10, tzinfo=CHINA).timestamp()
    assert registry.get_sample_value(name, {"task": "test_work.<lambda>"}) == day
    assert registry.get_sample_value(name, {"task": "test_work.fails"}) is None
    assert registry.get_sample_value("mingbai_daily_failures_total", {"task": "test_work.fails"}) == 1


def test_a_worker_says_every_minute_that_it_is_there(app, at, done):
    rest, said = {}, [work.last_beat(app)]
    for moment in ("2026-11-22 10:00:00", "2026-11-22 10:00:30", "2026-11-22 10:01:00"):
        run(app, at, moment, rest)
        said.append(work.last_beat(app))

    assert [one and one.astimezone(CHINA).strftime("%H:%M") for one in said] == [None, "10:00", "10:00", "10:01"]


def test_a_worker_does_them_by_itself(app, done):
    class Once:
        """An order to stop that comes after one round."""

        rounds = 0

        def is_set(self):
            self.rounds += 1
            return self.rounds > 1

        def wait(self, seconds):
            return None

    work.forever(app, Once())
    assert [one[0] for one in done] == ["broken one", "whole one"]


def test_a_worker_waits_longer_each_time_that_the_database_is_away(app, monkeypatch):
    waits, complaints = [], []

    class Tenth:
        """An order to stop that comes after ten rounds."""

        def is_set(self):
            return len(waits) == 10

        def wait(self, seconds):
            waits.append(seconds)

    def away(_app):
        if len(waits) != 8:  # it answers once, and is away again
            raise RuntimeError
        return False

    monkeypatch.setattr(jobs, "complain", complaints.append)
    monkeypatch.setattr(work, "once", away)
    work.forever(app, Tenth())
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30, 0.5, 1]
    assert len(complaints) == 9
