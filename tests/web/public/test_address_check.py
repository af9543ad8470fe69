"""The page for the administrator's phone, and the answer to the board's own question."""

from __future__ import annotations

import re

from board.store import address_check as kept
from board.store import ledger
from tests.actors import Page
from tests.store.posted import TOWN
from tests.web.drafting import approves
from tests.web.proving import REAL


def _once(admin) -> str:
    found = re.search(r"https://gk\.luxian\.gov\.cn(/phone/[\w.-]+)", admin.sees("/admin/address").text)
    assert found
    return found[1]


def test_the_administrator_opens_a_one_time_page_through_the_address(app, real_draft, admin, villager, reviewer, network):
    network.leads = "nowhere"
    assert "还没有证实打得开" in admin.submits("/admin/address", "让服务器自己试一次").text
    path = _once(admin)
    page = Page(villager.client.get(path, base_url=REAL))
    assert not kept.proven(TOWN, REAL)  # a chat program that looks at the link proves nothing
    done = Page(villager.client.post(path, base_url=REAL))

    assert "说明网址 https://gk.luxian.gov.cn 通到这里" in page.text
    assert "好了" in done.text
    assert "Set-Cookie" not in page.headers
    assert Page(villager.client.get(path, base_url=REAL)).status == 410
    assert "试过了，打得开" in admin.sees("/admin/address").text
    assert "已公布" in approves(reviewer, real_draft).text
    assert [(entry.actor, entry.body) for entry in ledger.entries("510521000000") if entry.action == "address.proven"] == [
        ("luxian-admin", {"way": "phone"})
    ]


def test_another_way_in_a_late_page_and_a_forged_one_prove_nothing(app, real_draft, admin, villager, at, network):
    path = _once(admin)
    elsewhere = Page(villager.client.post(path, base_url="http://10.1.2.3:8000"))
    forged = Page(villager.client.post(f"{path}x", base_url=REAL))
    at("2026-11-22 11:00")
    late = Page(villager.client.post(path, base_url=REAL))

    assert "不是从 https://gk.luxian.gov.cn 打开的，不算数" in elsewhere.text
    assert [page.status for page in (elsewhere, forged, late)] == [410, 410, 410]
    assert not kept.proven(TOWN, REAL)


def test_the_boards_answer_to_a_nonce_is_nobody_elses(app, villager):
    first, second = (villager.client.get(f"/.well-known/mingbai/{letter * 32}") for letter in "ab")

    assert first.data != second.data
    assert first.get_data(as_text=True) == kept.answer("a" * 32)
    assert first.headers["Cache-Control"] == "no-store"
    assert villager.client.get("/.well-known/mingbai/robots").status_code == 404
