"""The one clock: the real one, in UTC, until a test or the demo sets another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from board.store import clock


def test_the_clock_that_was_set_is_the_clock(app, at):
    at("2026-12-06")

    assert clock.now() == clock.of(app) == datetime(2026, 12, 6, 2, tzinfo=UTC)


def test_without_one_it_is_this_moment_in_utc(app):
    del app.clock
    before = datetime.now(UTC)

    assert before <= clock.now() <= before + timedelta(seconds=5)
    assert clock.now().tzinfo is UTC
