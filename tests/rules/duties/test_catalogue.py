"""公开目录 is made of the kinds and the duties alone, for each level of area, with the words of its county."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board import kinds, policies
from board.rules.bilingual import Words
from board.rules.duties.catalogue import Catalogue, Edit, Line, catalogue

KINDS, DUTIES = kinds.load(), policies.duties()
COUNTY, TOWN, VILLAGE = "510521000000", "510521116000", "510521116004"


def made(level="county", code=COUNTY, edits=None, listed=None, duties=None) -> Catalogue:
    kinds_, owed = listed or KINDS.values(), DUTIES.values() if duties is None else duties
    return catalogue(level, code, kinds_, owed, policies.period_rules(), edits or {})


def line(found: Catalogue, kind: str) -> Line:
    return next(one for one in found.lines if one.kind.id == kind)


def test_a_county_lists_every_kind_once_numbered_in_order():
    found = made()
    assert {one.kind.id for one in found.lines} == set(KINDS)
    assert [one.no for one in found.lines] == list(range(1, len(KINDS) + 1))
    assert found.left_out == 0


def test_a_village_lists_what_it_publishes_and_what_is_published_of_it():
    found = {one.kind.id for one in made("village", VILLAGE).lines}
    assert {"village-finance", "cropland-subsidy"} <= found
    assert not found & {"land-pre-notice", "fund-allocation"}


def test_a_township_has_what_the_county_shares_out_among_townships():
    (by,) = line(made("township", TOWN), "fund-allocation").by
    assert by.level == "county"


def test_who_publishes_is_the_duty_s_office_with_its_lead():
    (by,) = line(made(), "cropland-subsidy").by
    assert (by.level, by.office.zh, by.lead.zh) == ("township", "乡镇人民政府", "县农业农村局、县财政局")


def test_a_kind_without_a_duty_is_published_by_every_level_that_may():
    by = line(made(duties=()), "cropland-subsidy").by
    assert [one.level for one in by] == ["county", "township", "village"]
    assert by[2].office.zh == "村民委员会、居民委员会"
    assert by[1].lead.zh == ""


@pytest.mark.parametrize(
    ("kind", "zh"),
    [
        ("elections", "最晚在选举日的20天前"),
        ("village-finance", "每季度一次，这一期过完以后10天以内"), ("land-pre-notice", "办好或者改了以后"),
        ("cropland-subsidy", "每年一次，这一期过完以后20个工作日以内"),
    ],
)  # fmt: skip
def test_by_when_is_said_in_a_sentence(kind, zh):
    assert line(made(), kind).by[0].within.zh.startswith(zh)


def test_days_of_the_year_and_stages_have_sentences_of_their_own():
    yearly = replace(DUTIES["cropland_subsidy"], window=((5, 1), (9, 30)))
    assert line(made(duties=[yearly]), "cropland-subsidy").by[0].within == Words(
        "每年5月1日到9月30日", "Every year, from 1 May to 30 September"
    )
    stage = DUTIES["land_resettlement"]
    clocked = replace(stage, within=KINDS["cropland-subsidy"].publish_within)
    assert line(made(duties=[clocked]), "land-resettlement").by[0].within.zh == "上一步公开后20个工作日以内"


def test_the_elements_are_official_terms_and_the_public_columns():
    found = line(made(), "cropland-subsidy")
    terms = [one.zh for one in found.content]
    assert "补贴对象" in terms
    assert "咨询电话" in terms
    assert "哪些人能领" not in terms
    assert "村务监督委员会意见" not in terms
    assert "户主姓名" in [one.zh for one in found.roster]
    assert "备注" not in [one.zh for one in found.roster]


def test_what_the_county_takes_out_is_not_listed_and_counted():
    found = made(edits={("village-finance", "village"): Edit(off_because="另有目录")})
    assert "village-finance" not in {one.kind.id for one in found.lines}
    assert [one.no for one in found.lines] == list(range(1, len(KINDS)))
    assert found.left_out == 1
    assert made("village", VILLAGE, {("land-pre-notice", "county"): Edit(off_because="没有")}).left_out == 0


def test_one_level_may_be_taken_out_alone():
    found = made(edits={("cropland-subsidy", "county"): Edit(off_because="县里不发")}, duties=())
    assert [one.level for one in line(found, "cropland-subsidy").by] == ["township", "village"]
    assert found.left_out == 1


def test_a_matter_that_is_taken_out_at_two_levels_counts_twice_as_the_county_edits_it():
    edits = {("cropland-subsidy", level): Edit(off_because="另有目录") for level in ("county", "township")}
    assert made(edits=edits, duties=()).left_out == 2
    edits["cropland-subsidy", "village"] = Edit(off_because="另有目录")
    found = made(edits=edits, duties=())
    assert "cropland-subsidy" not in {one.kind.id for one in found.lines}
    assert found.left_out == 3


def test_the_county_s_own_words_stand_in_place_of_ours():
    (by,) = line(
        made(edits={("cropland-subsidy", "township"): Edit(office="各镇农业服务中心", note="每年 9 月底前")}), "cropland-subsidy"
    ).by
    assert (by.office.zh, by.note) == ("各镇农业服务中心", "每年 9 月底前")


def test_members_are_a_group_and_all_others_everybody():
    members = replace(KINDS["land-compensation"], audience="members")
    found = made(listed=(members, KINDS["village-finance"]))
    assert [one.audience.zh for one in found.lines] == ["特定群体（本村、本集体的人）", "全社会"]
