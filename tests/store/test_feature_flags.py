"""What a county turns on holds for all places in it and for no other county, and the ledger says so once."""

from __future__ import annotations

import pytest

from board.store import feature_flags, ledger
from board.store.feature_flags import SLIPS
from tests.store.posted import AT, GAODONG, TOWN

COUNTY, OTHER = "510521000000", "510522000000"


def entries():
    return [(entry.action, entry.subject) for entry in ledger.entries(COUNTY) if entry.action.startswith("switch.")]


@pytest.mark.parametrize(("place", "on"), [(COUNTY, True), (TOWN, True), (GAODONG, True), (OTHER, False), ("510500000000", False)])
def test_it_is_on_in_the_whole_county_and_nowhere_else(app, place, on):
    assert not feature_flags.is_on(SLIPS, place)
    feature_flags.turn(SLIPS, TOWN, True, "luxian-admin", AT)

    assert feature_flags.is_on(SLIPS, place) == on


def test_what_is_as_it_was_gets_no_entry(app):
    for on in (False, True, True, False, False):
        feature_flags.turn(SLIPS, COUNTY, on, "luxian-admin", AT)

    assert entries() == [("switch.on", SLIPS), ("switch.off", SLIPS)]
    assert not feature_flags.is_on(SLIPS, COUNTY)
