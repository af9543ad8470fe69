"""Letters for everybody: written by one, approved by another as shown, with the writer's consent only, and proved by the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.models import PublicLetter, db
from board.store import approval, cases, ledger, letters, people
from board.store.letters import Wording
from board.store.proof import notices as proof
from board.store.proof.subject import altered
from board.store.proof.subjects import SUBJECTS
from tests.store.by_hand import by_hand
from tests.store.posted import AT, TOWN

LAMPS = Wording("路灯什么时候修", "街上的路灯坏了，什么时候修？", "本月二十五日前换好。")
COUNTY = "510521000000"


@pytest.fixture
def leader(app):
    """百和镇's leader."""
    return people.named("baihe-leader").id


def case(leader: int, consent: bool | None = True, key: str = "c" * 32, home: str = TOWN):
    """A letter that was answered."""
    asked = cases.Asked(home, None, "letter", "街上的路灯坏了两个月。", "", date(2026, 11, 27), home=home, consent=consent)
    id = cases.file(None, key, asked, AT).id
    return cases.act(home, id, "answer", leader, "已经派人去修。", 1, AT)


def drafted(one, leader: int, wording: Wording = LAMPS):
    return letters.draft(one.home, one.id, wording, leader, AT)


def test_a_letter_is_public_once_a_second_person_approved_it(leader, reviewer):
    letter = drafted(case(leader), leader)
    assert [approval.state(one) for one in approval.unpublished(letters.SORT, TOWN)] == ["waiting"]
    assert letters.published(TOWN) == []

    letters.approve(TOWN, 1, letters.digest(letter), reviewer, AT)
    assert [one.title for one in letters.published(TOWN)] == [LAMPS.title]
    assert approval.unpublished(letters.SORT, TOWN) == []
    assert proof.first_fault() is None


@pytest.mark.parametrize("consent", [False, None])
def test_without_consent_nothing_is_written_for_everybody(leader, consent):
    one = case(leader, consent)

    with pytest.raises(approval.NotPublishable):
        drafted(one, leader)
    assert db.session.query(PublicLetter).count() == 0


def test_a_consent_that_is_gone_when_it_is_approved_stops_it(leader, reviewer):
    one = case(leader)
    letter = drafted(one, leader)
    db.session.get_one(type(one), (TOWN, one.id)).consent = None
    db.session.commit()

    with pytest.raises(approval.NotPublishable):
        letters.approve(TOWN, 1, letters.digest(letter), reviewer, AT)
    assert letters.published(TOWN) == []


def test_a_letter_whose_writer_asks_again_waits_for_the_new_answer(leader, reviewer):
    one = case(leader)
    letter = drafted(one, leader)
    cases.say_more("c" * 32, "还是没有修好。", 2, AT)

    with pytest.raises(approval.NotPublishable):
        letters.approve(TOWN, 1, letters.digest(letter), reviewer, AT)
    cases.act(TOWN, one.id, "answer", leader, "今天修好了。", 3, AT)
    letters.approve(TOWN, 1, letters.digest(letter), reviewer, AT)
    assert len(letters.published(TOWN)) == 1


def test_nobody_approves_what_he_wrote(leader):
    letter = drafted(case(leader), leader)

    with pytest.raises(approval.OwnHand):
        letters.approve(TOWN, 1, letters.digest(letter), leader, AT)


def test_what_was_rewritten_since_it_was_shown_is_not_approved(leader, reviewer):
    one = case(leader)
    letter = drafted(one, leader)
    shown = letters.digest(letter)
    letters.send_back(TOWN, 1, shown, reviewer, AT, "请写明哪一天修好。")
    again = drafted(one, leader, Wording(LAMPS.title, LAMPS.question, "二十五日修好。"))
    assert (again.no, again.returned) == (1, None)

    for act in (letters.approve, letters.send_back):
        with pytest.raises(approval.NotShown):
            act(TOWN, 1, shown, reviewer, AT, *(["改一改。"] if act is letters.send_back else []))
    letters.approve(TOWN, 1, letters.digest(again), reviewer, AT)
    with pytest.raises(approval.NotShown):
        letters.approve(TOWN, 1, letters.digest(again), reviewer, AT)
    with pytest.raises(approval.NotShown):
        drafted(one, leader)
    assert proof.first_fault() is None


def test_a_withdrawn_letter_leaves_no_word_and_its_number_is_not_given_again(leader, reviewer):
    one = case(leader)
    letters.approve(TOWN, 1, letters.digest(drafted(one, leader)), reviewer, AT)
    assert letters.withdraw(TOWN, 1, reviewer, AT, "日子写错了。")
    assert not letters.withdraw(TOWN, 1, leader, AT, "又点了一次。")
    assert not letters.withdraw(TOWN, 9, leader, AT, "没有这一封。")

    gone = letters.find(TOWN, 1)
    assert (gone.title, gone.question, gone.answer, approval.state(gone)) == ("", "", "", "withdrawn")
    assert letters.of_case(one) is None
    assert drafted(one, leader).no == 2
    assert [entry.action for entry in ledger.entries(TOWN) if entry.action.startswith("letter.")] == [
        "letter.drafted", "letter.published", "letter.withdrawn", "letter.drafted",
    ]  # fmt: skip
    assert proof.first_fault() is None


@pytest.mark.parametrize("approved", [True, False], ids=["published", "waiting"])
def test_a_writer_who_no_longer_agrees_takes_his_letter_back_by_himself(leader, reviewer, approved):
    one = case(leader)
    letter = drafted(one, leader)
    if approved:
        letters.approve(TOWN, 1, letters.digest(letter), reviewer, AT)
    cases.take_back_consent("c" * 32, AT)
    cases.take_back_consent("c" * 32, AT)  # pressed twice

    gone = letters.find(TOWN, 1)
    assert (gone.title, gone.question, gone.answer, approval.state(gone)) == ("", "", "", "withdrawn")
    assert gone.withdrawn_because == ""
    assert cases.one(TOWN, one.id).consent is False
    assert [one.act for one in cases.messages(cases.one(TOWN, one.id))].count("retract") == 1
    last, letter_gone = list(ledger.entries(TOWN))[-2:]
    assert (last.action, last.actor, letter_gone.action, letter_gone.actor) == (
        "case.consent_taken_back", "villager", "letter.withdrawn", "clock",
    )  # fmt: skip
    with pytest.raises(approval.NotPublishable):
        drafted(one, leader)
    assert proof.first_fault() is None


def test_a_form_that_is_sent_again_does_not_agree_anew(leader):
    asked = cases.Asked(TOWN, None, "letter", "街上的路灯坏了两个月。", "", date(2026, 11, 27), home=TOWN, consent=True)
    id = cases.file(None, "e" * 32, asked, AT).id
    cases.take_back_consent("e" * 32, AT)

    assert cases.file(None, "e" * 32, asked, AT).consent is False
    assert cases.one(TOWN, id).state == "received"
    assert proof.first_fault() is None


def test_the_newest_approval_stands_first_and_pages_go_on_behind_the_last(leader, reviewer):
    for no in range(1, 6):
        drafted(case(leader, key=f"{no}" * 32), leader, Wording(f"第 {no} 件事", LAMPS.question, LAMPS.answer))
    for minute, no in enumerate((2, 1, 5, 4)):  # 3 waits
        letters.approve(TOWN, no, letters.digest(letters.find(TOWN, no)), reviewer, AT + timedelta(minutes=minute))
    letters.withdraw(TOWN, 5, reviewer, AT, "写错了。")

    assert [one.no for one in letters.published(TOWN)] == [4, 1, 2]
    assert [one.no for one in letters.published(TOWN, limit=1)] == [4]
    assert [one.no for one in letters.published(TOWN, after=4)] == [1, 2]
    assert [one.no for one in letters.published(TOWN, after=5)] == [1, 2]  # one that was withdrawn since keeps its place
    assert letters.published(COUNTY) == []


def test_the_ledger_says_neither_the_words_nor_whose_letter_it_was(leader, reviewer):
    one = case(leader)
    letter = drafted(one, leader)
    letters.send_back(TOWN, 1, letters.digest(letter), reviewer, AT, "请写明哪一天。")
    written = str([entry.body for entry in ledger.entries(TOWN) if entry.action.startswith("letter.")])

    assert not [word for word in (one.id, "路灯", "二十五", "写明") if word in written]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("answer", "已经修好了。"), ("approved_at", "2026-11-01 00:00:00"), ("returned", "退回"), ("withdrawn_because", "没有了"),
        ("case", "0" * 12),
    ],
)  # fmt: skip
def test_a_letter_changed_behind_the_programs_back_is_found(leader, reviewer, column, value):
    letters.approve(TOWN, 1, letters.digest(drafted(case(leader), leader)), reviewer, AT)
    assert altered(SUBJECTS["letter"], TOWN) == {}
    by_hand(f'UPDATE public_letter SET "{column}" = :value', value=value)  # noqa: S608

    assert list(altered(SUBJECTS["letter"], TOWN)) == [(TOWN, "1")]
    assert proof.first_fault().where.en == f"public letter {TOWN}/1"
