"""A half-written answer waits for whoever wrote it, on any device, and shows nothing to others but that he writes."""

from __future__ import annotations

import pytest

from board.models import AnswerDraft, db
from board.store import logins, people
from tests.actors import PASSWORD
from tests.store.asked import files
from tests.store.posted import AT, TOWN


@pytest.fixture
def address(posted):
    case = files(posted, "amount_wrong")
    return f"/desk/cases/{case.home}/{case.id}"


def test_it_is_found_again_on_another_device(person, address):
    page = person("baihe-clerk").submits(address, "先存着，不发", text="查过了，2 号少算")
    assert "先存好了，没有发出去" in page.text

    page = person("baihe-clerk").sees(address)
    assert "您 2026年11月22日 10:00 写了一半的" in page.text
    assert page.form("答复").fields["text"] == ["查过了，2 号少算"]


def test_a_colleague_reads_that_somebody_writes_and_no_word_of_it(person, posted, address):
    a_second_clerk()
    person("baihe-clerk").submits(address, "先存着，不发", text="查过了，2 号少算")
    page = person("baihe-second").sees(address)

    assert "陶立秋 正在写这件来件的答复" in page.text
    assert "少算" not in page.html
    assert page.form("答复").fields["text"] == [""]
    assert "正在写" not in person("baihe-reviewer").sees(address).text


def a_second_clerk():
    people.add("baihe-second", "范小满", "clerk", TOWN, PASSWORD, actor="luxian-admin", at=AT)


def test_the_page_keeps_it_quietly_while_one_types(clerk, address):
    page = clerk.sees(address)
    fields = {name: values[-1] for name, values in page.form("答复").fields.items()}
    quiet = clerk.client.post(f"{address}/draft", data=fields | {"text": "写了一半", "quiet": "1"})
    assert (quiet.status_code, quiet.data) == (204, b"")

    clerk.submits(page, "答复", text="查过了，没有错。")
    late = clerk.client.post(f"{address}/draft", data=fields | {"text": "查过了，没有错。", "quiet": "1"})
    assert late.status_code == 409, "what comes after the answer is not kept as one more"
    assert db.session.query(AnswerDraft).count() == 0
    assert clerk.sees(address).form("答复").fields["text"] == [""]


def test_a_number_in_it_is_never_kept(clerk, address):
    clerk.submits(address, "先存着，不发", text="打 13800138000 问过了。")
    assert clerk.sees(address).form("答复").fields["text"] == ["打 ●●●●●●●●●●● 问过了。"]


def test_what_is_sent_with_another_button_stays_as_it_was_typed(clerk, address):
    page = clerk.submits(address, "先存着，不发", text="存过的")
    page = clerk.submits(page, "先告诉居民", text="又写了几个字")
    assert page.form("答复").fields["text"] == ["又写了几个字"]
    page = clerk.submits(page, "先存着，不发", text="")
    assert page.form("答复").fields["text"] == [""]
    assert clerk.sees(address).form("答复").fields["text"] == [""]


def test_the_chosen_answer_is_kept_too(posted, clerk):
    case = files(posted, "correction")
    address = f"/desk/cases/{case.home}/{case.id}"
    clerk.submits(address, "先存着，不发", text="登记没有错", outcome="not_wrong")
    assert clerk.sees(address).form("答复").fields["outcome"] == ["not_wrong"]


def test_nobody_writes_into_a_case_that_he_cannot_answer(person, address, posted):
    for username, status in (("zhaoyuan-clerk", 404), ("luxian-clerk", 404), ("baihe-reviewer", 403)):
        who = person(username)
        who.sees("/start")
        assert who.client.post(f"{address}/draft", data={"text": "写了一半"}).status_code in (status, 400)
    assert db.session.query(AnswerDraft).count() == 0


def test_after_the_session_ended_it_is_carried_through_the_sign_in(person, address):
    who = person("baihe-clerk")
    page = who.sees(address)
    logins.end_all(people.named("baihe-clerk").id)
    page = who.submits(page, "先存着，不发", text="写了一半")
    assert "写了一半" in page.html
    assert page.status == 401
