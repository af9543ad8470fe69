"""Places with few rows are withheld, and neither rows nor figures of one follow from what is shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from board.rules.notice.suppression import is_small, withheld

LEAST = 3
notices = st.dictionaries(st.sampled_from("ABCDEFGHJK"), st.integers(0, 12), min_size=1)
thresholds = st.integers(1, 6)


@pytest.mark.parametrize(
    ("rows", "left_out"),
    [
        ({"A": 5, "B": 3}, ""),
        ({"A": 2, "B": 2, "C": 9}, "AB"),
        ({"A": 2, "B": 4, "C": 9}, "AB"),  # one alone is the total less the others: the smallest other one joins it
        ({"A": 2, "B": 900}, "AB"),  # however large it is
        ({"A": 1, "B": 1, "C": 4, "D": 9}, "ABC"),  # two households know each other's sum
        ({"A": 1, "B": 1, "C": 1, "D": 9}, "ABCD"),  # three rows in three places: one in each
        ({"A": 1, "B": 2, "C": 9}, "AB"),
        ({"A": 2, "B": 0, "C": 9}, "AC"),  # an empty place hides nobody
        ({"A": 5, "B": 0}, ""),
        ({"A": 2}, "A"),
        ({"A": 1, "B": 1, "C": 0}, "AB"),
        ({"B": 7, "C": 7, "A": 1}, "AB"),
        ({}, ""),
    ],
)
def test_the_places_that_are_left_out(rows, left_out):
    assert withheld(rows, LEAST) == frozenset(left_out)


@pytest.mark.parametrize(
    ("rows", "small"), [({"A": 2}, True), ({"A": 1, "B": 1}, True), ({"A": 1, "B": 2}, False), ({}, False), ({"A": 0}, False)]
)
def test_a_notice_is_small_as_a_whole(rows, small):
    assert is_small(rows, LEAST) is small


def test_without_a_threshold_nothing_is_left_out():
    assert withheld({"A": 1, "B": 9}, 0) == frozenset()
    assert not is_small({"A": 1}, 0)


def bounds(total: Fraction, shown: list[Fraction], hidden: int, least: Fraction) -> tuple[Fraction, Fraction]:
    """Return what a reader can tell of one of ``hidden`` figures, each ``least`` or more, from the total and the figures shown."""
    rest = total - sum(shown)
    return (least, rest - (hidden - 1) * least) if hidden > 1 else (rest, rest)


@given(notices, thresholds, st.data())
def test_no_figure_of_a_place_follows_from_what_is_shown(rows, least, data):
    held = withheld(rows, least)
    assume(held and not is_small(rows, least))
    money = {place: Fraction(data.draw(st.integers(1, 10**6))) if count else Fraction(0) for place, count in rows.items()}

    shown = [money[place] for place in rows if place not in held]
    low, high = bounds(sum(money.values(), Fraction()), shown, len(held), Fraction(0))
    assert low < high

    counts = [Fraction(rows[place]) for place in rows if place not in held]
    low, high = bounds(Fraction(sum(rows.values())), counts, len(held), Fraction(1))
    assert low < high or all(count <= 1 for count in rows.values())  # one in each of all places: the number of rows says so


@given(notices, thresholds)
def test_each_place_with_few_rows_is_left_out_and_what_is_left_out_is_no_small_group(rows, least):
    held = withheld(rows, least)

    assert all(place in held for place, count in rows.items() if 0 < count < least)
    assert not any(rows[place] == 0 for place in held)
    assert not held or sum(rows[place] for place in held) >= least or is_small(rows, least)


@given(notices, thresholds)
def test_no_place_is_left_out_that_could_be_shown(rows, least):
    held = withheld(rows, least)
    joined = [place for place in held if rows[place] >= least]

    assert len(joined) <= 1
    for place in joined:
        others = [rows[one] for one in held if one != place]
        assert len(others) < 2 or sum(others) < least or sum(others) == len(others)
        assert not any(least <= rows[one] < rows[place] for one in rows)


@given(notices, thresholds)
def test_the_places_that_are_shown_need_no_second_look(rows, least):
    held = withheld(rows, least)
    shown = {place: count for place, count in rows.items() if place not in held}

    assert withheld(shown, least) == frozenset()
    assert withheld(rows, least) == withheld(dict(reversed(rows.items())), least)


@given(notices, thresholds)
def test_the_more_rows_a_place_needs_the_fewer_small_ones_are_shown(rows, least):
    few, fewer = (frozenset(place for place in withheld(rows, one) if rows[place] < one) for one in (least, least + 1))
    assert few <= fewer
