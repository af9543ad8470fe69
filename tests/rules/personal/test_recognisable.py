"""How many people a neighbour recognises though their names are masked: those whose group has no second one who is written so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.personal.name_masking import mask_name
from board.rules.personal.recognisable import ORDER, alone, coarser

GAODONG, NEXT = "510521116004", "510521116005"
ROSTER = [
    (GAODONG, "1组", "张*三", 2),  # two whose names end alike
    (GAODONG, "一组", "张*四", 1),
    (GAODONG, "1组", "李*", 1),
    (GAODONG, "2组", "张*三", 1),
    (NEXT, "2组", "王*", 1),
    (NEXT, "2组", "王*五", 1),
]


@pytest.mark.parametrize(("display", "rows"), [("masked", 5), ("surname", 2), ("none", 1)])
def test_the_less_of_a_name_is_shown_the_fewer_are_alone_in_their_group(display, rows):
    assert alone(ROSTER, display) == rows


def test_a_group_is_one_however_it_is_written():
    assert alone([(GAODONG, "1组", "张*三", 1), (GAODONG, "一组", "张*三", 1)], "masked") == 0
    assert alone([(GAODONG, "1组", "张*三", 1), (NEXT, "1组", "张*三", 1)], "masked") == 2


@pytest.mark.parametrize(
    ("web", "choices"), [("masked", ("masked", "surname", "none")), ("surname", ("surname", "none")), ("none", ("none",))]
)
def test_a_county_may_choose_what_shows_less(web, choices):
    assert coarser(web) == choices


names = st.text("张王李三四五", min_size=2, max_size=3).map(mask_name)
rosters = st.lists(st.tuples(st.sampled_from([GAODONG, NEXT]), st.sampled_from(["1组", "2组", ""]), names, st.integers(1, 3)))


@given(rosters)
def test_showing_less_never_leaves_more_people_alone(roster):
    counts = [alone(roster, display) for display in ORDER[1:]]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] <= sum(rows for *_who, rows in roster)
