"""Letters from the county to offices: sent once, answered, late for ever, and told by the ledger without a word of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.models import Directive, db
from board.store import cases, directives, ledger
from board.store.proof import notices as proof
from board.store.proof.county import COUNTY as SUBJECTS
from board.store.proof.subject import altered
from tests.store import asked
from tests.store.by_hand import by_hand
from tests.store.posted import AT, GAODONG, TOWN

COUNTY, DUE = "510521000000", date(2026, 11, 27)
URGED = directives.Words("urge", TOWN, "路灯的账没公开", "请在墙上公布。", DUE, "disclosure_47")


@pytest.fixture
def writer(person_id):
    """泸县's office for disclosure."""
    return person_id("luxian-disclosure")


def does(letter, act, user, text="", at=AT, **more):
    return directives.act(letter.home, letter.no, act, user, text, directives.messages(letter)[-1].no, at, **more)


def test_a_letter_is_answered_in_time_and_found_to_be_put_right(writer, clerk):
    letter = directives.write(COUNTY, URGED, writer, AT)
    assert directives.standing(TOWN[:9], AT.date()) == directives.Standing(1, 0, 0)
    does(letter, "reply", clerk, "贴上去了。", AT + timedelta(days=7))
    assert directives.standing(TOWN[:9], DUE + timedelta(days=9)) == directives.Standing(0, 0, 1)
    letter = does(letter, "accept", writer, at=AT + timedelta(days=8))

    assert (letter.state, letter.late) == ("closed", 0)
    assert [said.act for said in directives.messages(letter)] == ["send", "reply", "accept"]
    assert altered(SUBJECTS["directive"], COUNTY) == {}
    assert proof.first_fault() is None


def test_a_late_answer_stays_late_whatever_comes_after(writer, clerk):
    letter = directives.write(COUNTY, URGED, writer, AT)
    assert directives.standing("5105", DUE + timedelta(days=1)).overdue == 1
    letter = does(letter, "reply", clerk, "正在办。", AT + timedelta(days=10))
    assert letter.late == 3
    letter = does(letter, "send_back", writer, "还没有贴。", AT + timedelta(days=11), due=date(2026, 12, 8))
    assert (letter.state, letter.due) == ("sent", date(2026, 12, 8))
    does(letter, "reply", clerk, "贴好了。", AT + timedelta(days=12), version=None)
    letter = does(letter, "accept", writer, at=AT + timedelta(days=13))

    assert (letter.state, letter.late) == ("closed", 3)
    assert proof.first_fault() is None


def test_a_form_that_is_sent_again_makes_no_second_letter_and_no_second_answer(writer, clerk):
    letter = directives.write(COUNTY, URGED, writer, AT)
    assert directives.write(COUNTY, URGED, writer, AT + timedelta(minutes=1)).no == letter.no
    assert directives.write(COUNTY, replace(URGED, text="请今天公布。"), writer, AT).no == 2
    assert directives.write(COUNTY, URGED, writer, AT + timedelta(days=1)).no == 3

    directives.act(COUNTY, 1, "reply", clerk, "贴上去了。", 1, AT + timedelta(days=1))
    directives.act(COUNTY, 1, "reply", clerk, "贴上去了。", 1, AT + timedelta(days=1))
    assert len(directives.messages(letter)) == 2
    with pytest.raises(directives.MovedOn):
        directives.act(COUNTY, 1, "withdraw", writer, "写错了。", 1, AT)
    assert proof.first_fault() is None


def test_a_case_that_only_the_county_has_is_not_named_to_the_township(posted, writer):
    alone = asked.files(posted, "amount_wrong", home=COUNTY)
    with pytest.raises(directives.NotNamed):
        directives.write(COUNTY, replace(URGED, case=(alone.home, alone.id)), writer, AT)
    with pytest.raises(directives.NotNamed):
        directives.write(COUNTY, replace(URGED, case=(COUNTY, "0" * 12)), writer, AT)
    assert db.session.query(Directive).count() == 0

    own = asked.files(posted, "amount_wrong", key="b" * 32)
    letter = directives.write(COUNTY, replace(URGED, case=(own.home, own.id)), writer, AT)
    assert [one.no for one in directives.of_case(cases.one(own.home, own.id), TOWN[:9])] == [letter.no]
    assert directives.of_case(own, COUNTY) == []


def test_a_letter_about_a_notice_is_found_by_it_and_cites_its_version(posted, writer, clerk):
    letter = directives.write(COUNTY, replace(URGED, notice=(posted.home, posted.number)), writer, AT)
    does(letter, "reply", clerk, "更正了。", version=1)
    assert [one.no for one in directives.of_notice(posted.home, posted.number, TOWN[:9])] == [1]
    assert directives.of_notice(posted.home, posted.number, GAODONG) == []
    assert directives.messages(letter)[-1].version == 1
    assert proof.first_fault() is None


def test_open_letters_stand_first_due_first_and_done_ones_newest_first(writer, clerk):
    for no, (due, kind) in enumerate([(date(2026, 12, 4), "urge"), (DUE, "order"), (None, "remind")], 1):
        directives.write(COUNTY, replace(URGED, subject=f"第 {no} 件事", due=due, kind=kind), writer, AT + timedelta(minutes=no))
    assert [one.no for one in directives.listed("510521")] == [2, 1, 3]
    for no in (2, 1):
        directives.act(COUNTY, no, "withdraw", writer, "写错了。", 1, AT)
    directives.act(COUNTY, 3, "noted", clerk, "", 1, AT)

    assert directives.listed("510521") == []
    done = directives.listed("510521", done=True)
    assert [one.no for one in done] == [3, 2, 1]
    last = done[1]
    assert [one.no for one in directives.listed("510521", done=True, before=(last.made, last.home, last.no))] == [1]
    assert [(one.no, name) for one, name in directives.every("510521")] == [(1, "百和镇"), (2, "百和镇"), (3, "百和镇")]
    assert directives.every("510522") == []


def test_the_ledger_says_neither_the_words_nor_what_it_is_about(posted, writer, clerk):
    own = asked.files(posted, "amount_wrong")
    letter = directives.write(COUNTY, replace(URGED, case=(own.home, own.id)), writer, AT, looked_at=2)
    does(letter, "reply", clerk, "贴上去了。")
    written = str([entry.body for entry in ledger.entries(COUNTY) if entry.action.startswith("directive.")])

    assert not [word for word in (own.id, "路灯", "公布", "贴上") if word in written]
    assert "'looked_at': 2" in written


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("directive", "late", 0), ("directive", "due", "2027-01-01"), ("directive", "subject", "别的事"), ("directive", "state", "closed"),
        ("directive", "desk", "510521117000"), ("directive_message", "text", "别的话"), ("directive_message", "version", 7),
    ],
)  # fmt: skip
def test_a_letter_changed_behind_the_programs_back_is_found(writer, clerk, table, column, value):
    letter = directives.write(COUNTY, URGED, writer, AT)
    does(letter, "reply", clerk, "贴上去了。", AT + timedelta(days=10))
    by_hand(f'UPDATE {table} SET "{column}" = :value', value=value)  # noqa: S608

    assert list(altered(SUBJECTS["directive"], COUNTY)) == [(COUNTY, "1")]
    assert proof.first_fault().where.en == f"county's letter {COUNTY}/1"
