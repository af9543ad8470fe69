"""What each figure of an assessment counts, and what is in the middle of the townships."""

from __future__ import annotations

from datetime import date

from board.rules import assessment, quarters
from board.rules.assessment import FIGURES, OF, assessed
from board.rules.bilingual import Words
from board.rules.calendar import Calendar
from board.rules.display import Hung
from board.rules.kind import Period

TODAY = date(2026, 11, 22)


def test_each_state_is_counted_by_a_figure_of_its_own_source():
    for x, n in OF.items():
        assert FIGURES[x].source == FIGURES[n].source
        assert set(FIGURES[x].states) < set(FIGURES[n].states)


def test_figures_are_sums_of_states_and_the_days_are_those_in_the_middle():
    town = assessed({"on_time": 3, "late": 1, "missing": 2, "mended": 3}, [4, 30, 6])
    assert (town["on_time"], town["owed"], town["mended"], town["found"], town.days) == (3, 6, 3, 3, 6)
    assert not assessed({}).any
    assert assessed({}).days is None


def test_the_middle_of_a_share_leaves_out_who_owed_nothing_and_two_townships_are_the_least():
    towns = [assessed({"on_time": 1, "late": 1}), assessed({"on_time": 2}), assessed({"stopped": 4}), assessed({})]
    found = assessment.middle(towns)
    assert (found["on_time"], found["late"], found["stopped"]) == (75, 0, 0)
    assert "complete" not in found, "nobody posted anything"
    assert assessment.middle(towns[:1]) == {}


def test_a_village_counts_with_its_township_and_a_county_alone():
    assert [assessment.office(code) for code in ("510521116227", "510521116000", "510521000000")] == [
        "510521116000", "510521116000", "510521000000",
    ]  # fmt: skip


def test_a_display_is_long_enough_short_or_ended_early():
    shown, week = (date(2026, 8, 3), date(2026, 8, 10)), Period(7, "calendar", False, Words("", ""))

    def state(on, down=None, withdrawn=None):
        return assessment.display_state(shown, Hung(on, down), withdrawn, week, TODAY, Calendar({}, frozenset()))

    assert state(date(2026, 8, 1)) == "enough"
    assert state(date(2026, 8, 5), date(2026, 8, 12)) == "enough", "hung late, and then long enough"
    assert [state(None), state(date(2026, 8, 5), date(2026, 8, 10)), state(date(2026, 8, 1), date(2026, 8, 6))] == ["short"] * 3
    assert state(date(2026, 8, 1), withdrawn=date(2026, 8, 10)) == "early"
    assert state(date(2026, 8, 1), withdrawn=date(2026, 8, 11)) == "enough"


def test_the_quarter_shown_is_the_one_asked_for_unless_it_has_not_begun():
    closed = quarters.parse("2026-q3")
    assert assessment.quarter_of(None, closed, TODAY) == closed
    assert assessment.quarter_of(quarters.parse("2026-q4"), closed, TODAY) == quarters.parse("2026-q4")
    assert assessment.quarter_of(quarters.parse("2027-q1"), closed, TODAY) == closed
