"""Floods of cases: what is folded, what keeps its line, and what is left of an address. On both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest
from sqlalchemy import select, text

from bench.flood_texts import HONEST, pageless, varied
from board import policies
from board.models import AskingCount, AskingFlood, AskingKey, Base, Case, Message, db
from board.rules.cases import flood
from board.rules.cases.flood import Came
from board.store import cases
from board.store.cases import figures, floods, lists
from tests.store.asked import ASKED, AT, COUNTY, DUE, replays
from tests.store.posted import GAODONG, TOWN

ALL = tuple(policies.case_categories())
SCRIPT = "203.0.113.7"
NEIGHBOURS = "198.51.100.9"


@pytest.fixture
def sends(posted):
    """Sends a text from an address, with what is said to the question; the case."""
    count = iter(range(10**6))

    def send(text, said="none", address=SCRIPT, at=AT, **more):
        return cases.file(posted, f"{next(count):032}", replace(ASKED, text=text, row=None, **more), at, came=Came(address, said))

    return send


@pytest.fixture
def flooded(sends):
    """A script has sent one text, with another number each time, forty times within a minute."""
    return [sends(one) for one in islice(pageless(), 40)]


def lines(homes=TOWN, **more):
    return lists.inbox(homes, ALL, folded=True, limit=200, **more)


def test_on_a_normal_day_nothing_is_folded_counted_or_asked(sends):
    filed = [sends("我家的补贴算少了。", address=NEIGHBOURS, at=AT + timedelta(seconds=11 * n)) for n in range(55)]

    assert not floods.asks(TOWN, AT + timedelta(minutes=11))
    assert [(case.fold, case.said) for case in filed] == [(None, None)] * 55
    assert len(lines()) == 55
    assert [db.session.query(table).count() for table in (AskingFlood, AskingKey, AskingCount)] == [0, 0, 0]


def test_a_flood_of_one_text_stands_on_a_few_lines_whatever_came_before_it_was_known(flooded):
    db.session.expire_all()
    found = lines()

    assert sum(line.count for line in found) == 40
    assert len(found) <= 4
    assert floods.asks(TOWN, AT)


def test_honest_people_behind_one_address_keep_their_lines_among_two_scripts(sends):
    scripts = [pageless(), varied()]
    for no, honest in enumerate([None] * 40 + HONEST[:20]):
        for one, said in zip(scripts, ("none", "right"), strict=True):
            sends(next(one), said)
        if honest:
            case = sends(honest, "right", NEIGHBOURS)
            assert case.fold is None, (no, honest)

    own = {line.case.id for line in lines() if line.count == 1}
    kept = db.session.scalars(select(Case.id).join(Message, Message.case == Case.id).where(Message.text.in_(HONEST)))
    assert set(kept) <= own
    assert sum(line.count for line in lines()) == 140


def test_an_own_text_with_a_wrong_answer_or_none_is_taken_and_stands_with_the_burst(sends, flooded):
    wrong, none = sends(HONEST[0], "wrong", NEIGHBOURS), sends(HONEST[1], "none", NEIGHBOURS)

    assert wrong.fold == none.fold
    assert floods.is_burst(wrong.fold)
    assert [cases.one(TOWN, one.id).state for one in (wrong, none)] == ["received", "received"]


def test_a_right_answer_does_not_unfold_the_floods_text(sends, flooded):
    assert not floods.is_burst(sends(next(pageless()), "right").fold)


def test_an_address_that_sends_far_too_much_folds_nobody_whose_text_is_his_own(sends, flooded, monkeypatch):
    monkeypatch.setattr(flood, "HOT", 5)
    for one in islice(pageless(), 12):
        sends(one, "none", NEIGHBOURS)
    assert sends(HONEST[5], "right", NEIGHBOURS).fold is None


def test_a_line_opens_page_by_page_to_exactly_its_cases(flooded):
    for line in lines():
        if line.count == 1:
            continue
        fold, seen, after = (TOWN, line.case.fold, TOWN), [], None
        while page := lists.inbox(TOWN, ALL, folded=True, fold=fold, after=after, limit=7):
            seen += [one.case.id for one in page]
            after = (page[-1].case.due, page[-1].case.home, page[-1].case.id)
        assert sorted(seen) == sorted(db.session.scalars(select(Case.id).where(Case.fold == line.case.fold)))
        assert len(seen) == line.count == lists.together(line.case, ALL)


def test_lines_page_without_gap_or_repeat_and_a_fold_stands_where_its_first_is_due(sends, flooded):
    for no in range(5):
        sends(HONEST[no], "right", due=DUE + timedelta(days=no - 2))
    seen, after = [], None
    while page := lists.inbox(TOWN, ALL, folded=True, after=after, limit=2):
        seen += page
        after = (page[-1].case.due, page[-1].case.home, page[-1].case.id)

    assert [line.case.id for line in seen] == [line.case.id for line in lines()]
    assert sum(line.count for line in seen) == 45
    assert [line.case.due for line in seen] == sorted(line.case.due for line in seen)


def test_figures_count_every_case_and_late_ones_are_late(flooded):
    day = DUE + timedelta(days=1)
    counted = figures.counted([TOWN], figures.Chosen(), day)[TOWN]

    assert (counted["waiting"], counted["late"]) == (40, 40)
    assert lists.waiting(TOWN, ALL) == 40


def test_each_of_a_line_is_answered_on_its_own_and_stands_with_its_line_among_the_answered(flooded, clerk):
    db.session.expire_all()
    first, second = [case for case in flooded if case.fold][:2]
    for case in (first, second):
        cases.act(TOWN, case.id, "answer", clerk, "查过了，没有这回事。", 1, AT)

    assert sum(line.count for line in lines()) == 38
    assert sum(line.count for line in lines(done=True)) == 2


def test_a_clerk_takes_one_out_and_the_ledger_says_who(flooded, clerk):
    db.session.expire_all()
    case = next(case for case in flooded if case.fold)
    before = len(lines())
    floods.take_out(TOWN, case.id, clerk, AT)
    floods.take_out(TOWN, case.id, clerk, AT)

    assert len(lines()) == before + 1
    assert case.id in {line.case.id for line in lines() if line.count == 1}
    entries = db.session.execute(text("SELECT actor FROM ledger WHERE action = 'case.taken_out'")).all()
    assert [tuple(one) for one in entries] == [("baihe-clerk",)]
    assert replays(TOWN)


def test_what_has_gone_to_another_desk_is_folded_there_and_not_here(flooded, clerk):
    db.session.expire_all()
    case = next(case for case in flooded if case.fold)
    rest = lists.together(case, ALL) - 1
    cases.act(TOWN, case.id, "forward", clerk, "请县里办。", 1, AT)

    assert lists.together(case, ALL) == 1
    assert [(line.case.id, line.count) for line in lines(COUNTY)] == [(case.id, 1)]
    assert rest in [line.count for line in lines()]


def test_a_flood_of_the_countys_own_cases_shows_at_no_desk_below(sends):
    for one in islice(pageless(), 40):
        sends(one, home=COUNTY)

    assert lines(TOWN) == lines("510521116") == []
    assert sum(line.count for line in lines("510521000000")) == 40
    assert sends(HONEST[0], "none", NEIGHBOURS).fold is None, "the township's desk is not flooded"


def test_who_asks_anywhere_in_a_flooded_county_is_asked_the_same(flooded):
    assert floods.asks(COUNTY, AT)
    assert floods.asks("510521117000", AT)
    assert not floods.asks("370685000000", AT)


def test_a_line_shows_a_reader_only_the_cases_of_his_categories(flooded, sends):
    letter = sends(next(pageless()), category="letter", place=GAODONG)
    assert letter.fold
    fold = (TOWN, letter.fold, TOWN)

    assert [line.case.id for line in lists.inbox(TOWN, ["letter"], folded=True)] == [letter.id]
    assert letter.id not in [line.case.id for line in lists.inbox(TOWN, ["amount_wrong"], folded=True, fold=fold)]


def test_who_was_not_asked_in_time_answers_behind_his_receipt_once(posted, sends, flooded):
    asked = replace(ASKED, text=HONEST[0])
    case = cases.file(posted, "f" * 32, asked, AT, came=Came(NEIGHBOURS, "none"))
    assert floods.is_burst(case.fold)
    assert cases.file(posted, "f" * 32, asked, AT, came=Came(NEIGHBOURS, "wrong")).fold
    assert cases.file(posted, "f" * 32, asked, AT, came=Came(NEIGHBOURS, "right")).fold, "one try"

    other = replace(ASKED, text=HONEST[1])
    cases.file(posted, "e" * 32, other, AT, came=Came(NEIGHBOURS, "none"))
    assert cases.file(posted, "e" * 32, other, AT, came=Came(NEIGHBOURS, "right")).fold is None


def test_a_flood_ends_by_itself_and_what_comes_then_is_folded_no_more(sends, flooded):
    later = AT + timedelta(minutes=11)

    assert not floods.asks(TOWN, later)
    case = sends(next(pageless()), at=later)
    assert (case.fold, case.said) == (None, None)


def test_a_flood_that_goes_on_stays_on_its_lines(sends, flooded):
    db.session.expire_all()
    folds = {case.fold for case in flooded if case.fold}
    for minute in range(1, 16, 4):
        for one in islice(pageless(), 12):
            folds.add(sends(one, at=AT + timedelta(minutes=minute)).fold)
    folds.discard(None)
    assert len(folds) <= 5


def test_a_key_lives_for_ten_minutes_and_what_was_counted_goes_with_it(sends, flooded):
    slots = set(db.session.scalars(select(AskingKey.slot)))
    assert len(slots) == 1
    assert db.session.query(AskingCount).count()

    assert floods.forget(AT + timedelta(minutes=4)) == 0
    assert floods.forget(AT + timedelta(minutes=10)) == 1
    assert db.session.query(AskingKey).count() == db.session.query(AskingCount).count() == 0


def test_nothing_of_an_address_is_anywhere(sends, flooded):
    sends(HONEST[0], "right", "2001:db8:77::5")
    db.session.commit()
    for table in Base.metadata.sorted_tables:
        rows = str(db.session.execute(select(table)).all())
        assert [one for one in (SCRIPT, "203.0.113", "2001:db8") if one in rows] == [], table.name


def test_a_household_has_half_of_a_new_address():
    assert floods.network("2001:db8:1:2:3:4:5:6") == floods.network("2001:db8:1:2::9") != floods.network("2001:db8:1:3::9")
    assert floods.network("203.0.113.7") == "203.0.113.7"
    assert floods.network("unix") == "unix"
