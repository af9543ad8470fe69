"""A county switches duties on one by one, and off with a reason; each act is in its ledger."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete

from board.models import DutySettlement
from board.rules.duties.switches import Switched
from board.store import duties, ledger, people
from board.store.engine import writing
from board.store.proof import notices as proof
from tests.store.due import COUNTY, HERE, TOWN, moment, owes, publishes

JAN, NOV = date(2026, 1, 1), date(2026, 11, 20)


def switches(duty: str, on: bool, since: date, why: str = "") -> None:
    duties.switch(COUNTY, duty, Switched(on, since, why), people.named("luxian-admin").id, moment(NOV))


def test_a_duty_is_switched_on_and_off_again_with_a_reason(app):
    switches("village_accounts", True, JAN)
    switches("village_accounts", False, NOV, " 由省里统一公开 ")
    switches("grain_subsidy", True, NOV)

    assert duties.of(TOWN) == {
        "village_accounts": [Switched(True, JAN), Switched(False, NOV, "由省里统一公开")],
        "grain_subsidy": [Switched(True, NOV)],
    }
    assert duties.of("510522104000") == {}, "another county's"
    logged = [
        (one.subject, one.body["on"], one.body["since"], one.body["why"]) for one in ledger.entries(COUNTY) if one.action == "duty.switched"
    ]
    assert logged[-2:] == [("village_accounts", False, "2026-11-20", "由省里统一公开"), ("grain_subsidy", True, "2026-11-20", "")]
    assert proof.first_fault() is None


@pytest.mark.parametrize(
    ("duty", "on", "since", "why", "fault"),
    [
        ("nothing", True, JAN, "", "duty"), ("grain_subsidy", False, NOV, "不公开", "same"), ("village_accounts", False, NOV, "", "reason"),
        ("village_accounts", False, JAN, "不公开", "past"), ("village_accounts", True, NOV, "", "same"),
    ],
)  # fmt: skip
def test_what_changes_nothing_or_has_no_reason_is_refused(app, duty, on, since, why, fault):
    switches("village_accounts", True, JAN)
    with pytest.raises(duties.SwitchRefused, match=fault):
        switches(duty, on, since, why)
    assert len(duties.of(COUNTY)["village_accounts"]) == 1


def test_switching_on_makes_what_settles_of_the_notices_that_were_there_before(app):
    publishes("cropland-subsidy", "2026年耕地补贴", date(2026, 5, 6), HERE)
    with writing() as session:
        session.execute(delete(DutySettlement))
    owes("cropland_subsidy", JAN)
    assert duties.recount() == []
