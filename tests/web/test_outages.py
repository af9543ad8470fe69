"""What people read while the database is away or can store nothing: what is the matter, whom to ring, and what they typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, text

from board.models import SignInFailure, db
from board.store import notices as store
from board.store import people
from board.store.engine import writing
from tests.actors import Page
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.asking import CONTACT, TEXT, asks, checks, receipt_on
from tests.web.failing import away, broken_at_each_point, full

TABLE = "户主姓名\t补贴面积(亩)\t补贴标准(元/亩)\t补贴金额(元)\n张小三\t2\t50\t100"
PHONE = "0830-8191000"


@pytest.fixture(autouse=True)
def _somebody_to_ring(app):
    app.config["SITE_PHONE"] = PHONE


# ---- the database does not answer


def test_every_page_says_so_in_words_and_whom_to_ring_and_comes_back(app, databases, villager, clerk, number):
    paths = ["/", f"/n/{number}", f"/N/{number}/{GAODONG}/1", f"/a/{GAODONG}", "/search?q=补贴", f"/n/{number}/ask", f"/w/{number}"]
    for path in paths:
        villager.client.get(path)  # kept in memory, where there is room
    with away(app, databases):
        told = {path: Page(villager.client.get(path)) for path in paths}
        told |= {path: Page(clerk.client.get(path)) for path in ("/desk", "/desk/new")}
        told["POST /receipt"] = Page(villager.client.post("/receipt", data={"receipt": "1234"}))
        data = villager.client.get(f"/n/{number}/{GAODONG}.json")

    assert {path: page.status for path, page in told.items()} == dict.fromkeys(told, 503)
    assert {path for path, page in told.items() if "网站现在看不到内容" not in page.text or f"请打 {PHONE}" not in page.text} == set()
    assert {page.headers["Cache-Control"] for page in told.values()} <= {"no-store", "private, no-cache"}
    assert (data.status_code, data.mimetype, data.json["status"]) == (503, "application/problem+json", 503)
    assert villager.sees(f"/n/{number}").status == 200
    assert clerk.sees("/desk").status == 200


def test_what_was_taken_down_while_the_database_was_away_is_never_shown_from_memory(app, databases, villager, number):
    path = f"/n/{number}/{GAODONG}"
    shown = villager.client.get(path)
    with away(app, databases):
        assert "张" not in Page(villager.client.get(path)).text
        assert villager.client.get(path, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 503
    store.take_down(store.find(number), people.named("baihe-reviewer").id, "标准写错了", AT)
    assert villager.sees(path).status == 410


def test_signing_in_says_that_it_cannot_and_whom_to_ring(app, databases, stranger):
    page = stranger.sees("/sign-in")
    with away(app, databases):
        told = stranger.submits(page, "登录", username="baihe-clerk", password="mingbai-demo")

    assert told.status == 503
    assert f"网站的数据库连不上，所以登录不了。请打 {PHONE}" in told.text
    assert told.form("登录").fields["username"] == ["baihe-clerk"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SITE_PHONE": "", "OPERATOR": "泸县财政局"}, "请告诉泸县财政局。"),
        ({"SITE_PHONE": ""}, "请打公示单上的电话，请他们转告管网站的人。"),
    ],
)
def test_without_a_telephone_number_it_names_who_runs_the_site(app, databases, villager, settings, words):
    app.config.update(settings)
    with away(app, databases):
        assert words in Page(villager.client.get("/")).text


# ---- the database ends a connection that is in use


def said(answers: list[Page]) -> set[tuple[int, str]]:
    """The status of each answer, and whether the outage is named on it."""
    assert not [page.text for page in answers if "系统出错了" in page.text]
    return {(page.status, "outage" if "看不到内容" in page.text or "数据库连不上" in page.text else "") for page in answers}


on_postgresql = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


def forgets_failures() -> None:
    with writing() as session:
        session.execute(delete(SignInFailure))
    db.session.rollback()


@on_postgresql
def test_who_signs_in_while_the_database_is_ended_reads_that_it_is_away_or_is_in(app, databases, stranger, clerk):
    for person, password, status in ((stranger, "mingbai-demo", 302), (clerk, "x", 401)):  # she has the cookie of a session
        typed = {**person.sees("/sign-in").form("登录").fields, "username": "baihe-clerk", "password": password}
        answers = broken_at_each_point(
            databases, lambda person=person, typed=typed: Page(person.client.post("/sign-in", data=typed)), forgets_failures, every=3
        )

        assert said(answers) == {(503, "outage"), (status, "")}


@on_postgresql
def test_who_asks_while_the_database_is_ended_reads_that_it_is_away_or_has_a_receipt(app, databases, villager, form):
    page = checks(villager, form, contact=CONTACT)
    answers = broken_at_each_point(databases, lambda: villager.submits(page, "交上去"), every=7)

    assert said(answers) == {(503, "outage"), (200, "")}
    assert receipt_on(answers[-1])
    assert db.session.execute(text('SELECT count(*) FROM "case"')).scalar_one() == 1


@on_postgresql
def test_the_page_of_another_error_says_it_too(app, databases, clerk):
    """A form that was overtaken: its page is made after the error, and asks the database."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = clerk.submits(clerk.sees("/desk/new"), "下一步", kind="cropland-subsidy", home=TOWN)
    clerk.submits(page, "用粘贴的表格", table=TABLE)
    answers = broken_at_each_point(databases, lambda: clerk.submits(page, "用粘贴的表格", table=TABLE), every=3)

    assert said(answers) == {(503, "outage"), (409, "")}


# ---- the database can store nothing


def test_a_villagers_text_stays_on_his_page_and_goes_in_later(app, databases, villager, form):
    page = villager.sees(form)
    with full(app, databases):
        told = asks(villager, page, contact=CONTACT)
        again = villager.submits(told, "再交一次")

    assert (told.status, again.status) == (503, 503)
    assert "现在存不进东西" in told.text
    assert f"请打 {PHONE}" in told.text
    assert TEXT in told.text
    assert TEXT in again.text
    assert CONTACT in again.text
    assert receipt_on(villager.submits(again, "再交一次"))
    assert db.session.execute(text('SELECT count(*) FROM "case"')).scalar_one() == 1


def test_open_sessions_read_on(app, databases, clerk, at):
    clerk.sees("/desk")
    at(app.clock() + timedelta(minutes=5))  # so that the session's time would be written
    with full(app, databases):
        assert clerk.sees("/desk").status == 200


def test_the_public_reads_on(app, databases, villager, number):
    with full(app, databases):
        assert villager.sees(f"/n/{number}/{GAODONG}").status == 200


def test_signing_in_to_a_full_server_says_so(app, databases, stranger):
    page = stranger.sees("/sign-in")
    with full(app, databases):
        told = stranger.submits(page, "登录", username="baihe-clerk", password="mingbai-demo")

    assert told.status == 503
    assert "服务器现在存不进东西（多半是磁盘满了），所以登录不了" in told.text
    assert f"请打 {PHONE}" in told.text


def test_what_a_clerk_typed_stays_on_her_page_and_pasted_tables_do_not(app, databases, clerk):
    page = clerk.sees("/desk/new")
    page = clerk.submits(page, "下一步", kind="cropland-subsidy", home="510521116004")
    with full(app, databases):
        told = clerk.submits(page, "用粘贴的表格", table="户主姓名\t补贴金额(元)\n张小三\t510521199001011234")

    assert told.status == 503
    assert "510521199001011234" not in told.html
    assert "粘贴的表格留不住" in told.text


def test_an_error_of_the_program_itself_is_no_outage(app, villager, number, monkeypatch):
    def fails(*_given, **_more):
        db.session.execute(text("SELECT * FROM no_such_table"))

    monkeypatch.setattr("board.store.notices.find", fails)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = villager.client.get(f"/n/{number}")

    assert page.status_code == 500
