"""The groups of a place with their totals."""

from __future__ import annotations

from types import SimpleNamespace

from board import kinds
from board.rules.notice.groups import Group, of_rows

CROPLAND, PAYOUT = (kinds.load()[id] for id in ("cropland-subsidy", "cropland-payout"))


def row(no: int, group: str, amount: int | None) -> SimpleNamespace:
    return SimpleNamespace(no=no, group=group, amount=amount, measures={} if amount is None else {"amount": str(amount)})


def test_groups_come_in_the_order_of_their_first_rows_with_their_sums():
    rows = [row(4, "2组", 100), row(1, "1组", 50), row(2, "1组", 25), row(5, "", 10)]
    assert of_rows(rows, CROPLAND) == [Group("2组", 4, 1, 100), Group("1组", 1, 2, 75), Group("", 5, 1, 10)]


def test_rows_without_an_amount_have_no_sum():
    assert of_rows([row(1, "1组", None)], CROPLAND) == [Group("1组", 1, 1, None)]
    assert of_rows([row(1, "1组", None), row(2, "1组", 5)], CROPLAND) == [Group("1组", 1, 2, 5)]


def test_no_rows_have_no_groups():
    assert of_rows([], CROPLAND) == []


def test_of_a_payment_a_group_has_the_sum_of_what_arrived():
    rows = [SimpleNamespace(no=no, group="1组", amount=100, measures={"amount": "1", "paid": paid}) for no, paid in ((1, "1.00"), (2, "0"))]
    assert of_rows(rows, PAYOUT) == [Group("1组", 1, 2, 100)]
