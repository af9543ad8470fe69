"""A list is read aloud where its names stand on the wall, and the minutes of a meeting state what can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from board import kinds, policies
from board.rules.notice import meeting
from board.rules.notice.meeting import OBJECTIONS, Held

FULL, MASKED, NONE = ({"wall": wall, "web": "masked"} for wall in ("full", "masked", "none"))
CROPLAND = kinds.load()["cropland-subsidy"]
HELD = Held(date(2026, 12, 1), 86, "陈明", 1, 4)


def page(rows: int = 4, kind=CROPLAND, whole: bool = False):
    return SimpleNamespace(kind=kind, sum_of=lambda _place: ({}, rows), whole=lambda _place: whole)


@pytest.mark.parametrize(
    ("about", "names", "minors", "why"),
    [
        (page(), FULL, 0, None),
        (page(), FULL, 3, None),
        (page(), FULL, 4, "minors"),
        (page(), MASKED, 0, "masked"),
        (page(), {"wall": "surname", "web": "surname"}, 0, "masked"),
        (page(), NONE, 0, "nameless"),
        (page(whole=True), FULL, 0, "nameless"),
        (page(kind=replace(CROPLAND, columns=())), FULL, 0, "nameless"),
        (page(kind=replace(CROPLAND, children=True)), FULL, 0, "children"),
        (page(3_001), FULL, 0, "long"),
        (page(3_000), FULL, 0, None),
    ],
)
def test_a_list_is_read_only_where_each_household_stands_by_name(about, names, minors, why):
    assert meeting.refusal(about, names, "510521116004", minors) == why


def test_every_kind_whose_names_are_covered_on_the_wall_is_refused():
    found = {
        kind.id: meeting.refusal(page(kind=kind), {"wall": policies.name_policy(kind.names).wall}, "510521116004", 0)
        for kind in kinds.load().values()
    }

    assert {id for id, why in found.items() if why is None} >= {"cropland-subsidy", "cropland-payout", "grain-subsidy"}
    assert found["social-assistance"] == "masked"
    assert found["village-finance"] == "nameless"


@pytest.mark.parametrize(
    ("stated", "wrong"),
    [
        ({}, {}),
        ({"on": None}, {"held": "no_day"}),
        ({"on": date(2026, 12, 3)}, {"held": "day_later"}),
        ({"on": date(2026, 11, 19)}, {"held": "day_earlier"}),
        ({"present": 0}, {"present": "present"}),
        ({"presider": ""}, {"presider": "presider"}),
        ({"first": 5}, {"rows": "rows"}),
        ({"first": 4, "last": 2}, {"rows": "rows"}),
        (
            {"on": None, "present": 0, "presider": "", "last": 0},
            {"held": "no_day", "present": "present", "presider": "presider", "rows": "rows"},
        ),
    ],
)
def test_all_that_is_wrong_with_what_was_stated_is_found_at_once(stated, wrong):
    assert meeting.faults(replace(HELD, **stated), date(2026, 11, 20), date(2026, 12, 2), [1, 2, 4]) == wrong


def test_rows_read_are_counted_by_their_numbers_which_may_have_gaps():
    assert meeting.rows_read([1, 2, 4, 7], 1, 7) == 4
    assert meeting.rows_read([1, 2, 4, 7], 2, 4) == 2


def test_each_thing_to_say_is_a_category_that_may_be_said_of_a_row():
    categories = policies.case_categories()
    assert all("row" in categories[one.category].about for one in OBJECTIONS.values())


@pytest.mark.parametrize(
    ("first", "publisher", "office"),
    [
        (("village", "township", "county"), "village", "village"), (("township", "county"), "village", "township"),
        (("township", "county"), "township", "township"), (("village",), "township", "county"), (("county",), "city", "county"),
    ],
)  # fmt: skip
def test_an_objection_goes_to_the_publisher_or_the_next_above_that_takes_it(first, publisher, office):
    assert meeting.office_level(first, publisher) == office
