"""Finding a household in a posted roster: its groups, the surnames that it shows, and the rows of either."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from board import kinds
from board.rules.notice.groups import of_rows
from board.store import notices, row_search
from tests.store.posted import GAODONG, post

CROPLAND, PAYOUT = (kinds.load()[id] for id in ("cropland-subsidy", "cropland-payout"))


def test_groups_are_counted_alike_from_the_table_and_from_the_rows(app):
    posted = post()

    assert row_search.groups(posted, GAODONG, CROPLAND) == of_rows(notices.rows(posted, GAODONG), CROPLAND)
    assert sum(Decimal(one.amount) for one in row_search.groups(posted, GAODONG, CROPLAND)) == Decimal(103428)


def test_groups_have_no_sum_where_only_staff_see_the_amounts(app):
    posted = post()
    hidden = replace(CROPLAND, columns=[replace(column, show="staff") for column in CROPLAND.columns])

    assert {one.amount for one in row_search.groups(posted, GAODONG, hidden)} == {None}
