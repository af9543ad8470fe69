"""Forms that are being read never take all threads: those beyond are turned away with words, and pages go on."""

from __future__ import annotations

from threading import BoundedSemaphore, Event, Thread

import pytest
from werkzeug.test import EnvironBuilder

from board import slots
from board.slots import Slots
from board.web.bodies import Bodies
from tests.actors import Page
from tests.web.drafting import ROSTER, begins, draft_of, pastes


class Trickling:
    """A body that does not end before ``released``."""

    def __init__(self, begun: Event, released: Event) -> None:
        self.begun, self.released = begun, released

    def read(self, size: int = -1) -> bytes:
        self.begun.set()
        self.released.wait(20)
        return b""


@pytest.fixture
def one_at_a_time(app):
    """The middleware of the app, which now takes one form at a time."""
    bodies = app.wsgi_app.inner.inner  # below the counting of scans and the cache
    assert isinstance(bodies, Bodies)
    bodies.free = BoundedSemaphore(1)
    return bodies


def test_while_one_form_trickles_in_the_next_is_told_to_come_again_and_pages_are_read(app, villager, one_at_a_time):
    begun, released = Event(), Event()
    environ = EnvironBuilder("/receipt", method="POST", content_type="application/x-www-form-urlencoded").get_environ()
    environ |= {"CONTENT_LENGTH": "4000", "wsgi.input": Trickling(begun, released)}
    slow = Thread(target=lambda: list(app.wsgi_app(environ, lambda *_given: None)))
    slow.start()
    try:
        assert begun.wait(20)
        told = Page(villager.client.post("/receipt", data={"receipt": "1"}))
        read = villager.sees("/receipt")
    finally:
        released.set()
        slow.join(20)

    assert (told.status, told.headers["Retry-After"], read.status) == (503, "5", 200)
    assert "请退回上一页（您填的还在），过几秒再交一次" in told.text
    assert villager.client.post("/receipt", data={"receipt": "1"}).status_code == 200


def test_a_request_without_a_body_needs_no_turn(app, clerk, one_at_a_time):
    with one_at_a_time.free:
        assert clerk.sees("/desk").status == 200


# ---- at most two uploads are read at once


def test_a_table_beyond_those_that_are_read_waits_and_is_then_told_to_come_again(clerk, monkeypatch):
    full = Slots(running=1, waiting=1, patience=0.05)
    monkeypatch.setattr("board.web.desk.upload.UPLOADS", full)
    page = begins(clerk, "cropland-subsidy", "510521116004")
    with full.slot():
        told = clerk.submits(page, "用粘贴的表格", table=ROSTER)

    assert (told.status, told.headers["Retry-After"]) == (503, "30")
    assert "现在同时上传的人多，您的还没有读" in told.text
    assert draft_of(clerk.submits(told, "用粘贴的表格", table=ROSTER)) == draft_of(page)


def test_a_file_beyond_those_that_are_read_keeps_its_title(clerk, monkeypatch):
    page = pastes(clerk, ROSTER)
    full = Slots(running=1, waiting=0, patience=0.05)
    monkeypatch.setattr("board.web.desk.attachments.UPLOADS", full)
    with full.slot():
        told = clerk.submits(f"{draft_of(page)}/files", "加上", title="四至图", file=(b"%PDF-1.7", "a.pdf"))

    assert told.status == 503
    assert told.form("加上").fields["title"] == ["四至图"]


def test_two_uploads_are_read_at_once():
    with slots.UPLOADS.slot(), slots.UPLOADS.slot():
        assert not slots.UPLOADS._running.acquire(blocking=False)
