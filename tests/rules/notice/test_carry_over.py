"""What goes from an earlier notice into a new draft: all that still holds, and nothing of that time only."""

from __future__ import annotations

import pytest

from board import kinds
from board.rules.notice.carry_over import facts, row, stages, title

KINDS = kinds.load()
CROPLAND, PAYOUT = KINDS["cropland-subsidy"], KINDS["cropland-payout"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("高洞社区2025年耕地地力保护补贴公示", "高洞社区2026年耕地地力保护补贴公示"),
        ("2024年至2025年冬春救助公示", "2025年至2026年冬春救助公示"),
        ("2026年第一季度村级财务公开", "2026年第一季度村级财务公开"),
        ("低保名单公示", "低保名单公示"),
        ("川农发〔2025〕12号、20251号", "川农发〔2026〕12号、20251号"),
    ],
)
def test_a_title_names_this_year(old, new):
    assert title(old, 2026) == new


def test_facts_of_that_time_stay_behind():
    stated = {
        "basis_document": "川农发〔2025〕12号", "fund_source": "中央财政", "standard": "93.6", "committee_opinion": "agreed",
        "eligibility": "2026年种地的农民", "objection_phone": "0830-8190000", "how_to_apply": "", "unheard_of": "x",
    }  # fmt: skip

    assert facts(CROPLAND, "village", stated, 2026) == {
        "fund_source": "中央财政", "standard": "93.6", "eligibility": "2026年种地的农民", "objection_phone": "0830-8190000",
    }  # fmt: skip
    assert "basis_document" in facts(PAYOUT, "village", stated, 0)
    assert "standard" not in facts(PAYOUT, "village", stated, 0)


def test_days_are_stated_anew():
    assert facts(PAYOUT, "township", {"paid_on": "2026-11-20", "fund_source": "中央财政"}, 2026) == {"fund_source": "中央财政"}
    assert row(KINDS["village-finance"], KINDS["village-finance"], {"date": "2026-07-02", "item": "电费"}) == {"item": "电费"}


def test_accounts_do_not_begin_again_with_last_times_balance():
    stated = {"opening_balance": "12520", "debts": "没有"}
    assert facts(KINDS["village-finance"], "village", stated, 2026) == {"debts": "没有"}


def test_what_follows_begins_as_if_everybody_had_been_paid():
    old = {"village": "高洞社区", "group": "1组", "name": "张小三", "area": "4.95", "rate": "93.6", "amount": "463.32"}

    assert row(PAYOUT, CROPLAND, old) == {
        "village": "高洞社区", "group": "1组", "name": "张小三", "amount": "463.32", "paid": "463.32", "outcome": "已发放",
    }  # fmt: skip


def test_the_same_again_keeps_what_each_row_said():
    old = {"name": "张小三", "amount": "463.32", "paid": "0", "returned": "463.32", "outcome": "退回"}

    assert row(PAYOUT, PAYOUT, old) == old
    assert row(CROPLAND, CROPLAND, {"name": "", "area": "4.95"}) == {"area": "4.95"}


@pytest.mark.parametrize(
    ("earlier", "level", "begun"),
    [
        ("cropland-subsidy", "village", ["cropland-subsidy", "cropland-payout"]),
        ("cropland-payout", "village", ["cropland-payout"]),
        ("land-resettlement", "county", ["land-resettlement"]),  # what follows it is a township's or a village's to publish
    ],
)
def test_a_notice_leads_to_its_kind_again_and_to_what_follows(earlier, level, begun):
    assert [kind.id for kind in stages(KINDS.values(), KINDS[earlier], level)] == begun
