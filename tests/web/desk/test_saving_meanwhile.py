"""A clerk and the background worker at the same draft in the same moment: one waits for the other, and nobody is refused."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from board import work
from board.models import Draft, db
from board.store import people
from board.store.drafting import checking, drafts, jobs, staging
from tests.web.drafting import ROSTER, draft_of, facts_of, pastes, states

BAIHE = "baihe-cropland-roster.xlsx"
LONG_ENOUGH = 0.6  # seconds after which the other one stands at the lock
STANDING = 2  # seconds after which a clerk who has not begun to save waits for what the worker holds already (PostgreSQL)


@pytest.fixture(autouse=True)
def _every_table_is_large(monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 2)


@pytest.fixture
def draft(app, clerk):
    """A draft whose table waits for the worker."""
    _, _, home, id = draft_of(pastes(clerk, ROSTER)).split("/")
    return home, id


def _changes(app, key, standing: Event, others: Event):
    """The clerk changes a column; in the middle of his saving the worker comes to the same draft."""
    with app.app_context():
        draft = drafts.find(*key)
        clerk = people.named("baihe-clerk").id
        with drafts.saving(*key, draft.revision, clerk, "edited", app.clock()) as (_, saved):
            standing.set()
            others.wait(10)
            time.sleep(LONG_ENOUGH)
            saved.columns = {"9": ""}


@pytest.mark.parametrize("moment", ["clear_rows", "store", "difference"])
def test_a_clerk_who_saves_while_the_worker_stores_is_not_refused(app, draft, engine, monkeypatch, moment):
    """``moment``: what the worker is about to do when the clerk, in the middle of saving, holds the draft."""
    standing, others, saving = Event(), Event(), list[Future[None]]()
    meant = checking if moment == "difference" else staging
    done, alone = getattr(meant, moment), engine == "sqlite" and moment != "difference"  # in a transaction, where SQLite has one writer

    with ThreadPoolExecutor(1) as clerk:

        def meets(*given):
            if not saving:
                saving.append(clerk.submit(_changes, app, draft, standing, others))
                alone or standing.wait(STANDING)
                others.set()
            return done(*given)

        monkeypatch.setattr(meant, moment, meets)
        work.once(app)
        saving[0].result(30)

    db.session.rollback()
    assert db.session.get_one(Draft, draft).result is None
    assert work.once(app)
    db.session.rollback()
    assert [row.no for row in staging.rows(drafts.find(*draft))] == [1, 2, 3]
    assert jobs.find(*draft) is None


# ---- a clerk who submits while the check that her save ordered still runs


def _worker(app, pause: float) -> None:
    time.sleep(pause)
    with ThreadPoolExecutor(1) as worker:  # outside the test's own app context
        worker.submit(work.once, app).result()


def test_what_is_submitted_while_its_check_runs_is_submitted(app, clerk):
    page = states(clerk, pastes(clerk, ROSTER), **facts_of(BAIHE))
    assert "这张表还在核对" in page.text

    with ThreadPoolExecutor(1) as worker:
        done = worker.submit(_worker, app, LONG_ENOUGH)
        sent = clerk.client.post(f"{draft_of(page)}/submit", data=page.form("删掉这份草稿").fields)
        done.result()

    assert sent.headers["Location"] == "/desk"
    assert "已送审" in clerk.sees("/desk").text


def test_a_check_that_takes_longer_is_told_and_the_page_looks_again_by_itself(app, clerk, monkeypatch):
    monkeypatch.setattr(checking, "PATIENCE", 0.1)
    page = states(clerk, pastes(clerk, ROSTER), **facts_of(BAIHE))
    sent = clerk.client.post(f"{draft_of(page)}/submit", data=page.form("删掉这份草稿").fields)

    told = clerk.sees(sent.headers["Location"])
    assert "还没有送审：这张表大，还在核对" in told.text
    assert 'http-equiv="refresh"' in told.data.decode()
    work.once(app)
    assert "已送审" in clerk.submits(f"{draft_of(page)}/finish", "送审").text


def test_a_small_table_that_the_worker_took_first_is_ready_when_the_page_comes(app, clerk, monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 2_000)
    lease, read, took = jobs.lease, checking._checked, list[Future[None]]()
    monkeypatch.setattr(checking, "_checked", lambda *given: time.sleep(2 * LONG_ENOUGH) or read(*given))

    with ThreadPoolExecutor(1) as worker:

        def late(at, home=None, draft=None):
            if draft and not took:
                took.append(worker.submit(_worker, app, 0))
                time.sleep(LONG_ENOUGH)
            return lease(at, home, draft)

        monkeypatch.setattr(jobs, "lease", late)
        page = pastes(clerk, ROSTER)

    assert took
    assert "正在核对" not in page.text
    assert "753.48" in page.text
