"""The counts of scanned codes: they add up, and codes that were never given are left out."""

from __future__ import annotations

from datetime import date

import pytest

from board.models import ScanCount, db
from board.store import people, scans, walls
from tests.store.posted import AT, GAODONG, TOWN, post


@pytest.fixture
def number(app):
    return post().number


@pytest.fixture
def wall(app):
    return walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT)


def counts(app) -> dict[tuple[str, str], int]:
    """What stands in the database once everything is written."""
    app.extensions["scans"].flush()
    db.session.rollback()
    return {(one.number, one.place): one.count for one in db.session.query(ScanCount)}


def test_counts_add_up_over_several_processes_and_writings(app, number, wall):
    today = date(2026, 11, 22)
    for _ in range(3):
        scans.add(
            {(number, GAODONG, today): 2, (wall.number, "", today): 1, ("999999999", "", today): 5, (number, "510599999999", today): 5}
        )
    assert counts(app) == {(number, GAODONG): 6, (wall.number, GAODONG): 3}
    assert scans.of_sheets(GAODONG, today) == {GAODONG: 6}
    assert scans.by_number(TOWN[:9], today) == {number: 6, wall.number: 3}
