"""What a sheet states in its totals, title and notes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from board import kinds
from board.rules.sheet.reading import SheetRow, Total
from board.rules.sheet.totals import Sums, capitals_alone, capitals_beside, compared, counted, rate_stated, stated, stated_counts

CROPLAND = kinds.load()["cropland-subsidy"]


@pytest.mark.parametrize(
    ("words", "pairs"),
    [
        ("补贴资金125,733元(大写：壹拾贰万伍仟柒佰叁拾叁元整)", [(125733, 125733)]),
        ("共 12.5 万元，壹拾贰万元整", [(125000, 120000)]),
        ("100元（大写壹佰佰元）", [(100, None)]),
        ("100元整", []),
        ("共计100元", []),
    ],
)
def test_digits_and_the_capitals_behind_them_are_a_pair(words: str, pairs: list[tuple[int, int | None]]) -> None:
    assert list(capitals_beside(words)) == pairs


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("花名册（共 1194 户）", [(1194, "户")]),
        ("涉及12人，共计3户", [(12, "人"), (3, "户")]),
        ("共有5人次", []),
        ("第3户", []),
    ],
)
def test_a_stated_count_is_found(words: str, counts: list[tuple[int, str]]) -> None:
    assert list(stated_counts(words)) == counts


def total(line: int, after: int, sort: str = "total", words: list[str] | None = None, **values: int) -> Total:
    return Total(line, sort, after, {id: Decimal(value) for id, value in values.items()}, words or [])


def sums(*totals: Total, amounts: tuple[int, ...] = (1, 2, 3, 4)) -> Sums:
    rows = [SheetRow(line) for line, _ in enumerate(amounts, start=2)]
    return Sums(CROPLAND, rows, {"amount": [Decimal(one) for one in amounts]}, totals)


def test_figures_are_added_between_two_rows() -> None:
    assert (sums().between("amount", 1, 3), sums().whole("amount")) == (5, 10)


def test_of_a_balance_the_last_figure_counts() -> None:
    finance = kinds.load()["village-finance"]
    added = Sums(finance, [SheetRow(2), SheetRow(3)], {"balance": [Decimal(5), None]}, ())
    assert added.whole("balance") == 5


@pytest.mark.parametrize(
    ("totals", "number", "likeliest"),
    [
        pytest.param([total(6, 4)], 0, (0, 4), id="a total at the end is for all rows"),
        pytest.param([total(2, 0)], 0, (0, 4), id="a total at the top is for all rows"),
        pytest.param([total(4, 2, "subtotal"), total(6, 4, "subtotal")], 1, (2, 4), id="a subtotal is for the rows since the one before"),
        pytest.param([total(2, 0, "subtotal"), total(4, 2, "subtotal")], 0, (0, 2), id="one above its rows is for those up to the next"),
    ],
)
def test_a_total_is_for_a_run_of_rows(totals: list[Total], number: int, likeliest: tuple[int, int]) -> None:
    assert sums(*totals).stretches(number)[0] == likeliest


def test_a_total_line_may_count_in_words() -> None:
    assert list(counted(total(6, 4, words=["合计", "1,194户", "12人"]))) == [(1194, "户"), (12, "人")]


def test_the_last_total_line_is_what_the_sheet_states() -> None:
    assert stated([total(4, 2, "subtotal", amount=3), total(6, 4, words=["2户"], amount=10)]) == {"amount": 10, "households": 2}
    assert stated([]) == {}


def test_of_joined_tables_the_totals_of_all_are_added() -> None:
    assert stated([total(3, 1, amount=3), total(12, 2, amount=7)], begins=[1, 10]) == {"amount": 10}
    assert stated([total(3, 1, amount=3)], begins=[1, 10]) == {}


def test_capitals_alone_have_no_digits_beside_them() -> None:
    assert capitals_alone("合计(大写):壹万贰仟元整") == [12000]
    assert capitals_alone("12000元(大写:壹万贰仟元整)") == []


@pytest.mark.parametrize(("fact", "rate"), [("93.6", "93.6"), ("93.6元/亩", "93.6"), ("按政策", None), ("", None)])
def test_the_standard_is_a_rate_or_none(fact: str, rate: str | None) -> None:
    assert rate_stated({"standard": fact}, CROPLAND.column("rate")) == (rate and Decimal(rate))


def test_only_facts_with_a_figure_to_compare_are_compared() -> None:
    facts = {"standard": "93.6", "eligibility": "种地的农户", "grant_number": "共1194户", "fund_source": ""}
    assert list(compared(facts, CROPLAND)) == ["standard", "grant_number"]
