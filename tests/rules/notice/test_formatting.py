"""Figures, dates and facts of a notice as text."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from board import kinds
from board.rules.notice import formatting

KINDS = kinds.load()
CROPLAND = KINDS["cropland-subsidy"]


@pytest.mark.parametrize(
    ("id", "value", "said"), [("amount", "48210.5", "48,210.50"), ("area", "5903.610", "5,903.61"), ("amount", "", "")]
)
def test_a_measure_is_written_for_reading(id, value, said):
    assert formatting.written(CROPLAND.column(id), value) == said


def test_a_total_with_part_of_a_fen_is_shown_as_it_was_written():
    assert formatting.written(CROPLAND.column("amount"), "10.005") == "10.005"


def test_words_and_an_unknown_column_stay_as_they_are():
    assert formatting.written(None, "1234.5") == "1234.5"
    assert formatting.written(CROPLAND.column("note"), "1234.5") == "1234.5"


@pytest.mark.parametrize(
    ("id", "language", "unit"),
    [("amount", "zh", "元"), ("amount", "en", "yuan"), ("area", "zh", "亩"), ("rate", "en", "yuan/mu"), ("note", "zh", "")],
)
def test_a_column_has_the_unit_of_the_stored_figures(id, language, unit):
    assert formatting.unit(CROPLAND.column(id), language) == unit


@pytest.mark.parametrize(("value", "shown"), [("2026-11-20", "2026年11月20日"), ("十一月", "十一月"), ("", "")])
def test_a_date_in_a_row_is_written_in_words(value, shown):
    assert formatting.cell(KINDS["village-finance"].column("date"), value, "zh") == shown


@pytest.mark.parametrize(
    ("kind", "fact", "value", "language", "shown"),
    [
        ("cropland-subsidy", "standard", "93.6", "zh", "93.6 元/亩"),
        ("cropland-subsidy", "standard", "93.6", "en", "93.6 yuan/mu"),
        ("cropland-subsidy", "fund_source", "中央资金", "zh", "中央资金"),
        ("village-finance", "opening_balance", "128433.2", "zh", "128,433.20 元"),
        ("village-finance", "opening_balance", "约十万", "zh", "约十万"),
        ("village-finance", "committee_opinion", "agreed", "zh", "看过，同意公开"),
    ],
)
def test_a_fact_has_its_label_or_its_unit(kind, fact, value, language, shown):
    assert formatting.fact_text(KINDS[kind].fact(fact), value, language) == shown


def test_many_figures_or_any_words_are_too_wide_for_a_phone():
    figures = [CROPLAND.column(id) for id in ("area", "rate", "amount")]
    assert not formatting.wide(figures, 3)
    assert formatting.wide(figures, 2)
    assert formatting.wide([CROPLAND.column("note")], 3)


@pytest.mark.parametrize(
    ("fen", "measures", "seen"),
    [
        (20826, {"amount": "208.26"}, 20826),
        (0, {"amount": "0"}, 0),
        (None, {"income": "5"}, None),  # accounts have no one amount
        (20826, {"area": "4.43"}, None),  # a column that only staff see
    ],
)
def test_the_amount_of_a_row_is_what_readers_may_see(fen, measures, seen):
    assert formatting.amount_of(SimpleNamespace(amount=fen, measures=measures), CROPLAND) == seen


@pytest.mark.parametrize(("paid", "seen"), [("0.00", 0), ("262.08", 26208), ("", None)])
def test_of_a_payment_the_amount_of_a_row_is_what_arrived_and_never_what_was_due(paid, seen):
    bounced = SimpleNamespace(amount=26208, measures={"amount": "262.08", "paid": paid})

    assert formatting.amount_of(bounced, kinds.load()["cropland-payout"]) == seen
