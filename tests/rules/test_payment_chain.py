"""钱发到哪了: what was granted, due, paid, sent back and left, by the figures of the notice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.bilingual import Words
from board.rules.payment_chain import BEYOND, LEFT, SHORT, PaymentChain, PaymentStep, payment_steps, written

CHAIN = kinds.load()["cropland-payout"].chain
YUAN = st.integers(0, 10**12).map(lambda fen: str(Decimal(fen).scaleb(-2)))


def said(*given) -> list[str]:
    return [f"{link.label.zh}{f' {link.rows} 户' if link.rows else ''} {written(link)}" for link in payment_steps(CHAIN, *given)]


@pytest.mark.parametrize(
    ("totals", "granted", "rows", "steps"),
    [
        ({"amount": "100", "paid": "100"}, "", 0, ["该发 100.00", "发到账 100.00", "还没发到户 0.00"]),
        ({"amount": "100", "paid": "90", "returned": "10"}, "", 2, ["该发 100.00", "发到账 90.00", "退回 2 户 10.00", "还没发到户 10.00"]),
        ({"amount": "100", "paid": "90", "returned": "10"}, "150.5", 2,
         ["拨下来 150.50", "该发 100.00", "发到账 90.00", "退回 2 户 10.00", "还没发到户 10.00", "拨下来比该发的多 50.50"]),
        ({"amount": "100", "paid": "100"}, "90", 0,
         ["拨下来 90.00", "该发 100.00", "发到账 100.00", "还没发到户 0.00", "拨下来比该发的少 10.00"]),
        ({"amount": "100"}, "150", 0, []),
        ({}, "", 0, []),
    ],
)  # fmt: skip
def test_the_way_of_the_money_is_said_step_by_step(totals, granted, rows, steps):
    assert said(totals, granted, rows) == steps


@given(YUAN, YUAN, st.one_of(st.just(""), YUAN), st.integers(0, 9))
def test_what_is_left_is_what_was_due_and_not_paid_whatever_was_granted(due, paid, granted, rows):
    steps = payment_steps(CHAIN, {"amount": due, "paid": paid}, granted, rows)
    (left,) = [step.amount for step in steps if step.label == LEFT]

    assert left + Decimal(paid) == Decimal(due)
    beyond = sum(step.amount * (1 if step.label == BEYOND else -1) for step in steps if step.label in (BEYOND, SHORT))
    assert beyond + Decimal(due) == Decimal(granted or due)


@given(YUAN, YUAN, YUAN, st.integers(0, 9))
def test_a_notice_of_one_village_and_its_page_say_the_same_is_left(due, paid, granted, rows):
    whole, place = (payment_steps(CHAIN, {"amount": due, "paid": paid}, grant, rows) for grant in (granted, ""))

    assert [step for step in place if step not in whole] == []


def test_a_grant_with_a_part_of_a_fen_is_shown_as_it_was_written():
    assert written(PaymentStep(Words("拨下来", "Granted"), Decimal("1234.567"))) == "1,234.567"


def test_a_kind_without_a_chain_says_nothing_of_it():
    assert kinds.load()["cropland-subsidy"].chain is None
    assert PaymentChain("amount", "paid", "returned", "granted", "outcome", "return_reason", "if_returned") == CHAIN
