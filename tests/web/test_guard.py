"""Closed unless opened: what a public page may do, who is let into a staff page, and the headers of every answer."""

from __future__ import annotations

import re

import pytest
from flask_login import login_user

from board.models import User
from board.store import people, walls
from board.store.engine import writing
from board.web import guard
from tests.house.test_headers import PUBLIC
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.publishing import addresses


def test_public_pages_set_no_cookie_run_no_script_and_have_one_policy(villager, number):
    for address in addresses(number):
        page = villager.sees(address)
        assert "Set-Cookie" not in page.headers, address
        assert page.headers["Content-Security-Policy"] == PUBLIC, address
        assert "<script" not in page.html, address


def test_a_public_page_is_whole_in_one_answer(villager, number):
    for address in addresses(number):
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', villager.sees(address).html), address


@pytest.mark.parametrize(
    ("address", "username", "status", "arrives"),
    [
        ("/desk", "", 200, "/sign-in"),
        ("/desk", "baihe-clerk", 200, "/desk"),
        ("/desk", "luxian-auditor", 403, "/desk"),
        ("/admin", "luxian-admin", 200, "/admin"),
        ("/admin", "baihe-clerk", 403, "/admin"),
        ("/static/public.css", "", 200, "/static/public.css"),
        ("/nowhere", "", 404, "/nowhere"),
        ("/desk/nowhere", "", 404, "/desk/nowhere"),  # a stranger is not asked to sign in for what is not there
    ],
)
def test_a_stranger_signs_in_a_wrong_role_is_refused_and_the_right_one_is_let_in(person, address, username, status, arrives):
    page = person(username).sees(address)

    assert (page.status, page.path) == (status, arrives)


def test_a_temporary_password_opens_only_the_page_to_change_it(app, person):
    clerk = person("baihe-clerk")
    with writing() as session:
        session.get_one(User, people.named("baihe-clerk").id).must_change = True

    assert clerk.sees("/desk").path == "/account"
    assert clerk.sees("/").path == "/"


@pytest.mark.parametrize(
    ("username", "action", "home", "right"),
    [
        ("baihe-clerk", "draft.write", TOWN, True),
        ("baihe-clerk", "draft.write", GAODONG, True),
        ("baihe-clerk", "draft.write", "510521117000", False),
        ("baihe-clerk", "draft.review", TOWN, False),
        ("baihe-reviewer", "draft.review", TOWN, True),
    ],
)
def test_the_right_is_that_of_the_role_for_its_own_homes(app, username, action, home, right):
    with app.test_request_context():
        login_user(people.named(username))

        assert guard.may(action, home) == right


def test_a_view_that_names_no_action_of_the_table_cannot_be_made():
    with pytest.raises(AssertionError):
        guard.needs("no.such.action")


@pytest.mark.parametrize(
    ("address", "policy", "camera"),
    [
        ("/desk", "frame-ancestors 'none'", "()"),
        ("/desk/walls/{wall}/check", "script-src 'self'", "(self)"),
        ("/", "default-src 'none'", "()"),
    ],
)
def test_only_the_page_that_reads_codes_may_ask_for_the_camera(clerk, address, policy, camera):
    wall = walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT).number
    headers = clerk.sees(address.format(wall=wall)).headers

    assert policy in headers["Content-Security-Policy"]
    assert headers["Permissions-Policy"].startswith(f"camera={camera},")


@pytest.mark.parametrize(("https", "told"), [(True, "max-age=31536000"), (False, None)])
def test_over_https_browsers_are_told_to_stay_there(app, villager, https, told):
    app.config["HTTPS"] = https

    assert villager.sees("/").headers.get("Strict-Transport-Security") == told
