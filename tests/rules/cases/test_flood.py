"""What a flood is, and where its cases stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from board.rules.cases import flood

START = datetime(2026, 11, 22, 2, tzinfo=UTC)


def flooded(moments):
    """Whether an office to which cases came at these moments is flooded at the last one."""
    newest = sorted(moments, reverse=True)
    return flood.bursts([newest[most] if most < len(newest) else None for most, _within in flood.WINDOWS], newest[0])


def test_sixty_neighbours_in_ten_minutes_are_no_flood():
    assert not any(flooded([START + timedelta(seconds=10 * n) for n in range(count + 1)]) for count in range(60))


def test_more_than_thirty_in_a_minute_are_one():
    assert not flooded([START] * 30)
    assert flooded([START] * 31)
    assert not flooded([*[START] * 30, START + timedelta(seconds=61)])


def test_what_drips_is_one_too():
    assert flooded([START + timedelta(seconds=9 * n) for n in range(61)])
    assert flooded([START + timedelta(minutes=4 * n) for n in range(301)])


@pytest.mark.parametrize(
    ("said", "alike", "stands"),
    [("right", False, "own"), ("wrong", False, "burst"), ("none", False, "burst"), ("right", True, "alike"), ("none", True, "alike")],
)
def test_a_right_answer_has_its_own_line_unless_the_text_is_the_floods(said, alike, stands):
    assert flood.line(said, alike=alike) == stands


def test_a_slot_is_five_minutes_so_that_two_of_them_are_a_keys_life():
    assert flood.slot(START) + 1 == flood.slot(START + flood.SLOT)
    assert flood.KEY_LIVES == 2 * flood.SLOT
