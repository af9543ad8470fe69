"""How long somebody waits after wrong passwords, and which passwords are refused."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from board.rules import passwords, throttle

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


def test_strangers_share_a_count_and_a_known_device_has_its_own():
    assert throttle.bucket("baihe-clerk", "") != throttle.bucket("baihe-clerk", "d1") != throttle.bucket("baihe-clerk", "d2")


@pytest.mark.parametrize(
    ("password", "demo", "fault"),
    [
        ("mingbai-demo", False, "demo"),
        ("Mingbai-Demo", False, "demo"),
        ("mingbai-demo", True, ""),
        ("123456789", False, "short"),
        ("x" * 201, False, "long"),
        ("Luxian-ADMIN", False, "username"),
        ("woaini1314520", False, "common"),
        ("Qwertyuiop", False, "common"),
        ("8888888888", False, "common"),
        ("shan-shui-tian-yuan", False, ""),
        ("山高月小水落石出清风徐来", False, ""),
    ],
)
def test_a_password_is_refused_for_one_reason(password, demo, fault):
    assert passwords.fault(password, "luxian-admin", 10, demo) == fault


def test_a_temporary_password_is_never_one_that_would_be_refused():
    choose = random.Random(7).choice
    made = {passwords.temporary(choose) for _ in range(500)}
    assert len(made) == 500
    assert {passwords.fault(one, "luxian-admin", 10, demo=False) for one in made} == {""}


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
