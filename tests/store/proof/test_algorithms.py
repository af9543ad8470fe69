"""Another algorithm may follow: what was posted with SHA-256 is still proved beside what is posted with the next one."""

from __future__ import annotations

import hashlib
from functools import partial

import pytest
from sqlalchemy import select

from board.models import Ledger, Part, Row, Version, db
from board.rules import digest
from board.store.proof import notices as proof
from tests.store.corrected import TWO_AND_ONE, correct
from tests.store.posted import TOWN
from tests.store.proof.faults import fault

NEXT_ONE = partial(hashlib.new, "sm3") if "sm3" in hashlib.algorithms_available else hashlib.sha3_256


def algorithms(column, *order):
    return list(db.session.scalars(select(column).order_by(*order)))


@pytest.fixture
def from_now_on(posted, monkeypatch):
    """SM3 is made the algorithm of whatever is written after the first posting."""
    monkeypatch.setitem(digest.ALGORITHMS, "sm3", NEXT_ONE)
    monkeypatch.setattr(digest, "CURRENT", "sm3")
    return posted


def test_a_correction_under_another_algorithm_is_proved_beside_the_version_before(from_now_on):
    correct(from_now_on, TWO_AND_ONE)

    assert algorithms(Version.algorithm, Version.no) == ["sha256", "sm3"]
    assert set(algorithms(Part.algorithm, Part.version)) == {"sha256", "sm3"}
    kept = select(Row.algorithm).where(Row.until.is_(None), Row.since == 1)
    assert set(db.session.scalars(kept)) == {"sha256"}, "a row that nobody changed stays as it was posted"
    assert set(db.session.scalars(select(Row.algorithm).where(Row.since == 2))) == {"sm3"}
    chain = list(db.session.scalars(select(Ledger.algorithm).where(Ledger.home == TOWN).order_by(Ledger.height)))
    assert chain == sorted(chain)
    assert set(chain) == {"sha256", "sm3"}
    assert fault() == ""


@pytest.mark.parametrize("table", ["version", "part", "row", "ledger"])
def test_an_algorithm_that_a_hand_changes_is_found(from_now_on, by_hand, table):
    by_hand(f"UPDATE {table} SET algorithm = 'sm3'")  # noqa: S608

    assert fault() != ""


@pytest.mark.parametrize("table", ["version", "part", "row"])
def test_an_algorithm_that_is_not_known_is_a_change_and_hides_no_other(posted, by_hand, table):
    by_hand(f"UPDATE {table} SET algorithm = 'gost', digest = ''" if table != "row" else "UPDATE row SET algorithm = 'gost' WHERE no = 1")  # noqa: S608
    by_hand("UPDATE row SET amount = 1 WHERE no = 2")

    said = [(one.where.en, one.what.en) for one in proof.faults(TOWN)]
    assert any(where.startswith(f"notice {posted.number} version 1") and "not known" in what for where, what in said)
    assert any(where.endswith("row 2") and "figures" in what for where, what in said)
