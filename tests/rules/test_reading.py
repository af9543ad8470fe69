"""What a county has to say of a reading point, which offices bring their notices there, and who may have signed for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board import policies
from board.rules import reading

COUNTY, TOWN, OTHER = "510521000000", "510521116000", "510521117000"
DAY, TODAY = date(2026, 11, 20), date(2026, 11, 22)
POINT = reading.Point("泸县图书馆", "library", "公开街2号", "周二到周日 9:00—17:00", "0830-0000002", COUNTY, True, True, DAY)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, None), ({"phone": ""}, None), ({"phone": "0830-0000002转8"}, None), ({"closed_on": TODAY}, None), ({"paper": False}, None),
        ({"name": "馆"}, "name"), ({"sort": "shop"}, "sort"), ({"address": ""}, "address"), ({"hours": " "[1:]}, "hours"),
        ({"phone": "问张老师"}, "phone"), ({"phone": "12"}, "phone"), ({"serves": OTHER}, "serves"),
        ({"paper": False, "file": False}, "takes"), ({"closed_on": date(2026, 11, 19)}, "closed"), ({"hours": "开" * 61}, "long"),
    ],
)  # fmt: skip
def test_the_first_thing_wrong_with_a_point_is_named(said, wrong):
    assert reading.fault(replace(POINT, **said), policies.reading_sorts(), {COUNTY, TOWN}) == wrong


@pytest.mark.parametrize(
    ("name", "day", "wrong"),
    [
        ("罗小暑", DAY, None), ("罗小暑", TODAY, None), ("罗", DAY, "name"),
        ("罗小暑13800138000", DAY, "personal"), ("罗小暑2", DAY, "personal"),
        ("罗小暑", None, "day"), ("罗小暑", date(2026, 11, 23), "future"), ("罗小暑", date(2026, 11, 19), "early"),
    ],
)  # fmt: skip
def test_a_list_is_signed_by_somebody_on_a_day_that_can_be(name, day, wrong):
    assert reading.sign_fault(name, day, DAY, TODAY) == wrong


def test_a_point_of_the_county_takes_from_every_office_and_a_townships_from_its_own():
    assert [reading.serves(COUNTY, COUNTY, office) for office in (COUNTY, TOWN, "510521116004")] == [True, True, True]
    assert [reading.serves(COUNTY, TOWN, office) for office in (TOWN, "510521116004", OTHER, COUNTY)] == [True, True, False, False]
    assert not reading.serves(COUNTY, COUNTY, "510522104000")


def test_a_point_is_closed_from_its_day_on():
    assert [reading.is_open(closed, TODAY) for closed in (None, date(2026, 11, 23), TODAY, DAY)] == [True, True, False, False]


def test_each_sort_ticks_the_reading_point_of_the_standard():
    assert {one.id for one in policies.reading_sorts().values() if "reading_room" in one.channels} == set(policies.reading_sorts())
