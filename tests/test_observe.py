"""What a county's monitoring reads on the private port: is it alive, is it ready, and the sums of all processes."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from board.commands.observe import serving_at
from board.observe import Observed
from board.store import engine
from board.store.engine import writing
from tests.browser.conftest import serving
from tests.store.posted import GAODONG, post
from tests.web.asking import asks
from tests.web.failing import away

HITS = 10


class Told(NamedTuple):
    status: int
    text: str

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def wrong(self) -> dict[str, str]:
        """What is not as it should be."""
        return {name: check["says"] for name, check in self.json["checks"].items() if check["ok"] is False}


def asked(observed: Observed, path: str, method: str = "GET") -> Told:
    started: list[str] = []
    body = b"".join(observed({"PATH_INFO": path, "REQUEST_METHOD": method}, lambda status, _headers: started.append(status)))
    return Told(int(started[0][:3]), body.decode())


def values(page: str) -> dict[tuple[str, ...], float]:
    """Return (name, label, label …) -> value of a page of metrics."""
    return {
        (sample.name, *sample.labels.values()): sample.value for family in text_string_to_metric_families(page) for sample in family.samples
    }


@pytest.fixture
def observed(app, tmp_path, monkeypatch):
    """The app as monitoring sees it; no process counts."""
    monkeypatch.setitem(app.config, "METRICS_FOLDER", str(tmp_path / "metrics"))
    return Observed(app)


def test_an_installation_that_is_well_is_alive_and_ready(observed):
    assert (asked(observed, "/healthz").status, asked(observed, "/healthz").json) == (200, {"status": "alive"})
    ready = asked(observed, "/readyz")

    assert (ready.status, ready.json["status"], ready.wrong) == (200, "ready", {})
    assert ready.json["checks"]["worker"]["says"].startswith("not asked")
    assert asked(observed, "/readyz", "HEAD").text == ""


def test_each_thing_that_is_wrong_is_told(observed, app, databases, monkeypatch):
    with writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    behind = asked(observed, "/readyz")
    with away(app, databases):
        gone = asked(observed, "/readyz")
        counted = values(asked(observed, "/metrics").text)
    monkeypatch.setattr(engine, "LEAST_FREE", 1 << 60)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        full = asked(Observed(app, f"http://127.0.0.1:{nobody.getsockname()[1]}"), "/readyz")

    assert (behind.status, gone.status, full.status) == (503, 503, 503)
    assert "at 0001" in behind.wrong["database"]
    assert "run `flask --app wsgi db upgrade`" in behind.wrong["database"]
    assert gone.wrong["database"] == "the database is away"
    assert counted["mingbai_database_up",] == 0
    assert "MB free, which is less than" in full.wrong["disk"]
    assert full.wrong["worker"] == "no serving process answers"


def test_a_database_without_tables_is_not_ready_and_names_the_command_as_it_is_typed_there(empty_app, monkeypatch):
    assert "the database is at no revision" in asked(Observed(empty_app), "/readyz").wrong["database"]
    monkeypatch.setenv("MINGBAI_INSTALLED", "1")

    assert "run `mingbai db upgrade`" in asked(Observed(empty_app), "/readyz").wrong["database"]


def test_a_case_past_its_day_is_one_of_its_county(observed, villager, form, at):
    asks(villager, villager.sees(form))
    before = values(asked(observed, "/metrics").text)
    at("2027-03-01")
    after = values(asked(observed, "/metrics").text)

    assert (before["mingbai_cases_overdue", "510521000000"], after["mingbai_cases_overdue", "510521000000"]) == (0, 1)
    assert sum(value for name, value in after.items() if name[0] == "mingbai_cases_overdue") == 1


def test_where_nothing_is_counted_the_page_says_so(app, monkeypatch):
    monkeypatch.setitem(app.config, "METRICS_FOLDER", "")

    assert asked(Observed(app), "/metrics") == (503, "METRICS_FOLDER is empty: nothing is counted.\n")


def test_there_is_nothing_else_at_the_private_port_and_none_of_it_at_the_public_one(observed, stranger):
    assert [asked(observed, path).status for path in ("/", "/desk", "/metrics/")] == [404, 404, 404]
    assert asked(observed, "/metrics", "POST").status == 404
    assert [stranger.sees(path).status for path in ("/healthz", "/readyz", "/metrics")] == [404, 404, 404]


# ---- as it is run


@pytest.fixture
def form(once):
    return f"/n/{once('posted', lambda: post().number)}/ask?place={GAODONG}&row=2"


class _Local(http.client.HTTPConnection):
    """A connection to a socket in the file system."""

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.host)


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310 - our own address
            return page.status
    except urllib.error.HTTPError as error:
        return error.code


def workers(log: Path) -> set[str]:
    """Return the workers that have lines in a log."""
    return {line.split()[2] for line in log.read_text().splitlines() if " GET " in line}


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_the_requests_of_two_workers_are_added_up_and_each_has_its_line(observed, app, filled, tmp_path):
    shutil.copytree(filled.folder, tmp_path / "instance")
    with serving(tmp_path / "instance", "", tmp_path, workers=2, metrics=app.config["METRICS_FOLDER"]) as served:
        found, until = list[int](), time.monotonic() + 30
        while len(found) < 2 * HITS or (len(workers(served.log)) < 2 and time.monotonic() < until):  # the second may start late
            found += [status(f"{served.address}{path}") for path in ("/receipt?q=canary", "/metrics")]
        ready = asked(Observed(app, served.address), "/readyz")
        counted = values(asked(observed, "/metrics").text)
    hits, lines = len(found) // 2, served.log.read_text().splitlines()

    assert found == [200, 404] * hits
    assert counted["mingbai_requests_total", "GET", "/receipt", "2xx"] == hits
    assert counted["mingbai_requests_total", "GET", "(none)", "4xx"] == hits
    assert len(workers(served.log)) == 2, "one of the two workers served nothing"
    assert len([line for line in lines if "GET /receipt 200" in line]) == hits
    assert "canary" not in "".join(lines)
    assert (ready.wrong, ready.json["checks"]["worker"]["says"]) == ({}, "a serving process answers")


def test_a_socket_is_for_its_user_and_group(observed, tmp_path):
    place = tmp_path / "observe.sock"
    server = serving_at(observed, "", 0, place)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        connection = _Local(str(place), timeout=10)
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        said = answer.status, answer.read()
        connection.close()
    finally:
        server.shutdown()
        thread.join(10)

    assert said == (200, b'{"status": "alive"}\n')
    assert place.stat().st_mode & 0o777 == 0o660


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--listen", "0.0.0.0:9464"], "0.0.0.0 can be reached from outside"),
        (["--listen", "[::]:9464"], ":: can be reached from outside"),
        (["--listen", "8.8.8.8:9464"], "or add --public"),
        (["--listen", "9464"], "is not ADDRESS:PORT"),
        (["--socket", "pyproject.toml"], "pyproject.toml is a file and no socket"),
        (["--ask", "gk.example.cn"], "--ask takes the address of granian itself"),
    ],
)
def test_it_listens_to_nobody_outside_unless_it_is_told_to(app, args, says):
    done = app.test_cli_runner().invoke(args=["observe", *args])

    assert done.exit_code
    assert says in done.output
