"""Signing in, staying signed in, and not losing what one typed."""

from __future__ import annotations

import io
import re
import time
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from board import create_app
from board.models import Login, db
from board.rules import throttle
from board.store import logins, people
from tests.actors import PASSWORD, Page
from tests.databases import SETTINGS

GAODONG = "510521116004"


@pytest.fixture
def clerk(person):
    """百和镇's clerk, who came through the page: his device is known."""
    return person().signs_in("baihe-clerk")


def tries(who, username="baihe-clerk", password=PASSWORD, **more):
    """Fill the sign-in form in and send it."""
    return who.submits("/sign-in", username=username, password=password, **more)


def hammer(app, username, times):
    """Try wrong passwords from new devices, as fast as a program can; return how many were looked at and how many told to wait."""
    client = FlaskClient(app, app.response_class)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)[1]
    given = {"csrf_token": token, "username": username}
    sent = [client.post("/sign-in", data=given | {"password": f"wrong-{n}"}).status_code for n in range(times)]
    return sent.count(401), sent.count(429)


@pytest.mark.parametrize(
    ("username", "path"),
    [
        ("baihe-clerk", "/desk"),
        ("baihe-reviewer", "/desk"),
        ("luxian-auditor", "/audit"),
        ("luxian-inspector", "/inspect"),
        ("luxian-admin", "/admin"),
    ],
)
def test_each_role_arrives_at_its_own_first_page(person, username, path):
    page = tries(person(), username)
    assert (page.status, page.path) == (200, path)


def test_a_stranger_is_asked_to_sign_in_and_then_goes_where_he_wanted(villager):
    page = villager.sees("/admin/areas?q=高洞")
    assert page.path == "/sign-in"
    page = villager.submits(page, username="luxian-admin", password=PASSWORD)
    assert page.path == "/admin/areas"
    assert "高洞社区居民委员会" in page.text


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/admin",
    "/\\evil.example",
    "admin",
    "/sign-in",
    "/none",
    "/\t/evil.example",
    "/admin\n",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_to_nothing_but_pages_of_ours(villager, elsewhere):
    page = tries(villager, "luxian-admin", next=elsewhere)
    assert page.path == "/admin"


def test_an_unknown_name_a_wrong_password_and_a_disabled_person_read_the_same(app, person):
    people.disable(people.named("baihe-reviewer").id, "luxian-admin", datetime.now().astimezone())
    pairs = [("nobody-here", PASSWORD), ("baihe-clerk", "wrong"), ("baihe-reviewer", PASSWORD), ("名字\0", PASSWORD)]
    pages = [tries(person(), *pair) for pair in pairs]
    assert {page.status for page in pages} == {401}
    assert len({re.sub(r'value="[^"]*"', "", page.html) for page in pages}) == 1


def test_an_unknown_name_costs_a_hash_like_a_known_one(app, person, monkeypatch):
    looked = []
    monkeypatch.setattr(people, "matches", lambda stored, password: looked.append(stored) or False)
    tries(person(), "nobody-here")
    tries(person(), "baihe-clerk")
    assert len(looked) == 2
    assert {stored.split("$")[1] for stored in looked} == {"argon2id"}


def test_the_owner_gets_in_on_his_own_device_during_a_thousand_wrong_tries(app, clerk, person):
    clerk.submits("/account", press="退出")
    looked, waited = hammer(app, "baihe-clerk", 1000)
    assert (looked, waited) == (throttle.FREE, 1000 - throttle.FREE)
    started = time.monotonic()
    assert tries(clerk).path == "/desk"
    assert time.monotonic() - started < 5
    stranger = tries(person())
    assert stranger.status == 429
    assert "请等 1 秒再试" in stranger.text


def test_a_refused_try_costs_no_hash_and_does_not_prolong_the_wait(app, at, person, monkeypatch):
    hammer(app, "baihe-clerk", throttle.FREE)
    with monkeypatch.context() as patched:
        patched.setattr(people, "matches", lambda *_: pytest.fail("the password was looked at"))
        hammer(app, "baihe-clerk", 20)
    at("2026-11-22T10:00:01")
    assert tries(person()).path == "/desk"


def test_wrong_tries_on_a_known_device_wait_too(clerk):
    clerk.submits("/account", press="退出")
    statuses = [tries(clerk, password="wrong").status for _ in range(throttle.FREE + 1)]
    assert statuses == [401] * throttle.FREE + [429]


def test_a_device_is_known_for_the_people_who_signed_in_on_it_only(app, clerk):
    clerk.submits("/account", press="退出")
    hammer(app, "luxian-admin", throttle.FREE)
    assert tries(clerk, "luxian-admin").status == 429


def test_while_others_are_being_checked_a_new_device_waits_and_a_known_one_does_not(app, clerk, person):
    clerk.submits("/account", press="退出")
    taken = [logins._new_devices.acquire() for _ in range(4)]
    try:
        assert "现在登录的人多" in tries(person(), "luxian-admin").text
        assert tries(clerk).path == "/desk"
    finally:
        for _ in taken:
            logins._new_devices.release()


def test_the_database_holds_no_token_that_signs_anybody_in(app, clerk):
    with clerk.client.session_transaction() as session:
        token = session["_user_id"]
    kept = db.session.scalars(select(Login.token)).all()
    assert kept == [people.token_digest(token)]
    assert token not in kept


def test_over_https_the_cookies_are_kept_from_scripts_and_other_sites(app):
    secure = create_app(app.instance_path, **SETTINGS | {"HTTPS": True, "DATABASE_URL": app.config["DATABASE_URL"]})
    client = FlaskClient(secure, secure.response_class)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in", base_url="https://localhost").text)[1]
    sent = {"csrf_token": token, "username": "baihe-clerk", "password": PASSWORD}
    cookies = client.post("/sign-in", data=sent, base_url="https://localhost").headers.getlist("Set-Cookie")
    with secure.app_context():
        db.engine.dispose()
    assert {cookie.partition("=")[0] for cookie in cookies} == {"session", "device"}
    assert all({"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; ")) for cookie in cookies)


@pytest.mark.parametrize(("shared", "minutes", "path"), [(0, 29, "/desk"), (0, 30, "/sign-in"), (1, 9, "/desk"), (1, 10, "/sign-in")])
def test_a_tablet_left_alone_signs_out_a_shared_one_sooner(person, at, shared, minutes, path):
    who = person()
    tries(who, shared=bool(shared))
    at(f"2026-11-22T10:{minutes:02}:00")
    assert who.sees("/start").path == path


def test_somebody_who_goes_on_clicking_stays_signed_in(clerk, at):
    for clock in ("10:20", "10:40", "11:00"):
        at(f"2026-11-22T{clock}")
        assert clerk.sees("/desk").path == "/desk"


def test_reading_pages_writes_at_most_once_a_minute(app, clerk, at):
    def seen():
        db.session.rollback()
        return db.session.scalars(select(Login.seen)).one()

    first = seen()
    at("2026-11-22T10:00:59")
    clerk.sees("/account")
    assert seen() == first
    at("2026-11-22T10:01:00")
    clerk.sees("/account")
    assert seen() == first + timedelta(minutes=1)


def expired(admin, at):
    """The admin types a new name, is called away, and presses the button after the time-out."""
    page = admin.sees(f"/admin/areas/{GAODONG}")
    at("2026-11-22T10:45")
    return admin.submits(page, press="改名称", name="高洞<新>社区")


def test_what_was_typed_before_the_time_out_is_still_there_after_signing_in(app, admin, at):
    page = expired(admin, at)
    assert page.status == 401
    assert "刚才填的都留着" in page.text
    page = admin.submits(page, username="luxian-admin", password=PASSWORD)
    assert page.heading == "您刚才填的还在"
    assert "高洞<新>社区" in page.text
    page = admin.submits(page, press="接着提交")
    assert page.text.splitlines().count("高洞<新>社区") == 1
    assert page.path == f"/admin/areas/{GAODONG}"


def test_a_wrong_password_in_between_loses_nothing(admin, at):
    page = admin.submits(expired(admin, at), username="luxian-admin", password="wrong")
    assert page.status == 401
    page = admin.submits(page, username="luxian-admin", password=PASSWORD)
    assert "高洞<新>社区" in page.text


def test_a_form_left_open_in_another_window_is_taken_after_signing_in_again(admin, at):
    page = admin.sees(f"/admin/areas/{GAODONG}")
    at("2026-11-22T10:45")
    tries(admin, "luxian-admin")
    assert admin.submits(page, press="改名称", name="高洞新社区").heading == "高洞新社区"


def test_pasted_tables_files_and_passwords_never_wait_in_a_page(admin, at):
    at("2026-11-22T10:45")
    sent = {"table": "张三 6222", "old_password": "geheim", "name": "高洞", "sheet": (io.BytesIO(b"PK"), "a.xlsx")}
    page = Page(admin.client.post(f"/admin/areas/{GAODONG}/rename", data=sent))
    assert page.status == 401
    assert "张三" not in page.html
    assert "geheim" not in page.html
    assert "请重新选文件或再粘贴一次" in page.text


def test_another_sites_form_is_not_carried_through_signing_in(stranger):
    answer = stranger.client.post(f"/admin/areas/{GAODONG}/rename", data={"name": "坏名字"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 401
    assert "坏名字" not in answer.text


def test_what_waits_is_sent_to_no_page_but_ours(villager):
    page = villager.sees("/sign-in")
    token = page.forms[0].fields["csrf_token"][0]
    kept = {"posted": "1", "kept.name": "x", "next": "//evil.example/admin/holidays/put"}
    sent = kept | {"csrf_token": token, "username": "luxian-admin", "password": PASSWORD}
    answer = villager.client.post("/sign-in", data=sent)
    assert answer.status_code == 302
    assert answer.location == "/start"


def test_signing_out_takes_a_button_and_ends_the_login_on_the_server(app, clerk):
    with clerk.client.session_transaction() as session:
        token = session["_user_id"]
    assert clerk.client.get("/sign-out").status_code == 405
    page = clerk.submits("/account", press="退出")
    assert page.path == "/sign-in"
    assert logins.person(token, app.clock()) is None


def test_signing_out_everywhere_ends_the_other_devices_too(person):
    tablet, desk = person("baihe-clerk"), person("baihe-clerk")
    assert tablet.sees("/account").text.count("2026年11月22日 10:00") == 4
    tablet.submits("/account", press="全部退出")
    assert desk.sees("/account").path == "/sign-in"


@pytest.mark.parametrize("act", ["disable", "move", "reset"])
def test_what_the_admin_changes_holds_at_the_next_click(app, clerk, act):
    id, at = people.named("baihe-clerk").id, app.clock()
    if act == "move":
        people.move(id, "reviewer", "510521000000", "luxian-admin", at)
    else:
        getattr(people, act)(id, "luxian-admin", at)
    assert clerk.sees("/desk").path == "/sign-in"


def test_a_temporary_password_opens_nothing_but_the_page_to_change_it(app, person):
    given = people.reset(people.named("luxian-admin").id, "console", app.clock())
    who = person()
    assert tries(who, "luxian-admin", given).path == "/account"
    assert who.sees("/admin").path == "/account"
    assert who.client.post(f"/admin/areas/{GAODONG}/close", data={}).location == "/account"
    page = who.submits("/account", press="换密码", old_password=given, new_password="shuo-hua-suan-shu", password_again="shuo-hua-suan-shu")
    assert page.path == "/admin"
    assert tries(person(), "luxian-admin", "shuo-hua-suan-shu").path == "/admin"
    assert tries(person(), "luxian-admin", given).status == 401


def test_a_new_password_signs_the_other_devices_out_and_keeps_this_one(person):
    tablet, desk = person("baihe-clerk"), person("baihe-clerk")
    tablet.submits("/account", press="换密码", old_password=PASSWORD, new_password="shuo-hua-suan-shu", password_again="shuo-hua-suan-shu")
    assert tablet.sees("/account").path == "/account"
    assert desk.sees("/account").path == "/sign-in"


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("wrong", "shuo-hua-suan-shu", "shuo-hua-suan-shu", "现在的密码不对"),
        (PASSWORD, "shuo-hua-suan-shu", "shuo-hua-suan-sh", "两次填的新密码不一样"),
        (PASSWORD, "shuohua", "shuohua", "至少 10 个字符"),
        (PASSWORD, "my-Baihe-Clerk-1", "my-Baihe-Clerk-1", "不能带用户名"),
        (PASSWORD, "1qaz2wsx3edc", "1qaz2wsx3edc", "太常见"),
        (PASSWORD, "1212121212121", "1212121212121", "太常见"),
        (PASSWORD, PASSWORD, PASSWORD, "不能和现在的一样"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_a_reason(clerk, old, new, again, told):
    page = clerk.submits("/account", press="换密码", old_password=old, new_password=new, password_again=again)
    assert page.status == 400
    assert told in page.text


def test_outside_a_demo_the_demos_password_neither_opens_nor_may_be_chosen(app, person):
    app.config["DEMO"] = False
    assert tries(person()).status == 401
    with pytest.raises(people.PersonRefused, match="demo"):
        people.add("gaodong-clerk", "某人", "clerk", "510521116004", PASSWORD, at=app.clock())


# ---- https is meant, and the page came over plain http


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-Proto": "http", "X-Forwarded-For": "10.0.0.1"}])
def test_over_plain_http_the_sign_in_page_says_so(app, villager, headers):
    app.config.update(HTTPS=True, PUBLIC_ADDRESS="https://gk.luxian.gov.cn")
    page = Page(villager.client.get("/sign-in", headers=headers))

    assert "这一页是用 http:// 打开的，登录不了" in page.text
    assert ("https://gk.luxian.gov.cn/sign-in", "https://gk.luxian.gov.cn/sign-in") in [(text, to) for text, to in page.links]


def test_a_sign_in_whose_cookie_never_came_back_says_http_and_not_that_the_page_is_old(app, stranger):
    app.config["HTTPS"] = True
    page = Page(app.test_client().post("/sign-in", data={"csrf_token": "x", "username": "baihe-clerk"}, headers={"Via": "1.1 gate"}))

    assert page.status == 400
    assert "这一页是用 http:// 打开的" in page.text
    assert "放得太久" not in page.text


@pytest.mark.parametrize("headers", [{"X-Forwarded-Proto": "https"}, {"X-Forwarded-For": "10.0.0.1"}])
def test_behind_a_web_server_with_tls_the_sign_in_page_says_nothing(app, villager, headers):
    app.config["HTTPS"] = True

    assert "http://" not in Page(villager.client.get("/sign-in", headers=headers)).text
