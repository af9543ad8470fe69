"""Answers half written: found again by who wrote them, by nobody else, and gone once the case has gone on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.models import AnswerDraft, db
from board.store import cases
from board.store.cases import answer_drafts
from tests.store.asked import AT, KEY, does, files, replays
from tests.store.posted import TOWN


@pytest.fixture
def colleague(person_id):
    return person_id("baihe-leader")


def begins(case, user, text="写了一半", outcome="", at=AT):
    return answer_drafts.save(case.home, case.id, user, text, outcome, cases.last_no(case), at)


def kept(case, user):
    own, _others = answer_drafts.of_case(case, user)
    return own and own.text


def test_who_wrote_finds_it_again_and_a_colleague_sees_only_that_he_writes(case, clerk, colleague):
    begins(case, clerk, "查过了，2 号", at=AT)
    begins(case, clerk, "查过了，2 号少算", outcome="", at=AT + timedelta(minutes=1))

    assert kept(case, clerk) == "查过了，2 号少算"
    own, others = answer_drafts.of_case(case, colleague)
    assert own is None
    assert [(one.name, one.at) for one in others] == [("陶立秋", AT + timedelta(minutes=1))]
    assert b"\xe6\x9f\xa5" not in db.session.query(AnswerDraft).one().text, "it is sealed"
    assert replays(TOWN), "it is no evidence, and moves none"


def test_an_emptied_box_keeps_nothing(case, clerk):
    begins(case, clerk)
    begins(case, clerk, "")
    assert db.session.query(AnswerDraft).count() == 0


@pytest.mark.parametrize(("act", "text"), [("answer", "查过了。"), ("forward", "不归我们管。")])
def test_with_the_answer_and_with_another_office_everybodys_are_gone(case, clerk, colleague, act, text):
    begins(case, clerk)
    begins(case, colleague)
    does(case, act, clerk, text)
    assert db.session.query(AnswerDraft).count() == 0


def test_what_is_asked_of_the_villager_ends_only_who_asked(case, clerk, colleague):
    begins(case, clerk)
    begins(case, colleague)
    does(case, "ask_back", clerk, "是哪一块地？")
    assert kept(case, clerk) is None
    assert kept(case, colleague) == "写了一半"


def test_more_time_the_villagers_words_and_our_work_leave_it(case, clerk):
    begins(case, clerk)
    does(case, "work", clerk)
    does(case, "extend", clerk, "要到现场量一次。")
    cases.say_more(KEY, "河边的那块。", cases.last_no(case), AT)
    assert kept(case, clerk) == "写了一半"


def test_not_solved_ends_what_the_first_office_had_begun_to_add(case, clerk):
    does(case, "answer", clerk, "查过了。")
    begins(case, clerk, "再补一句")
    cases.dispute(KEY, cases.last_no(case), "", AT)
    assert db.session.query(AnswerDraft).count() == 0


def test_what_comes_after_the_answer_went_out_is_not_kept(case, clerk):
    seen = cases.last_no(case)
    does(case, "answer", clerk, "查过了。")
    assert not answer_drafts.save(case.home, case.id, clerk, "查过了。", "", seen, AT)
    assert begins(case, clerk, "再补一句"), "on the newest page one may go on writing"


def test_what_the_villager_adds_meanwhile_does_not_keep_it_from_being_kept(case, clerk):
    seen = cases.last_no(case)
    cases.say_more(KEY, "河边的那块。", seen, AT)
    assert answer_drafts.save(case.home, case.id, clerk, "写了一半", "", seen, AT)


def test_after_thirty_days_it_is_deleted(posted, case, clerk):
    begins(case, clerk, at=AT)
    other = files(posted, "unclear", key="b" * 32)
    begins(other, clerk, at=AT + timedelta(days=9))

    assert answer_drafts.expire(AT + timedelta(days=30)) == 0
    assert answer_drafts.expire(AT + timedelta(days=31)) == 1
    assert kept(case, clerk) is None
    assert kept(other, clerk) == "写了一半"
