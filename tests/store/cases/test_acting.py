"""What offices and villagers do with a case, act by act, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.store import cases
from tests.store.asked import ASKED, AT, COUNTY, DUE, KEY, actions, acts, does, files, replays, texts
from tests.store.posted import GAODONG, TOWN


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
    assert replays(TOWN)


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
    assert replays(TOWN)


def test_who_answered_does_not_decide_it_again(case, clerk):
    goes_up(case, clerk)
    with pytest.raises(cases.Barred):
        cases.act(TOWN, case.id, "answer", clerk, "还是那句话。", cases.last_no(case), AT)


def test_after_thirty_days_an_answer_is_not_disputed_but_can_be_asked_on(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)
    with pytest.raises(cases.MovedOn):
        cases.dispute(KEY, 2, "", AT + timedelta(days=31))
    assert cases.say_more(KEY, "还是不对。", 2, AT + timedelta(days=31)).desk == TOWN


def test_an_answer_is_rated_once(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)
    assert cases.rate(KEY, 2, 4, AT).rating == 4
    with pytest.raises(cases.MovedOn):
        cases.rate(KEY, 3, 1, AT)
    cases.act(TOWN, case.id, "answer", clerk, "刚才说错了。", 3, AT)
    assert case.rating is None, "the second answer has none yet"
    assert replays(TOWN)


def test_words_typed_after_not_solved_was_pressed_are_not_lost_when_it_is_pressed_again(case, clerk, person_id):
    does(case, "answer", clerk, "查过了。")
    cases.dispute(KEY, 2, "", AT)
    cases.dispute(KEY, 2, "就是少了三分地。", AT)  # he went back, and wrote what is missing
    assert (case.desk, texts(case)[-1]) == (COUNTY, "就是少了三分地。")

    does(case, "answer", person_id("luxian-clerk"), "县里也查了。")
    seen = cases.last_no(case)
    cases.dispute(KEY, seen, "", AT)
    assert case.state == "unsolved"
    for _ in range(2):
        cases.dispute(KEY, seen, "县里没有来量。", AT)
    assert texts(case).count("县里没有来量。") == 1
    assert replays(TOWN)


# ---- a household


@pytest.fixture
def household(posted):
    """What somebody asked the township about another household."""
    return files(posted, "household")


def test_a_household_is_heard_before_an_office_answers(household, clerk):
    with pytest.raises(cases.Unheard):
        does(household, "answer", clerk, "查过了。", outcome="not_true")
    with pytest.raises(cases.Unheard):
        does(household, "answer", clerk, "属实。", outcome="true_county")
    assert acts(household) == ["ask"]

    does(household, "hear", clerk, "")
    does(household, "answer", clerk, "查过了。", outcome="not_true")
    assert (household.state, household.outcome) == ("answered", "not_true")
    assert replays(TOWN)


@pytest.mark.parametrize("outcome", ["", "given", "made-up"])
def test_a_category_with_a_closed_list_takes_no_other_answer(household, clerk, outcome):
    does(household, "hear", clerk, "人在外地，电话打不通。")
    with pytest.raises(cases.MovedOn):
        does(household, "answer", clerk, "查过了。", outcome=outcome)

    assert (household.state, household.outcome) == ("received", None)


def test_what_is_true_and_beyond_an_office_goes_to_the_county_which_answers_anew(household, clerk, person_id):
    does(household, "hear", clerk)
    does(household, "answer", clerk, "属实，镇里办不了。", AT + timedelta(days=1), "true_county")
    assert (household.desk, household.state, household.outcome, household.answered) == (COUNTY, "received", "true_county", None)
    assert (household.since, household.due) == (date(2026, 11, 23), date(2026, 11, 30))
    assert actions()[-1] == ("baihe-clerk", "case.sent_up")

    county = person_id("luxian-clerk")
    with pytest.raises(cases.MovedOn):
        does(household, "answer", county, "再转一次。", outcome="true_county")
    does(household, "answer", county, "已追回。", outcome="true_corrected")
    assert (household.state, household.outcome) == ("answered", "true_corrected")
    assert replays(TOWN)


def test_from_a_village_what_is_true_goes_straight_to_the_county(posted, clerk):
    case = files(posted, "household", GAODONG)
    does(case, "hear", clerk)
    does(case, "answer", clerk, "属实。", outcome="true_county")

    assert (case.home, case.desk) == (GAODONG, COUNTY)
    assert replays(GAODONG)


@pytest.mark.parametrize("act", ["hear", "confirm", "verify", "consult", "consulted", "register"])
def test_a_category_that_does_not_know_an_act_does_not_take_it(case, clerk, act):
    with pytest.raises(cases.MovedOn):
        does(case, act, clerk, "一句话。")
    assert acts(case) == ["ask"]


# ---- an application, a letter


@pytest.fixture
def application(app):
    """What somebody applied to the township for."""
    return files(None, "application", row=None)


def test_who_applies_is_looked_at_once_and_nothing_of_it_is_kept(application, clerk):
    does(application, "verify", clerk)
    with pytest.raises(cases.MovedOn):
        does(application, "verify", clerk)

    assert [(said.act, said.text) for said in cases.messages(application)][1:] == [("verify", "")]
    assert replays(TOWN)


def test_a_letter_that_is_a_petition_is_registered_once(app, clerk):
    letter = files(None, "letter", row=None, consent=False)
    does(letter, "register", clerk, "XF-2026-0042")
    with pytest.raises(cases.MovedOn):
        does(letter, "register", clerk, "XF-2026-0043")

    assert (letter.state, letter.due) == ("working", date(2026, 12, 7))
    assert replays(TOWN)


# ---- what was said by mouth


@pytest.fixture
def spoken(posted, clerk):
    """What somebody said to the township's clerk, who wrote it down."""
    return files(posted, "amount_wrong", writer=clerk, source="visit")


def test_who_asked_by_mouth_has_an_answer_once_he_was_told(spoken, clerk):
    does(spoken, "answer", clerk, "查过了。")
    assert spoken.state == "telling"
    with pytest.raises(cases.MovedOn):
        cases.close(KEY, 2, AT)
    with pytest.raises(cases.MovedOn):
        cases.dispute(KEY, 2, "", AT)

    does(spoken, "tell", clerk, "打了电话。", AT + timedelta(days=1))
    assert (spoken.state, spoken.answered) == ("answered", AT + timedelta(days=1))
    assert cases.close(KEY, 3, AT).state == "closed"
    assert replays(TOWN)


def test_what_is_answered_once_more_leaves_him_the_right_to_say_that_it_is_not_solved(spoken, clerk):
    does(spoken, "answer", clerk, "查过了。")
    does(spoken, "tell", clerk)
    late = AT + timedelta(days=20)
    does(spoken, "answer", clerk, "再补一句。", late)

    assert spoken.state == "answered"
    cases.write_down(TOWN, spoken.id, clerk, "就是没解决。", 4, late, disputes=True)
    assert (spoken.desk, spoken.state) == (COUNTY, "received")
    assert replays(TOWN)


def test_what_he_says_further_is_written_down_and_opens_the_case_again(spoken, clerk):
    cases.write_down(TOWN, spoken.id, clerk, "还有去年的。", 1, AT)
    does(spoken, "answer", clerk, "查过了。")
    cases.write_down(TOWN, spoken.id, clerk, "还没有完。", 3, AT)
    assert spoken.state == "working", "he was not told yet"
    does(spoken, "answer", clerk, "又查过了。")
    does(spoken, "tell", clerk)
    cases.write_down(TOWN, spoken.id, clerk, "还是不对。", 6, AT)

    assert (spoken.state, spoken.answered) == ("received", None)
    assert [who for who, action in actions() if action in ("case.added", "case.reopened")] == ["baihe-clerk"] * 3
    assert replays(TOWN)


def test_nothing_is_written_down_over_what_was_not_seen_nor_in_the_name_of_who_writes_himself(spoken, clerk):
    with pytest.raises(cases.MovedOn):
        cases.write_down(TOWN, spoken.id, clerk, "还有去年的。", 0, AT)
    web = cases.file(None, "c" * 32, replace(ASKED, home=TOWN, row=None), AT)
    with pytest.raises(cases.MovedOn):
        cases.write_down(TOWN, web.id, clerk, "还有去年的。", 1, AT)

    assert acts(spoken) == acts(web) == ["ask"]
