"""What leaves as data: the rows of one version, sums by place, and the lists of feeds and of the sitemap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.models import db
from board.store import notices, open_data
from tests.store.corrected import TWO_AND_ONE, correct
from tests.store.posted import AT, GAODONG, NEXT, TOWN, post

LATER = AT + timedelta(days=3)


def names(posted, place=None):
    return [(row.place, row.no, row.shown_name) for row in open_data.rows(posted, place)]


def test_rows_come_by_place_and_number_however_many_are_read_at_a_time(posted, monkeypatch):
    monkeypatch.setattr(open_data, "AT_ONCE", 2)

    assert [(place, no) for place, no, _name in names(posted)] == [(GAODONG, 1), (GAODONG, 2), (GAODONG, 3), (GAODONG, 4), (NEXT, 1)]
    assert names(posted, NEXT) == [(NEXT, 1, "钱*")]


def test_rows_are_those_of_the_version_that_was_asked_for(posted):
    before = names(posted)
    db.session.expunge_all()  # the notice as it was read before the correction
    now = correct(posted, TWO_AND_ONE, at=LATER)

    assert names(posted) == before
    assert [no for place, no, _name in names(now) if place == GAODONG] == [1, 3, 4]


@pytest.mark.parametrize(
    ("prefix", "year", "found"),
    [("510521", None, 2), (GAODONG, None, 1), ("510522", None, 0), ("510521", 2026, 2), ("510521", 2025, 0)],
)
def test_parts_are_those_of_the_prefix_and_of_the_year(posted, prefix, year, found):
    assert len(list(open_data.parts(prefix, year))) == found


def test_a_part_says_its_day_its_rows_and_its_totals_until_the_notice_is_taken_down(posted, reviewer):
    assert list(open_data.parts(NEXT)) == [
        (date(2026, 11, 20), "cropland-subsidy", posted.number, 1, {"area": "5", "amount": "468.00"}, False)
    ]
    notices.take_down(posted, reviewer, "数算错了", LATER)

    assert list(open_data.parts(NEXT)) == []


def test_the_feed_has_the_last_change_first_and_what_was_taken_down_too(posted, reviewer):
    second = post("grain-subsidy")
    assert {one.number for one in open_data.lately([GAODONG], GAODONG, 5)} == {posted.number, second.number}
    notices.take_down(posted, reviewer, "数算错了", LATER)

    assert [one.number for one in open_data.lately([GAODONG], GAODONG, 5)] == [posted.number, second.number]
    assert [one.number for one in open_data.lately([GAODONG], GAODONG, 1)] == [posted.number]
    assert open_data.lately(["510521117001"], "510521117001", 5) == []


def test_the_sitemap_lists_what_stands(posted, reviewer):
    assert open_data.listed("notices", 0, 5) == [(posted.number, posted.version.posted_at)]
    assert open_data.listed("areas", 0, 1)[0][1] is None
    assert open_data.count("areas") > 1_000
    notices.take_down(posted, reviewer, "数算错了", LATER)

    assert (open_data.count("notices"), open_data.listed("notices", 0, 5)) == (0, [])
    assert TOWN in [code for code, _day in open_data.listed("areas", 0, open_data.count("areas"))]
