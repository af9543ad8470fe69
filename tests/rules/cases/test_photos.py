"""Until when the photos of a case are kept."""

from __future__ import annotations

from datetime import date

import pytest

from board.rules.cases.machine import OPEN
from board.rules.cases.photos import delete_from

ANSWERED, CLOSED = date(2026, 12, 1), date(2026, 12, 10)


@pytest.mark.parametrize("state", OPEN)
def test_no_photo_goes_while_an_office_has_to_answer(state):
    assert delete_from(state, None, None) is None
    assert delete_from(state, None, CLOSED) is None, "closed once, and asked again since"


def test_a_case_that_its_villager_closed_keeps_them_thirty_days():
    assert delete_from("closed", ANSWERED, CLOSED) == date(2027, 1, 9)


@pytest.mark.parametrize("state", ["answered", "unsolved"])
def test_where_he_did_not_say_that_it_is_solved_the_days_to_say_so_come_first(state):
    assert delete_from(state, ANSWERED, None) == date(2027, 1, 30)
    assert delete_from(state, ANSWERED, CLOSED) == date(2027, 1, 30), "what he closed earlier is not this answer"
