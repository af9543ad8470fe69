"""What happens to cases by itself: late ones rise, receipts and contacts are deleted, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board import policies
from board.models import Receipt, db
from board.store import cases
from board.store.cases import upkeep
from tests.store.asked import AT, COUNTY, DUE, KEY, actions, acts, does, files, replays, texts
from tests.store.posted import GAODONG, TOWN

# ---- late ones


def test_what_is_late_about_a_household_rises_a_level_a_time_and_stays_at_the_county(posted):
    case, at = files(posted, "household", GAODONG), AT
    assert upkeep.lead_up_late(AT + timedelta(days=5)) == 0, "the last day itself is in time"
    for desk in (TOWN, COUNTY):
        at += timedelta(days=8)
        assert upkeep.lead_up_late(at) == 1
        assert upkeep.lead_up_late(at) == 0
        assert (case.desk, case.state, case.since) == (desk, "received", at.date())
        assert case.due >= at.date()
    assert upkeep.lead_up_late(at + timedelta(days=30)) == 0

    assert acts(case) == ["ask", "overdue", "overdue"]
    assert actions(GAODONG)[1:] == [("clock", "case.led_up")] * 2
    assert replays(GAODONG)


@pytest.mark.parametrize("category", [id for id, one in policies.case_categories().items() if not one.rises_late])
def test_nothing_else_rises_by_itself(posted, category):
    files(None, category, row=None, consent=True)
    assert upkeep.lead_up_late(AT + timedelta(days=400)) == 0


def test_while_somebody_is_asked_for_more_nothing_is_late_until_the_stop_is_over(posted, clerk):
    case = files(posted, "household")
    does(case, "ask_back", clerk, "是哪一户？")
    stopped = DUE + timedelta(days=10)
    assert case.due == stopped
    assert upkeep.lead_up_late(AT + timedelta(days=(stopped - AT.date()).days)) == 0
    assert upkeep.lead_up_late(AT + timedelta(days=(stopped - AT.date()).days + 1)) == 1

    assert (case.desk, case.state, case.asked, case.held) == (COUNTY, "received", None, None)
    assert replays(TOWN)


@pytest.mark.parametrize("state", ["telling", "answered", "closed"])
def test_what_was_answered_does_not_rise(posted, clerk, state):
    case = files(posted, "household", source="call" if state == "telling" else "web", writer=clerk if state == "telling" else None)
    does(case, "hear", clerk)
    does(case, "answer", clerk, "查过了。", outcome="not_true")
    if state == "closed":
        cases.close(KEY, 3, AT)

    assert case.state == state
    assert upkeep.lead_up_late(AT + timedelta(days=400)) == 0


# ---- receipts and contacts


def kept(category):
    return timedelta(days=policies.case_categories()[category].keep_days)


@pytest.mark.parametrize("category", ["unclear", "amount_wrong"])
def test_a_receipt_and_a_contact_go_when_their_time_is_over_and_what_was_said_stays(posted, clerk, category):
    case = files(posted, category)
    does(case, "answer", clerk, "查过了。", AT + timedelta(days=1))
    last = AT + timedelta(days=1) + kept(category)
    assert upkeep.forget(last) == 0
    assert cases.by_receipt(KEY)

    assert upkeep.forget(last + timedelta(seconds=1)) == 1
    assert upkeep.forget(last + timedelta(days=1)) == 0
    assert cases.by_receipt(KEY) is None
    assert (case.contact, cases.contact(case)) == (None, "")
    assert texts(case)[1:] == ["查过了。"]
    assert actions()[-1] == ("clock", "case.forgotten")
    assert replays(TOWN)


def test_a_case_that_waits_is_never_forgotten(posted, clerk):
    files(posted, "unclear")
    spoken = files(posted, "unclear", key="b" * 32, writer=clerk, source="box")
    does(spoken, "answer", clerk, "查过了。")

    assert upkeep.forget(AT + timedelta(days=4000)) == 0
    assert db.session.query(Receipt).count() == 2


def test_whoever_says_something_keeps_his_receipt_as_long_again(posted, clerk):
    case, later = files(posted, "unclear"), AT + timedelta(days=700)
    does(case, "answer", clerk, "查过了。")
    cases.rate(KEY, 2, 5, later)

    assert upkeep.forget(AT + kept("unclear") + timedelta(days=1)) == 0
    assert upkeep.forget(later + kept("unclear") + timedelta(days=1)) == 1


def test_a_forgotten_case_is_not_found_by_the_form_that_made_it_and_the_office_still_reads_it(posted, clerk):
    case = files(posted, "unclear")
    does(case, "answer", clerk, "查过了。")
    upkeep.forget(AT + timedelta(days=4000))
    other = files(posted, "unclear", at=AT + timedelta(days=4001))

    assert other.id != case.id
    assert does(case, "answer", clerk, "再补一句。", AT + timedelta(days=4001)).state == "answered"
    assert case.due == date(2026, 11, 27)
    assert replays(TOWN)
