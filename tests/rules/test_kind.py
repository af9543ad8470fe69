"""What a kind answers: its headers, its facts and columns by level, and the places of its rows."""

from __future__ import annotations

import pytest

from board.kinds import load
from board.rules.kind import header_form, placeholders

KINDS = load()


def test_a_unit_in_brackets_is_no_part_of_a_header_but_other_brackets_are():
    assert header_form("补贴\n标准 \uff08元/亩\uff09") == "补贴标准"
    assert header_form("金额(单位:万元)") == "金额"
    assert header_form("村\uff08社区\uff09") == "村(社区)"


def test_a_village_with_its_own_roster_need_not_repeat_its_name():
    cropland = KINDS["cropland-subsidy"]

    assert "village" in {column.id for column in cropland.required_columns("township")}
    assert "village" not in {column.id for column in cropland.required_columns("village")}


@pytest.mark.parametrize(
    ("id", "publisher", "places"),
    [
        ("fund-allocation", "county", "township"),
        ("fund-allocation", "township", "village"),
        ("cropland-subsidy", "county", "village"),
        ("land-compensation", "village", "village"),
        ("village-finance", "village", None),
    ],
)
def test_rows_belong_to_places_below_the_publisher(id, publisher, places):
    assert KINDS[id].places_for(publisher) == places


def test_only_a_village_is_asked_for_its_supervision_committee():
    cropland = KINDS["cropland-subsidy"]

    assert "committee_opinion" in {fact.id for fact in cropland.facts_at("village")}
    assert "committee_opinion" not in {fact.id for fact in cropland.facts_at("township")}


def test_a_column_is_known_by_its_label_and_its_synonyms():
    area = KINDS["cropland-subsidy"].column("area")

    assert area is not None
    assert area.headers[0] == "补贴面积"
    assert set(area.synonyms) < set(area.headers)


def test_a_column_or_a_fact_that_is_not_there_is_none():
    cropland = KINDS["cropland-subsidy"]

    assert (cropland.column("prize"), cropland.fact("prize")) == (None, None)


@pytest.mark.parametrize(("id", "households"), [("cropland-subsidy", True), ("village-finance", False), ("fund-allocation", False)])
def test_only_a_kind_of_people_has_households(id, households):
    assert KINDS[id].households is households


def test_a_sentence_may_use_what_every_notice_has():
    assert {"place", "start", "end", "rows", "amount"} <= set(placeholders(KINDS["cropland-subsidy"]))
    assert "rate" not in placeholders(KINDS["cropland-subsidy"])
