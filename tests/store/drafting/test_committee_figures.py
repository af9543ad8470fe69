"""The figures of a committee's half-year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from board.rules.supervision import HalfYear
from board.store import cases, people
from board.store.cases import upkeep
from board.store.drafting import committee_figures

VILLAGE = "510521116227"
CAME = datetime(2026, 3, 2, 2, tzinfo=UTC)


def letter(key: str) -> cases.Asked:
    due = cases.due(VILLAGE, "supervision", CAME.date())
    return cases.file(None, key * 32, cases.Asked(VILLAGE, None, "supervision", "合同给大家看看。", "", due, home=VILLAGE), CAME)


def test_letters_are_counted_with_those_answered_in_time_and_those_that_rose(app):
    supervisor = people.named("jundaqiu-supervisor").id
    prompt, tardy, waiting = letter("1"), letter("2"), letter("3")
    cases.act(VILLAGE, prompt.id, "answer", supervisor, "看过了。", 1, CAME + timedelta(10))
    cases.act(VILLAGE, tardy.id, "answer", supervisor, "看过了。", 1, CAME + timedelta(11))
    assert upkeep.lead_up_late(CAME + timedelta(12)) == 1
    assert cases.one(VILLAGE, waiting.id).desk == "510521116000"
    found = committee_figures.figures(VILLAGE, HalfYear(2026, 1))
    assert (found.letters, found.answered, found.in_time, found.risen) == (3, 2, 1, 1)
    assert committee_figures.figures(VILLAGE, HalfYear(2026, 2)).letters == 0
