"""Finding a household in a posted roster: its groups, the surnames that it shows, and the rows of either."""

from __future__ import annotations

from decimal import Decimal

from board.rules.notice.groups import of_rows
from board.store import notices, row_search
from tests.store.posted import GAODONG, post


def test_groups_are_counted_alike_from_the_table_and_from_the_rows(app):
    posted = post()

    assert row_search.groups(posted, GAODONG, sums=True) == of_rows(notices.rows(posted, GAODONG))
    assert sum(Decimal(one.amount) for one in row_search.groups(posted, GAODONG, sums=True)) == Decimal(103428)


def test_groups_have_no_sum_where_only_staff_see_the_amounts(app):
    posted = post()

    assert {one.amount for one in row_search.groups(posted, GAODONG, sums=False)} == {None}
