"""What every test may ask for. Tests speak as people:

    def test_a_clerk_finds_his_drafts(clerk):            # in tests/store on both engines, elsewhere on SQLite and one in ten on both
        page = clerk.sees("/desk")                       # tests.actors.Page: .text .status .links .forms .data .headers .path
        assert "草稿" in page.text
        page = clerk.submits(page, title="…")            # like a browser: hidden fields and defaults come from the page
        page = clerk.submits(page, press="送审")          # presses that button
        page = clerk.submits("/desk/new", sheet=Path("a.xlsx"))                # opens the page, fills the file in

People: ``clerk`` (baihe-clerk), ``reviewer``, ``leader``, ``auditor``, ``inspector``, ``admin`` (all of 泸县) are signed in;
``villager`` and ``stranger`` are not. ``person("zhaoyuan-clerk")`` signs anybody of board/demo/people.csv in (password mingbai-demo).

``app``        the app over a fresh copy of a filled database (areas of 泸州, 招远, 北塔; the demo's people; no notices). Its context is
               pushed: store functions can be called straight. Requests run outside that context, as in a server.
``once``       ``once("sent roster", lambda: sends_roster(clerk))``: a way that many tests begin with is walked once a worker.
``at``         the clock: ``at("2026-12-06")`` or ``at(date)`` or ``at(datetime)``; until then it is 2026-11-22 10:00 in China.
``empty_app``  the app over a database without tables (for migrations). ``engine`` is "sqlite" or "postgresql".

Every HTML page that any test opens is held to the rules of tests/house/page.py.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import settings

from board import sheets
from board.sheets.reply import answer
from tests.actors import Browser, Person
from tests.databases import Cluster, Databases, Filled, programs, temporary

CHINA = ZoneInfo("Asia/Shanghai")

# A busy machine is no fault of the rule under test. Some thousand examples of each rule are `pytest --hypothesis-profile=long tests/rules`.
settings.register_profile("local", deadline=None, max_examples=40)
settings.register_profile("ci", deadline=None, max_examples=40, derandomize=True)  # a run there fails by a change, and not by chance
settings.register_profile("long", deadline=None, max_examples=3000)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


TESTS = Path(__file__).parent
ON_BOTH = ("store", "test_demo.py")  # where SQL is the subject


def _names(arguments: str | Sequence[str]) -> Sequence[str]:
    return [one.strip() for one in arguments.split(",")] if isinstance(arguments, str) else arguments


@pytest.hookimpl(tryfirst=True)  # before the fixture's own engines are taken
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of the store on both engines, of the others a tenth, chosen by name, on PostgreSQL too: the SQL of a page is the
    store's (docs/decisions/0046-pages-on-one-engine.md)."""
    told = {name for mark in metafunc.definition.iter_markers("parametrize") for name in _names(mark.args[0])}
    place = metafunc.definition.path.relative_to(TESTS).parts[0]
    if "databases" not in metafunc.fixturenames or "databases" in told or place in ON_BOTH:
        return
    if crc32(metafunc.function.__name__.encode()) % 10:
        metafunc.definition.add_marker(pytest.mark.parametrize("databases", ["sqlite"], indirect=True))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the many cases of a page, or of columns that a hand changed, run the first and a third of the others, chosen by name, on
    PostgreSQL: what differs is not the SQL. In the rest of the store each case may be another query, and runs on both."""
    begun: set[str] = set()
    left_out = []
    for item in items:
        case = getattr(item, "callspec", None)
        told = {name for mark in item.iter_markers("parametrize") for name in _names(mark.args[0])}
        place = item.path.relative_to(TESTS).parts
        if case is None or case.params.get("databases") != "postgresql" or "databases" in told or len(case.params) == 1:
            continue
        if place[0] == "store" and place[1] != "proof":
            continue
        test = item.nodeid.partition("[")[0]
        if test in begun and crc32(case.id.encode()) % 3:
            left_out.append(item)
        begun.add(test)
    config.hook.pytest_deselected(items=left_out)
    gone = set(left_out)
    items[:] = [item for item in items if item not in gone]


def pytest_collection_finish() -> None:
    """Tell the garbage collector that what was collected (a million objects) stays, or it would walk through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A private PostgreSQL, made when the first test asks for it."""
    found = programs()
    if found is None:
        message = "PostgreSQL is not installed (Debian: apt-get install postgresql): the tests that run on it are left out"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    cluster = Cluster(found)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """The databases of one engine."""
    folder = temporary("mingbai-")
    databases = Databases(folder, request.getfixturevalue("cluster") if request.param == "postgresql" else None)
    yield databases
    databases.close()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def filled(databases: Databases) -> Filled:
    """The database, migrated and filled, that every test of this engine gets a copy of."""
    return databases.fill()


@pytest.fixture
def engine(databases: Databases) -> str:
    """The name of the engine that this test runs on."""
    return "postgresql" if databases.cluster else "sqlite"


_READ: dict[tuple[bytes, str, int], list[bytes]] = {}


def _answered(data: bytes, filename: str, most: int) -> Iterator[bytes]:
    """What the child that reads a sheet answers, from this process; a file that was read before is not read again."""
    key = hashlib.sha256(data).digest(), filename, most
    if key not in _READ:
        _READ[key] = [json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for said in answer(data, filename, most)]
    yield from _READ[key]


IN_CHILD = sheets._asked_child


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Read sheets without a child process, which takes a fifth of a second to start, but where the child is the subject (``in_child``)."""
    # No fixture: before all tests one takes ten seconds.
    sheets._asked_child = IN_CHILD if item.get_closest_marker("in_child") else _answered


def _ready(app: Flask) -> Flask:
    app.clock = lambda: datetime(2026, 11, 22, 10, tzinfo=CHINA).astimezone(UTC)  # type: ignore[attr-defined]
    app.test_client_class = Browser
    return app


@pytest.fixture
def app(databases: Databases, filled: Filled) -> Iterator[Flask]:
    """The app, as it was made, over a fresh copy of the filled database."""
    with databases.fresh(filled) as app:
        yield _ready(app)


@pytest.fixture
def once(app: Flask, databases: Databases) -> Callable[[str, Callable[[], Any]], Any]:
    """Be where a walk leads: ``once("sent roster", lambda: sends_roster(clerk))`` walks there in the first test that asks.

    Every later test of the worker gets the database and the files that the walk left, and what it returned (plain values: rows of the
    database would be another session's). Whoever signed in before is signed in still.
    """
    return databases.walked


@pytest.fixture
def new_files(databases: Databases) -> None:
    """For tests that search the database's files: they hold nothing of an earlier test (ask for this before ``app``)."""
    databases.renew()


@pytest.fixture
def empty_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The app over a database without tables."""
    with databases.empty(tmp_path / "instance") as app:
        yield _ready(app)


@pytest.fixture
def at(app: Flask) -> Callable[[str | date | datetime], None]:
    """Set the clock of the app to a day (10:00 in China) or to a moment."""

    def set(when: str | date | datetime) -> None:
        moment = datetime.fromisoformat(when) if isinstance(when, str) else when
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, tzinfo=CHINA)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=CHINA)
        if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
            moment = moment.replace(hour=10)
        app.clock = lambda: moment.astimezone(UTC)  # type: ignore[attr-defined]

    return set


@pytest.fixture
def person(app: Flask) -> Callable[[str], Person]:
    """Anybody, signed in with a browser of his own; without a username, somebody who is not."""

    def come(username: str = "") -> Person:
        who = Person(app.test_client())
        return who.is_signed_in(username) if username else who

    return come


@pytest.fixture
def clerk(person: Callable[[str], Person]) -> Person:
    """百和镇's clerk."""
    return person("baihe-clerk")


@pytest.fixture
def reviewer(person: Callable[[str], Person]) -> Person:
    """百和镇's reviewer."""
    return person("baihe-reviewer")


@pytest.fixture
def leader(person: Callable[[str], Person]) -> Person:
    """百和镇's leader."""
    return person("baihe-leader")


@pytest.fixture
def auditor(person: Callable[[str], Person]) -> Person:
    """泸县's auditor."""
    return person("luxian-auditor")


@pytest.fixture
def inspector(person: Callable[[str], Person]) -> Person:
    """泸县's inspector."""
    return person("luxian-inspector")


@pytest.fixture
def admin(person: Callable[[str], Person]) -> Person:
    """泸县's admin."""
    return person("luxian-admin")


@pytest.fixture
def villager(person: Callable[..., Person]) -> Person:
    """Somebody with a phone who has scanned a sheet."""
    return person()


@pytest.fixture
def stranger(person: Callable[..., Person]) -> Person:
    """Somebody who tries addresses that are not meant for him."""
    return person()
