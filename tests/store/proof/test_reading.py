"""Reading points and delivery lists are proven: every column is evidence, and what a hand changes or takes away is found."""

from __future__ import annotations

import pytest

from board.models import Base
from board.store import deliveries
from board.store.proof.reading import READING
from tests.store.by_hand import by_hand
from tests.store.posted import AT, TOWN
from tests.store.proof.faults import fault
from tests.store.reading import brings, point, signed

TABLES = {table: columns for subject in READING.values() for table, columns in subject.evidence.items()}
NAMED = {
    "reading_point": "reading point 510521000000/1",
    "delivery_list": f"delivery list {TOWN}/1",
    "delivery_item": f"delivery list {TOWN}/1",
}
OTHER = {
    "home": "510521117000", "no": 9, "name": "别的馆", "sort": "archive", "address": "别处", "hours": "从不", "phone": "0830-1",
    "serves": TOWN, "paper": False, "file": False, "since": "2026-10-01", "closed_on": "2026-11-01", "user_id": 3,
    "at": "2026-11-19 02:00:00",
    "county": "510522000000", "point": 9, "made_on": "2026-11-01", "made_by": 3, "made_at": "2026-11-19 02:00:00", "signed_by": b"x",
    "signed_on": "2026-11-01", "entered_by": 3, "entered_at": "2026-11-19 02:00:00", "cancelled_by": 3,
    "cancelled_at": "2026-11-19 02:00:00",
    "number": "999999999", "publisher": "510521117000", "version": 9, "removes": True,
}  # fmt: skip


@pytest.fixture
def lying(once, posted):
    """A notice that lies at a point, and a list that was cancelled."""

    def brought() -> None:
        signed(brings(point()))
        other = brings(point("泸县档案馆"))
        deliveries.cancel(TOWN, other.no, other.made_by, AT)

    once("lying", brought)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_evidence(table):
    assert TABLES[table] == set(Base.metadata.tables[table].columns.keys())


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # the comparison is the same on either engine
@pytest.mark.parametrize(("table", "column"), [(table, column) for table, columns in TABLES.items() for column in sorted(columns)])
def test_a_column_that_a_hand_changes_is_found_and_named(lying, table, column):
    by_hand(f'UPDATE {table} SET "{column}" = :value WHERE no = 1', value=OTHER[column])  # noqa: S608
    assert NAMED[table] in fault()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM reading_point WHERE no = 1",
        "DELETE FROM delivery_list WHERE no = 1",
        "DELETE FROM delivery_item WHERE no = 1",
        "UPDATE delivery_list SET signed_on = NULL, signed_by = NULL, entered_by = NULL, entered_at = NULL WHERE no = 1",
    ],
)
def test_what_a_hand_takes_away_is_found(lying, statement):
    assert fault() == ""
    by_hand(statement)
    assert "/1: " in fault()


@pytest.mark.parametrize("subject", READING.values(), ids=list(READING))
def test_a_fault_is_told_in_both_languages(subject):
    words = [subject.where, subject.what, *subject.labels.values()]
    assert all(one.zh and one.en for one in words)
