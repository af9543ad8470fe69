"""What differs from the notice that a draft was begun from: told person by person, however the rows stand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.notice.roster_diff import Entry, RosterDiff, roster_diff


def rows(said: str) -> list[Entry]:
    """Entries as ``key/name=figure``; either of key and name may be left out."""
    found = []
    for one in said.split():
        who, figure = one.split("=")
        person, _, name = who.rpartition("/")
        found.append(Entry(person, ("510521116004", "1组", name), (Decimal(figure),)))
    return found


@pytest.mark.parametrize(
    ("old", "new", "added", "removed", "changed"),
    [
        ("", "", 0, 0, 0),
        ("", "a=1 b=1", 2, 0, 0),
        ("a=1 b=1", "", 0, 2, 0),
        ("a=1 b=1", "b=1 a=1", 0, 0, 0),
        ("a=1 b=1 c=1", "a=1 b=2 d=1", 1, 1, 1),
        ("a=187.2", "a=187.20", 0, 0, 0),
        ("k/a=1", "k/b=2", 0, 0, 1),  # the same person, under another name
        ("k/a=1", "m/a=1", 1, 1, 0),  # two people of one name
        ("k/a=1", "a=2", 0, 0, 1),  # the new row has no number
        ("a=1", "k/a=1", 0, 0, 0),
        ("k/a=1 m/a=2", "m/a=2 k/a=1", 0, 0, 0),
        ("k/a=1 k/a=2", "k/a=2", 0, 1, 0),  # two plots, one of them gone
        ("a=1 a=2", "a=2 a=3", 0, 0, 1),
        ("a=1 a=2", "a=2 a=1 a=1", 1, 0, 0),
        ("k/a=1 a=2", "a=2 a=1", 0, 0, 0),
    ],
)
def test_what_differs_is_counted(old, new, added, removed, changed):
    assert roster_diff(rows(old), rows(new)) == RosterDiff(added, removed, changed)


entries = st.lists(
    st.builds(
        Entry,
        person=st.sampled_from(["", "k", "m"]),
        who=st.sampled_from(["a", "b"]),
        figures=st.tuples(st.one_of(st.none(), st.sampled_from([Decimal(1), Decimal(2)]))),
    ),
    max_size=8,
)


@given(entries, st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(old, random):
    new = old.copy()
    random.shuffle(new)

    assert roster_diff(old, new) == RosterDiff(0, 0, 0)


@given(entries, entries)
def test_the_counts_account_for_every_row(old, new):
    found = roster_diff(old, new)

    assert len(old) - found.removed == len(new) - found.added >= found.changed >= 0
