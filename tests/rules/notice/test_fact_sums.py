"""Totals among the facts are the sum of their parts, and what differs is told by name."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.notice.fact_sums import differences, warnings

KIND = kinds.load()["collective-distribution"]
PARTS = ("to_members", "kept_back", "carried_forward")
YUAN = st.decimals(0, 10**8, places=2)


@given(st.lists(st.one_of(st.none(), YUAN), min_size=3, max_size=3), st.sampled_from(["0", "0.01", "0.02", "-1", "500"]))
def test_a_total_is_told_exactly_where_its_parts_do_not_make_it(parts, off):
    """A part that is None is not stated; ``off`` is what the total has too much, of which one fen is let pass."""
    facts = {id: f"{value}" for id, value in zip(PARTS, parts, strict=True) if value is not None}
    stated = sum((value for value in parts if value is not None), Decimal()) + Decimal(off)
    told = list(differences(KIND, facts | {"distributable": f"{stated}"}))

    assert bool(told) == (bool(facts) and abs(Decimal(off)) > Decimal("0.01"))


def test_the_message_names_each_fact_and_what_to_do():
    ((fact, said),) = differences(KIND, {"distributable": "60000", "to_members": "4680", "kept_back": "36000"})

    assert fact.id == "distributable"
    assert said.zh == (
        "“一共可以分多少”写的是 60,000.00 元，但“分给成员” 4,680.00 元、“留作公积金、公益金” 36,000.00 元加起来是 40,680.00 元，"
        "差 19,320.00 元。请看看哪一项写错了，或者漏了哪一项。"
    )
    assert "Kept for reserves and welfare" in said.en


def test_nothing_is_compared_before_total_and_parts_are_there():
    assert warnings(KIND, {"distributable": "60000"}) == []
    assert warnings(KIND, {"to_members": "4680", "kept_back": "x"}) == []


def test_the_reviewer_reads_the_same():
    (one,) = warnings(KIND, {"distributable": "60000", "to_members": "4680"})

    assert (one["code"], one["column"]) == ("facts_differ", "一共可以分多少")
