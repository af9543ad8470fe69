"""钱发到哪了: what was granted, due, paid, sent back and left, by the figures of the notice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.bilingual import Words
from board.rules.payment_chain import PaymentChain, PaymentStep, payment_steps, written

CHAIN = kinds.load()["cropland-payout"].chain
YUAN = st.integers(0, 10**12).map(lambda fen: str(Decimal(fen).scaleb(-2)))


def said(*given) -> list[str]:
    return [f"{link.label.zh}{f' {link.rows} 户' if link.rows else ''} {written(link)}" for link in payment_steps(CHAIN, *given)]


@pytest.mark.parametrize(
    ("totals", "granted", "rows", "steps"),
    [
        ({"amount": "100", "paid": "100"}, "", 0, ["该发 100.00", "发到账 100.00", "还剩 0.00"]),
        ({"amount": "100", "paid": "90", "returned": "10"}, "", 2, ["该发 100.00", "发到账 90.00", "退回 2 户 10.00", "还剩 10.00"]),
        ({"amount": "100", "paid": "90", "returned": "10"}, "150.5", 2,
         ["拨下来 150.50", "该发 100.00", "发到账 90.00", "退回 2 户 10.00", "还剩 60.50"]),
        ({"amount": "100", "paid": "100"}, "90", 0, ["拨下来 90.00", "该发 100.00", "发到账 100.00", "还剩 -10.00"]),
        ({"amount": "100"}, "150", 0, []),
        ({}, "", 0, []),
    ],
)  # fmt: skip
def test_the_way_of_the_money_is_said_step_by_step(totals, granted, rows, steps):
    assert said(totals, granted, rows) == steps


@given(YUAN, YUAN)
def test_what_was_paid_and_what_is_left_are_what_was_due(due, paid):
    steps = payment_steps(CHAIN, {"amount": due, "paid": paid}, "", 0)

    assert steps[1].amount + steps[-1].amount == Decimal(due)


def test_a_grant_with_a_part_of_a_fen_is_shown_as_it_was_written():
    assert written(PaymentStep(Words("拨下来", "Granted"), Decimal("1234.567"))) == "1,234.567"


def test_a_kind_without_a_chain_says_nothing_of_it():
    assert kinds.load()["cropland-subsidy"].chain is None
    assert PaymentChain("amount", "paid", "returned", "granted", "outcome", "return_reason", "if_returned") == CHAIN
