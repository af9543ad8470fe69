"""A wall, or the report of a poster, that was changed in the tables behind the program's back is found and named."""

from __future__ import annotations

import pytest

from tests.store.posted import GAODONG
from tests.store.proof.faults import fault


@pytest.fixture
def number(posted):
    """Its number, as somebody has it on paper."""
    return posted.number


def test_a_wall_that_went_all_its_ways_is_whole(wall):
    assert fault() == ""


@pytest.mark.parametrize(
    ("statement", "differs"),
    [
        ("UPDATE wall SET spot = '别处'", "where it is"),
        ("UPDATE wall SET closed_at = NULL", "when it was taken away"),
        ("UPDATE wall_check SET finding = 'good' WHERE no = 1", "checks"),
        ("DELETE FROM wall_check WHERE no = 1", "checks"),
        ("UPDATE printed SET what = 'notice'", "its printed number"),
        ("DELETE FROM printed", "its printed number"),
    ],
)
def test_a_wall_changed_by_hand_is_named_with_what_was_changed(wall, by_hand, statement, differs):
    by_hand(statement)

    assert fault() == f"wall {wall}: it is not what the ledger says: {differs}"


def test_a_notice_whose_number_was_made_a_walls_by_hand_is_named(number, by_hand):
    by_hand("UPDATE printed SET what = 'wall'")

    assert fault() == f"notice {number} version 1: its printed number does not lead to it"


def test_what_was_said_of_a_sheet_and_not_changed_is_whole(hung):
    assert fault() == ""


def test_a_sheet_that_is_said_to_hang_without_an_entry_is_named(hung, by_hand):
    by_hand("UPDATE hanging SET down_on = NULL")

    assert fault() == f"notice {hung} version 1 place {GAODONG}: what was said of its sheet on the wall is not what the ledger says"
