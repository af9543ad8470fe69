"""The public log: it only grows, never forks, and is read a page at a time."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from board.models import Area, db
from board.rules import hash_chain
from board.store import ledger
from board.store.engine import writing
from tests.databases import ROOT

ONE, OTHER = "510521116004", "510521116005"  # two homes of which the log has nothing yet
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


def write(home: str = ONE, at: datetime = AT, **body) -> None:
    with writing():
        ledger.append(home, at, "baihe-clerk", "act", "subject", **body)


def length(home: str = ONE) -> int:
    db.session.rollback()
    return len(list(ledger.entries(home)))


def test_every_home_has_a_chain_of_its_own(app):
    for home in (ONE, OTHER, ONE):
        write(home)

    assert [entry.height for entry in ledger.entries(ONE)] == [1, 2]
    assert [entry.height for entry in ledger.entries(OTHER)] == [1]
    assert {hash_chain.first_broken(ledger.entries(home)) for home in ledger.homes()} == {None}


@pytest.mark.parametrize("statement", ["UPDATE ledger SET actor = 'x'", "DELETE FROM ledger"])
def test_the_database_itself_refuses_to_rewrite_it(app, statement):
    write()
    with pytest.raises(DatabaseError, match="only grows"):
        db.session.execute(text(statement))
    db.session.rollback()

    assert length() == 1


def test_what_fails_leaves_no_entry(app):
    def begins_and_fails() -> None:
        with writing():
            ledger.append(ONE, AT, "baihe-clerk", "act", "subject")
            raise OSError("the plug was pulled")

    with pytest.raises(OSError, match="pulled"):
        begins_and_fails()
    assert length() == 0


def test_times_are_written_in_utc_wherever_the_clock_stands(app):
    write(at=AT.astimezone(timezone(timedelta(hours=8))))

    assert [entry.at for entry in ledger.entries(ONE)] == ["2026-11-20T02:00:00+00:00"]


def test_four_clerks_at_once_make_one_whole_chain(app):
    def works(clerk: int) -> None:
        with app.app_context():
            for n in range(6):
                write(clerk=clerk, n=n)
            db.session.remove()

    with ThreadPoolExecutor(4) as clerks:
        for done in [clerks.submit(works, clerk) for clerk in range(4)]:
            done.result(timeout=60)

    assert length() == 24
    assert hash_chain.first_broken(ledger.entries(ONE)) is None
    written = [(entry.body["clerk"], entry.body["n"]) for entry in ledger.entries(ONE)]
    assert [[n for who, n in written if who == clerk] for clerk in range(4)] == [list(range(6))] * 4


PROCESS = """
import sys
from datetime import UTC, datetime
from board import create_app
from board.store import cache_versions, ledger
from board.store.engine import writing
app = create_app(sys.argv[1], DEMO=True, HTTPS=False, DATABASE_URL=sys.argv[2])
with app.app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(5):
        with writing():
            ledger.append("510521116004", datetime(2026, 11, 20, 2, tzinfo=UTC), sys.argv[3], "act", "subject", n=n)
"""


def test_two_servers_at_once_make_one_whole_chain(app):
    told = [sys.executable, "-c", PROCESS, app.instance_path, app.config["DATABASE_URL"]]
    servers = [
        subprocess.Popen([*told, f"server-{n}"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for n in range(2)
    ]
    try:
        assert [server.stdout.readline() for server in servers if server.stdout] == ["ready\n"] * 2
        for server in servers:
            server.communicate("go\n", timeout=60)
    finally:
        for server in servers:
            server.kill()

    assert [server.returncode for server in servers] == [0, 0]
    assert length() == 10
    assert hash_chain.first_broken(ledger.entries(ONE)) is None


def test_the_newest_come_first_and_pages_neither_lose_nor_repeat_one(app):
    for n in range(11):
        write((ONE, OTHER)[n % 2], AT + timedelta(seconds=n // 4), n=n)  # several in one second
    seen, before = [], None
    while page := ledger.newest("510521", 3, before):
        seen += [(entry.at, entry.home, entry.height) for entry in page]
        before = seen[-1]

    ours = [key for key in seen if key[1] in (ONE, OTHER)]
    assert len(ours) == len(set(ours)) == 11
    assert seen == sorted(seen, reverse=True)


def test_a_scope_reads_only_its_own_homes(app):
    write(ONE)
    write("510522104000")

    assert {entry.home for entry in ledger.newest("510521")} >= {ONE}
    assert "510522104000" not in {entry.home for entry in ledger.newest("510521")}


def test_a_home_that_is_no_area_has_no_ledger(app):
    assert db.session.get(Area, "999999999999") is None
    with pytest.raises(DatabaseError):
        write("999999999999")


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)], ids=["an hour", "a day"])
def test_a_clock_that_was_set_back_is_noted_and_the_log_goes_on(app, caplog, back):
    write()
    for seconds in range(2):
        write(at=AT - back + timedelta(seconds=seconds))
    found = list(ledger.entries(ONE))

    assert [(entry.actor, entry.action) for entry in found] == [
        ("baihe-clerk", "act"), ("clock", "clock.set_back"), ("baihe-clerk", "act"), ("baihe-clerk", "act"),
    ]  # fmt: skip
    assert found[1].body == {"from": ledger.moment(AT), "to": ledger.moment(AT - back)}
    assert hash_chain.first_broken(found) is None
    assert [(one.height, one.by, one.told) for one in hash_chain.early(found)] == [(2, back, True)]
    assert [record.getMessage() for record in caplog.records if record.name == "board.ledger"] == [
        f"the clock was set back: {ledger.moment(AT - back)} follows {ledger.moment(AT)} in a ledger"
    ]
