"""Scans are counted as people are, and nobody is remembered."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy.exc import OperationalError

from board.models import ScanCount, UnderstoodCount, db
from board.rules.understood import Understood
from board.store import scans, understood
from tests.store.posted import GAODONG, NEXT, TOWN


def counts(app) -> dict[tuple[str, str], int]:
    """What stands in the database once everything is written."""
    app.extensions["scans"].flush()
    db.session.rollback()
    return {(one.number, one.place): one.count for one in db.session.query(ScanCount)}


def test_fifty_phones_behind_one_gateway_at_once_are_fifty_scans(app, number, scan):
    address = f"/N/{number}/{GAODONG}/1"
    threads = [threading.Thread(target=scan, args=(address, f" phone {n}")) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts(app) == {(number, GAODONG): 50}


def test_one_phone_that_asks_again_and_again_is_one_scan(app, number, scan):
    tags = [scan(f"/N/{number}/{GAODONG}/1") for _ in range(20)]
    assert set(tags) == {200}
    assert counts(app) == {(number, GAODONG): 1}


def test_a_phone_that_still_has_the_page_scanned_it_all_the_same(app, number, scan):
    tag = app.test_client().get(f"/N/{number}/{GAODONG}/1", headers={"User-Agent": "a bot"}).headers["ETag"]
    assert scan(f"/N/{number}/{GAODONG}/1", **{"If-None-Match": tag}) == 304
    assert counts(app) == {(number, GAODONG): 1}


def test_a_page_from_the_cache_counts_like_one_that_was_made(app, wall, scan):
    for phone in ("1", "2", "3"):
        assert scan(f"/W/{wall.number}", phone) == 200
    assert counts(app) == {(wall.number, GAODONG): 3}


def test_each_code_each_place_and_each_day_has_its_own_number(app, number, wall, scan, at):
    for path in (f"/N/{number}/{GAODONG}/1", f"/n/{number}/{NEXT}/1", f"/N/{number}", f"/W/{wall.number}"):
        scan(path)
    at("2026-11-23")
    scan(f"/N/{number}/{GAODONG}/1")
    assert counts(app) == {(number, GAODONG): 1, (number, NEXT): 1, (number, TOWN): 1, (wall.number, GAODONG): 1}
    days = [(one.place, one.days) for one in scans.of_notice(TOWN, number)]
    assert (GAODONG, [(date(2026, 11, 22), 1), (date(2026, 11, 23), 1)]) in days


@pytest.mark.parametrize(
    "agent",
    ["", "Mozilla/5.0 (compatible; Baiduspider/2.0)", "Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.5", "python-requests/2",
     "Bytespider", "Mozilla/5.0 HeadlessChrome/120", "Go-http-client/2.0"],
)  # fmt: skip
def test_a_machine_scans_nothing(app, number, scan, agent):
    assert scan(f"/N/{number}/{GAODONG}/1", agent=agent) == 200
    assert counts(app) == {}


@pytest.mark.parametrize(
    "headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Purpose": "preview"}, {"X-Moz": "prefetch"}]
)
def test_a_page_loaded_ahead_was_opened_by_nobody(app, number, scan, headers):
    scan(f"/N/{number}/{GAODONG}/1", **headers)
    assert counts(app) == {}


def test_links_within_the_site_shared_addresses_and_looks_without_a_page_are_no_scans(app, number, wall, scan):
    scan(f"/N/{number}/{GAODONG}/1", method="HEAD")
    for path in (f"/n/{number}", f"/n/{number}/{GAODONG}", f"/w/{wall.number}", f"/N/{number}/{GAODONG}/1?from=groupmessage",
                 "/N/123456789", f"/N/{number}/510521117001/1", "/"):  # fmt: skip
        scan(path)
    assert counts(app) == {}


def test_what_is_kept_of_a_phone_is_gone_the_next_day_and_was_never_written(app, number, scan, at):
    scan(f"/N/{number}/{GAODONG}/1", " of Zhang San")
    key, seen = app.extensions["scans"].key, set(app.extensions["scans"].seen)
    assert len(seen) == 1
    at("2026-11-23")
    scan(f"/N/{number}/{GAODONG}/1", " of Zhang San")
    assert app.extensions["scans"].key != key
    assert app.extensions["scans"].seen.isdisjoint(seen)
    assert set(ScanCount.__table__.columns.keys()) == {"home", "number", "place", "day", "count"}
    assert set(UnderstoodCount.__table__.columns.keys()) == {"home", "number", "place", "day", "yes", "no"}


def test_a_database_that_is_away_loses_no_scan(app, number, scan, monkeypatch):
    scan(f"/N/{number}/{GAODONG}/1")

    def away(_counted):
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr("board.store.scans.add", away)
    with pytest.raises(OperationalError):
        app.extensions["scans"].flush()
    monkeypatch.undo()
    assert counts(app) == {(number, GAODONG): 1}


def test_a_database_that_is_away_loses_no_answer_and_counts_no_scan_twice(app, number, scan, villager, monkeypatch):
    scan(f"/N/{number}/{GAODONG}/1")
    villager.submits(f"/n/{number}/{GAODONG}", "没看懂")

    def away(_answers):
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr("board.store.understood.add", away)
    with pytest.raises(OperationalError):
        app.extensions["scans"].flush()
    monkeypatch.undo()
    assert counts(app) == {(number, GAODONG): 1}
    assert understood.of_notice(TOWN, number) == {GAODONG: Understood(1, 0, 1)}
