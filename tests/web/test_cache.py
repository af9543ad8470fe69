"""Pages kept as bytes: rendered once a change, never older than the last entry of a ledger, and small enough for a weak signal."""

from __future__ import annotations

import contextvars
import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import brotli
import pytest
from flask import Flask, request, request_started
from sqlalchemy import text
from werkzeug.test import Client
from werkzeug.wrappers import Response

from board.store import areas, notices, people
from board.store.engine import writing
from board.web.cache import Cache
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line, post, proposal
from tests.web.publishing import publishes

PACKED = {"br": brotli.decompress, "gzip": gzip.decompress}
TCP_WINDOW = 14_000  # what the first ten packets of a connection carry, headers and all


class Phone(Client):
    """A browser of which a test sees every byte: the house checks of ``tests.actors`` read no packed pages."""

    def open(self, *args: Any, **given: Any) -> Any:
        """Ask outside the test's own app context, as a server does."""
        return contextvars.Context().run(super().open, *args, **given)


@contextmanager
def renders(app: Flask) -> Iterator[list[str]]:
    """Note which addresses reach the framework."""
    seen: list[str] = []

    def note(sender: Flask, **_: object) -> None:
        seen.append(request.path)

    with request_started.connected_to(note, app):
        yield seen


@pytest.fixture
def number(app: Flask) -> str:
    return post().number


def pages(number: str) -> list[str]:
    return ["/", f"/a/{GAODONG}", f"/n/{number}", f"/n/{number}/{GAODONG}", f"/N/{number}/{GAODONG}/1", f"/n/{number}?lang=en"]


def test_a_page_is_rendered_once_however_many_scan_it(app, villager, number):
    with renders(app) as seen:
        first = {path: villager.client.get(path).data for path in pages(number)}
        again = {path: villager.client.get(path).data for path in pages(number)}
    assert first == again
    assert len(seen) == len(pages(number))


def test_many_phones_at_once_see_the_same_page(app, number):
    with ThreadPoolExecutor(8) as phones:
        got = set(phones.map(lambda _: app.test_client().get(f"/n/{number}/{GAODONG}").data, range(40)))
    assert len(got) == 1


@pytest.mark.parametrize("encoding", ["br", "gzip", "gzip, deflate, br"])
def test_a_page_comes_packed_as_the_phone_takes_it(app, villager, number, encoding):
    plain = villager.client.get(f"/n/{number}", headers={"Accept-Encoding": "identity"})
    packed = Phone(app).get(f"/n/{number}", headers={"Accept-Encoding": encoding})
    assert "Content-Encoding" not in plain.headers
    assert PACKED[packed.headers["Content-Encoding"]](packed.data) == plain.data
    assert packed.headers["Content-Length"] == str(len(packed.data))
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_a_phone_that_refuses_packing_gets_the_page_as_it_is(villager, number):
    assert "Content-Encoding" not in villager.client.get(f"/n/{number}", headers={"Accept-Encoding": "br;q=0, gzip;q=0"}).headers


def test_a_phone_that_has_the_page_fetches_nothing(app, number):
    for encoding in ("identity", "br", "gzip"):
        first = Phone(app).get(f"/n/{number}", headers={"Accept-Encoding": encoding})
        again = Phone(app).get(f"/n/{number}", headers={"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_look_at_the_headers_alone_gets_those_of_the_page(app, number):
    page, head = Phone(app).get(f"/n/{number}"), Phone(app).head(f"/n/{number}")
    assert head.data == b""
    assert head.headers == page.headers


def test_what_is_taken_down_is_gone_at_once_from_the_cache_of_every_process(app, villager, number):
    addresses = pages(number)
    ours, theirs = villager.client, Phone(Cache(app, app.wsgi_app.inner, 2**20))
    for path in addresses:
        assert ours.get(path).data == theirs.get(path).data
    notices.take_down(notices.find(number), people.named("baihe-reviewer").id, "标准写错了，重新公示。", AT)
    for client in (ours, theirs):
        assert [client.get(path).status_code for path in addresses] == [200, 200, 410, 410, 410, 410]
        assert "标准写错了" in client.get(f"/n/{number}").get_data(as_text=True)
        assert "已撤下：标准写错了，重新公示。" in client.get(f"/a/{GAODONG}").get_data(as_text=True)


def test_a_new_notice_is_on_the_walls_at_once(villager, number):
    before = villager.client.get(f"/a/{GAODONG}").get_data(as_text=True)
    made = replace(proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.95")]), title="第二份公示")
    publishes(made)
    assert "第二份公示" not in before
    assert "第二份公示" in villager.client.get(f"/a/{GAODONG}").get_data(as_text=True)
    assert "第二份公示" in villager.client.get("/").get_data(as_text=True)


def test_a_new_name_of_a_place_is_on_its_page_at_once(villager):
    assert "高洞" in villager.client.get(f"/a/{GAODONG}").get_data(as_text=True)
    areas.rename(GAODONG, "新高洞村民委员会", "luxian-admin", AT)
    assert "新高洞" in villager.client.get(f"/a/{GAODONG}").get_data(as_text=True)


def test_on_the_day_after_the_period_the_page_says_so(villager, number, at):
    ends = notices.find(number).version.ends
    at(ends)
    assert "公示中" in villager.client.get(f"/n/{number}").get_data(as_text=True)
    at(date.fromordinal(ends.toordinal() + 1))
    assert "公示期满" in villager.client.get(f"/n/{number}").get_data(as_text=True)


def test_a_page_passed_on_in_a_chat_is_the_same_page(app, villager, number):
    page = villager.client.get(f"/n/{number}?lang=en").data
    with renders(app) as seen:
        passed_on = villager.client.get(f"/n/{number}?lang=en&from=groupmessage&isappinstalled=0").data
    assert (passed_on, seen) == (page, [])


def test_forms_and_what_nobody_else_asks_for_are_not_kept(app, villager, number):
    paths = [f"/n/{number}/ask", f"/n/{number}?lang=fr", f"/n/{number}?x=1", "/n/123456789", "/receipt", "/sign-in"]
    with renders(app) as seen:
        for path in paths * 2:
            villager.client.get(path)
    assert len(seen) == 2 * len(paths)
    forms = [villager.client.get(f"/n/{number}/ask").data for _ in range(2)]
    assert forms[0] != forms[1]  # each with a token of its own


def test_one_who_is_signed_in_sees_the_same_public_page(clerk, villager, number):
    assert clerk.client.get(f"/n/{number}").data == villager.client.get(f"/n/{number}").data


def test_the_cache_takes_no_more_room_than_it_was_given(app, number):
    small = Cache(app, app.wsgi_app.inner, 400_000)
    client = Phone(small)
    for after in range(40):
        assert client.get(f"/n/{number}/{GAODONG}?after={after}").status_code == 200
    assert 0 < small.held <= 400_000
    assert small.held == sum(answer.size for _moment, answer in small.kept.values())


def test_while_nobody_knows_what_is_still_right_pages_are_rendered_anew(app, villager, number):
    villager.client.get(f"/n/{number}")

    with writing() as session:
        session.execute(text("ALTER TABLE stamp RENAME TO stamp_gone"))
    with renders(app) as seen:
        assert villager.client.get(f"/n/{number}").status_code == 200
    assert seen == [f"/n/{number}"]


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_the_first_scan_of_a_village_of_200_households_fits_into_one_tcp_window(app, encoding):
    names = [f"{'张王李赵陈杨周吴郑孙'[no % 10]}{'伟芳娜秀英敏静'[no % 7]}{'华国明'[no % 3]}" for no in range(1, 201)]
    households = [line(GAODONG, no, name, f"{no % 9 + 1}.{no * 37 % 100:02}") for no, name in enumerate(names, 1)]
    posted = publishes(proposal("cropland-subsidy", [*households, line(NEXT, 1, "赵六", "1.1")]))
    answer = Phone(app).get(f"/N/{posted}/{GAODONG}/1", headers={"Accept-Encoding": encoding})
    html = PACKED[encoding](answer.data).decode()
    sent = len(answer.data) + sum(len(name) + len(value) + 4 for name, value in answer.headers) + 20
    assert html.count('<tr id="r') == 200
    assert sent < TCP_WINDOW


def test_a_form_with_a_token_of_its_own_is_packed_and_never_kept(app, villager, posted):
    for address in (f"/n/{posted.number}/ask", f"/a/{TOWN}/ask", "/ask"):
        first, second = (villager.sees(address) for _ in range(2))
        assert first.form("下一步").fields["token"] != second.form("下一步").fields["token"]
        answer = Client(app.wsgi_app, Response).get(address, headers={"Accept-Encoding": "gzip"})
        assert (answer.headers["Content-Encoding"], answer.headers["Cache-Control"]) == ("gzip", "private, no-cache")
