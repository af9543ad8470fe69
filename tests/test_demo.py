"""The demo is a whole board: what its people did stands in its ledgers in the order in which they did it, and its county looks like one."""

from __future__ import annotations

from flask_migrate import upgrade
from sqlalchemy import select

from board import demo, kinds, policies
from board.models import Case, db
from board.rules.calendar import day_of
from board.rules.cases import machine
from board.rules.duties.cell import CLASSES
from board.store import duties, ledger
from board.store.clock import now
from board.store.proof import notices as proof


def test_its_ledgers_are_whole_and_in_order_and_it_looks_like_a_county(empty_app):
    upgrade()
    posted = demo.load(now(), lambda _line: None)

    assert len(posted) > 10
    assert max(entry.at for home in ledger.homes() for entry in ledger.entries(home)) > ledger.moment(now())
    assert list(proof.faults()) == []
    states = set(db.session.scalars(select(Case.state)))
    assert states == set(machine.STATES), "the demo holds cases in every state"
    assert {category.id for category in policies.case_categories().values() if category.to == "publisher"} - set(
        db.session.scalars(select(Case.category))
    ) <= {"letter"}
    assert {one.notice.kind for one in posted} == set(kinds.load()), "every kind is posted somewhere"
    today = day_of(now())
    assert set(duties.totals(duties.counted("510521000000", today.year, today))) == set(CLASSES), "late, missing and all other classes"
