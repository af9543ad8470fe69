"""The disclosure office edits the county's catalogue; the auditor sees what was left out, why, and by whom."""

from __future__ import annotations

import pytest

from board.rules.duties.catalogue import Edit
from board.store import catalogue
from tests.store.by_hand import by_hand

COUNTY = "510521000000"
PAGE = f"/audit/catalogue/{COUNTY}"
LINE = f"{PAGE}/cropland-subsidy/township"


@pytest.fixture
def writer(person):
    """泸县's office for disclosure."""
    return person("luxian-disclosure")


def test_a_line_is_left_out_with_a_reason_that_the_auditor_reads(writer, auditor, villager):
    page = writer.follows(writer.sees("/audit"), "公开目录")
    assert page.heading == "泸县公开目录"
    page = writer.submits(LINE, press="存", off="1", off_because="县里没有这项资金")
    assert "存好了" in page.text

    seen = auditor.sees(PAGE)
    assert "不列入 县里没有这项资金" in seen.text
    assert "没有列入的：1 项" in seen.text
    assert LINE not in [address for _words, address in seen.links], "who reads does not edit"
    assert "改公开目录" in auditor.sees("/audit/ledger").text
    assert "/search?area=510521116004&amp;kind=cropland-subsidy" not in villager.sees("/a/510521116004/catalogue").html


def test_own_words_are_kept_and_can_be_emptied(writer):
    writer.submits(LINE, press="存", office="各镇农业服务中心", note="每年九月底以前")
    assert catalogue.edits(COUNTY) == {("cropland-subsidy", "township"): Edit("", "各镇农业服务中心", "每年九月底以前")}
    assert "各镇农业服务中心" in writer.sees(PAGE).text
    writer.submits(LINE, press="存", office="", note="")
    assert catalogue.edits(COUNTY) == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"off": "1", "off_because": ""}, "要写明理由"), ({"office": "局" * 201}, "最多 200 个字"),
        ({"note": "问 13800138000"}, "这句话里有"), ({"note": "问低保户涂春燕"}, "这里不要写人名：涂春燕"),
        ({"off": "1", "off_because": "困难户涂春燕家不同意"}, "这里不要写人名：涂春燕"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_comes_back_with_what_was_typed(writer, typed, said):
    page = writer.submits(LINE, press="存", **typed)
    assert page.status == 422
    assert said in page.text
    assert "13800138000" not in page.html
    assert catalogue.edits(COUNTY) == {}


def test_what_tells_of_somebody_is_asked_about(writer):
    words = "他得了尿毒症，不列入"
    page = writer.submits(LINE, press="存", off="1", off_because=words)
    assert (page.status, "您写的话里像是说到了某个人的" in page.text, catalogue.edits(COUNTY)) == (422, True, {})
    page = writer.submits(page, press="存", looked="尿毒症")
    assert catalogue.edits(COUNTY)["cropland-subsidy", "township"].off_because == words


def test_an_unknown_line_and_another_county_are_not_there(writer):
    assert writer.sees(f"{PAGE}/land-pre-notice/village").status == 404
    assert writer.sees("/audit/catalogue/510522000000").status == 404


def test_a_city_chooses_among_its_counties(auditor):
    by_hand("UPDATE \"user\" SET area = '510500000000' WHERE username = 'luxian-auditor'")
    page = auditor.follows(auditor.sees("/audit/catalogue"), "泸县")
    assert page.heading == "泸县公开目录"
