"""Outside a demo nothing is approved or printed before the public address was seen to lead here."""

from __future__ import annotations

import re

import pytest

from board.models import Notice, db
from board.store import address_check as kept
from board.store import notices
from board.web import address_check
from tests.actors import Page
from tests.store.posted import GAODONG, TOWN
from tests.web.drafting import approves
from tests.web.proving import REAL, REAL_BOARD


def test_before_the_first_approval_the_server_asks_its_own_address_and_never_again(real_draft, reviewer, network):
    page = approves(reviewer, real_draft)

    assert "已公布" in page.text
    assert [re.sub("[0-9a-f]{32}", "…", one) for one in network.asked] == [f"{REAL}/.well-known/mingbai/…"]
    assert kept.proven(TOWN, REAL)
    reviewer.sees(page.path)
    assert len(network.asked) == 1


@pytest.mark.parametrize("leads", ["nowhere", "to a stranger"])
def test_an_address_that_leads_elsewhere_approves_nothing_and_says_what_to_do(real_draft, reviewer, network, leads):
    network.leads = leads
    page = approves(reviewer, real_draft)

    assert page.status == 422
    assert f"公开网址 {REAL} 还没有证实打得开" in page.text
    assert "用手机试一次" in page.text
    assert db.session.query(Notice).count() == 0


@pytest.mark.parametrize("address", ["https://gk.example.cn", "https://example.com", "http://localhost:8000", "https://gk.invalid"])
def test_an_address_for_examples_is_refused_without_being_asked(app, real_draft, reviewer, network, address):
    app.config["PUBLIC_ADDRESS"] = address
    page = approves(reviewer, real_draft)

    assert page.status == 422
    assert "是举例用的，谁也打不开" in page.text
    assert network.asked == []


def test_a_demo_and_the_programs_own_tests_are_exempt(app, network):
    exempt = {}
    for demo in (True, False):
        for testing in (True, False):
            app.config.update(DEMO=demo, TESTING=testing)
            exempt[demo, testing] = address_check.exempt()

    assert exempt == {(True, True): True, (True, False): True, (False, True): True, (False, False): False}
    app.config["DEMO"] = True
    assert address_check.fault(TOWN, "baihe-reviewer") == ""
    assert network.asked == []


def test_a_changed_address_prints_nothing_before_it_is_proven(app, number, clerk, network):
    app.config.update(REAL_BOARD)
    network.leads = "nowhere"
    assert "还没有证实打得开" in _prints(clerk, number).text

    network.leads = "here"
    assert _prints(clerk, number).headers["Content-Type"] == "application/pdf"
    app.config["PUBLIC_ADDRESS"] = f"{REAL}:8443"
    network.leads = "nowhere"
    assert "还没有证实打得开" in _prints(clerk, number).text


def _prints(clerk, number) -> Page:
    return clerk.submits(f"/desk/notices/{number}", "打印贴墙版")


def test_no_plate_of_a_wall_is_printed_either(app, clerk, wall, network):
    app.config.update(REAL_BOARD)

    assert "还没有证实打得开，不能打印牌子" in clerk.sees(f"/desk/walls/{wall.number}").text
    assert clerk.client.get(f"/desk/walls/{wall.number}/plate.pdf").status_code == 404


def test_what_was_posted_before_is_still_read(app, number, villager, network):
    app.config.update(REAL_BOARD)
    network.leads = "nowhere"

    assert villager.sees(f"/n/{number}/{GAODONG}").status == 200
    assert notices.find(number).notice.withdrawn_at is None
