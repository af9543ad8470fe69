"""看懂了 / 没看懂 at the end of a notice: one tap without a cookie, counted like a scan, and the way to ask for whoever did not."""

from __future__ import annotations

import re

import pytest

from board.models import UnderstoodCount, db
from board.store import notices, people
from tests.store.posted import AT, GAODONG, TOWN, line, post, proposal
from tests.web.publishing import publishes

AGENT = "Mozilla/5.0 (Linux; Android 12; PEXM00) AppleWebKit/537.36 Mobile MicroMessenger/8.0"


@pytest.fixture
def reader(person):
    """A villager with a phone of his own."""

    def comes(phone: str = "1", agent: str = AGENT):
        one = person()
        one.client.environ_base["HTTP_USER_AGENT"] = agent + phone
        return one

    return comes


@pytest.fixture
def scanned(number):
    """What the code of 高洞社区's sheet opens."""
    return f"/N/{number}/{GAODONG}/1"


def counts(app) -> dict[str, tuple[int, int]]:
    """Place -> (understood, not understood), as they stand in the database once everything is written."""
    app.extensions["scans"].flush()
    db.session.rollback()
    return {one.place: (one.yes, one.no) for one in db.session.query(UnderstoodCount)}


def test_whoever_has_just_scanned_and_understood_is_counted_and_thanked(app, reader, scanned, number):
    one = reader()
    page = one.submits(scanned, "看懂了")

    assert (page.status, page.heading) == (200, "谢谢您")
    assert page.link("回到这份公示") == f"/n/{number}/{GAODONG}"
    assert "Set-Cookie" not in page.headers
    assert one.client.get_cookie("session") is None
    assert counts(app) == {GAODONG: (1, 0)}


def test_whoever_did_not_understand_is_led_to_the_form_with_its_category(app, reader, scanned):
    one = reader()
    page = one.submits(scanned, "没看懂")
    assert page.link("0830-8191234") == "tel:0830-8191234"

    asking = one.follows(page, "我要问一问")
    assert asking.form("下一步").fields["category"] == ["unclear"]
    assert "高洞社区" in asking.text
    assert counts(app) == {GAODONG: (0, 1)}


def test_one_phone_has_one_answer_and_is_thanked_for_each(app, reader, scanned):
    reader("2").sees(scanned)
    one = reader()
    assert [one.submits(scanned, press).heading for press in ("没看懂", "看懂了", "看懂了")] == ["谢谢您"] * 3
    assert counts(app) == {GAODONG: (0, 1)}


def test_answers_stop_at_the_scans_of_the_day(app, reader, number, scanned):
    reader("1").sees(scanned)
    reader("2").sees(scanned)
    for phone in "34567":  # they came by a link
        assert reader(phone).submits(f"/n/{number}/{GAODONG}", "看懂了").heading == "谢谢您"
    assert counts(app) == {GAODONG: (2, 0)}


def test_yesterdays_scans_make_no_room_today(app, reader, scanned, number, at):
    page = reader().sees(scanned)
    at("2026-11-23")
    reader().submits(page, "看懂了")
    assert counts(app) == {}


def test_a_machine_understands_nothing(app, reader, scanned):
    reader().sees(scanned)
    reader(agent="Mozilla/5.0 (compatible; Baiduspider/2.0)").submits(scanned, "看懂了")
    assert counts(app) == {}


def test_looking_at_the_thanks_again_counts_nothing(app, reader, scanned, number):
    one = reader()
    one.sees(scanned)
    assert one.sees(f"/n/{number}/{GAODONG}/understood?said=yes").heading == "谢谢您"
    assert one.sees(f"/n/{number}/{GAODONG}/understood").path == f"/n/{number}/{GAODONG}"
    assert one.sees(f"/n/{number}/{GAODONG}/understood?said=perhaps").path == f"/n/{number}/{GAODONG}"
    assert counts(app) == {}


def test_the_page_of_the_whole_notice_counts_by_its_own_code(app, reader, number):
    page = reader().submits(f"/N/{number}", "没看懂")
    assert page.link("回到这份公示") == f"/n/{number}"
    assert counts(app) == {TOWN: (0, 1)}


def test_a_notice_for_one_village_counts_by_that_villages_code(app, reader):
    number = publishes(proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "1")]))
    one = reader()
    one.sees(f"/N/{number}/{GAODONG}/1")
    one.submits(f"/n/{number}", "看懂了")
    assert counts(app) == {GAODONG: (1, 0)}


def test_large_type_and_english_stay(reader, number):
    one = reader()
    page = one.submits(f"/n/{number}/{GAODONG}?view=large&lang=en", "It is not clear")
    assert page.heading == "Thank you"
    assert {"view=large", "lang=en"} <= set(re.split("[?&]", page.address))
    assert "view=large" in one.follows(page, "Back to this notice").address


def test_the_form_is_the_same_for_everybody(reader, scanned):
    first, second = reader("1").sees(scanned), reader("2").sees(scanned)
    assert first.data == second.data
    assert first.form("没看懂").names == set()


def test_only_a_notices_own_pages_ask(villager, number, wall):
    for address in (f"/w/{wall.number}", f"/w/{wall.number}?view=kiosk", f"/a/{GAODONG}", f"/n/{number}/{GAODONG}/aloud"):
        assert "没看懂" not in villager.sees(address).text


def test_a_place_that_the_notice_does_not_have_and_one_taken_down_take_no_answer(villager, app, number):
    assert villager.client.post(f"/n/{number}/510521117001/understood", data={"said": "yes"}).status_code == 404
    assert villager.client.post(f"/n/999999999/{GAODONG}/understood", data={"said": "yes"}).status_code == 404
    gone = post()
    notices.take_down(gone, people.named("baihe-reviewer").id, "有一户录错", AT)
    assert villager.client.post(f"/n/{gone.number}/{GAODONG}/understood", data={"said": "yes"}).status_code == 410
    assert counts(app) == {}
