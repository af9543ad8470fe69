"""Scans are counted as people are, and nobody is remembered."""

from __future__ import annotations

import contextvars
import threading
from datetime import date

import pytest
from flask import Response
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from board.models import ScanCount, db
from board.store import people, scans, walls
from tests.store.posted import AT, GAODONG, NEXT, TOWN, post

PHONE = "Mozilla/5.0 (Linux; Android 12; PEXM00) AppleWebKit/537.36 Mobile MicroMessenger/8.0"


@pytest.fixture
def number(app):
    return post().number


@pytest.fixture
def wall(app):
    return walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT)


@pytest.fixture
def scan(app):
    """A phone that opens an address; another ``phone`` is another device behind the same gateway."""

    def scans(path: str, phone: str = "1", method: str = "GET", agent: str | None = None, **headers: str) -> int:
        agent = PHONE + phone if agent is None else agent
        asked = {"method": method, "headers": {"User-Agent": agent, **headers}, "buffered": True}
        return contextvars.Context().run(FlaskClient(app, Response).open, path, **asked).status_code

    return scans


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


def test_a_database_that_is_away_loses_no_scan(app, number, scan, monkeypatch):
    scan(f"/N/{number}/{GAODONG}/1")

    def away(_counted):
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr("board.store.scans.add", away)
    with pytest.raises(OperationalError):
        app.extensions["scans"].flush()
    monkeypatch.undo()
    assert counts(app) == {(number, GAODONG): 1}


def test_the_county_sees_which_walls_are_read_and_which_notices(app, number, wall, scan, auditor):
    for phone in ("1", "2"):
        scan(f"/N/{number}/{GAODONG}/1", phone)
    scan(f"/W/{wall.number}")
    app.extensions["scans"].flush()
    page = auditor.sees("/audit/walls")
    assert (
        "高洞社区（百和镇）\n村委会门口 " + " ".join((wall.number[:3], wall.number[3:6], wall.number[6:])) + "\n1\n2\n还没有查过"
        in page.text
    )
    page = auditor.follows(auditor.follows(page, "各份公示扫了几次"), "耕地地力保护补贴")
    assert "高洞社区\n2\n2026年11月22日：2" in page.text
    assert "旁边的村\n0\n还没有人扫过" in page.text
