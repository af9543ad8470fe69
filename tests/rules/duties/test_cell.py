"""A cell is in exactly one of five classes, by what settles it, its last day and whether it is owed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds, policies
from board.rules.duties import cell, duty, duty_period
from board.rules.duties.cell import Settlement

DUE = date(2026, 10, 10)
TOWN = "510521116000"
DAYS = st.dates(date(2026, 9, 1), date(2026, 11, 30))
SETTLEMENTS = st.builds(
    Settlement, st.sampled_from(["notice", "elsewhere", "paper", "none"]), st.text("ab", min_size=1, max_size=3), st.just(TOWN), DAYS,
    st.none() | DAYS,
)  # fmt: skip


def notice(day: date, due: date | None = DUE, sort: cell.SettledBy = "notice", source: str = "n1") -> Settlement:
    return Settlement(sort, source, TOWN, day, due)


@pytest.mark.parametrize(
    ("settled", "due", "today", "owed", "state"),
    [
        (None, DUE, DUE, True, "not_due"), (None, DUE, DUE + timedelta(1), True, "missing"), (None, None, date.max, True, "not_due"),
        (notice(DUE), DUE, date.max, True, "on_time"), (notice(DUE + timedelta(1)), DUE, date.max, True, "late"),
        (notice(DUE, None), None, date.max, True, "on_time"), (notice(DUE, None, "none"), DUE, date.max, True, "not_applicable"),
        (None, DUE, date.max, False, "not_applicable"), (notice(DUE + timedelta(1)), DUE, date.max, False, "not_applicable"),
    ],
)  # fmt: skip
def test_a_cell_is_in_the_class_that_its_day_says(settled, due, today, owed, state):
    assert cell.class_of(settled, due, today, owed=owed) == state


@given(st.none() | SETTLEMENTS, st.none() | DAYS, DAYS, st.booleans())
def test_every_cell_is_in_one_class_and_a_missing_one_never_becomes_not_due_again(settled, due, today, owed):
    now, later = (cell.class_of(settled, due, day, owed=owed) for day in (today, today + timedelta(7)))
    assert now in cell.CLASSES
    assert now == later or (now, later) == ("not_due", "missing")


@given(st.lists(SETTLEMENTS, max_size=6, unique_by=lambda one: one.source))
def test_the_earliest_publication_counts_and_that_there_is_none_only_without_one(found):
    first = cell.first(found)
    published = [one for one in found if one.sort != "none"]
    assert (first is None) == (found == [])
    if published:
        assert first in published
        assert first.day == min(one.day for one in published)
    assert cell.first(found[::-1]) == first, "in whatever order they come"


def test_that_there_is_no_such_item_is_never_late():
    assert not notice(date.max, DUE, "none").late


def test_the_last_day_is_so_long_after_the_period_or_the_last_of_its_window():
    one = policies.duties()["village_accounts"]
    within = duty.within(one, kinds.load()[one.kind], policies.period_rules(), TOWN)
    calendar = policies.holidays()
    assert cell.last_day(one, duty_period.parse("2026-q2"), within, calendar) == date(2026, 7, 10)
    text = 'id = "a"\nkind = "x"\nlevel = "village"\npublisher = "village"\nrhythm = "regular"\nevery = "year"\n'
    words = 'lead = { zh = "a", en = "a" }\nresponsible = { zh = "a", en = "a" }\nbasis = { zh = "a", en = "a" }\n'
    windowed = policies.read_duties(f'[[duties]]\n{text}{words}window = {{ first = "06-01", last = "09-30" }}\n')["a"]
    assert cell.last_day(windowed, duty_period.parse("2026"), within, calendar) == date(2026, 9, 30)


def test_of_two_last_days_the_earlier_holds():
    assert cell.earlier(DUE, DUE - timedelta(1)) == DUE - timedelta(1)
    assert cell.earlier(None, DUE) == DUE
    assert cell.earlier(None, None) is None
