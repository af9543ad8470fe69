"""Which cases may be tied to one cause, which are proposed, and what an asker reads of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import policies
from board.rules.cases.likeness import LEAST_OTHERS, Likened, alike, may_go_together, others_told, plain, proposed

CATEGORIES = policies.case_categories()
VILLAGE, TOWN, COUNTY = "510521116004", "510521116000", "510521000000"
MADE = datetime(2026, 11, 22, 2, tzinfo=UTC)
ONE = Likened(TOWN, "a1", TOWN, CATEGORIES["unclear"], TOWN, "377527858", VILLAGE, None, "每亩的钱是怎么定的？", MADE)


def like(id="b2", **other) -> Likened:
    category = CATEGORIES[other.pop("category", "unclear")]
    return replace(ONE, id=id, category=category, **other)


@pytest.mark.parametrize(("other", "may"), [
    ({}, True), ({"category": "amount_wrong", "row": 3}, True), ({"number": None, "publisher": None}, True), ({"place": COUNTY}, True),
    ({"desk": COUNTY}, False), ({"home": VILLAGE}, False), ({"category": "letter"}, False), ({"category": "household"}, False),
    ({"category": "application"}, False), ({"category": "correction"}, False),
])  # fmt: skip
def test_cases_of_different_readers_never_mix(other, may):
    assert may_go_together(ONE, like(**other)) is may_go_together(like(**other), ONE) is may


@pytest.mark.parametrize(("first", "second", "may"), [
    ({"row": 3}, {"row": 3}, True), ({"row": 3}, {"row": 4}, False), ({}, {}, False), ({"row": 3}, {"row": 3, "place": TOWN}, False),
    ({"row": 3}, {"row": 3, "number": "100000007"}, False),
])  # fmt: skip
def test_what_is_never_published_goes_only_with_the_same_about_the_same_row(first, second, may):
    assert may_go_together(like("c3", category="household", **first), like(category="household", **second)) is may
    assert not may_go_together(like("c3", category="household", row=3), like(category="correction", row=3))


def test_what_was_asked_of_the_county_alone_never_goes_with_what_a_township_reads():
    risen, own = like(desk=COUNTY), like("c3", desk=COUNTY, home=COUNTY)
    assert not may_go_together(risen, own)
    assert may_go_together(risen, like("d4", desk=COUNTY))


def test_letters_go_with_letters():
    assert may_go_together(like("c3", category="letter"), like(category="letter"))


def test_what_is_said_is_compared_without_marks_blanks_and_width():
    assert plain("每亩 的钱，是怎么定的?！\n") == plain("每亩的钱是怎么定的")
    assert plain("ＡＢ12") == "ab12"
    assert plain("？！") == ""


@pytest.mark.parametrize(("other", "is_alike"), [
    ({"text": "每亩的钱是怎么定的"}, True), ({"text": "每亩的钱怎么定的"}, False), ({"made": MADE + timedelta(hours=24)}, True),
    ({"made": MADE + timedelta(hours=25)}, False), ({"number": "100000007"}, False), ({"place": TOWN}, True), ({"home": VILLAGE}, False),
])  # fmt: skip
def test_the_same_words_on_one_notice_within_a_day_are_alike(other, is_alike):
    assert alike(ONE, like(**other)) is is_alike


def test_rows_of_two_villages_are_not_proposed_together():
    assert alike(like(row=3), like("c3", row=3))
    assert not alike(like(row=3), like("c3", row=3, place=TOWN)), "the same sentence of two households far apart"


def test_marks_alone_are_like_nothing_and_without_a_notice_the_place_counts():
    assert not alike(like("c3", text="？？？？"), like(text="？？？？"))
    bare = {"number": None, "publisher": None}
    assert alike(like("c3", **bare), like(**bare))
    assert not alike(like("c3", **bare), like(place=TOWN, **bare))


def test_groups_are_proposed_and_tied_ones_only_show_the_way():
    cases = [ONE, like(), like("c3", text="另一件事。"), like("d4", made=MADE + timedelta(days=3))]
    assert [[one.id for one in group] for group in proposed(cases, MADE)] == [["a1", "b2"]]
    assert proposed(cases, MADE + timedelta(seconds=1)) == []
    assert [one.id for one in proposed([replace(ONE, cause="x"), like()], MADE)[0]] == ["a1", "b2"]
    assert proposed([replace(ONE, cause="x"), like(cause="x")], MADE) == []
    assert proposed([replace(ONE, cause="x"), like(cause="y")], MADE) == []


@given(st.lists(st.tuples(st.sampled_from(["我家的数不对", "少了钱。", "少了钱"]), st.integers(0, 60), st.sampled_from(["", "", "x", "y"]),
                          st.sampled_from(["unclear", "household", "letter"])), max_size=12))  # fmt: skip
def test_no_proposal_mixes_what_must_not_be_mixed(drawn):
    cases = [
        like(f"{n}", text=text, made=MADE + timedelta(hours=hours), cause=cause, category=category)
        for n, (text, hours, cause, category) in enumerate(drawn)
    ]
    groups = proposed(cases, MADE)
    for group in groups:
        assert len({one.cause for one in group} - {""}) < 2
        assert group[-1].made - group[0].made <= timedelta(days=1)
        assert all(may_go_together(one, other) for one in group for other in group if one is not other)
    ids = [one.id for group in groups for one in group]
    assert len(ids) == len(set(ids))


def test_an_asker_reads_of_others_only_where_they_are_many_and_nobody_can_be_meant():
    four = [like(f"{n}", row=n) for n in range(10, 10 + LEAST_OTHERS)]
    assert others_told(ONE, four, "township") == others_told(replace(ONE, row=2), four, "village") == LEAST_OTHERS
    assert others_told(ONE, four[1:], "township") == 0, "in a village three are soon known"
    assert others_told(ONE, four, "county") == 0
    assert others_told(replace(ONE, row=11), four, "township") == 0, "somebody asks about his household"
    assert others_told(replace(ONE, category=CATEGORIES["household"]), four, "township") == 0
