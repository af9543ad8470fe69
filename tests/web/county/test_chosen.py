"""What an auditor's address selects."""

from __future__ import annotations

import pytest

from board.rules import quarters
from board.web.county import chosen
from tests.store.posted import TOWN


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", {"kind": None, "category": None, "year": None, "quarter": None}),
        ("kind=grain-subsidy&category=letter&year=2025", {"kind": "grain-subsidy", "category": "letter", "year": 2025, "quarter": None}),
        ("quarter=2026-q3&year=2020", {"kind": None, "category": None, "year": 2026, "quarter": "2026-q3"}),
        ("kind=made-up&category=none&year=99999&quarter=x", {"kind": None, "category": None, "year": None, "quarter": None}),
    ],
)
def test_an_address_selects_what_there_is_and_leaves_out_what_there_is_not(app, monkeypatch, query, kept):
    monkeypatch.setattr(chosen, "scope", lambda: "510521")
    with app.test_request_context(f"/audit?{query}"):
        assert chosen.chosen().kept == kept


def test_an_area_of_another_scope_selects_the_whole_of_ones_own(app, monkeypatch):
    monkeypatch.setattr(chosen, "scope", lambda: "510521")
    with app.test_request_context(f"/audit?area={TOWN}&quarter=2026-q3"):
        seen = chosen.chosen()
        assert (seen.under, seen.area, seen.cases.quarter) == ("510521116", TOWN, quarters.parse("2026-q3"))
    with app.test_request_context("/audit?area=510522104000"):
        assert (chosen.chosen().under, chosen.chosen().any) == ("510521", False)
