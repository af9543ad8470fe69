"""The disclosure office edits the county's catalogue; the auditor sees what was left out, why, and by whom."""

from __future__ import annotations

from datetime import date

import pytest

from board.rules.duties.catalogue import Edit
from board.store import catalogue
from tests.actors import Page
from tests.store.by_hand import by_hand

COUNTY, DAY = "510521000000", date(2026, 11, 22)
PAGE = f"/audit/catalogue/{COUNTY}"
LINE = f"{PAGE}/cropland-subsidy/township"


@pytest.fixture
def writer(person):
    """泸县's office for disclosure."""
    return person("luxian-disclosure")


def test_a_line_is_left_out_where_its_duty_is_switched_off_with_one_reason_that_the_auditor_reads(writer, auditor, villager):
    page = writer.follows(writer.sees("/audit"), "公开目录")
    assert page.heading == "泸县公开目录"
    page = writer.follows(writer.sees(LINE), "从哪天起要公开什么")
    assert "定了不公开的，公开目录里也就不列。" in page.text
    form = next(one for one in page.forms if one.fields.get("duty") == ["cropland_subsidy"])
    sent = {name: values[0] for name, values in form.fields.items()} | {"why": "县里没有这项资金", "on": "0"}
    assert "记下了" in Page(writer.client.post(form.action, data=sent, follow_redirects=True)).text

    seen = auditor.sees(PAGE)
    assert "不列入 县里没有这项资金" in seen.text
    assert "没有列入的：1 项" in seen.text
    assert "不列入 县里没有这项资金" in writer.sees(LINE).text
    assert LINE not in [address for _words, address in seen.links], "who reads does not edit"
    assert "/search?area=510521116004&amp;kind=cropland-subsidy" not in villager.sees("/a/510521116004/catalogue").html


def test_own_words_are_kept_and_can_be_emptied(writer):
    writer.submits(LINE, press="存", office="各镇农业服务中心", note="每年九月底以前")
    assert catalogue.edits(COUNTY, DAY) == {("cropland-subsidy", "township"): Edit("", "各镇农业服务中心", "每年九月底以前")}
    assert "各镇农业服务中心" in writer.sees(PAGE).text
    writer.submits(LINE, press="存", office="", note="")
    assert catalogue.edits(COUNTY, DAY) == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"office": "局" * 201}, "最多 200 个字"),
        ({"note": "问 13800138000"}, "这句话里有"), ({"note": "问低保户涂春燕"}, "这里不要写人名：涂春燕"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_comes_back_with_what_was_typed(writer, typed, said):
    page = writer.submits(LINE, press="存", **typed)
    assert page.status == 422
    assert said in page.text
    assert "13800138000" not in page.html
    assert catalogue.edits(COUNTY, DAY) == {}


def test_what_tells_of_somebody_is_asked_about(writer):
    words = "他得了尿毒症，晚一点"
    page = writer.submits(LINE, press="存", note=words)
    assert (page.status, "您写的话里像是说到了某个人的" in page.text, catalogue.edits(COUNTY, DAY)) == (422, True, {})
    page = writer.submits(page, press="存", looked="尿毒症")
    assert catalogue.edits(COUNTY, DAY)["cropland-subsidy", "township"].note == words


def test_an_unknown_line_and_another_county_are_not_there(writer):
    assert writer.sees(f"{PAGE}/land-pre-notice/village").status == 404
    assert writer.sees("/audit/catalogue/510522000000").status == 404


def test_a_city_chooses_among_its_counties(auditor):
    by_hand("UPDATE \"user\" SET area = '510500000000' WHERE username = 'luxian-auditor'")
    page = auditor.follows(auditor.sees("/audit/catalogue"), "泸县")
    assert page.heading == "泸县公开目录"
