"""Filing, resending, answering and counting cases, on both engines."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from board.models import Case, Message, Receipt, db
from board.rules import hash_chain
from board.store import cases, ledger, people
from board.store.engine import writing
from board.store.proof.subjects import SUBJECTS, altered
from tests.store.posted import GAODONG, TOWN, post

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
DUE = date(2026, 11, 27)
ASKED = cases.Asked(GAODONG, 2, "amount_wrong", "我家是两亩三分,只算了两亩。", "13800138000 李四", DUE)
KEY = "a" * 32


@pytest.fixture
def case(posted):
    return cases.file(posted, KEY, ASKED, AT)


@pytest.fixture
def clerk_id(app):
    return people.named("baihe-clerk").id


def actions():
    return [(entry.actor, entry.action) for entry in ledger.entries(TOWN) if entry.action.startswith("case.")]


def texts(case):
    return [said.text for said in cases.messages(case)]


def test_a_case_belongs_to_the_desk_that_published(case, posted):
    assert (case.home, case.number, case.place, case.row, case.version, case.state) == (TOWN, posted.number, GAODONG, 2, 1, "received")


def test_a_resend_finds_the_case_and_makes_no_second(case, posted):
    again = cases.file(posted, KEY, ASKED, AT + timedelta(minutes=5))

    assert again.id == case.id
    assert len(texts(case)) == db.session.query(Case).count() == db.session.query(Receipt).count() == 1
    assert actions() == [("villager", "case.received")]


def test_what_is_written_before_a_resend_is_added(case, posted):
    cases.file(posted, KEY, replace(ASKED, text="还有去年的也少了。"), AT + timedelta(minutes=5))

    assert texts(case) == [ASKED.text, "还有去年的也少了。"]
    assert actions()[1:] == [("villager", "case.added")]


def test_a_category_pressed_by_mistake_can_be_put_right_before_anybody_looked(case, posted):
    cases.file(posted, KEY, replace(ASKED, category="unclear"), AT)

    assert (case.category, texts(case)) == ("unclear", [ASKED.text])


def test_a_category_stays_once_the_office_is_on_it(case, posted, clerk_id):
    cases.take_up(TOWN, case.id, clerk_id, 1, AT)
    cases.file(posted, KEY, replace(ASKED, category="unclear"), AT)

    assert case.category == "amount_wrong"


def test_a_contact_added_on_a_resend_is_kept_sealed(case, posted):
    cases.file(posted, KEY, replace(ASKED, contact="0830-8190000"), AT)

    assert cases.contact(case) == "0830-8190000"
    assert b"8190000" not in case.contact


def test_two_processes_at_once_make_one_case(app, posted):
    start, found = threading.Barrier(4), []

    def sends():
        with app.app_context():
            from board.store import notices

            mine = notices.find(number)
            start.wait()
            found.append(cases.file(mine, KEY, ASKED, AT).id)

    number = posted.number
    db.session.rollback()
    threads = [threading.Thread(target=sends) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 4
    assert len(set(found)) == db.session.query(Case).count() == db.session.query(Message).count() == 1
    assert actions() == [("villager", "case.received")]


def test_a_receipt_that_another_notices_case_has_is_refused(case):
    with pytest.raises(cases.Taken):
        cases.file(post(), KEY, ASKED, AT)

    assert texts(case) == [ASKED.text]


def test_an_answer_stops_the_clock_and_asking_on_starts_it_again(case, clerk_id):
    cases.answer(TOWN, case.id, clerk_id, "查过了,已经更正。", 1, AT + timedelta(days=2))
    assert (case.state, case.answered) == ("answered", AT + timedelta(days=2))

    cases.say_more(KEY, "还是不对。", 2, DUE + timedelta(days=7), AT + timedelta(days=3))
    assert (case.state, case.answered, case.due) == ("received", None, DUE + timedelta(days=7))


def test_adding_to_a_waiting_case_gives_the_office_no_more_time(case):
    cases.say_more(KEY, "补充一句。", 1, DUE + timedelta(days=7), AT)

    assert (case.state, case.due) == ("received", DUE)


def test_the_same_words_sent_twice_from_one_page_are_said_once(case):
    for _ in range(2):
        cases.say_more(KEY, "补充一句。", 1, DUE, AT)
    assert texts(case) == [ASKED.text, "补充一句。"]

    cases.say_more(KEY, "补充一句。", 2, DUE, AT)  # from a page that showed it already: he says it again
    assert texts(case) == [ASKED.text, "补充一句。", "补充一句。"]


def test_two_clerks_cannot_answer_over_each_other(case, clerk_id):
    cases.answer(TOWN, case.id, clerk_id, "查过了。", 1, AT)

    with pytest.raises(cases.MovedOn):
        cases.answer(TOWN, case.id, clerk_id, "没有查。", 1, AT)
    assert texts(case) == [ASKED.text, "查过了。"]


def test_a_villager_cannot_close_over_an_answer_that_he_has_not_seen(case, clerk_id):
    cases.answer(TOWN, case.id, clerk_id, "查过了。", 1, AT)
    cases.answer(TOWN, case.id, clerk_id, "刚才说错了。", 2, AT)

    with pytest.raises(cases.MovedOn):
        cases.close(KEY, 2, AT)
    assert cases.close(KEY, 3, AT).state == "closed"


def test_solved_pressed_twice_is_one_closing(case, clerk_id):
    cases.answer(TOWN, case.id, clerk_id, "查过了。", 1, AT)
    for _ in range(2):
        cases.close(KEY, 2, AT)

    assert [action for _, action in actions()] == ["case.received", "case.answered", "case.closed"]


def test_a_case_without_an_answer_cannot_be_closed(case):
    with pytest.raises(cases.MovedOn):
        cases.close(KEY, 1, AT)


def test_opening_a_contact_is_logged_and_an_empty_one_is_not(posted, case, clerk_id):
    bare = cases.file(posted, "b" * 32, replace(ASKED, contact=""), AT)

    assert cases.open_contact(TOWN, case.id, clerk_id, AT) == ASKED.contact
    assert cases.open_contact(TOWN, bare.id, clerk_id, AT) == ""
    assert [one for one in actions() if "contact" in one[1]] == [("baihe-clerk", "case.contact_opened")]


def test_the_ledger_holds_no_word_contact_or_receipt_of_a_case(case, clerk_id):
    cases.answer(TOWN, case.id, clerk_id, "查过了。", 1, AT)

    said = [str(entry) for entry in ledger.entries(TOWN) if entry.action.startswith("case.")]
    assert not [line for line in said for secret in ("两亩", "13800138000", "李四", "查过", KEY) if secret in line]
    assert hash_chain.first_broken(ledger.entries(TOWN)) is None


@pytest.mark.parametrize(
    "tampering",
    [
        update(Message).where(Message.no == 2).values(text="不该给。"),
        delete(Message).where(Message.no == 2),
        update(Message).where(Message.no == 2).values(no=7),
    ],
    ids=["changed", "taken out", "moved"],
)
def test_a_message_tampered_with_behind_the_programs_back_is_found(case, clerk_id, tampering):
    cases.answer(TOWN, case.id, clerk_id, "该给您 46.80 元。", 1, AT)
    cases.close(KEY, 2, AT)
    assert altered(SUBJECTS["case"], TOWN) == {}

    with writing() as session:
        session.execute(tampering)
    assert altered(SUBJECTS["case"], TOWN) == {(TOWN, case.id): ["messages"]}


def test_a_refused_write_leaves_no_entry_in_the_ledger(case, clerk_id):
    with pytest.raises(cases.MovedOn):
        cases.answer(TOWN, case.id, clerk_id, "查过了。", 99, AT)

    assert actions() == [("villager", "case.received")]
    assert texts(case) == [ASKED.text]


def several(posted, count):
    return [cases.file(posted, f"{n:032}", replace(ASKED, due=DUE + timedelta(days=n % 3), row=None), AT) for n in range(count)]


def test_the_inbox_has_the_first_due_first_and_pages_without_gap_or_repeat(posted):
    made = {case.id for case in several(posted, 7)}
    seen, after = [], None
    while page := cases.inbox("510521116", after=after, limit=3):
        seen += [line.case for line in page]
        after = (seen[-1].due, seen[-1].home, seen[-1].id)

    assert {case.id for case in seen} == made
    assert len(seen) == 7
    assert [case.due for case in seen] == sorted(case.due for case in seen)


def test_answered_cases_page_too_the_last_due_first(posted, clerk_id):
    for case in several(posted, 5):
        cases.answer(TOWN, case.id, clerk_id, "查过了。", 1, AT)
    first = cases.inbox("510521116", done=True, limit=2)
    rest = cases.inbox("510521116", done=True, after=(first[-1].case.due, TOWN, first[-1].case.id))

    dues = [line.case.due for line in [*first, *rest]]
    assert dues == sorted(dues, reverse=True)
    assert len(dues) == 5


def test_a_list_names_the_notice_and_the_place(case):
    (line,) = cases.inbox(TOWN)

    assert (line.title, line.place) == ("百和镇2026年耕地地力保护补贴公示", "高洞社区")


def test_another_township_sees_nothing(case):
    assert cases.inbox("510521117") == []


def test_the_figures_are_those_of_the_lists(posted, clerk_id):
    made = several(posted, 6)
    for case in made[:2]:
        cases.answer(TOWN, case.id, clerk_id, "查过了。", 1, AT)
    cases.close(f"{0:032}", 2, AT)
    today = DUE + timedelta(days=1)

    (counts,) = cases.counts("510521", today)
    assert counts == cases.Counts(TOWN, waiting=4, late=len(cases.late("510521", today)), answered=2, closed=1)
    assert counts.late == 1
    assert counts.waiting == len(cases.inbox("510521")) == cases.waiting("510521")
