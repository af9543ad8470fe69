"""How long a person waits after wrong passwords, and how often a thing may be asked for in a minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from board.rules import throttle

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "seconds", "wait"),
    [
        (0, 0, 0),
        (4, 0, 0),
        (5, 0, 1),
        (5, 1, 0),
        (6, 0, 2),
        (7, 1, 3),
        (10, 0, 32),
        (11, 0, 60),
        (1000, 0, 60),
        (10**9, 59.5, 1),
        (1000, 60, 0),
        (1000, 3600, 0),
    ],
)
def test_the_wait_doubles_and_ends_at_a_minute(failures, seconds, wait):
    assert throttle.wait(failures, NOON, NOON + timedelta(seconds=seconds)) == wait


def test_a_clock_set_back_makes_nobody_wait_longer_than_the_clock_was_set_back_by():
    assert throttle.wait(1000, NOON, NOON - timedelta(seconds=5)) == throttle.LONGEST + 5
    assert throttle.wait(1000, NOON, NOON - timedelta(days=1)) == 0, "nobody is kept out for a day"


def test_strangers_share_a_count_and_a_known_device_has_its_own():
    assert throttle.bucket("baihe-clerk", "") != throttle.bucket("baihe-clerk", "d1") != throttle.bucket("baihe-clerk", "d2")


def test_a_thing_may_be_asked_for_so_often_a_minute_and_holds_up_no_other():
    minute, start = throttle.Minute(2), datetime(2026, 11, 22, 10, tzinfo=UTC)
    asked = [minute.full("one", start + timedelta(seconds=second)) for second in (0, 1, 2)]
    assert (asked, minute.full("other", start + timedelta(seconds=3))) == ([False, False, True], False)
    assert minute.full("one", start + timedelta(seconds=59)) is True
    assert minute.full("one", start + timedelta(seconds=60)) is False
    assert dict(minute.counts) == {"one": 1}


def test_a_clock_set_back_begins_a_new_minute():
    minute, start = throttle.Minute(1), datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert [minute.full("one", start), minute.full("one", start), minute.full("one", start - timedelta(seconds=1))] == [False, True, False]
