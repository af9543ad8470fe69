"""What a person reads when something is not there, not his, too large or broken, and what a program is answered."""

from __future__ import annotations

import json

import pytest

from board.paper import typesetting
from board.slots import Busy
from board.web import errors
from tests.actors import Page
from tests.store.posted import GAODONG
from tests.web.drafting import begins


def test_errors_of_a_program_are_json_and_of_a_person_a_page(villager):
    assert json.loads(villager.client.post("/openapi.json").data)["status"] == 405
    assert villager.client.post("/openapi.json").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert villager.client.get("/nowhere").mimetype == "text/html"


@pytest.mark.parametrize(("method", "address", "status"), [("GET", "/nowhere", 404), ("POST", "/search", 405), ("GET", "/n/1/x", 404)])
def test_what_is_not_there_says_so_and_what_to_do(villager, method, address, status):
    page = Page(villager.client.open(address, method=method))

    assert (page.status, page.heading) == (status, "没有这个页面")
    assert "从首页找您的村" in page.text


def test_a_form_that_no_page_of_ours_sends_is_not_understood(clerk, number):
    page = clerk.submits(f"/desk/notices/{number}", "打印这些公示单", paper="letter")

    assert (page.status, page.heading) == (400, "提交的内容看不懂")


def test_a_role_that_may_not_is_told_whom_to_ask(clerk):
    page = clerk.sees("/admin")

    assert (page.status, page.heading) == (403, "您不能做这件事")
    assert "请找县里的管理员" in page.text


def test_a_file_that_is_too_large_says_how_large_it_may_be(app, clerk):
    app.config["MAX_CONTENT_LENGTH"] = 1_000
    page = clerk.submits(begins(clerk, "cropland-subsidy"), "上传", file=(b"x" * 2_000, "a.xlsx"))

    assert (page.status, page.heading) == (413, "文件太大了")
    assert f"不能超过 {app.config['UPLOAD_MB']} MB" in page.text


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (typesetting.TooLong(), 404, "请打印各社区自己的公示单"),
        (Busy(), 503, "请过十秒再点一次"),
        (RuntimeError("张小三 13800138000"), 500, "不是您的问题"),
    ],
    ids=["too long", "busy", "broken"],
)
def test_what_goes_wrong_within_is_told_without_its_words(app, villager, number, monkeypatch, error, status, words):
    def fails(*_given, **_more):
        raise error

    monkeypatch.setattr("board.web.public.poster.poster_pdf", fails)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf")

    assert page.status == status
    assert words in page.text
    assert "张小三" not in page.text


def test_a_program_reads_the_same_words_as_a_person(app):
    with app.test_request_context():
        answer = errors.problem(404, "没有这个编号", "请对着公示单再看一遍", number="123456789")

    assert answer.mimetype == "application/problem+json"
    assert answer.json == {"status": 404, "title": "没有这个编号", "detail": "请对着公示单再看一遍", "number": "123456789"}
