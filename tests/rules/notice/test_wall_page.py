"""The page of a wall: which notice is under which heading, and whom to call."""

from __future__ import annotations

from datetime import date

import pytest

from board.rules.notice.page import Page
from board.rules.notice.proposal import ProposedPart
from board.rules.notice.wall_page import Phone, WallEntry, nearest, phones, sections, told_withdrawn
from tests.rules.notice.test_page import GAODONG, TOWN, page

TODAY = date(2026, 11, 22)
CHAIN = [TOWN[:6] + "000000", TOWN, GAODONG]


def posted(kind: str = "cropland-subsidy", place: str = GAODONG, **more: object) -> Page:
    return page(kind, parts=[ProposedPart(place, 1, {"amount": "1"}, "")], totals={}, **more)


@pytest.mark.parametrize(
    ("one", "section"),
    [
        pytest.param(posted(), "now", id="a roster with a part for the place"),
        pytest.param(posted("village-finance", home=GAODONG), "now", id="the place's own notice"),
        pytest.param(posted("fund-allocation", place=TOWN), "above", id="money sent down"),
        pytest.param(posted(starts="2025-11-01", ends="2025-11-08"), "before", id="over"),
        pytest.param(posted(ends="2026-11-22"), "now", id="on its last day"),
    ],
)
def test_a_notice_has_one_place_on_the_page(one, section):
    found = sections([one], CHAIN, TODAY)
    years = [line for _year, lines in found.before for line in lines]
    assert {"now": found.now, "above": found.above, "before": years} == {
        name: [WallEntry(one, nearest(one, CHAIN))] if name == section else [] for name in ("now", "above", "before")
    }


def test_what_is_over_comes_by_year_the_newest_first():
    over = [posted(starts=f"{year}-01-01", ends=f"{year}-01-08") for year in (2024, 2026, 2025)]
    assert [year for year, _ in sections(over, CHAIN, TODAY).before] == [2026, 2025, 2024]


@pytest.mark.parametrize(("place", "found"), [(GAODONG, GAODONG), (TOWN, TOWN), ("510521116005", None)])
def test_the_nearest_part_is_the_places_own_or_that_of_an_area_around_it(place, found):
    assert nearest(posted(place=place), CHAIN) == found


def test_each_number_is_given_once_those_to_ask_before_those_to_complain():
    one = posted(facts={"objection_phone": "0830-1", "objection_person": "村会计", "report_phone": "12345"})
    other = posted(facts={"objection_phone": "0830-1", "report_phone": "0830-2"})
    lines = [WallEntry(one, None), WallEntry(other, None)]
    assert phones(lines) == [Phone("0830-1", "村会计", report=False), Phone("12345", "", report=True), Phone("0830-2", "", report=True)]


@pytest.mark.parametrize(
    ("ends", "taken_down", "told"),
    [
        ("2026-11-27", date(2026, 11, 20), True),
        ("2026-11-01", date(2026, 10, 23), True),  # 30 days after it was taken down
        ("2026-11-01", date(2026, 10, 22), False),
        ("2026-11-22", date(2026, 1, 1), True),  # until its own end
        ("2026-11-21", date(2026, 1, 1), False),
    ],
)
def test_a_notice_that_was_taken_down_keeps_a_line_while_its_paper_may_hang(ends, taken_down, told):
    assert told_withdrawn(posted(ends=ends), taken_down, TODAY) == told
