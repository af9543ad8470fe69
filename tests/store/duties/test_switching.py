"""A county switches duties on one by one, and off with a reason; each act is in its ledger."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, event, select

from board.models import DutySettlement, db
from board.rules.duties.switches import Switched
from board.store import cache_versions, duties, ledger, people
from board.store.duties import settling
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
        ("nothing", True, JAN, "", "duty"), ("grain_subsidy", False, NOV, "", "reason"), ("village_accounts", False, NOV, "", "reason"),
        ("village_accounts", False, JAN, "不公开", "past"), ("village_accounts", True, NOV, "", "same"),
    ],
)  # fmt: skip
def test_what_changes_nothing_or_has_no_reason_is_refused(app, duty, on, since, why, fault):
    switches("village_accounts", True, JAN)
    with pytest.raises(duties.SwitchRefused, match=fault):
        switches(duty, on, since, why)
    assert len(duties.of(COUNTY)["village_accounts"]) == 1


def test_no_reason_is_kept_of_a_duty_that_is_on(app):
    switches("village_accounts", True, JAN, "问王婆婆")
    assert duties.of(COUNTY)["village_accounts"] == [Switched(True, JAN)]
    assert "王婆婆" not in str([one.body for one in ledger.entries(COUNTY)])
    with pytest.raises(duties.SwitchRefused, match="long"):
        switches("village_accounts", False, NOV, "长" * 501)


def test_switching_on_and_what_it_settles_are_one_act(app, monkeypatch):
    publishes("cropland-subsidy", "2026年耕地补贴", date(2026, 5, 6), HERE)
    with writing() as session:
        session.execute(delete(DutySettlement))

    def fails(*_given: object, **_more: object) -> None:
        raise OSError("the disk")

    monkeypatch.setattr(settling, "_insert", fails)
    with pytest.raises(OSError, match="disk"):
        owes("cropland_subsidy", JAN)
    assert duties.of(COUNTY) == {}
    assert [one for one in ledger.entries(COUNTY) if one.action == "duty.switched"] == []


def test_switching_on_reads_the_notices_of_its_series_alone_and_each_table_once(app):
    for day in (4, 5, 6):
        publishes("cropland-subsidy", "2026年耕地补贴", date(2026, 5, day), HERE)
        publishes("village-finance", f"2026年{day}月收支", date(2026, 7, day), home=HERE[0], facts={"covers": "2026年第二季度"})
    with writing() as session:
        session.execute(delete(DutySettlement))
    asked: list[str] = []

    def notes(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(" ".join(statement.split()))

    event.listen(db.engine, "before_cursor_execute", notes)
    try:
        owes("cropland_subsidy", JAN)
    finally:
        event.remove(db.engine, "before_cursor_execute", notes)
    for table in ("version", "part", "notice"):
        assert len([one for one in asked if one.startswith("SELECT") and f" FROM {table} " in one]) == 1, table
    assert {one.duty for one in db.session.scalars(select(DutySettlement))} == {"cropland_subsidy"}
    assert {duty for _place, duty, _period in duties.recount()} == {"village_accounts"}


def test_switching_on_settles_the_stages_of_its_series(app):
    first = publishes("land-pre-notice", "征收土地预公告", date(2026, 5, 6), [HERE[0]], home=COUNTY)
    key = f"n{first.number}"
    publishes("land-resettlement", "补偿安置公告", date(2026, 6, 3), [HERE[0]], home=COUNTY, frozen={"period": key})
    for duty in ("land_pre_notice", "land_resettlement"):
        with writing() as session:
            session.execute(delete(DutySettlement))
        owes(duty, JAN)
        assert duties.recount() == []


def test_a_recount_that_puts_something_right_makes_cached_pages_stale(app):
    publishes("cropland-subsidy", "2026年耕地补贴", date(2026, 5, 6), HERE)
    before = cache_versions.under("510521")
    assert duties.recount() == []
    assert cache_versions.under("510521") == before
    with writing() as session:
        session.execute(delete(DutySettlement))
    assert len(duties.recount()) == len(HERE)
    assert cache_versions.under("510521") == before + 1


def test_switching_on_makes_what_settles_of_the_notices_that_were_there_before(app):
    publishes("cropland-subsidy", "2026年耕地补贴", date(2026, 5, 6), HERE)
    with writing() as session:
        session.execute(delete(DutySettlement))
    owes("cropland_subsidy", JAN)
    assert duties.recount() == []
