"""The sums of accounts by what the money was for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.notice.purposes import FEWEST, MOST, purposes

ACCOUNTS = kinds.load()["village-finance"]
ITEMS = [f"第{number}样" for number in range(MOST + 5)]


def entry(item: str, income: str = "", spending: str = "") -> Any:
    return SimpleNamespace(measures={"item": item, "income": income, "spending": spending})


def test_each_purpose_has_its_rows_and_sums_the_largest_first() -> None:
    rows = (
        [entry("办公用品", spending="10.50")] * 12
        + [entry("水 费", spending="200")] * 7
        + [entry("水费", spending="1")]
        + [entry("租金", "30")]
    )
    found = purposes(rows, ACCOUNTS)
    assert [(one.name, one.rows, one.sums["income"], one.sums["spending"]) for one in found] == [
        ("水 费", 8, Decimal(0), Decimal(1401)),
        ("办公用品", 12, Decimal(0), Decimal("126.00")),
        ("租金", 1, Decimal(30), Decimal(0)),
    ]


def test_few_rows_or_hardly_any_repetition_need_no_sums() -> None:
    assert purposes([entry("水费", spending="1")] * (FEWEST - 1), ACCOUNTS) == []
    assert purposes([entry(f"第{number}笔", spending="1") for number in range(60)], ACCOUNTS) == []


def test_other_kinds_have_none() -> None:
    assert purposes([entry("水费")] * 50, kinds.load()["cropland-subsidy"]) == []


cents = st.integers(-(10**7), 10**7).map(lambda fen: str(Decimal(fen) / 100))


@given(st.lists(st.tuples(st.sampled_from(ITEMS), cents, cents), min_size=2 * len(ITEMS), max_size=80))
def test_all_lines_together_are_the_totals(rows: Sequence[tuple[str, str, str]]) -> None:
    found = purposes([entry(*row) for row in rows], ACCOUNTS)
    assert (len(found) <= MOST + 1, sum(one.rows for one in found)) == (True, len(rows))
    assert sum(one.sums["income"] for one in found) == sum(Decimal(income) for _item, income, _spending in rows)
    assert sum(one.sums["spending"] for one in found) == sum(Decimal(spending) for _item, _income, spending in rows)
