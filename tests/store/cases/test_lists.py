"""Lists and figures of cases, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from board import policies
from board.store import cases
from board.store.cases import lists
from tests.store.asked import ASKED, AT, COUNTY, DUE, KEY
from tests.store.posted import TOWN

ALL = tuple(policies.case_categories())


def several(posted, count):
    return [cases.file(posted, f"{n:032}", replace(ASKED, due=DUE + timedelta(days=n % 3), row=None), AT) for n in range(count)]


def test_the_inbox_has_the_first_due_first_and_pages_without_gap_or_repeat(posted):
    made = {case.id for case in several(posted, 7)}
    seen, after = [], None
    while page := lists.inbox("510521116", ALL, after=after, limit=3):
        seen += [line.case for line in page]
        after = (seen[-1].due, seen[-1].home, seen[-1].id)

    assert {case.id for case in seen} == made
    assert len(seen) == 7
    assert [case.due for case in seen] == sorted(case.due for case in seen)


def test_answered_cases_page_too_the_last_due_first(posted, clerk):
    for case in several(posted, 5):
        cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)
    first = lists.inbox("510521116", ALL, done=True, limit=2)
    rest = lists.inbox("510521116", ALL, done=True, after=(first[-1].case.due, TOWN, first[-1].case.id))

    dues = [line.case.due for line in [*first, *rest]]
    assert dues == sorted(dues, reverse=True)
    assert len(dues) == 5


def test_a_list_names_the_notice_and_the_place(case):
    (line,) = lists.inbox(TOWN, ALL)

    assert (line.title, line.place) == ("百和镇2026年耕地地力保护补贴公示", "高洞社区")


def test_another_township_sees_nothing(case):
    assert lists.inbox("510521117", ALL) == []


def test_a_case_that_another_office_has_is_in_its_list_and_among_the_others_of_the_first(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)
    cases.dispute(KEY, 2, "", AT)

    assert [line.case.id for line in lists.inbox(COUNTY, ALL)] == [case.id]
    assert lists.inbox("510521116", ALL) == []
    assert [line.case.id for line in lists.inbox("510521116", ALL, done=True)] == [case.id]
