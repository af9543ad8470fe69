"""When a case is late, and how its clock stops."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board import policies
from board.rules import periods
from board.rules.cases import clock
from board.rules.cases.machine import ANSWERED, OPEN
from board.rules.period_rules import answer_by, answer_clock, answers_within

DUE = date(2026, 12, 5)


@pytest.mark.parametrize("state", OPEN)
def test_a_case_is_in_time_until_its_last_day_is_over(state):
    assert not clock.late(state, DUE, DUE)
    assert clock.late(state, DUE, DUE + timedelta(days=1))


@pytest.mark.parametrize("state", ANSWERED)
def test_an_answered_case_is_never_late(state):
    assert not clock.late(state, DUE, date(2027, 6, 1))


def test_days_late_are_counted_from_the_day_after_the_last():
    assert [clock.days_late(DUE, DUE + timedelta(days=n)) for n in (-3, 0, 1, 9)] == [0, 0, 1, 9]


CALENDAR, RULES, CATEGORIES = policies.holidays(), policies.period_rules(), policies.case_categories()
QUESTION, APPLICATION = CATEGORIES["amount_wrong"].clocks, CATEGORIES["application"].clocks
CLOCK = QUESTION.answer


@pytest.mark.parametrize(("silent", "added"), [(0, 0), (1, 1), (3, 3), (10, 10), (11, 10), (200, 10)])
def test_only_the_days_that_the_clock_stood_still_are_added(silent, added):
    asked = date(2026, 12, 1)
    assert clock.stopped(DUE, QUESTION.clearer, CALENDAR) == DUE + timedelta(days=10)
    assert clock.resumed(DUE, asked, asked + timedelta(days=silent), QUESTION.clearer, CALENDAR) == DUE + timedelta(days=added)


@pytest.mark.parametrize(("back", "due"), [
    ("2026-12-01", "2026-12-18"),  # the third party answered on the same day
    ("2026-12-07", "2026-12-24"),  # Monday: four working days later
    ("2026-12-22", "2027-01-11"), ("2027-02-01", "2027-01-11"),  # fifteen of them at most (条例 32), over New Year
])  # fmt: skip
def test_the_time_of_third_parties_is_not_counted_up_to_fifteen_working_days(back, due):
    held, asked = date(2026, 12, 18), date(2026, 12, 1)
    assert clock.resumed(held, asked, date.fromisoformat(back), APPLICATION.third, CALENDAR) == date.fromisoformat(due)
    assert clock.stopped(held, APPLICATION.third, CALENDAR) == date(2027, 1, 11)


def test_an_application_counts_from_when_both_confirmed_and_no_later_than_three_working_days():
    assert clock.counts_from(date(2026, 11, 27), APPLICATION, CALENDAR) == date(2026, 12, 2)
    assert clock.counts_from(date(2026, 11, 27), QUESTION, CALENDAR) == date(2026, 11, 27)


@pytest.mark.parametrize(("level", "code", "day"), [
    ("township", "510521116000", "2026-12-04"),  # five working days more
    ("village", "510521116004", "2026-12-02"),  # Sichuan's ten calendar days from the 22nd
    ("village", "370685001001", "2026-11-27"),  # Shandong's five days are over: no more
])  # fmt: skip
def test_no_extension_goes_beyond_the_law_of_the_place(level, code, day):
    given = clock.extended(date(2026, 11, 27), date(2026, 11, 22), QUESTION, RULES, level, code, CALENDAR)
    assert given == date.fromisoformat(day)


# ---- why that day

VILLAGE, TOWN = ("village", "510521116004"), ("township", "510521116000")


def told(asked: str, level: str, code: str) -> str:
    day = date.fromisoformat(asked)
    return clock.why(day, answer_clock(day, CLOCK, RULES, level, code, CALENDAR), CALENDAR).zh


@pytest.mark.parametrize(("asked", "where", "words"), [
    ("2026-09-29", TOWN, "五个工作日内答复。10月1–7日放假，10月10日上班，最晚10月12日。"),
    ("2026-09-29", VILLAGE, "《四川省村务公开条例》第十六条：十日内答复。10月1–7日放假，最晚10月9日。"),
    ("2026-11-23", TOWN, "五个工作日内答复。最晚11月30日。"),
    ("2026-09-29", ("village", "500101001001"), "三日内答复。10月1–7日放假，最晚10月8日。"),
    ("2027-03-01", TOWN, "（那年的放假安排还没公布，这一天是暂定的）。"),
])  # fmt: skip
def test_the_receipt_says_in_one_sentence_why_that_day(asked, where, words):
    assert told(asked, *where).endswith(words)


def test_it_says_so_in_english_too():
    day = date(2026, 9, 29)
    period = answer_clock(day, CLOCK, RULES, *TOWN, CALENDAR)
    told = clock.why(day, period, CALENDAR).en
    assert told.endswith("within 5 working days; days off until 7 October, work on 10 October, the last day is 12 October.")


@pytest.mark.parametrize(("level", "code"), [
    VILLAGE, TOWN, ("county", "510521000000"), ("village", "500101001001"), ("township", "500101001000"), ("village", "370685001001"),
    ("township", "370685001000"), ("village", "310115001001"), ("village", "440101001001"), ("township", "440101001000"),
])  # fmt: skip
def test_on_every_day_of_three_years_the_strictest_clock_wins_and_is_the_one_that_is_told(level, code):
    day = date(2024, 1, 1)
    while day.year < 2027:
        last = answer_by(day, CLOCK, RULES, level, code, CALENDAR)
        own = [periods.due(day, period, CALENDAR) for period in (CLOCK, *answers_within(RULES, level, code))]
        assert last == min(own) > day
        assert f"最晚{last.month}月{last.day}日" in told(day.isoformat(), level, code)
        day += timedelta(days=1)


@pytest.mark.parametrize("id", [one.id for one in CATEGORIES.values() if not one.clocks.by_area and one.clocks.answer.unit == "working"])
def test_on_every_day_of_three_years_an_application_and_a_letter_have_the_working_days_of_their_rule(id):
    clocks, day = CATEGORIES[id].clocks, date(2024, 1, 1)
    while day.year < 2027:
        since = clock.counts_from(day, clocks, CALENDAR)
        period = clock.answer_period(since, clocks, RULES, *VILLAGE, CALENDAR)
        last = periods.due(since, period, CALENDAR)
        working = [since + timedelta(days=n) for n in range(1, (last - since).days + 1)]
        assert period == clocks.answer, "no rule of a place shortens or lengthens it"
        assert (sum(map(CALENDAR.is_working, working)), CALENDAR.is_working(last)) == (clocks.answer.days, True)
        assert f"最晚{last.month}月{last.day}日" in clock.why(since, period, CALENDAR).zh
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "days", "told"),
    [
        ("asked", 10, "等村民补充，期限停着；他补充以后接着算。"),
        ("consulting", 21, "在征求第三方意见，这段时间不算在内。"),
        ("working", 7, "原来是12月5日，延过期，或者期限停过。"),
        ("received", -2, "转来的来件，最后一天不变。"),
    ],
)
def test_a_last_day_that_is_another_than_the_usual_says_why(state, days, told):
    assert clock.why_other(state, DUE + timedelta(days), DUE).zh == told
