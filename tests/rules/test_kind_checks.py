"""Checks of a kind's file that name what cannot be compared."""

from __future__ import annotations

from copy import deepcopy

import pytest

from board import kinds
from board.rules.kind_file import KindError, parse

SHARES = kinds.load()["collective-distribution"]


@pytest.mark.parametrize(
    ("number", "change", "fault"),
    [
        (1, {"of": ["to_members"]}, "collective-distribution: checks[1].of must name two facts or more"),
        (1, {"result": "covers"}, "collective-distribution: checks[1].result names no fact of money: 'covers'"),
        (1, {"type": "product"}, "collective-distribution: checks[1]: of facts only sums are checked, without unless and opening"),
        (0, {"result": "price"}, "collective-distribution: checks[0].result names a column that does not exist: 'price'"),
    ],
)
def test_a_check_that_cannot_be_done_is_told_by_its_place_in_the_file(number: int, change: dict[str, object], fault: str):
    source = deepcopy(SHARES.source)
    source["checks"][number] |= change

    with pytest.raises(KindError) as refused:
        parse(SHARES.id, source)

    assert refused.value.faults == [fault]


def test_a_count_of_goods_names_a_public_column_of_units_and_a_consent_one_of_text():
    source = deepcopy(kinds.load()["donations"].source)
    columns = {column["id"]: column for column in source["columns"]}
    columns["goods_unit"]["show"] = "staff"
    columns["name"]["consent"] = "received"

    with pytest.raises(KindError) as refused:
        parse("donations", source)

    assert any("unit_in names no column of text that is public and required" in fault for fault in refused.value.faults)
    assert any("consent names no column of text: 'received'" in fault for fault in refused.value.faults)
