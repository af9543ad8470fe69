"""Signing in: a wrong name reads like a wrong password, wrong tries wait, and a login ends alone, by time, or with all others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.models import Login, SignInFailure, db
from board.store import logins, people
from tests.actors import PASSWORD
from tests.store.posted import AT


def sign_in(username="baihe-clerk", password=PASSWORD, device="", shared=False, at=AT):
    return logins.sign_in(username, password, device, shared, at)


def test_whoever_signs_in_is_found_under_his_token_and_the_table_has_only_its_digest(app):
    person = sign_in().person

    assert logins.person(person.token, AT).username == "baihe-clerk"
    assert [one.token for one in db.session.query(Login)] == [people.token_digest(person.token)] != [person.token]
    assert logins.person(people.token_digest(person.token), AT) is None


@pytest.mark.parametrize(
    ("username", "password"), [("baihe-clerk", "wrong-word"), ("nobody-here", PASSWORD), ("' OR 1=1", PASSWORD), ("", "")]
)
def test_wrong_is_wrong_whichever_of_both_it_was(app, username, password):
    assert sign_in(username, password) == logins.Try()
    assert db.session.query(Login).count() == 0


def test_a_disabled_person_reads_the_same(app):
    people.disable(people.named("baihe-clerk").id, "luxian-admin", AT)

    assert sign_in() == logins.Try()


def test_wrong_tries_wait_and_the_right_one_is_not_looked_at_meanwhile(app):
    tries = [sign_in(password="wrong-word") for _ in range(20)]
    wait = tries[-1].wait

    assert wait > 0
    assert sign_in().wait > 0
    later = AT + timedelta(seconds=wait + 1)
    assert sign_in(at=later).person
    assert db.session.query(SignInFailure).count() == 0  # who got in starts from nothing


def test_a_known_device_has_a_count_of_its_own(app):
    while not sign_in(password="wrong-word").wait:
        pass

    assert sign_in(device="tablet").person


@pytest.mark.parametrize(("shared", "setting"), [(False, "IDLE_MINUTES"), (True, "SHARED_IDLE_MINUTES")])
def test_a_login_left_alone_ends_by_itself(app, shared, setting):
    token = sign_in(shared=shared).person.token
    idle = timedelta(minutes=app.config[setting])

    assert logins.person(token, AT + idle - timedelta(seconds=1))  # this click counts
    assert logins.person(token, AT + idle + timedelta(minutes=1))
    assert logins.person(token, AT + 3 * idle) is None


def test_one_browser_is_signed_out_alone_or_all_together(app):
    first, second = sign_in().person, sign_in(at=AT + timedelta(minutes=1)).person
    assert [one.token for one in logins.listed(first.id, AT)] == [people.token_digest(one.token) for one in (second, first)]
    logins.end(first.token)
    assert (logins.person(first.token, AT), bool(logins.person(second.token, AT))) == (None, True)
    logins.end_all(second.id)
    assert logins.listed(second.id, AT) == []
