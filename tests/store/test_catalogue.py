"""A county's edition of the catalogue is kept with who changed it, in the log, and found when a hand changes it."""

from __future__ import annotations

import pytest

from board.rules.duties.catalogue import Edit
from board.store import catalogue, ledger
from board.store.proof import notices as proof
from tests.store.by_hand import by_hand
from tests.store.posted import AT, GAODONG, TOWN

COUNTY = "510521000000"
OFF, OWN = Edit(off_because="县里没有这项资金"), Edit(office="各镇农业服务中心", note="每年 9 月底前")


@pytest.fixture
def writer(person_id):
    return person_id("luxian-disclosure")


def test_an_edit_holds_for_the_whole_county_and_says_who_and_when(writer):
    assert catalogue.put(COUNTY, "grain-subsidy", "township", OFF, writer, AT)
    assert catalogue.put(COUNTY, "cropland-subsidy", "township", OWN, writer, AT)
    right = {("grain-subsidy", "township"): OFF, ("cropland-subsidy", "township"): OWN}
    assert catalogue.edits(GAODONG) == catalogue.edits(TOWN) == right
    assert catalogue.edits("510522000000") == {}
    said = catalogue.edited(COUNTY)["grain-subsidy", "township"]
    assert (said.edit, said.at) == (OFF, AT)
    assert said.who


def test_the_same_again_is_no_change_and_an_empty_edit_takes_it_back(writer):
    catalogue.put(COUNTY, "grain-subsidy", "township", OFF, writer, AT)
    assert not catalogue.put(COUNTY, "grain-subsidy", "township", OFF, writer, AT)
    assert catalogue.put(COUNTY, "grain-subsidy", "township", Edit(), writer, AT)
    assert catalogue.edits(COUNTY) == {}
    assert [entry.action for entry in ledger.newest(COUNTY[:6], 3)][:2] == ["catalogue.put", "catalogue.put"]
    assert proof.first_fault() is None


@pytest.mark.parametrize(("column", "value"), [("off_because", "别的理由"), ("office", "别的局"), ("note", "随便"), ("user_id", 1)])
def test_a_line_that_a_hand_changes_is_found(writer, column, value):
    catalogue.put(COUNTY, "grain-subsidy", "township", OFF, writer, AT)
    assert proof.first_fault() is None
    by_hand(f"UPDATE catalogue_line SET {column} = :value", value=value)  # noqa: S608
    assert "catalogue of 510521000000: grain-subsidy (township)" in proof.first_fault().where.en


def test_a_line_that_a_hand_deletes_is_found(writer):
    catalogue.put(COUNTY, "grain-subsidy", "township", OFF, writer, AT)
    by_hand("DELETE FROM catalogue_line")
    assert "grain-subsidy" in proof.first_fault().where.en
