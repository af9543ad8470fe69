"""Volumes of a township's sheets: every place once, in order, and no volume longer than somebody waits for."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from board.rules.print_batches import MOST_ROWS, print_batches


class Share(NamedTuple):
    row_count: int


def test_a_township_like_most_is_one_volume_and_a_large_one_several() -> None:
    assert [len(volume) for volume in print_batches([Share(200)] * 20)] == [20]
    assert [len(volume) for volume in print_batches([Share(600)] * 40)] == [16, 16, 8]
    assert [len(volume) for volume in print_batches([Share(9_000), Share(30_000), Share(9_000)])] == [1, 1, 1]
    assert [len(volume) for volume in print_batches([Share(0)] * 300)] == [300]
    assert print_batches([]) == []


@given(st.lists(st.integers(0, 2 * MOST_ROWS).map(Share)), st.integers(1, 2 * MOST_ROWS))
def test_every_place_is_in_one_volume_in_its_order_and_volumes_are_as_few_as_that_allows(parts: list[Share], most: int) -> None:
    found = print_batches(parts, most)
    assert [part for volume in found for part in volume] == parts
    assert all(volume for volume in found)
    rows = [sum(part.row_count for part in volume) for volume in found]
    assert all(count <= most or len(volume) == 1 for count, volume in zip(rows, found, strict=True))
    assert all(rows[n] + found[n + 1][0].row_count > most for n in range(len(found) - 1))
