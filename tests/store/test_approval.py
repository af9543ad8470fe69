"""What answers and letters for everybody have in common: who sees what waits, and how the ledger tells what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.store import answers, approval, letters
from board.store.answers import QuestionAnswer
from tests.store.posted import AT, TOWN

SAID = QuestionAnswer("新开的荒地算不算面积？", "不算。按确权证上的面积算。")


def entry(action, **body):
    return type("Entry", (), {"action": action, "actor": "somebody", "at": "2026-11-22T02:00:00+00:00", "subject": "1", "body": body})


def replayed(*entries):
    return approval.replayed(entries, lambda one: (one.subject,))["1",]


def test_what_waits_is_listed_oldest_first_and_not_more_than_a_page(posted, clerk):
    for no in range(1, 4):
        answers.draft(posted, QuestionAnswer(f"第{no}块荒地算不算面积？", SAID.answer), None, clerk, AT - timedelta(minutes=no))

    assert [one.no for one in approval.unpublished(answers.SORT, TOWN)] == [3, 2, 1]
    assert [one.no for one in approval.unpublished(answers.SORT, TOWN, limit=2)] == [3, 2]
    assert approval.unpublished(answers.SORT, TOWN, returned=True) == []
    assert approval.unpublished(answers.SORT, "510522") == []
    assert approval.unpublished(letters.SORT, TOWN) == []


def test_what_was_withdrawn_before_anybody_approved_it_waits_no_longer(posted, clerk, reviewer):
    one = answers.draft(posted, SAID, None, clerk, AT)
    shown = answers.shown(one)
    approval.withdraw(answers.SORT, (TOWN, posted.number, 1), clerk, AT, "不用了。")

    assert approval.unpublished(answers.SORT, TOWN) == []
    with pytest.raises(approval.NotShown):
        approval.approve(answers.SORT, (TOWN, posted.number, 1), shown, reviewer, AT)


def test_one_person_s_answer_from_before_is_a_draft_until_a_second_one_approves_it():
    before = entry("answer.published", words="w", place="")
    assert (replayed(before)["drafted"], replayed(before)["approved"]) == (("somebody", before.at), None)
    assert replayed(before, before)["approved"] == ("somebody", before.at)


def test_a_withdrawal_from_before_has_no_reason():
    assert replayed(entry("answer.published", words="w"), entry("answer.withdrawn"))["reason"] == ""
    assert replayed(entry("letter.drafted", words="w"), entry("letter.withdrawn", reason="写错了。"))["reason"] == "写错了。"


def test_what_is_rewritten_has_no_reason_to_be_sent_back_any_more():
    twice = (entry("letter.drafted", words="w"), entry("letter.returned", reason="r"), entry("letter.drafted", words="v"))
    assert (replayed(*twice[:2])["returned"], replayed(*twice)["returned"], replayed(*twice)["words"]) == ("r", "", "v")
