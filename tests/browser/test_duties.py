"""What must be published, in a browser, counted in taps: an auditor finds what is missing and late, a clerk starts what is due."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Stage
from tests.browser.taps import Counted
from tests.browser.test_cases import Days, among_days
from tests.databases import Databases, Filled
from tests.web.duties import accounts, owed

# What a browser sees of it is the same on either engine; the SQL of duties has tests of its own on both.
pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

QUARTER = """日期,凭证号,摘要,收入（元）,支出（元）,余额（元）
2026.10.12,记001,收到鱼塘租金,6000.00,,22671.50
2026.11.3,记002,付路灯电费,,186.40,22485.10
2026.12.18,记003,付保洁工资,,2400.00,20085.10
合计,,,6000.00,2586.40,
"""


@pytest.fixture
def days(chromium: Browser, databases: Databases, filled: Filled, tmp_path: Path, stage: Stage) -> Iterator[Days]:
    """泸县 owes its villages' accounts; of the third quarter 军大丘村 posted them, late, and nobody else did."""
    with among_days(chromium, databases, filled, tmp_path, stage) as days:
        owed()
        days.number = accounts()
        yield days


def test_an_auditor_finds_in_three_taps_the_village_that_never_posted_and_the_document_that_was_late(days: Days) -> None:
    with days.on("2026-11-23") as comes:
        auditor = comes("luxian-auditor", 820, 1180).opens("/audit")
        missing = Counted(auditor).tap("该公开的")
        missing.tap("12", auditor.looks_at("duties").row("百和镇"))
        auditor.looks_at("missing").sees("朱巷村", "还没公开", "最晚哪天", "2026年10月10日")

        late = Counted(auditor.opens("/audit")).tap("该公开的")
        late.tap("1", auditor.row("百和镇"))
        late.tap("2026年11月22日")
        auditor.sees("军大丘村2026年第三季度财务收支公开", "公开晚了：按法律规定，最晚2026年10月10日公开")
        assert auditor.page.url.endswith(f"/n/{days.number}")
        assert (missing.taps, late.taps) == (2, 3)


def test_a_clerk_starts_what_is_due_and_sends_it_for_review_in_under_ten_taps(days: Days, tmp_path: Path) -> None:
    sheet = tmp_path / "第四季度.csv"
    sheet.write_text(QUARTER, "utf-8")
    with days.on("2027-01-12") as comes:
        clerk = comes("baihe-clerk", 820, 1180).opens("/desk")
        walk = Counted(clerk).tap("该公开的")
        clerk.looks_at("due").sees("村级财务收支 · 2026年第四季度", "13 个地方，0 个有了")
        walk.tap("军大丘村")
        clerk.looks_at("begun").sees("上次写过的情况已经带过来")
        walk.choose("input[type=file]", sheet).tap("上传").tap("下一步：填情况")
        assert clerk.page.input_value("[name=covers]") == "2026年第四季度", "and not that of last time"
        walk.type("[name=opening_balance]", "16671.50").type("[name=formed_on]", "2027-01-11").tap("存好")
        walk.tap("送审", clerk.page.locator("form"))
        clerk.sees("已送审", "军大丘村2026年第四季度村级财务收支公示")
        assert walk.taps < 10
