"""Filing, resending, answering and leading up cases, on both engines."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update

from board.models import Case, Message, Receipt, db
from board.rules import hash_chain
from board.rules.calendar import day_of
from board.rules.cases import machine
from board.store import cases, ledger, people
from board.store.engine import writing
from board.store.proof.subjects import SUBJECTS, altered
from tests.store.asked import ASKED, AT, COUNTY, DUE, KEY
from tests.store.posted import GAODONG, TOWN, post


@pytest.fixture
def person_id(app):
    return lambda username: people.named(username).id


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


def test_a_category_stays_once_the_office_is_on_it(case, posted, clerk):
    cases.act(TOWN, case.id, "work", clerk, "", 1, AT)
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


def test_an_answer_stops_the_clock_and_asking_on_starts_it_again(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了,已经更正。", 1, AT + timedelta(days=2))
    assert (case.state, case.answered) == ("answered", AT + timedelta(days=2))

    cases.say_more(KEY, "还是不对。", 2, AT + timedelta(days=3))
    assert (case.state, case.answered, case.due) == ("received", None, date(2026, 12, 2)), "five working days from the 25th"


def test_adding_to_a_waiting_case_gives_the_office_no_more_time(case):
    cases.say_more(KEY, "补充一句。", 1, AT)

    assert (case.state, case.due) == ("received", DUE)


def test_the_same_words_sent_twice_from_one_page_are_said_once(case):
    for _ in range(2):
        cases.say_more(KEY, "补充一句。", 1, AT)
    assert texts(case) == [ASKED.text, "补充一句。"]

    cases.say_more(KEY, "补充一句。", 2, AT)  # from a page that showed it already: he says it again
    assert texts(case) == [ASKED.text, "补充一句。", "补充一句。"]


def test_two_clerks_cannot_answer_over_each_other(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)

    with pytest.raises(cases.MovedOn):
        cases.act(TOWN, case.id, "answer", clerk, "没有查。", 1, AT)
    assert texts(case) == [ASKED.text, "查过了。"]


def test_a_villager_cannot_close_over_an_answer_that_he_has_not_seen(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)
    cases.act(TOWN, case.id, "answer", clerk, "刚才说错了。", 2, AT)

    with pytest.raises(cases.MovedOn):
        cases.close(KEY, 2, AT)
    assert cases.close(KEY, 3, AT).state == "closed"


def test_solved_pressed_twice_is_one_closing(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)
    for _ in range(2):
        cases.close(KEY, 2, AT)

    assert [action for _, action in actions()] == ["case.received", "case.answered", "case.closed"]


def test_a_case_without_an_answer_cannot_be_closed(case):
    with pytest.raises(cases.MovedOn):
        cases.close(KEY, 1, AT)


def test_opening_a_contact_is_logged_and_an_empty_one_is_not(posted, case, clerk):
    bare = cases.file(posted, "b" * 32, replace(ASKED, contact=""), AT)

    assert cases.open_contact(TOWN, case.id, clerk, AT) == ASKED.contact
    assert cases.open_contact(TOWN, bare.id, clerk, AT) == ""
    assert [one for one in actions() if "contact" in one[1]] == [("baihe-clerk", "case.contact_opened")]


def test_the_ledger_holds_no_word_contact_or_receipt_of_a_case(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)

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
def test_a_message_tampered_with_behind_the_programs_back_is_found(case, clerk, tampering):
    cases.act(TOWN, case.id, "answer", clerk, "该给您 46.80 元。", 1, AT)
    cases.close(KEY, 2, AT)
    assert altered(SUBJECTS["case"], TOWN) == {}

    with writing() as session:
        session.execute(tampering)
    assert altered(SUBJECTS["case"], TOWN) == {(TOWN, case.id): ["messages"]}


def test_a_refused_write_leaves_no_entry_in_the_ledger(case, clerk):
    with pytest.raises(cases.MovedOn):
        cases.act(TOWN, case.id, "answer", clerk, "查过了。", 99, AT)

    assert actions() == [("villager", "case.received")]
    assert texts(case) == [ASKED.text]


# ---- the ways up, back and on


def goes_up(case, clerk, at=AT):
    """Answer, and let the villager say that it solved nothing."""
    cases.act(case.home, case.id, "answer", clerk, "查过了，没有错。", cases.last_no(case), at)
    return cases.dispute(KEY, cases.last_no(case), "就是少了三分地。", at)


def test_not_solved_takes_the_case_to_the_county_with_all_that_was_said_and_a_new_day(case, clerk):
    goes_up(case, clerk, AT + timedelta(days=2))

    assert (case.home, case.desk, case.state, case.answered) == (TOWN, COUNTY, "received", None)
    assert (case.since, case.due) == (date(2026, 11, 24), date(2026, 12, 1))
    assert texts(case) == [ASKED.text, "查过了，没有错。", "就是少了三分地。"]
    assert actions()[-1] == ("villager", "case.disputed")
    assert altered(SUBJECTS["case"], TOWN) == {}


def test_a_form_that_is_sent_twice_does_it_once(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)
    for _ in range(2):
        cases.dispute(KEY, 2, "就是少了三分地。", AT)
        assert (case.desk, len(texts(case))) == (COUNTY, 3)
    for _ in range(2):
        assert cases.rate(KEY, 3, 1, AT).rating == 1
    assert [action for _, action in actions()][-2:] == ["case.disputed", "case.rated"]


def test_above_the_county_nobody_is_left_and_the_case_stays_unsolved(case, clerk, person_id):
    goes_up(case, clerk)
    cases.act(TOWN, case.id, "answer", person_id("luxian-clerk"), "县里也查了，没有错。", cases.last_no(case), AT)
    cases.dispute(KEY, cases.last_no(case), "", AT)

    assert (case.state, case.desk) == ("unsolved", COUNTY)
    assert altered(SUBJECTS["case"], TOWN) == {}


def test_who_answered_does_not_decide_it_again(case, clerk):
    goes_up(case, clerk)
    with pytest.raises(cases.Barred):
        cases.act(TOWN, case.id, "answer", clerk, "还是那句话。", cases.last_no(case), AT)


def test_after_thirty_days_an_answer_is_not_disputed_but_can_be_asked_on(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)
    with pytest.raises(cases.MovedOn):
        cases.dispute(KEY, 2, "", AT + timedelta(days=31))
    assert cases.say_more(KEY, "还是不对。", 2, AT + timedelta(days=31)).desk == TOWN


@pytest.mark.parametrize(("waits", "due"), [(3, DUE + timedelta(days=3)), (40, DUE + timedelta(days=10))])
def test_a_question_back_stops_the_clock_until_the_villager_answers_or_ten_days_are_over(case, clerk, waits, due):
    cases.act(TOWN, case.id, "ask_back", clerk, "是哪一块地？", 1, AT)
    assert (case.state, case.due) == ("asked", DUE + timedelta(days=10))

    cases.say_more(KEY, "河边那块。", 2, AT + timedelta(days=waits))
    assert (case.state, case.due, case.asked) == ("working", due, None)
    with pytest.raises(cases.MovedOn):
        cases.act(TOWN, case.id, "ask_back", clerk, "再问一次。", 3, AT)
    assert altered(SUBJECTS["case"], TOWN) == {}


def test_more_time_needs_the_reviewer_is_given_once_and_the_villager_reads_why(case, clerk, person_id):
    cases.act(TOWN, case.id, "extend", clerk, "要到现场量一次。", 1, AT)
    assert case.due == DUE
    cases.act(TOWN, case.id, "grant", person_id("baihe-reviewer"), "", 2, AT)

    assert case.due == date(2026, 12, 4), "five working days more"
    assert [(said.act, said.text) for said in cases.messages(case)][1:] == [("extend", "要到现场量一次。"), ("grant", "要到现场量一次。")]
    with pytest.raises(cases.MovedOn):
        cases.act(TOWN, case.id, "extend", clerk, "还要几天。", 3, AT)
    assert altered(SUBJECTS["case"], TOWN) == {}


def test_time_is_never_given_beyond_the_laws_own_last_day(case, clerk):
    case.since = date(2026, 11, 7)  # twenty calendar days before the day that was told: Sichuan's cap
    db.session.commit()
    with pytest.raises(cases.NoTime):
        cases.act(TOWN, case.id, "extend", clerk, "要到现场量一次。", 1, AT)


def test_a_forwarded_case_keeps_its_day(case, clerk):
    cases.act(TOWN, case.id, "forward", clerk, "这笔钱是县里发的。", 1, AT)

    assert (case.desk, case.state, case.due) == (COUNTY, "received", DUE)
    assert altered(SUBJECTS["case"], TOWN) == {}


def test_an_answer_is_rated_once(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)
    assert cases.rate(KEY, 2, 4, AT).rating == 4
    with pytest.raises(cases.MovedOn):
        cases.rate(KEY, 3, 1, AT)
    cases.act(TOWN, case.id, "answer", clerk, "刚才说错了。", 3, AT)
    assert case.rating is None, "the second answer has none yet"
    assert altered(SUBJECTS["case"], TOWN) == {}


ACTS = ["add", "dispute", "solve", "rate", "work", "ask_back", "forward", "extend", "grant", "refuse", "answer"]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_people_do_the_case_is_in_one_class_nothing_said_is_lost_and_it_replays(case, person_id, seed):
    chance, said, day = random.Random(seed), [ASKED.text], AT
    staff = [person_id(name) for name in ("baihe-clerk", "baihe-reviewer", "luxian-clerk")]
    for turn in range(25):
        act, day, text, seen = chance.choice(ACTS), day + timedelta(days=chance.randrange(9)), f"第{turn}句话。", cases.last_no(case)
        try:
            if act in ("work", "ask_back", "forward", "extend", "grant", "refuse", "answer"):
                words = text if act in ("ask_back", "forward", "extend", "answer") else ""
                cases.act(TOWN, case.id, act, chance.choice(staff), words, seen, day)
            elif act == "rate":
                cases.rate(KEY, seen, chance.choice([1, 2, 3, 4, 5]), day)
            elif act == "solve":
                cases.close(KEY, seen, day)
            else:
                words = text
                (cases.say_more if act == "add" else lambda key, text, seen, at: cases.dispute(key, seen, text, at))(KEY, text, seen, day)
            said += [text] if cases.messages(case)[-1].text == text else []
        except (cases.MovedOn, cases.Barred, cases.NoTime):
            continue
        told = [one.text for one in cases.messages(case) if one.text and one.act != "grant"]
        assert told == said
        answered = day_of(case.answered) if case.answered else None
        assert machine.class_of(case.state, case.due, answered, day_of(day)) in machine.CLASSES
        assert case.due >= case.since
    assert altered(SUBJECTS["case"], TOWN) == {}
