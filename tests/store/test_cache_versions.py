"""The stamps by which a kept page is known to be old: each entry of a ledger moves that of its home and of what it lies in."""

from __future__ import annotations

import pytest

from board.store import cache_versions, ledger
from board.store.engine import writing
from tests.store.posted import AT, GAODONG, TOWN

ONE, OTHER = "510521116004", "510521116005"  # two homes of which the log has nothing yet


def write(home):
    with writing():
        ledger.append(home, AT, "luxian-admin", "area.renamed", home)


def test_every_entry_moves_the_stamp_of_its_home_and_of_what_that_lies_in(app):
    places = ("510521", ONE, OTHER)
    before = {place: cache_versions.under(place) for place in places}
    write(ONE)
    write(ONE)
    assert {place: cache_versions.under(place) - before[place] for place in places} == {"510521": 2, ONE: 2, OTHER: 0}


@pytest.mark.parametrize(
    ("code", "home", "moves"),
    [
        (GAODONG, GAODONG, True),
        (GAODONG, TOWN, True),
        (GAODONG, "510521000000", True),
        (GAODONG, "510500000000", True),
        (TOWN, GAODONG, True),
        (GAODONG, "510522000000", False),
        ("510500000000", GAODONG, True),
        ("510500000000", "370685000000", False),
    ],
)
def test_an_areas_page_is_as_old_as_the_last_change_of_what_may_concern_it(app, code, home, moves):
    read = cache_versions.Stamps(app)
    before = read.around(code), read.all()
    write(home)
    assert (read.around(code) != before[0], read.all() != before[1]) == (moves, True)
