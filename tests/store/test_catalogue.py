"""A county's edition of the catalogue is kept with who changed it, in the log, and found when a hand changes it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.rules.calendar import day_of
from board.rules.duties.catalogue import Edit
from board.rules.duties.switches import Switched
from board.store import catalogue, duties, ledger
from board.store.proof import notices as proof
from tests.store.by_hand import by_hand
from tests.store.posted import AT, GAODONG, TOWN

COUNTY, DAY = "510521000000", day_of(AT)
OFF, OWN = Edit(off_because="县里没有这项资金"), Edit(office="各镇农业服务中心", note="每年 9 月底前")


@pytest.fixture
def writer(person_id):
    return person_id("luxian-disclosure")


def test_an_edit_holds_for_the_whole_county_and_says_who_and_when(writer):
    assert catalogue.put(COUNTY, "grain-subsidy", "township", OFF, writer, AT)
    assert catalogue.put(COUNTY, "cropland-subsidy", "township", OWN, writer, AT)
    right = {("grain-subsidy", "township"): OFF, ("cropland-subsidy", "township"): OWN}
    assert catalogue.edits(GAODONG, DAY) == catalogue.edits(TOWN, DAY) == right
    assert catalogue.edits("510522000000", DAY) == {}
    said = catalogue.edited(COUNTY, DAY)["grain-subsidy", "township"]
    assert (said.edit, said.at) == (OFF, AT)
    assert said.who


def test_the_same_again_is_no_change_and_an_empty_edit_takes_it_back(writer):
    catalogue.put(COUNTY, "grain-subsidy", "township", OFF, writer, AT)
    assert not catalogue.put(COUNTY, "grain-subsidy", "township", OFF, writer, AT)
    assert catalogue.put(COUNTY, "grain-subsidy", "township", Edit(), writer, AT)
    assert catalogue.edits(COUNTY, DAY) == {}
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


def test_what_is_switched_off_is_left_out_for_the_reason_of_that_act_and_listed_once_it_is_owed(writer):
    catalogue.put(COUNTY, "grain-subsidy", "township", OWN, writer, AT)
    duties.switch(COUNTY, "grain_subsidy", Switched(False, DAY, "县里没有这项资金"), writer, AT)
    said = catalogue.edited(COUNTY, DAY)["grain-subsidy", "township"]
    assert said.edit == Edit("县里没有这项资金", OWN.office, OWN.note)
    assert catalogue.edits(COUNTY, DAY - timedelta(1))["grain-subsidy", "township"] == OWN, "it was listed until then"

    duties.switch(COUNTY, "grain_subsidy", Switched(True, DAY + timedelta(1)), writer, AT)
    assert catalogue.edits(COUNTY, DAY + timedelta(1)) == {("grain-subsidy", "township"): OWN}


def test_an_earlier_reason_ends_where_a_duty_says_that_it_is_owed(writer):
    catalogue.put(COUNTY, "grain-subsidy", "township", OFF, writer, AT)
    assert catalogue.edits(COUNTY, DAY) == {("grain-subsidy", "township"): OFF}
    duties.switch(COUNTY, "grain_subsidy", Switched(True, DAY), writer, AT)
    assert catalogue.edits(COUNTY, DAY) == {}
