"""Cases tied to one cause: one answer reaches all, each goes its own way after it; on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from board.models import db
from board.store import cases, ledger
from board.store.cases import causes, lists, upkeep
from board.store.proof.subject import altered
from board.store.proof.subjects import SUBJECTS
from tests.store.asked import AT, COUNTY, acts, does, files, replays, texts
from tests.store.posted import GAODONG, NEXT, TOWN

TITLE = "每亩标准怎么定的"


def key(n: int) -> str:
    return f"{n:032}"


@pytest.fixture
def three(posted):
    """What three households ask of the township on one notice."""
    return [files(posted, "unclear", key=key(n), row=n, text=f"第{n}家问：每亩的钱怎么定的？") for n in (1, 2, 3)]


@pytest.fixture
def cause(three, clerk):
    return causes.tie(TOWN, [one.id for one in three], clerk, AT, title=TITLE)


def seen(*some):
    return {one.id: cases.last_no(one) for one in some}


def holds(home=TOWN):
    return replays(home) and altered(SUBJECTS["cause"], home) == {}


def test_one_answer_reaches_all_and_each_keeps_its_receipt_its_clock_and_its_rating(three, cause, clerk):
    causes.answer(cause, clerk, "全县一个标准，每亩 93.6 元。", seen(*three), AT)
    assert {(one.state, one.answered) for one in three} == {("answered", AT)}
    for n, one in enumerate(three, 1):
        assert texts(one) == [f"第{n}家问：每亩的钱怎么定的？", TITLE, "全县一个标准，每亩 93.6 元。"]
        assert cases.by_receipt(key(n)) is one

    cases.close(key(1), 3, AT)
    cases.rate(key(1), 4, 5, AT)
    cases.dispute(key(2), 3, "还是不明白。", AT)
    assert [(one.state, one.rating, one.desk) for one in three] == [
        ("closed", 5, TOWN),
        ("received", None, COUNTY),
        ("answered", None, TOWN),
    ]
    assert holds()


def test_each_case_has_entries_of_its_own_and_the_log_joins_no_askers(three, cause, clerk):
    causes.answer(cause, clerk, "全县一个标准。", seen(*three), AT)
    entries = list(ledger.entries(TOWN))
    own = [one for one in entries if one.action in ("case.tied", "case.answered")]
    assert sorted((one.subject, one.action) for one in own) == sorted(
        (case.id, action) for case in three for action in ("case.tied", "case.answered")
    )
    assert len({one.body["tie"] for one in own if one.action == "case.tied"}) == 3
    assert not [one for one in own if cause.id in str(one.body) or TITLE in str(one.body)]
    assert holds()


def test_nothing_is_done_where_one_of_them_cannot_take_the_answer(posted, three, cause, clerk, person_id):
    pages = seen(*three)
    cases.say_more(key(2), "我再说一句。", 1, AT)
    with pytest.raises(causes.Hindered) as hindered:
        causes.answer(cause, clerk, "全县一个标准。", pages, AT)
    assert hindered.value.why == {three[1].id: "moved"}
    assert {one.state for one in three} == {"received"}
    assert "answer" not in [act for one in three for act in acts(one)]

    causes.answer(cause, clerk, "全县一个标准。", seen(three[0], three[2]), AT)
    assert [one.state for one in three] == ["answered", "received", "answered"]
    assert holds()


def test_who_answered_what_was_not_accepted_answers_it_with_no_others_either(posted, clerk, person_id):
    county = person_id("luxian-clerk")
    two = [files(posted, "unclear", key=key(n), row=n) for n in (1, 2)]
    for n, one in enumerate(two, 1):
        does(one, "answer", clerk, "就是这样。")
        cases.dispute(key(n), 2, "", AT)
    made = causes.tie(TOWN, [one.id for one in two], county, AT, title=TITLE)
    assert made.desk == COUNTY
    assert {one.hindrance for one in causes.members(made, clerk)} == {"barred"}
    with pytest.raises(causes.Hindered) as hindered:
        causes.answer(made, clerk, "还是这样。", seen(*two), AT)
    assert set(hindered.value.why.values()) == {"barred"}
    causes.answer(made, county, "县里查过了。", seen(*two), AT)
    assert holds()


def test_a_household_is_heard_in_each_case_and_the_outcome_is_one_for_all(posted, clerk):
    two = [files(posted, "household", key=key(n), row=2) for n in (1, 2)]
    made = causes.tie(TOWN, [one.id for one in two], clerk, AT, title="二号这一户")
    does(two[0], "hear", clerk)
    assert [one.hindrance for one in causes.members(made, clerk)].count("unheard") == 1
    with pytest.raises(causes.Hindered) as hindered:
        causes.answer(made, clerk, "不是这样。", seen(*two), AT, outcome="not_true")
    assert hindered.value.why == {two[1].id: "unheard"}
    does(two[1], "hear", clerk)
    causes.answer(made, clerk, "属实。", seen(*two), AT, outcome="true_county")
    assert {(one.desk, one.state, one.outcome, one.alone) for one in two} == {(COUNTY, "received", "true_county", True)}
    assert holds()


def test_what_was_asked_by_mouth_waits_until_the_person_was_told(posted, clerk):
    spoken = files(posted, "unclear", key=key(1), writer=clerk, source="call")
    web = files(posted, "unclear", key=key(2))
    made = causes.tie(TOWN, [spoken.id, web.id], clerk, AT, title=TITLE)
    causes.answer(made, clerk, "全县一个标准。", seen(spoken, web), AT)
    assert (spoken.state, web.state) == ("telling", "answered")
    assert holds()


@pytest.mark.parametrize("other", [{"category": "household", "row": 1}, {"category": "letter", "row": None}])
def test_cases_of_different_privacy_are_not_tied(posted, clerk, other, three):
    alien = files(None if other["category"] == "letter" else posted, key=key(9), **other)
    with pytest.raises(causes.Hindered) as hindered:
        causes.tie(TOWN, [three[0].id, three[1].id, alien.id], clerk, AT, title=TITLE)
    assert set(hindered.value.why.values()) == {"unlike"}
    assert {one.tie for one in (*three, alien)} == {None}


def test_a_case_of_another_home_is_not_even_found(posted, clerk, three):
    county = files(posted, "unclear", home=COUNTY, key=key(9))
    with pytest.raises(NoResultFound):
        causes.tie(TOWN, [three[0].id, county.id], clerk, AT, title=TITLE)
    assert three[0].tie is None


def test_two_households_complained_of_are_not_tied(posted, clerk):
    two = [files(posted, "household", key=key(n), row=n) for n in (1, 2)]
    with pytest.raises(causes.Hindered) as hindered:
        causes.tie(TOWN, [one.id for one in two], clerk, AT, title=TITLE)
    assert list(hindered.value.why.values()) == ["unlike"]


def test_an_answered_or_tied_case_is_not_tied_again(three, cause, clerk, posted):
    fourth = files(posted, "unclear", key=key(4))
    with pytest.raises(causes.Hindered) as hindered:
        causes.tie(TOWN, [three[0].id, fourth.id], clerk, AT, title="别的事")
    assert hindered.value.why == {three[0].id: "moved"}
    assert causes.tie(TOWN, [fourth.id], clerk, AT, cause=cause.id) is cause
    assert [one.id for one in causes.cases_of(cause)].count(fourth.id) == 1
    assert holds()


def test_a_tie_is_undone_for_one_and_the_others_stay(three, cause, clerk):
    causes.untie(TOWN, three[1].id, clerk, AT)
    assert {one.id for one in causes.cases_of(cause)} == {three[0].id, three[2].id}
    assert acts(three[1]) == ["ask", "tie", "untie"]
    with pytest.raises(cases.MovedOn):
        causes.untie(TOWN, three[1].id, clerk, AT)
    with pytest.raises(causes.Hindered):
        causes.answer(cause, clerk, "全县一个标准。", seen(*three), AT)
    assert holds()


def test_what_goes_up_leaves_the_others_and_keeps_its_story(three, cause, clerk):
    does(three[0], "forward", clerk, "不归我们管。")
    upkeep.lead_up_late(AT + timedelta(days=40))
    assert [(one.alone, one.desk) for one in three] == [(True, COUNTY), (False, TOWN), (False, TOWN)]
    assert causes.of(three[0]) is cause
    assert {one.case.id for one in causes.members(cause, clerk) if one.here} == {three[1].id, three[2].id}
    with pytest.raises(causes.Hindered):
        causes.answer(cause, clerk, "全县一个标准。", seen(*three), AT)
    assert holds()


def test_what_is_asked_on_about_after_the_answer_leaves_and_can_be_tied_anew(three, cause, clerk):
    causes.answer(cause, clerk, "全县一个标准。", seen(*three), AT)
    for n in (1, 2):
        cases.say_more(key(n), "那山地呢？", 3, AT)
    assert [(one.state, one.alone) for one in three] == [("received", True), ("received", True), ("answered", False)]
    again = causes.tie(TOWN, [three[0].id, three[1].id], clerk, AT, title="山地的标准")
    assert [one.tie for one in three] == [again.id, again.id, cause.id]
    assert holds()


def test_nobody_ties_by_an_act_of_one_case(case, clerk):
    for act in ("tie", "untie"):
        with pytest.raises(cases.MovedOn):
            does(case, act, clerk)


def test_the_inbox_has_one_line_for_a_cause_where_its_first_due_stands(three, cause, posted, clerk):
    alone = files(posted, "suggestion", key=key(8), at=AT - timedelta(days=1))
    three[2].due -= timedelta(days=3)
    db.session.commit()
    listed = [line.case for line in lists.inbox("510521116", ["unclear", "suggestion"])]
    assert listed == [three[2], alone]
    found = causes.standing(listed)
    assert {id: (one.cause, one.waiting) for id, one in found.items()} == {three[2].id: (cause, 3)}
    assert lists.waiting("510521116", ["unclear", "suggestion"]) == 4, "cases are counted, not lines"

    causes.untie(TOWN, three[2].id, clerk, AT)
    causes.untie(TOWN, three[1].id, clerk, AT)
    assert len(lists.inbox("510521116", ["unclear", "suggestion"])) == 4
    assert causes.standing([three[0]]) == {}, "one alone is no cause of several"


def test_the_answered_stand_each_for_itself(three, cause, clerk):
    causes.answer(cause, clerk, "全县一个标准。", seen(*three), AT)
    assert len(lists.inbox("510521116", ["unclear"], done=True)) == 3


def test_an_asker_learns_of_others_where_they_are_many(posted, clerk):
    five = [files(posted, "unclear", key=key(n), row=n, place=NEXT if n == 5 else GAODONG) for n in (1, 2, 3, 4, 5)]
    made = causes.tie(TOWN, [one.id for one in five[:4]], clerk, AT, title=TITLE)
    assert causes.others(five[0]) == 0
    causes.tie(TOWN, [five[4].id], clerk, AT, cause=made.id)
    assert [causes.others(one) for one in five] == [4] * 5
    causes.answer(made, clerk, "全县一个标准。", seen(*five), AT)
    cases.dispute(key(2), 3, "", AT)
    assert [causes.others(one) for one in five] == [4, 0, 4, 4, 4], "nobody reads out of it that one of them was not content"


def test_a_changed_tie_or_title_is_found(three, cause):
    three[0].tie, cause.title = None, "别的"
    db.session.commit()
    assert altered(SUBJECTS["case"], TOWN)[TOWN, three[0].id] == ["tie"]
    assert list(altered(SUBJECTS["cause"], TOWN).values()) == [["words"]]
