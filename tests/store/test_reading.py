"""A county's reading points: kept with who said it, open or closed from a day, and where a notice lies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board.store import cache_versions, ledger, reading
from tests.store.posted import AT, GAODONG, TOWN
from tests.store.proof.faults import fault
from tests.store.reading import COUNTY, OTHER, brings, point, signed

TODAY = date(2026, 11, 22)


@pytest.fixture
def writer(person_id):
    return person_id("luxian-disclosure")


def _names(code, today=TODAY):
    return [one.name for one in reading.serving(code, today)]


def test_the_same_form_sent_twice_is_one_point_and_a_change_is_in_the_log(writer):
    first = point()
    assert (point(), point("泸县档案馆", sort="archive")) == (first, 2)
    said = reading.told(reading.one(COUNTY, first))
    assert reading.put(COUNTY, first, said, writer, AT) == first
    reading.put(COUNTY, first, replace(said, hours="每天"), writer, AT)
    assert reading.one(COUNTY, first).hours == "每天"
    assert [one.subject for one in ledger.entries(COUNTY) if one.action == "reading_point.put"] == ["1", "2", "1"]
    assert fault() == ""


def test_a_township_sees_its_own_and_the_countys_and_a_closed_one_is_gone(writer):
    point()
    point("百和镇便民服务中心", sort="service_station", serves=TOWN)
    point("老图书馆", closed_on=TODAY)
    assert _names(TOWN) == _names(GAODONG) == ["泸县图书馆", "百和镇便民服务中心"]
    assert _names(OTHER) == ["泸县图书馆"]
    assert _names(COUNTY) == ["泸县图书馆", "百和镇便民服务中心"]
    assert _names(COUNTY, date(2026, 11, 21))[-1] == "老图书馆"
    assert _names("510522104000") == []


def test_a_notice_lies_where_it_was_signed_for_since_that_day(posted, writer):
    no = point()
    made = brings(no)
    assert reading.lying(posted, TODAY) == []
    before = cache_versions.under(TOWN)
    signed(made)
    assert cache_versions.under(TOWN) > before
    assert [(one.point.name, one.version, one.since) for one in reading.lying(posted, TODAY)] == [("泸县图书馆", 1, date(2026, 11, 20))]

    before = cache_versions.under(TOWN)
    reading.put(COUNTY, no, replace(reading.told(reading.one(COUNTY, no)), closed_on=TODAY), writer, AT)
    assert cache_versions.under(TOWN) == before + 1, "the notice's page said where it lies"
    assert reading.lying(posted, TODAY) == []
