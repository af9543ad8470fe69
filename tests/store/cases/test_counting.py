"""What is counted of cases as they are acted on, and counting it anew."""

from __future__ import annotations

import importlib.util
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from board.models import Case, CaseStanding, CaseTally, Ledger, db
from board.store import cases
from board.store.cases import counting
from tests.store.asked import ASKED, AT, KEY, does
from tests.store.posted import TOWN


@pytest.fixture
def acted_on(case, clerk):
    """A case that was answered late, disputed, and rated."""
    does(case, "answer", clerk, "查过了。", AT + timedelta(days=20))
    cases.dispute(KEY, 2, "", AT + timedelta(days=21))
    cases.rate(KEY, 3, 2, AT + timedelta(days=21))
    return case


def test_a_case_has_one_line_that_says_how_it_stands(acted_on):
    (line,) = db.session.query(CaseStanding)

    assert (line.arose, line.has, line.first, line.kind) == (TOWN, "510521000000", TOWN, "cropland-subsidy")
    assert (line.state, line.disputed, line.prompt, line.rating, line.last) == ("received", True, False, 2, TOWN)


def test_what_was_sent_again_under_another_name_is_counted_under_that(case, posted):
    cases.file(posted, KEY, replace(ASKED, category="unclear"), AT)

    assert db.session.query(CaseStanding.category).scalar() == "unclear"
    assert counting.recount() == 0


def test_nothing_is_counted_of_an_act_that_was_refused(case, clerk):
    with pytest.raises(cases.MovedOn):
        cases.act(TOWN, case.id, "answer", clerk, "查过了。", 99, AT)

    assert counting.recount() == 0
    assert db.session.query(CaseStanding.state).scalar() == "received"


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("UPDATE case_tally SET n = n + 1 WHERE what = 'disputed'", 4),
        ("DELETE FROM case_tally WHERE category = '' AND kind = '' AND what = 'received'", 1),
        ("UPDATE case_standing SET prompt = NOT prompt", 1),
        ("DELETE FROM case_standing", 1),
        ("INSERT INTO case_tally VALUES ('510521116000', '', '', 'solved', '0001-01-01', 20264, 3)", 1),
    ],
)
def test_a_tally_that_went_wrong_is_found_and_put_right(acted_on, statement, wrong):
    db.session.rollback()
    db.session.execute(text(statement))
    db.session.commit()

    assert counting.recount() == wrong
    assert counting.recount() == 0


def test_the_migration_counts_a_case_as_its_acts_did(acted_on):
    path = next((Path(__file__).parents[3] / "migrations" / "versions").glob("0021_*.py"))
    spec = importlib.util.spec_from_file_location("counted_cases", path)
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    entries = list(db.session.scalars(select(Ledger).where(Ledger.home == TOWN, Ledger.action.startswith("case.")).order_by(Ledger.height)))
    row = {column.name: getattr(acted_on, column.name) for column in Case.__table__.columns} | {"kind": "cropland-subsidy"}
    kept, tallies = db.session.scalars(select(CaseStanding)).one(), Counter()

    line = migration._line(row, entries)
    migration._tally(tallies, line)

    assert line == {name: getattr(kept, name) for name in line}
    assert line.keys() == {column.name for column in CaseStanding.__table__.columns}
    stored = {tuple(getattr(one, name) for name in migration.KEY): one.n for one in db.session.scalars(select(CaseTally)) if one.n}
    assert stored == tallies
