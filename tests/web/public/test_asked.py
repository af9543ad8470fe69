"""What was answered for everybody about a village's notices: newest first, its own and that of the whole notice, approved only."""

from __future__ import annotations

from datetime import timedelta

from board.store import answers, people
from board.store.answers import QuestionAnswer
from board.web.public import asked
from board.web.public.posted_pages import page_of
from tests.store.approved import tells_everybody
from tests.store.posted import AT, GAODONG, NEXT


def test_the_newest_stands_first_and_another_villages_not_at_all(app, posted):
    clerk, reviewer = people.named("baihe-clerk").id, people.named("baihe-reviewer").id
    for minute, (no, place) in enumerate(((1, GAODONG), (2, ""), (3, NEXT), (4, GAODONG))):
        one = answers.draft(posted, QuestionAnswer(f"第 {no} 个问题？", "答复在这里。", place), None, clerk, AT)
        at = AT + timedelta(minutes=9 if no == 1 else minute)
        answers.approve(one.home, one.number, one.no, answers.shown(one), reviewer, at)
    answers.draft(posted, QuestionAnswer("还没有批的问题？", "等一等。"), None, clerk, AT)
    page = page_of(posted)

    assert [one.answer.no for one in asked.of_notices([(page, GAODONG)])] == [1, 4, 2]
    assert [one.answer.no for one in asked.of_notices([(page, None)])] == [1, 4, 3, 2]
    assert asked.of_notices([]) == []


def test_what_is_printed_names_the_notice_its_number_and_the_day(app, posted):
    tells_everybody(posted, QuestionAnswer("什么时候发？", "下月十号前。"))
    (one,) = asked.printed(asked.of_notices([(page_of(posted), None)]))

    assert (one.question, one.answer, one.notice) == ("什么时候发？", "下月十号前。", posted.version.title)
    assert one.number.replace(" ", "") == posted.number
    assert one.day == "2026年11月20日"  # the day of the approval
