"""A slice of ``make fuzz`` with every change: the same hundred spoilt files each time."""

from __future__ import annotations

import pytest

from board import sheets
from tests.fuzz.mutations import mutated
from tests.fuzz.run import fuzz, reused
from tests.fuzz.seeds import seeds


def test_a_hundred_spoilt_files_do_no_harm() -> None:
    outcomes, wrong = fuzz(range(100), "every change")
    assert wrong == []
    assert len(outcomes) > 5  # some are read, others refused for different reasons


def test_a_number_makes_the_same_file_again() -> None:
    made = [mutated(number, "again", seeds()) for number in range(50)]
    seeds.cache_clear()
    assert [mutated(number, "again", seeds()) for number in range(50)] == made


@pytest.mark.parametrize("number", range(0, 100, 20))
def test_the_child_that_is_kept_answers_as_a_fresh_one(number: int) -> None:
    data, filename, _ = mutated(number, "fresh", seeds())

    def answered() -> object:
        try:
            return sheets.read(data, filename)
        except sheets.UnreadableSheet as refused:
            return refused.code

    fresh = answered()
    with reused():
        assert answered() == fresh
