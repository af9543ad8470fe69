"""The demo is a whole board: what its people did stands in its ledgers in the order in which they did it, and its county looks like one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from board import demo, kinds, policies
from board.models import Case, db
from board.rules.calendar import day_of
from board.rules.cases import machine
from board.rules.duties.cell import CLASSES
from board.store import duties, ledger, notices
from board.store.clock import now
from board.store.proof import notices as proof
from tests import filled_demo
from tests.databases import Databases


@pytest.fixture
def board(databases: Databases, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The app over the demo."""
    if databases.cluster:
        app = request.getfixturevalue("empty_app")
        upgrade()
        demo.load(now(), lambda _line: None)
        yield app
    else:
        instance, shared = tmp_path_factory.mktemp("demo") / "instance", filled_demo.run_folder(tmp_path_factory) / "demo"
        with filled_demo.copied(databases, instance, shared) as app:
            yield app


def test_its_ledgers_are_whole_and_in_order_and_it_looks_like_a_county(board: Flask) -> None:
    posted = notices.listed("", limit=1000)

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
    owed = duties.totals(duties.counted("510521000000", today.year, today))
    assert set(owed) == set(CLASSES), "late, missing and all other classes"
    assert owed["on_time"] > 5 * (owed["late"] + owed["missing"]), "and most in time"
