"""The last days of a case: when an office has to answer, why, and what more time it may be given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import current_app

from board import policies
from board.models import Case
from board.rules import periods
from board.rules.bilingual import Words
from board.rules.cases import clock
from board.rules.kind import Period
from board.rules.period_rules import PeriodRules
from board.store import areas, holidays


class NoTime(Exception):
    """There is no more time to give: the law's own last day is not later than the day that the villager was told."""


def due(desk: str, category: str, day: date) -> date:
    """Return the last day for an answer of an office to a case of this category received on ``day``; a case keeps the day that it got."""
    calendar = holidays.calendar()
    since = clock.counts_from(day, policies.case_categories()[category].clocks, calendar)
    return periods.due(since, answer_period(desk, category, since), calendar)


def answer_period(desk: str, category: str, since: date) -> Period:
    """Return the strictest period in which an office answers what counts from ``since``."""
    office, clocks = areas.get(desk), policies.case_categories()[category].clocks
    return clock.answer_period(since, clocks, _rules(), office.level, desk, holidays.calendar())


def _rules() -> PeriodRules:
    return policies.period_rules(current_app.config["ANSWERS_FILE"])


def why_due(desk: str, category: str, day: date) -> Words:
    """Return in one sentence why an office would have to answer what it got on ``day`` when it has to, before anything is sent."""
    calendar = holidays.calendar()
    since = clock.counts_from(day, policies.case_categories()[category].clocks, calendar)
    return clock.why(since, answer_period(desk, category, since), calendar)


def why(case: Case) -> Words | None:
    """Return why the office has to answer by the day that the villager was told; None once a stop or more time has moved it."""
    period, calendar = answer_period(case.desk, case.category, case.since), holidays.calendar()
    return clock.why(case.since, period, calendar) if periods.due(case.since, period, calendar) == case.due else None


def whys(listed: Sequence[Case]) -> dict[tuple[str, str], Words]:
    """Return (home, id) -> why each of these open cases is due when it is, with as many statements for many as for one."""
    calendar, rules, categories = holidays.calendar(), _rules(), policies.case_categories()
    desks = {area.code: area for area in areas.named({case.desk for case in listed})}

    def why_of(case: Case) -> Words:
        clocks, desk = categories[case.category].clocks, desks[case.desk]
        period = clock.answer_period(case.since, clocks, rules, desk.level, desk.code, calendar)
        usual = periods.due(case.since, period, calendar)
        if usual == case.due:
            return clock.why(case.since, period, calendar)
        if clocks.petition and periods.due(case.since, clocks.petition, calendar) == case.due:
            return clock.why(case.since, clocks.petition, calendar)
        return clock.why_other(case.state, case.due, usual)

    return {(case.home, case.id): why_of(case) for case in listed}


def extended_due(case: Case) -> date:
    """Return the last day for the answer if its office is given more time (while the clock stands still: that of the running clock).
    Raises NoTime where the law leaves none."""
    clocks, level, due = policies.case_categories()[case.category].clocks, areas.get(case.desk).level, case.held or case.due
    last = clock.extended(due, case.since, clocks, _rules(), level, case.desk, holidays.calendar())
    if last <= due:
        raise NoTime
    return last


def reply_by(case: Case) -> date | None:
    """Return until when the clock stands still for what the villager is asked; None when he is asked for nothing."""
    clearer = policies.case_categories()[case.category].clocks.clearer
    return clock.stopped(case.asked, clearer, holidays.calendar()) if case.state == "asked" and case.asked else None


def petition_due(case: Case) -> date:
    """Return until when the writer of a letter that is a petition is told whether it is taken up: counted from when it came, or came
    again, to the office."""
    petition = policies.case_categories()[case.category].clocks.petition
    assert petition
    return periods.due(case.since, petition, holidays.calendar())
