"""看懂了 / 没看懂: the answers of a day never exceed its scans, and those that came first are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.understood import Understood, counted

ANSWERS = st.lists(st.booleans(), max_size=30)


@pytest.mark.parametrize(
    ("before", "more", "after"),
    [
        (Understood(2), [True, False, False], Understood(2, 1, 1)),
        (Understood(2, 1, 1), [False], Understood(2, 1, 1)),
        (Understood(3, 1, 1), [False, True], Understood(3, 1, 2)),
        (Understood(0), [True], Understood(0)),
        (Understood(1), [], Understood(1)),
        (Understood(1, 2, 2), [True], Understood(1, 2, 2)),  # scans that were lost: what is counted stays
    ],
)
def test_the_first_answers_are_counted_up_to_the_scans(before, more, after):
    assert counted(before, more) == after


@given(st.integers(0, 40), st.lists(ANSWERS, max_size=6))
def test_answers_never_exceed_the_scans_however_they_come(scans, batches):
    now = Understood(scans)
    for more in batches:
        before, now = now, counted(now, more)
        assert now.scans == scans
        assert now.yes >= before.yes
        assert now.no >= before.no
    every = [answer for more in batches for answer in more]
    assert now.yes + now.no == min(scans, len(every))
    assert now == counted(Understood(scans), every)
