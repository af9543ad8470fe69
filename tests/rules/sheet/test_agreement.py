"""Figures that do not agree are reported with both figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.sheet.agreement import Agreement
from board.rules.sheet.layout import Layout
from board.rules.sheet.reading import Reading, SheetRow, Total

KINDS = kinds.load()
COLUMNS = {"village": 0, "name": 1, "area": 2, "rate": 3, "amount": 4}


def row(line: int, name: str = "", **values: str) -> SheetRow:
    return SheetRow(line, "510521116201", "", name or f"户主{line}", values={id: Decimal(value) for id, value in values.items()})


def agreement(*rows: SheetRow, kind: str = "cropland-subsidy", columns: dict[str, int] | None = None, **read: Any) -> Agreement:
    return Agreement(KINDS[kind], Reading(list(rows), **read), Layout(columns=columns or COLUMNS), {})


def codes(found: Agreement, **facts: str) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in found.problems(facts)]


@pytest.mark.parametrize(
    ("values", "facts", "expected"),
    [
        ({"area": "2", "rate": "93.6", "amount": "187.2"}, {}, []),
        ({"area": "2", "rate": "93.6", "amount": "187.21"}, {}, []),
        ({"area": "2", "rate": "93.6", "amount": "190"}, {}, [(2, "product_differs")]),
        ({"area": "2", "rate": "80", "amount": "160"}, {"standard": "93.6"}, [(2, "rate_differs")]),
        ({"area": "2", "amount": "190"}, {}, []),
        ({"area": "2", "rate": "0", "amount": "0"}, {}, [(2, "zero_amount")]),
        ({"area": "-1", "rate": "93.6", "amount": "-93.6"}, {}, [(2, "negative_amount")]),
    ],
)
def test_a_row_is_compared_with_its_own_figures(values, facts, expected):
    assert codes(agreement(row(2, **values)), **facts) == expected


def test_without_a_column_of_rates_the_standard_of_the_notice_is_taken():
    found = agreement(row(2, area="2", amount="190"), columns={"village": 0, "name": 1, "area": 2, "amount": 3})
    assert codes(found, standard="93.6") == [(2, "product_differs")]
    assert codes(found, standard="95") == []


@pytest.mark.parametrize(("stated", "expected"), [("30", []), ("31", [(4, "total_differs")])])
def test_a_total_line_is_compared_with_the_sum_of_the_rows(stated, expected):
    total = Total(4, "total", 2, {"amount": Decimal(stated)}, [])
    assert codes(agreement(row(2, amount="10"), row(3, amount="20"), totals=[total])) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("共2户", []), ("共3户", [(1, "count_differs")]), ("30元(大写:叁拾壹元整)", [(1, "capitals_differ")])]
)
def test_a_title_is_compared_with_the_rows(words, expected):
    assert codes(agreement(row(2, amount="10"), row(3, amount="20"), aside=[(1, words)])) == expected


def test_the_same_name_twice_and_one_amount_for_all_are_reported():
    assert codes(agreement(row(2, "甲", amount="10"), row(3, "甲", amount="20"))) == [(3, "same_name")]
    assert codes(agreement(*(row(line, amount="10") for line in (2, 3, 4)))) == [(0, "all_same")]


def test_one_slip_in_a_running_balance_is_reported_once():
    columns = {"income": 0, "spending": 1, "balance": 2}
    rows = [row(line, income="10", balance=balance) for line, balance in ((2, "10"), (3, "25"), (4, "35"))]
    assert codes(agreement(*rows, kind="village-finance", columns=columns)) == [(3, "running_differs")]


def test_sums_are_of_fields_that_readers_see():
    found = agreement(row(2, area="1", rate="10", amount="10"), row(3, area="2", rate="10", amount="20"))
    assert found.sums() == {"area": 3, "amount": 30}


def test_a_check_counts_the_rows_that_have_all_its_figures():
    found = agreement(row(2, area="1", rate="10", amount="10"), row(3, amount="20"))
    assert found.compared(KINDS["cropland-subsidy"].checks[0], {}) == 1


LAND = {"name": 0, "people": 1, "per_head": 2, "amount": 3}


@pytest.mark.parametrize(
    ("values", "facts", "expected"),
    [
        ({"people": "4", "per_head": "12000", "amount": "48000"}, {}, []),
        ({"people": "4", "per_head": "12000", "amount": "58000"}, {}, [(2, "product_differs")]),
        ({"people": "4", "amount": "58000"}, {"per_head": "12000"}, []),  # an empty cell of a column is no rate
        ({"people": "4", "per_head": "12000", "amount": "48000"}, {"per_head": "11000"}, [(2, "rate_differs")]),
        ({"people": "4", "per_head": "12000", "resettlement_fee": "48000", "land_fee": "10000", "amount": "58000"}, {}, []),
        ({"people": "4", "per_head": "12000", "resettlement_fee": "50000", "land_fee": "8000", "amount": "58000"}, {},
         [(2, "product_differs")]),
    ],
)  # fmt: skip
def test_people_times_a_sum_per_head_is_compared_where_land_money_is_shared_by_head(values, facts, expected):
    columns = LAND | ({"land_fee": 4, "resettlement_fee": 5} if "land_fee" in values else {})
    assert codes(agreement(row(2, **values), kind="land-compensation", columns=columns), **facts) == expected


@given(st.integers(1, 12), st.integers(1, 10**7), st.booleans(), st.integers(-200, 200))
def test_people_times_a_sum_per_head_differs_if_and_only_if_it_is_not_the_amount(people, fen, stated, off):
    rate, amount = Decimal(fen) / 100, Decimal(people * fen + off) / 100
    columns = {"name": 0, "people": 1, "amount": 2} | ({} if stated else {"per_head": 3})
    values = {"people": str(people), "amount": str(amount)} | ({} if stated else {"per_head": str(rate)})
    found = agreement(row(2, **values), kind="land-compensation", columns=columns)

    differs = [one.code for one in found.problems({"per_head": str(rate)} if stated else {})]
    assert ("product_differs" in differs) == (abs(off) > 1)


def test_without_a_column_of_sums_per_head_that_of_the_notice_is_taken():
    columns = {"name": 0, "people": 1, "amount": 2}
    found = agreement(row(2, people="4", amount="58000"), row(3, people="3", amount="36000"), kind="land-compensation", columns=columns)
    assert codes(found, per_head="12000") == [(2, "product_differs")]
    assert [found.compared(check, {"per_head": "12000"}) for check in KINDS["land-compensation"].checks] == [0, 0, 2]
    assert codes(found, standard="12000") == []  # a rate per mu is none per head
