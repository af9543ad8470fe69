"""Filing cases, and sending the same form again, on both engines."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.models import Case, Message, Receipt, db
from board.rules.calendar import day_of
from board.store import cases, people
from tests.store.asked import ASKED, AT, COUNTY, KEY, actions, acts, does, files, replays, texts
from tests.store.posted import GAODONG, TOWN, post


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


# ---- what a form of another kind brings


def test_a_letter_that_was_put_right_has_the_days_of_what_it_now_is(posted):
    case = files(None, "suggestion")
    assert (case.since, case.due) == (date(2026, 11, 22), date(2026, 11, 27))

    files(None, "application", at=AT + timedelta(days=1))
    assert (case.category, case.since, case.due) == ("application", date(2026, 11, 25), cases.due(TOWN, "application", date(2026, 11, 22)))
    files(None, "suggestion", at=AT + timedelta(days=2))
    assert (case.category, case.since, case.due) == ("suggestion", date(2026, 11, 22), date(2026, 11, 27))
    assert replays(TOWN)


def test_a_category_stays_once_an_office_has_answered_although_the_case_waits_again(case, posted, clerk):
    does(case, "answer", clerk, "查过了。")
    cases.say_more(KEY, "还是不对。", 2, AT)
    cases.file(posted, KEY, replace(ASKED, category="unclear", text="哪一块地？"), AT)

    assert (case.category, case.state, texts(case)[-1]) == ("amount_wrong", "received", "哪一块地？")
    assert replays(TOWN)


def test_whether_it_may_be_published_is_as_it_was_pressed_last(posted):
    case = files(None, "letter", consent=True)
    files(None, "letter", consent=False, at=AT + timedelta(minutes=1))

    assert case.consent is False
    assert replays(TOWN)


@pytest.mark.parametrize(("was", "now"), [("suggestion", "letter"), ("letter", "suggestion")])
def test_what_is_written_to_the_leader_is_never_added_where_the_clerks_read_it_nor_the_other_way_round(posted, was, now):
    case = files(None, was, consent=True)
    with pytest.raises(cases.Taken):
        files(None, now, text="经办的人拖着不办。", consent=True)

    assert (case.category, texts(case)) == (was, [ASKED.text])


def test_what_is_written_for_another_office_is_another_case(case, posted):
    with pytest.raises(cases.Taken):
        files(posted, "amount_wrong", COUNTY, text="镇里不给查。")
    other = files(posted, "amount_wrong", COUNTY, "b" * 32, text="镇里不给查。")

    assert (other.home, other.desk, texts(case)) == (COUNTY, COUNTY, [ASKED.text])
    assert [action for _, action in actions(COUNTY)] == ["case.received"]
    assert len(actions(TOWN)) == 1
    assert replays(TOWN)
    assert replays(COUNTY)


def test_a_case_about_no_notice_belongs_to_the_office_asked(app):
    case = files(None, "suggestion", GAODONG, row=None)

    assert (case.home, case.desk, case.number, case.publisher, case.version) == (GAODONG, GAODONG, None, None, None)
    assert replays(GAODONG)


def test_an_application_counts_from_its_third_working_day_unless_it_is_confirmed_earlier(app):
    case = files(None, "application", row=None)

    assert (day_of(case.made), case.since) == (date(2026, 11, 22), date(2026, 11, 25))
    assert case.due == date(2026, 12, 23)
    assert replays(TOWN)


@pytest.mark.parametrize("source", ["call", "visit", "box"])
def test_what_was_said_by_mouth_says_how_it_came_and_who_wrote_it_down(posted, clerk, source):
    case = files(posted, "amount_wrong", writer=clerk, source=source)
    files(posted, "amount_wrong", writer=clerk, source=source, text="去年的也少了。")

    assert case.source == source
    assert [(said.side, said.act, said.who) for said in cases.messages(case)] == [
        ("villager", "ask", people.find(clerk).name), ("villager", "add", people.find(clerk).name),
    ]  # fmt: skip
    assert actions() == [("baihe-clerk", "case.received"), ("baihe-clerk", "case.added")]
    assert acts(case) == ["ask", "add"]
    assert replays(TOWN)
