"""Large tables: checked in the background with progress that a person sees, whatever happens to browsers and servers meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from board import work
from board.models import Draft, Job, db
from board.store import sealing
from board.store.drafting import checking, jobs, staging
from board.store.engine import writing
from tests.web.drafting import ROSTER, begins, draft_of, facts_of, pastes, states

BAIHE = "baihe-cropland-roster.xlsx"
THREE = [(1, "张小三"), (2, "李四"), (3, "王老五")]


@pytest.fixture(autouse=True)
def _every_table_is_large(monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    monkeypatch.setattr(staging, "CHUNK", 1)


def key(page) -> tuple[str, str]:
    _, _, home, id = draft_of(page).split("/")
    return home, id


def stored(page) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, key(page), populate_existing=True)


def staged(page) -> list[tuple[int, str]]:
    return [(row.no, sealing.name_of(row)) for row in staging.rows(stored(page))]


@pytest.fixture
def between(monkeypatch):
    """Do something between two chunks of rows, as everything may happen there."""
    chunks = staging.chunks

    def happens(what) -> None:
        def broken(lines):
            for done, chunk in chunks(lines):
                yield done, chunk
                what()

        monkeypatch.setattr(staging, "chunks", broken)

    return happens


# ---- what the clerk sees


def test_a_clerk_sees_that_her_table_waits_and_then_that_it_is_right(app, clerk):
    page = pastes(clerk, ROSTER)
    assert page.heading == "正在核对这张表"
    assert "马上就开始。" in page.text
    assert 'http-equiv="refresh"' in page.html
    assert "正在核对" in clerk.sees("/desk").text

    assert work.once(app)
    page = clerk.sees(page.path)
    assert page.heading == "数都对上了"
    assert "753.48" in page.text


def test_a_check_that_has_only_just_begun_says_no_figures_yet(app, clerk):
    page = pastes(clerk, ROSTER)
    assert jobs.lease(app.clock())

    assert "马上就开始。" in clerk.sees(page.path).text


def test_every_step_of_the_desk_leads_to_the_progress_until_the_check_is_done(app, clerk):
    page = pastes(clerk, ROSTER)
    for step in ("columns", "rows", "ready"):
        assert clerk.sees(f"{draft_of(page)}/{step}").heading == "正在核对这张表"
    assert "这张表还在核对。" in clerk.sees(f"{draft_of(page)}/finish").text

    work.once(app)
    assert clerk.sees(f"{draft_of(page)}/progress").heading == "数都对上了"


def test_she_reads_how_far_it_is(app, clerk, between):
    page, seen = pastes(clerk, ROSTER), []
    between(lambda: seen.append(clerk.sees(f"{draft_of(page)}/progress")))
    work.once(app)

    assert [f"正在存：{done} 行，共 5 行。" in one.text for done, one in enumerate(seen)] == [True, True, True]
    assert 'max="10" value="7"' in seen[2].html


def test_who_comes_second_reads_that_one_is_before_him(clerk, person, at):
    pastes(clerk, ROSTER)
    at("2026-11-22 10:01")
    page = pastes(person("hushi-clerk"), ROSTER, home="510504103001")

    assert "前面还有 1 张表" in page.text


def test_nothing_can_be_sent_to_the_reviewer_while_it_is_checked(app, clerk):
    page = states(clerk, pastes(clerk, ROSTER), **facts_of(BAIHE))
    assert '<button class="go">' not in page.html

    work.once(app)
    page = clerk.submits(clerk.sees(f"{draft_of(page)}/finish"), "送审")
    assert stored_state(page) == "submitted"


def stored_state(_page) -> str:
    db.session.rollback()
    return db.session.query(Draft.state).scalar()


# ---- what may happen meanwhile


def test_a_server_that_is_switched_off_half_way_leaves_the_rest_to_the_next(app, clerk, at, between, monkeypatch):
    page = pastes(clerk, ROSTER)

    def switched_off():
        raise SystemExit

    between(switched_off)
    with pytest.raises(SystemExit):
        work.once(app)
    between(lambda: None)
    assert len(staged(page)) == 1
    assert clerk.sees(f"{draft_of(page)}/rows").heading == "正在核对这张表"
    assert not work.once(app)  # its lease still runs: it might be alive

    at("2026-11-22 10:01")
    assert work.once(app)
    assert staged(page) == THREE
    assert clerk.sees(f"{draft_of(page)}/rows").heading == "数都对上了"


def test_a_table_that_brings_the_program_down_is_not_tried_for_ever(app, clerk, at, monkeypatch):
    page = pastes(clerk, ROSTER)

    def brought_down(_):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(checking, "number_rows", lambda *_, **__: brought_down(_))
        for minute in range(jobs.TRIES):
            at(f"2026-11-22 10:0{minute}")
            with pytest.raises(SystemExit):
                work.once(app)
    at("2026-11-22 10:09")
    assert not work.once(app)
    page = clerk.sees(f"{draft_of(page)}/progress")
    assert page.heading == "这张表没有核对完"

    clerk.submits(page, "再核对一次")
    assert work.once(app)
    assert staged(page) == THREE


def test_an_error_of_ours_is_said_and_logged_without_a_word_of_the_table(app, clerk, monkeypatch, caplog):
    page = pastes(clerk, ROSTER)
    with monkeypatch.context() as patch:
        patch.setattr(checking, "rostered", lambda _, lines: int(lines[0].name))
        work.once(app)

    assert clerk.sees(f"{draft_of(page)}/progress").heading == "这张表没有核对完"
    assert "ValueError at" in caplog.text
    assert "张小三" not in caplog.text


def test_she_may_cancel_and_the_table_is_gone(app, clerk, between):
    page = pastes(clerk, ROSTER)
    between(lambda: clerk.submits(clerk.submits(f"{draft_of(page)}/progress", "取消"), "取消核对") if stored(page).chosen else None)
    work.once(app)
    draft = stored(page)

    assert (draft.chosen, draft.sheet_digest, draft.result, staging.tables(draft), staged(page)) == ([], None, None, [], [])
    assert not work.once(app)
    assert clerk.sees(f"{draft_of(page)}/rows").path.endswith("/sheet")


def test_another_table_uploaded_meanwhile_is_the_one_that_counts(app, clerk, between):
    page, done = pastes(clerk, ROSTER), []

    def uploads_another():
        if not done:
            done.append(clerk.submits(f"{draft_of(page)}/sheet", "用粘贴的表格", table=ROSTER.replace("张小三", "赵六")))

    between(uploads_another)
    assert work.once(app)
    assert len(staged(page)) <= 1
    assert work.once(app)
    assert staged(page) == [(1, "赵六"), *THREE[1:]]


def test_what_she_states_meanwhile_stays_and_the_check_goes_on(app, clerk):
    page = pastes(clerk, ROSTER)
    order = jobs.find(*key(page)).holder
    states(clerk, page, fund_source="中央财政")
    db.session.rollback()

    assert jobs.find(*key(page)).holder == order
    work.once(app)
    assert stored(page).facts["fund_source"] == "中央财政"
    assert staged(page) == THREE


def test_a_fact_that_is_compared_with_the_rows_checks_them_anew(app, clerk):
    page = pastes(clerk, ROSTER)
    work.once(app)
    states(clerk, page, eligibility="共 5 户种地农民")

    assert clerk.sees(f"{draft_of(page)}/ready").heading == "正在核对这张表"
    work.once(app)
    assert "5 户" in clerk.sees(f"{draft_of(page)}/ready").text


def test_two_clerks_import_at_once(app, clerk, person):
    other, together = person("hushi-clerk"), Barrier(2)
    pages = [pastes(clerk, ROSTER), pastes(other, ROSTER.replace("张小三", "赵六"), home="510504103001")]

    def works(_):
        together.wait(10)
        return work.once(app)

    with ThreadPoolExecutor(2) as servers:
        assert list(servers.map(works, range(2), timeout=60)) == [True, True]
    assert [staged(page)[0] for page in pages] == [(1, "张小三"), (1, "赵六")]
    assert clerk.sees(pages[0].path).heading == "数都对上了"


def test_an_upload_that_was_broken_off_says_upload_again(app, clerk, at):
    page = begins(clerk, "cropland-subsidy", "510521116004")
    home, draft = key(page)
    with jobs.reading(home, draft, app.clock()):
        assert jobs.find(home, draft).state == "reading"
    assert jobs.find(home, draft) is None

    with writing() as session:
        moment = app.clock()
        session.add(Job(home=home, draft=draft, state="reading", holder="", asked=moment, leased=moment + jobs.READING))
    assert "刚才上传的表还在读" in clerk.sees(page.path).text

    at("2026-11-22 10:05")
    page = clerk.sees(page.path)
    assert "请再上传一次" in page.text
    assert clerk.submits(page, "用粘贴的表格", table=ROSTER).heading == "正在核对这张表"
