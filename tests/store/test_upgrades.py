"""A database that an older program left behind, brought up to date: its log is whole, its pages answer, and its drafts are still posted.

``tests/upgrades/README.md`` says how such a database is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from board.models import db
from board.store import search_index
from board.store.cases import counting
from board.store.proof import notices as proof
from tests.actors import Browser, Person
from tests.confirming import confirmed
from tests.databases import Databases
from tests.upgrades import READY, REVISIONS, WAITING, move, unpack
from tests.web.drafting import ROSTER, facts_of

SEALED_OTHERWISE = ("0001",)  # its drafts hold their tables in a form that the next step could not read
SECOND_PERSON = "0017"  # since then a second person approves what is answered for everybody
WAYS = "到村委会口头说也行，工作日上班时间"


# Each on SQLite; on PostgreSQL the oldest, which goes through every migration, and the newest.
pytestmark = pytest.mark.parametrize(
    ("databases", "old"),
    [*(("sqlite", one) for one in REVISIONS), ("postgresql", REVISIONS[0]), ("postgresql", REVISIONS[-1])],
    indirect=True,
)


@pytest.fixture(scope="module")
def old(request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The app over the database of an older program, brought up to date; its clock stands an hour after what was done last."""
    place = tmp_path_factory.mktemp("instance")
    unpack(request.param, place)
    with databases.empty(place) as app:
        if databases.cluster:
            upgrade(revision=request.param)
            with db.engine.begin() as connection:
                move(place / "mingbai.sqlite", connection)
        upgrade()
        last = db.session.execute(text("SELECT max(at) FROM ledger")).scalar_one()
        moment = datetime.fromisoformat(last).astimezone(UTC) + timedelta(hours=1)
        app.clock = lambda: moment  # type: ignore[attr-defined]
        app.test_client_class = Browser
        app.extensions["revision"] = request.param
        yield app


@pytest.fixture
def clerk(old: Flask) -> Person:
    """百和镇's clerk, with the password of then."""
    return Person(old.test_client()).signs_in("baihe-clerk")


@pytest.fixture
def reviewer(old: Flask) -> Person:
    """百和镇's reviewer."""
    return Person(old.test_client()).is_signed_in("baihe-reviewer")


def draft(title: str) -> str:
    """Return the address of the draft with that title."""
    home, id = db.session.execute(text("SELECT home, id FROM draft WHERE title = :title"), {"title": title}).one()
    db.session.rollback()
    return f"/desk/{home}/{id}"


def posts(reviewer: Person, draft: str) -> str:
    """Post a draft, and return the address under which everybody finds it."""
    confirmed(reviewer.client.application)  # a village's draft of before has no opinion of its committee
    page = reviewer.submits(f"{draft}/review", "通过并公布")
    assert page.path.startswith("/desk/notices/"), page.text
    return f"/n/{page.path.split('/')[3]}"


def changed() -> list[proof.Fault]:
    """Return what was changed; the demo that made these dumps did things in another order than that of their times, which is told too."""
    return [fault for fault in proof.faults() if "its time lies" not in fault.what.en]


def test_its_tables_are_those_of_the_models(old: Flask) -> None:
    """A step that was changed after a database had taken it shows here."""
    with db.engine.connect() as connection:
        told = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": search_index.ours})
        assert compare_metadata(told, db.metadata) == []


def test_what_one_person_answered_for_everybody_waits_for_a_second(old: Flask) -> None:
    kept = db.session.execute(text("SELECT number, answer, withdrawn_at, approved_at FROM public_answer")).all()
    approved = {one.number for one in kept if one.approved_at and not one.withdrawn_at}
    assert not approved or old.extensions["revision"] >= SECOND_PERSON
    assert [one for one in kept if bool(one.answer) == bool(one.withdrawn_at)] == []
    for number in {one.number for one in kept}:
        assert ("大家问过的" in Person(old.test_client()).sees(f"/n/{number}").text) == (number in approved)


def test_every_notice_answers_with_its_rows_and_one_taken_down_with_the_reason(old: Flask) -> None:
    anybody = Person(old.test_client())
    shares = "FROM notice n JOIN part p ON p.number = n.number GROUP BY n.number, n.kind, n.withdrawn_at"
    found = db.session.execute(text(f"SELECT n.number, n.kind, n.withdrawn_at, max(p.place) AS place {shares}")).all()
    rows = {(one.kind, bool(one.withdrawn_at)): one for one in found}.values()  # of each kind
    right = {f"/n/{one.number}/{one.place}": 410 if one.withdrawn_at else 200 for one in rows}
    # The page of a notice says less than that of a place: of the dumps between, it is opened where the place's is not.
    every = old.extensions["revision"] in (REVISIONS[0], REVISIONS[-1])
    right |= {f"/n/{one.number}": 410 if one.withdrawn_at else 200 for one in found if every or one not in rows}

    assert len(found) >= 10
    assert {path: anybody.sees(path).status for path in right} == right


def test_its_cases_open_in_every_state(old: Flask, clerk: Person) -> None:
    found = db.session.execute(text("SELECT home, id, category FROM \"case\" WHERE home = '510521116000'")).all()
    leader = Person(old.test_client()).is_signed_in("baihe-leader") if "letter" in {category for *_, category in found} else clerk

    assert len(found) >= 2
    for home, id, category in found:
        reader = leader if category == "letter" else clerk
        assert reader.sees(f"/desk/cases/{home}/{id}").status == 200


def test_what_it_posted_is_found_by_its_words_once_the_index_is_made(old: Flask) -> None:
    assert old.test_cli_runner().invoke(args=["search", "rebuild"]).exit_code == 0
    assert "先市镇大土湾村3组连接线项目征地补偿费分配公示" in Person(old.test_client()).sees("/search?q=大土湾").text


def test_its_drafts_are_posted_and_the_log_is_whole_from_the_first_entry_on(old: Flask, clerk: Person, reviewer: Person) -> None:
    assert db.session.execute(text("SELECT count(*) FROM ledger")).scalar_one() > 50
    ready, waiting = draft(READY), draft(WAITING)
    if old.extensions["revision"] in SEALED_OTHERWISE:
        page = clerk.sees(f"{ready}/facts")
        assert page.form("存好").fields["objection_person"] == [facts_of("baihe-cropland-roster.xlsx")["objection_person"]]
        clerk.submits(f"{ready}/sheet", "用粘贴的表格", table=ROSTER)
        assert reviewer.sees(f"{waiting}/review").status == 404  # it went back to its clerk
        clerk.submits(f"{waiting}/sheet", "用粘贴的表格", table=ROSTER)
        clerk.submits(f"{waiting}/facts", "存好", objection_ways=WAYS)
        clerk.submits(f"{waiting}/finish", "送审")
    clerk.submits(f"{ready}/facts", "存好", objection_ways=WAYS)  # a fact that has to be stated since
    clerk.submits(f"{ready}/finish", "送审")

    for one in (ready, waiting):
        assert "187.20" in Person(old.test_client()).sees(f"{posts(reviewer, one)}/510521116004").text
    assert changed() == []


def test_the_cases_that_were_there_are_counted_as_the_ledger_says(old: Flask) -> None:
    assert counting.recount() == 0
