"""待批的公开话: a reviewer's list of what waits to be read by everybody: whole, of both sorts, a page at a time, one tap each."""

from __future__ import annotations

import pytest

from board.store import answers, approval, people
from board.store.answers import QuestionAnswer
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.everything import addresses, given, opens
from tests.web.writing import QUESTION, TITLE, drafts, writes
from tests.web.writing import answers as replies


@pytest.fixture
def says(posted):
    """百和镇's clerk wrote so many answers for everybody."""

    def says(count: int) -> None:
        for no in range(1, count + 1):
            answers.draft(posted, QuestionAnswer(f"第 {no} 个问题？", "答复在这里。"), None, people.named("baihe-clerk").id, AT)

    return says


def test_answers_and_letters_stand_on_one_list_and_are_approved_one_by_one(villager, leader, reviewer, posted, says):
    says(1)
    writes(villager)
    replies(leader)
    drafts(leader)
    page = reviewer.sees("/desk/approvals")
    assert "第 1 个问题？" in page.text
    assert QUESTION in page.text

    page = reviewer.submits(reviewer.submits(page, "通过"), "通过")
    assert "现在没有等您批的" in page.text
    assert "第 1 个问题？" in villager.sees(f"/n/{posted.number}").text
    assert TITLE in villager.sees(f"/a/{TOWN}/letters").text


def test_a_long_list_is_shown_a_page_at_a_time(reviewer, says):
    says(approval.PAGE + 1)
    page = reviewer.sees("/desk/approvals")
    assert page.text.count("答复在这里。") == approval.PAGE
    assert "后面还有，批完这些再看" in page.text
    page = reviewer.sees("/desk")
    assert page.text.count("答复在这里。") == 10
    assert "看后面的" in page.text


def test_nothing_that_waits_is_on_any_page_that_everybody_opens(villager, reviewer, posted):
    paths = addresses(given(posted), public=True)  # with an answer and a letter that wait
    found = opens(villager, paths)
    assert not [path for path, answer in found.items() if "按确权证算" in answer.body.decode(errors="ignore")]

    reviewer.submits("/desk/approvals", "通过")
    reviewer.submits("/desk/approvals", "通过")
    found = opens(villager, paths)
    shown = {path for path, answer in found.items() if "按确权证算" in answer.body.decode(errors="ignore")}
    assert {f"/n/{posted.number}", f"/n/{posted.number}/{GAODONG}"} <= shown


def test_nobody_elses_list_has_it(person, clerk, says):
    says(1)

    assert "待批的公开话" not in clerk.sees("/desk").text
    assert "现在没有等您批的" in person("zhaoyuan-reviewer").sees("/desk/approvals").text
    assert "现在没有等您批的" in person("luxian-reviewer").sees("/desk/approvals").text
