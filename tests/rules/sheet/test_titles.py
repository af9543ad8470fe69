"""Whose sheet it is: the matter, the place and the year that its title names."""

from __future__ import annotations

import pytest

from board import kinds
from board.rules.areas import Area
from board.rules.place_names import Places
from board.rules.sheet.titles import doubts, years
from tests.sheets.corpus import AREAS, TOWN, VILLAGE

KINDS = kinds.load()
OURS = "百和镇2026年耕地地力保护补贴公示"


def said(*lines: str, kind: str = "cropland-subsidy", home: str = TOWN, areas: list[Area] = AREAS, title: str = OURS) -> list[str]:
    numbered = list(enumerate(lines, start=1))
    return [one.ask for one in doubts(numbered, 9, KINDS[kind], Places(areas, home), home, title, {})]


@pytest.mark.parametrize(
    "title",
    [
        "2026年百和镇耕地地力保护补贴花名册",
        "泸县百和镇2026年耕地补贴发放明细表",
        "百和镇东林村2026年地力补贴公示表",
        "2026年城乡居民耕地补贴名单",
        "各乡镇耕地地力补贴汇总表",
        "附件1",
        "花名册",
        "泸县2025-2026年耕地地力补贴汇总表",
    ],
)
def test_a_title_of_ours_is_not_asked_about(title: str) -> None:
    assert said(title, "填报单位：百和镇人民政府") == []


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (["百和镇2026年农机购置补贴公示表"], ["ask:title:kind"]),
        (["百和镇2026年高龄津贴发放花名册"], ["ask:title:kind"]),
        (["百和镇2026年退耕还林补助公示"], ["ask:title:kind"]),
        (["云龙镇2026年耕地地力保护补贴花名册"], ["ask:title:place"]),
        (["2026年耕地地力保护补贴花名册", "填报单位：云龙镇人民政府"], ["ask:title:place"]),
        (["百和镇2024年耕地地力保护补贴花名册"], ["ask:title:year"]),
        (["泸县云龙镇2026年耕地地力保护补贴公示表", "填报单位：云龙镇人民政府"], ["ask:title:place"]),
        (["合江县先市镇2026年耕地地力保护补贴公示表"], ["ask:title:place"]),
        (["合江县2026年耕地地力保护补贴公示表"], ["ask:title:place"]),
        (["二〇二五年度耕地地力保护补贴公示表"], ["ask:title:year"]),
        (["二零二六年度耕地地力保护补贴公示表"], []),
        (["云龙镇2024年农机报废补贴明细表"], ["ask:title:kind", "ask:title:place", "ask:title:year"]),
    ],
)
def test_what_a_title_says_otherwise_is_asked_about(lines: list[str], asked: list[str]) -> None:
    assert said(*lines) == asked


def test_a_villages_clerk_is_asked_about_another_villages_title() -> None:
    assert said("百和镇西林村2026年耕地补贴花名册", home=VILLAGE) == ["ask:title:place"]
    assert said("百和镇东林村2026年耕地补贴花名册", home=VILLAGE) == []


def test_without_a_title_of_the_notice_no_year_is_asked_about() -> None:
    assert said("百和镇2024年耕地补贴花名册", title="") == []
    assert years("2025年度、2026年") == ["2025", "2026"]
