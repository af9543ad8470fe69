"""What an office says of a duty: places that owe it, a period of it, a day that has come, and what belongs to each sort."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from board import policies
from board.rules.duties import statement
from board.rules.duties.statement import Said

TODAY = date(2026, 11, 22)
HERE = ("510521116004", "510521116005")
NONE = Said("none", "village_accounts", "2026-q3", HERE, TODAY, why="本季没有收支")
ELSEWHERE = Said("elsewhere", "village_accounts", "2026-q3", HERE[:1], TODAY, address="https://www.luxian.gov.cn/a/1.html", digest="a" * 64)
PAPER = Said("paper", "village_accounts", "2026-q3", HERE, TODAY, seen_by="驻村干部")


def fault(said: Said) -> str | None:
    return statement.fault(said, policies.duties().get(said.duty), "village", HERE, TODAY)


@pytest.mark.parametrize("said", [NONE, ELSEWHERE, replace(ELSEWHERE, digest=""), PAPER, replace(PAPER, day=date(2026, 10, 2))])
def test_what_is_right_is_taken(said):
    assert fault(said) is None


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (replace(NONE, duty="nothing"), "duty"), (replace(NONE, duty="land_pre_notice", period="n12345678"), "duty"),
        (replace(NONE, period="2026"), "period"), (replace(NONE, period="n12345678"), "period"), (replace(NONE, period=""), "period"),
        (replace(NONE, places=()), "places"), (replace(NONE, places=("510521117001",)), "places"),
        (replace(NONE, places=(HERE[0], HERE[0])), "places"), (replace(PAPER, day=TODAY + timedelta(1)), "future"),
        (replace(NONE, why=" "), "why"), (replace(NONE, why="长" * 501), "long"), (replace(NONE, address="https://a.cn/"), "why"),
        (replace(ELSEWHERE, address="http://www.luxian.gov.cn/"), "address"), (replace(ELSEWHERE, address=""), "address"),
        (replace(ELSEWHERE, address="https://localhost/"), "address"), (replace(ELSEWHERE, digest="xyz"), "digest"),
        (replace(ELSEWHERE, why="没有"), "why"), (replace(PAPER, seen_by=""), "seen_by"), (replace(PAPER, seen_by="长" * 121), "long"),
        (replace(PAPER, day=date(2026, 6, 30)), "early"), (replace(ELSEWHERE, day=date(2026, 6, 30)), "early"),
        (replace(PAPER, address="https://a.cn/"), "seen_by"), (replace(PAPER, why="没有"), "why"),
    ],
)  # fmt: skip
def test_the_first_thing_wrong_is_named(said, wrong):
    assert fault(said) == wrong


def test_a_stage_is_spoken_of_by_its_matter():
    duty = policies.duties()["land_resettlement"]
    said = replace(NONE, duty="land_resettlement", period="n12345678", places=("510521000000",))
    assert statement.fault(said, duty, "county", ["510521000000"], TODAY) is None
    assert statement.fault(replace(said, period="2026"), duty, "county", ["510521000000"], TODAY) == "period"


@pytest.mark.parametrize(
    ("office", "duty", "speaks"),
    [
        ("village", "village_accounts", True), ("township", "village_accounts", True), ("county", "village_accounts", False),
        ("village", "cropland_subsidy", False), ("township", "cropland_subsidy", True), ("county", "cropland_subsidy", False),
        ("village", "fund_allocation", False), ("township", "fund_allocation", False), ("county", "fund_allocation", True),
    ],
)  # fmt: skip
def test_an_office_speaks_of_what_it_publishes_and_a_township_of_what_its_villages_do(office, duty, speaks):
    known = policies.duties()[duty]
    assert statement.speaks(office, known) is speaks
    period = "n12345678" if not known.every else "2026-q3" if known.every == "quarter" else "2026"
    said = replace(PAPER, duty=duty, period=period, places=HERE[:1])
    assert (statement.fault(said, known, office, HERE, TODAY) == "office") is not speaks
