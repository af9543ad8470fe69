"""A county's order in a browser, on days that pass: from a figure to its case in two taps, answered late, and late for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Stage
from tests.browser.test_cases import Days, among_days, asks
from tests.databases import Databases, Filled
from tests.store.posted import GAODONG, post

# What a browser sees of it is the same on either engine; the letters' SQL has tests of its own on both.
pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

SUBJECT, WORDS = "来件过期没有答复，也没有写明为什么", "请马上答复，并写明为什么晚了。"


@pytest.fixture
def days(chromium: Browser, databases: Databases, filled: Filled, tmp_path: Path, stage: Stage) -> Iterator[Days]:
    with among_days(chromium, databases, filled, tmp_path, stage) as days:
        days.number = post().number
        yield days


def test_an_auditor_goes_from_a_figure_to_its_case_in_two_taps_and_orders_a_correction_that_is_answered_late(days: Days) -> None:
    with days.on("2026-11-23") as comes:
        asks(comes("villager"), f"/n/{days.number}/ask?place={GAODONG}&row=2")
    with days.on("2026-12-02") as comes:
        county = comes("luxian-disclosure", 1280, 800).opens("/audit")
        county.page.locator("a[href*='figure=late'][href*='area=510521116000']").first.click()  # two taps: the figure,
        county.page.locator("main table a.tap").first.click()  # and its case
        county.taps("督办这一件").ticks("责令改正通知书").types("什么事（一句话）", SUBJECT).types("写给单位的话", WORDS)
        county.page.select_option("#basis", "disclosure_53")
        county.types("几个工作日", "3").looks_at("order").presses("发出").sees("已发出，百和镇看得到", "最晚2026年12月7日答复")
    with days.on("2026-12-10") as comes:
        clerk = comes("baihe-clerk", 820, 1180).opens("/desk").sees("县里来的信，有 1 封过期没有答复")
        clerk.taps("县里来的信，有 1 封过期没有答复").taps(SUBJECT).sees("过期 3 天", "《政府信息公开条例》第五十三条", WORDS)
        county = comes("luxian-disclosure", 820, 1180).opens("/audit").sees("督办、责令改正有 1 封过期没有答复")
        clerk.types("写给县里的话", "今天答复了，以后每天看一次。").presses("答复").sees("晚了 3 天才答复，这一条会一直记着")
        county.opens("/audit").taps("有 1 封信单位答复了").taps(SUBJECT)
        county.presses("已改正").sees("记下了：已改正", "晚了 3 天答复").looks_at("late-for-ever")
