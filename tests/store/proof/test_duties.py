"""What is said of duties is proven: every column is evidence, and a hand that changes one is found."""

from __future__ import annotations

from datetime import date

import pytest

from board.models import Base
from board.rules.duties.statement import Said
from board.store import duties, people
from board.store.proof import notices as proof
from board.store.proof.duties import DUTIES
from tests.store.due import HERE, TOWN, moment, owes, publishes

TABLES = {table: columns for subject in DUTIES.values() for table, columns in subject.evidence.items()}
DAY = date(2026, 11, 20)
OTHER = {
    "home": "510521117000", "duty": "grain_subsidy", "period": "2020", "sort": "paper", "day": "2026-01-01", "address": "https://b.cn/",
    "digest": "b" * 64, "seen_by": "别人", "why": "改了", "at": "2026-01-01 00:00:00", "taken_back_at": "2026-01-01 00:00:00", "no": 9,
    "place": "510521117001", "since": "2020-01-01", "on": False, "number": "99999999", "user_id": 3, "taken_back_by": 3,
}  # fmt: skip


@pytest.fixture
def said(app):
    """A duty switched on, a statement that was taken back, and a period said afterwards."""
    clerk = people.named("baihe-clerk").id
    owes("village_accounts", date(2026, 1, 1), DAY)
    posted = publishes("cropland-subsidy", "耕地补贴", DAY, HERE)
    duties.say_period(TOWN, posted.number, "2026", clerk, moment(DAY))
    none = Said("none", "village_accounts", "2026-q3", (HERE[0],), DAY, why="没有收支")
    duties.take_back(TOWN, duties.say(TOWN, none, clerk, moment(DAY)).no, clerk, moment(DAY))


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_evidence(table):
    assert TABLES[table] == set(Base.metadata.tables[table].columns.keys())


def test_what_was_said_is_whole(said):
    assert proof.first_fault() is None


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # the comparison is the same on either engine
@pytest.mark.parametrize(("table", "column"), [(table, column) for table in TABLES for column in sorted(TABLES[table])])
def test_a_column_changed_by_hand_is_found(said, by_hand, table, column):
    by_hand(f'UPDATE "{table}" SET "{column}" = :value', value=OTHER[column])  # noqa: S608
    assert list(proof.faults("510521"))


@pytest.mark.parametrize("subject", DUTIES.values(), ids=list(DUTIES))
def test_a_fault_is_told_in_both_languages(subject):
    assert all(one.zh and one.en for one in (subject.where, subject.what))
