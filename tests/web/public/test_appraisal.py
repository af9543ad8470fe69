"""Villagers appraise their village's disclosure in front of the wall, with nobody's name; the result is published by itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from board.rules.appraisal import Tally
from board.store import appraisals, people
from tests.store.posted import AT, GAODONG

VOTE = {"in_time": "5", "plain": "3", "answers": "1"}
PHONE = "Mozilla/5.0 (Linux; Android 12; PEXM00) AppleWebKit/537.36 Mobile MicroMessenger/8.0"


@pytest.fixture
def opened(app, wall):
    """The appraisal of 高洞社区, open for ten days; the address of its page."""
    appraisals.open_for(GAODONG, AT.date(), AT.date() + timedelta(9), people.named("baihe-clerk").id, AT)
    return f"/w/{wall.number}/appraisal"


def votes(client, address, phone="1", **chosen):
    return client.post(address, data=chosen or VOTE, headers={"User-Agent": PHONE + phone}, follow_redirects=True).text


def test_a_villager_scans_the_wall_and_votes_once(app, scan, villager, wall, opened):
    page = villager.sees(f"/w/{wall.number}")
    assert "三个问题，不记名，2026年11月29日截止" in page.text
    form = villager.sees(page.link("我来评"))
    assert "该公开的，社区公开得及时吗？" in form.text
    assert form.html.count('type="radio"') == 15
    assert "set-cookie" not in {name.lower() for name, _value in form.headers}

    client = app.test_client()
    assert "请在公示墙前扫一下牌子上的码" in votes(client, opened), "nobody scanned the wall today"
    scan(f"/W/{wall.number}")
    assert "记上了，没有记您是谁" in votes(client, opened), "the same phone, once it has scanned"
    assert "这部手机今天评过了" in votes(client, opened), "once a day"
    assert appraisals.under(GAODONG, 2026, AT.date())[GAODONG].voters == 1


def test_a_question_left_out_comes_back_with_what_was_chosen(app, opened):
    page = votes(app.test_client(), opened, in_time="5", plain="3")
    assert "还有没点的" in page
    assert len(re.findall(r'value="[53]" checked', page)) == 2


def test_a_program_does_not_vote(app, scan, wall, opened):
    scan(f"/W/{wall.number}")
    assert "没有记上" in app.test_client().post(opened, data=VOTE, headers={"User-Agent": "curl/8"}, follow_redirects=True).text


def test_without_an_appraisal_the_page_says_so(villager, wall):
    assert "现在没有在评的" in villager.sees(f"/w/{wall.number}/appraisal").text
    assert "我来评" not in villager.sees(f"/w/{wall.number}").text


def test_the_result_says_how_many_and_few_are_not_told_apart(app, villager, wall, opened):
    paper = Tally(9, {"in_time": (4, 3, 2, 0, 0), "plain": (9, 0, 0, 0, 0), "answers": (0, 0, 0, 0, 4)})
    for name in ("baihe-clerk", "baihe-reviewer"):
        appraisals.count(GAODONG, 2026, paper, people.named(name).id, AT)
    assert "大家怎么评" not in villager.sees(f"/a/{GAODONG}").text
    over = AT + timedelta(17)
    app.clock = lambda: over
    appraisals.publish_over(over)
    for address in (f"/a/{GAODONG}", opened):
        page = villager.sees(address).text
        assert "2026年，大家怎么评" in page
        assert "手机上：0 人评了" in page
        assert "纸票：9 张" in page
        assert "非常满意 4，满意 3，基本满意 2，不满意 0，非常不满意 0（9 人答了）" in page
        assert "答的不到 5 人，不单写" in page
