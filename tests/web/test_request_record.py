"""What a server writes down of requests: enough to find a fault by the number that somebody reads out, and nothing of anybody."""

from __future__ import annotations

import io
import logging
import re

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from board import logs, metrics
from board.web.request_record import Record, Recorder
from tests.actors import Page
from tests.store.posted import GAODONG
from tests.web.asking import CONTACT, TEXT, asks
from tests.web.failing import away

ADDRESS, NAME = "203.0.113.77", "张小三"
LINE = re.compile(r"[0-9-]{10}T[0-9:.]{12}\+08:00 INFO \[[0-9]+\] [A-Z()a-z]+ [/(][^ ]* [1-5][0-9]{2} [0-9]+ ms( ref=[0-9]{4}-[0-9]{4})?")
REFERENCE = re.compile(r"编号告诉对方：([0-9]{4}-[0-9]{4})。")


class Watched:
    """The log and the counters of a server."""

    def __init__(self) -> None:
        self.stream, self.registry = io.StringIO(), CollectorRegistry()

    def write(self, text: str) -> None:
        self.stream.write(logs.line(text))

    @property
    def log(self) -> str:
        return self.stream.getvalue()

    @property
    def counted(self) -> str:
        return generate_latest(self.registry).decode()

    def count(self, name: str, **labels: str) -> float:
        return self.registry.get_sample_value(f"mingbai_{name}", labels) or 0


@pytest.fixture
def watched(app, monkeypatch) -> Watched:
    """The app as a server has it."""
    watched = Watched()
    monkeypatch.setattr(metrics, "kept", metrics.Metrics(watched.registry))
    monkeypatch.setattr(app, "wsgi_app", Recorder(app.wsgi_app, watched.write))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    handler = logging.StreamHandler(watched.stream)
    handler.setFormatter(logs.Lines("%(asctime)s %(levelname)s [%(process)d] %(message)s"))
    monkeypatch.setattr(logs.log, "handlers", [handler])
    return watched


def breaks(monkeypatch, what: str, error: Exception) -> None:
    def fails(*_given, **_more):
        raise error

    monkeypatch.setattr(what, fails)


def test_neither_log_nor_figures_hold_anything_of_visitors_or_of_what_they_read(watched, villager, clerk, stranger, number, form):
    asks(villager, villager.sees(form), contact=CONTACT)
    villager.client.get(f"/n/{number}/{GAODONG}?q={NAME}", environ_base={"REMOTE_ADDR": ADDRESS}, headers={"User-Agent": "canary-agent"})
    villager.client.get(f"/canary-path/{NAME}")
    villager.client.open("/", method="CANARY")
    stranger.submits(stranger.sees("/sign-in"), "登录", username="canary-user", password="canary-password")
    clerk.sees("/desk")

    kept = watched.log + watched.counted
    assert [word for word in (number, GAODONG, NAME, ADDRESS, CONTACT, TEXT, "canary", "CANARY", "baihe-clerk") if word in kept] == []
    assert [line for line in watched.log.splitlines() if not LINE.fullmatch(line)] == []
    assert "GET /n/<number:number>/<place:place> 200" in watched.log
    assert "GET (none) 404" in watched.log
    assert "(other) (none) 405" in watched.log


def test_pages_of_the_inspector_count_with_those_of_the_county(watched, inspector, auditor, admin):
    for who, page in ((inspector, "/inspect"), (auditor, "/audit"), (admin, "/admin")):
        who.sees(page)

    assert watched.count("requests_total", method="GET", pattern="(county)", status="2xx") == 3
    assert "inspect" not in watched.log + watched.counted


def test_a_page_from_memory_counts_as_one_under_its_pattern(watched, villager):
    for _ in range(3):
        villager.client.get(f"/a/{GAODONG}")

    assert watched.count("requests_total", method="GET", pattern="/a/<place:code>", status="2xx") == 3
    assert watched.count("request_seconds_count", pages="cache") == 2


def test_the_number_on_the_page_of_an_error_finds_its_place_in_the_log_and_no_word_of_it(watched, villager, number, monkeypatch):
    breaks(monkeypatch, "board.store.notices.find", RuntimeError(f"{NAME} 13800138000"))
    first, second = (Page(villager.client.get(f"/n/{number}")) for _ in range(2))
    english = Page(villager.client.get(f"/n/{number}?lang=en"))
    data = villager.client.get(f"/n/{number}.json").json

    reference = REFERENCE.search(first.text)[1]
    assert f"ERROR [{logging.os.getpid()}] GET /n/<number:number> ref={reference} RuntimeError\n  builtins.RuntimeError\n" in watched.log
    assert f"GET /n/<number:number> 500 {'0'} ms" in re.sub("[0-9]+ ms", "0 ms", watched.log)
    assert re.search(rf"500 [0-9]+ ms ref={reference}\n", watched.log)
    assert re.search("board/web/public/notice.py:[0-9]+ ", watched.log)
    assert [word for word in (NAME, "13800138000", number) if word in watched.log] == []
    assert REFERENCE.search(second.text)[1] != reference
    assert re.search("read out this number: [0-9]{4}-[0-9]{4}", english.text)
    assert f"ref={data['reference']}" in watched.log
    assert watched.count("errors_total") == 4


def test_an_error_of_the_inspectors_page_is_logged_like_any_of_the_countys_without_its_place(watched, inspector, auditor, monkeypatch):
    breaks(monkeypatch, "board.policies.case_categories", RuntimeError())
    lines = [
        f"GET (county) ref={REFERENCE.search(who.sees(page).text)[1]} RuntimeError\n"
        for who, page in ((inspector, "/inspect"), (auditor, "/audit"))
    ]

    assert [line for line in lines if line not in watched.log] == []
    assert not re.search("board/web/county|inspect|audit", watched.log)


def test_what_fails_outside_the_pages_is_told_with_a_number_too(watched):
    def fails(_environ, _start):
        raise RuntimeError(NAME)

    started: list[str] = []
    page = b"".join(Recorder(fails, watched.write)({"REQUEST_METHOD": "GET"}, lambda status, _headers: started.append(status))).decode()
    reference = re.search("编号 ([0-9]{4}-[0-9]{4})", page)[1]

    assert started == ["500 INTERNAL SERVER ERROR"]
    assert f"GET (none) ref={reference} outside the pages" in watched.log
    assert NAME not in watched.log


def test_what_breaks_while_it_is_sent_is_logged_and_its_words_go_no_further(watched):
    def half():
        yield b"a,b\n"
        raise RuntimeError(NAME)

    environ = {"REQUEST_METHOD": "GET"}
    answer = Recorder(lambda _environ, start: start("200 OK", []) or half(), watched.write)(environ, lambda *_: None)
    assert next(iter(answer)) == b"a,b\n"
    with pytest.raises(ConnectionAbortedError, match="^$"):
        next(answer)
    answer.close()

    assert watched.log.count("GET (none)") == 2
    assert NAME not in watched.log


def test_an_outage_is_counted_by_kind_and_its_page_has_the_number_of_its_line(watched, app, databases, villager, number):
    with away(app, databases):
        page = Page(villager.client.get(f"/n/{number}"))

    assert f"ref={REFERENCE.search(page.text)[1]} the database is away" in watched.log
    assert watched.count("database_outages_total", kind="away") == 1
    assert watched.count("errors_total") == 0


def test_a_form_that_was_turned_away_is_counted(watched, villager, monkeypatch, app):
    bodies = app.wsgi_app.inner.inner.inner
    for _ in range(app.config["FORMS_AT_ONCE"]):
        bodies.free.acquire()
    try:
        page = Page(villager.client.post("/receipt", data={"receipt": "1"}))
    finally:
        bodies.free.release(app.config["FORMS_AT_ONCE"])

    assert page.status == 503
    assert watched.count("refused_busy_total", what="form") == 1
    assert f"POST /receipt 503 0 ms ref={REFERENCE.search(page.text)[1]}" in re.sub("[0-9]+ ms", "0 ms", watched.log)


def test_a_number_is_eight_digits_and_stays_the_same_within_a_request():
    record = Record()

    assert re.fullmatch("[0-9]{4}-[0-9]{4}", record.refer())
    assert record.refer() == record.refer()
