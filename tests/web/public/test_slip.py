"""A household's card opens its money of this year, never two people's; its page is kept by nobody, and ends when it is printed anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from board.models import db
from board.store import notices, people
from tests.actors import Person
from tests.store.posted import AT, GAODONG
from tests.web.cards import prints, roster


def test_a_page_is_kept_by_nobody_counted_nowhere_and_found_by_no_machine(
    with_slips: None, clerk: Person, villager: Person, cards: list[tuple[str, str]]
) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    prints(clerk)
    for path in (cards[0][1], cards[0][1].lower(), cards[0][1] + "?lang=en&view=large"):
        page = villager.sees(path)
        told = [page.headers.get(name) for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy", "ETag", "Set-Cookie")]
        assert (page.status, told) == (200, ["no-store", "noindex, nofollow", "no-referrer", None, None])
        assert 'content="noindex"' in page.html
    assert db.session.execute(db.text("SELECT count(*) FROM scan_count")).scalar() == 0


def test_a_card_dies_when_it_is_printed_anew(with_slips: None, clerk: Person, villager: Person, cards: list[tuple[str, str]]) -> None:
    roster([("1组", "张小三", "a", "4.95"), ("2组", "李四", "b", "2")])
    prints(clerk)
    old = dict(cards)
    prints(clerk, "2组（1户）")
    assert [door for door, _ in cards] == ["高洞社区 2组"]
    assert villager.sees(old["高洞社区 1组"]).status == 200
    dead = villager.sees(old["高洞社区 2组"])
    assert (dead.status, "请到村里领新卡" in dead.text, dead.headers["Cache-Control"]) == (404, True, "no-store")
    assert villager.sees(cards[0][1]).status == 200


def test_a_household_that_moved_to_another_group_has_one_card(
    with_slips: None, clerk: Person, villager: Person, cards: list[tuple[str, str]]
) -> None:
    roster([("1组", "张小三", "a", "4.95"), ("2组", "李四", "b", "2"), ("3组", "王五", "c", "3")])
    prints(clerk)
    old = dict(cards)["高洞社区 1组"]
    roster([("2组", "张小三", "a", "1")], "grain-subsidy", 1)
    prints(clerk, "2组（2户）")
    new = [villager.sees(path) for _, path in cards]
    assert (villager.sees(old).status, sum("463.32" in page.text for page in new)) == (404, 1)


def test_a_card_dies_with_the_year(
    with_slips: None, clerk: Person, villager: Person, cards: list[tuple[str, str]], at: Callable[[Any], None]
) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    prints(clerk)
    at("2026-12-31")
    assert villager.sees(cards[0][1]).status == 200
    at("2027-01-01")
    dead = villager.sees(cards[0][1])
    assert (dead.status, "卡到年底就作废" in dead.text) == (410, True)


def test_what_was_taken_down_or_put_away_is_left_out_with_a_word(
    with_slips: None, clerk: Person, villager: Person, cards: list[tuple[str, str]]
) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    gone = roster([("1组", "张小三", "a", "1")], "grain-subsidy", 1)
    prints(clerk)
    reviewer = people.named("baihe-reviewer")
    assert reviewer
    notices.take_down(gone, reviewer.id, "金额有误", AT + timedelta(hours=5))
    page = villager.sees(cards[0][1])
    assert ("463.32" in page.text, "93.60" in page.text, "还有 1 份公示已撤下" in page.text) == (True, False, True)


def test_relief_is_on_no_card(with_slips: None, clerk: Person, villager: Person, cards: list[tuple[str, str]]) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    roster([("1组", "张小三", "a", "1"), ("1组", "王五", "c", "7")], "social-assistance", 1)
    prints(clerk)
    assert len(cards) == 1
    page = villager.sees(cards[0][1])
    assert ("463.32" in page.text, "93.60" in page.text, "已撤下" in page.text) == (True, False, False)


def test_namesakes_never_see_each_others_money(with_slips: None, clerk: Person, villager: Person, cards: list[tuple[str, str]]) -> None:
    roster([("1组", "张伟", "a", "1"), ("1组", "张伟", "b", "2"), ("2组", "张伟", "", "3")])
    later = [("1组", "张伟", "", "4"), ("2组", "张伟", "", "5"), ("3组", "李四", "", "6"), ("3组", "李四", "", "7")]
    roster(later, "grain-subsidy", 1, "种粮")
    told = clerk.sees(f"/desk/slips/{GAODONG}").text.partition("没有卡的")[2]
    assert re.findall(r"种粮：(\S+) (\d) 号", told) == [("1组", "1"), ("3组", "3"), ("3组", "4")]
    prints(clerk)
    sums = {"a": "93.60", "b": "187.20", "2组": "280.80", "1组 later": "374.40", "2组 later": "468.00", "x": "561.60", "y": "655.20"}
    seen = [{who for who, money in sums.items() if money in villager.sees(path).text} for _, path in cards]
    assert seen == [{"a"}, {"b"}, {"2组", "2组 later"}]


def test_a_namesake_who_turns_up_later_closes_the_card_that_could_be_either(
    with_slips: None, clerk: Person, villager: Person, cards: list[tuple[str, str]]
) -> None:
    roster([("1组", "张伟", "", "1")])
    prints(clerk)
    roster([("1组", "张伟", "a", "2"), ("1组", "张伟", "b", "3")], "grain-subsidy", 1)
    dead = villager.sees(cards[0][1])
    assert (dead.status, "请带上卡到社区核对" in dead.text, "93.60" in dead.text) == (410, True, False)


def test_a_notice_and_its_payout_are_not_to_be_added_up(
    with_slips: None, clerk: Person, villager: Person, cards: list[tuple[str, str]]
) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    roster([("1组", "张小三", "a", "4.95")], "cropland-payout", 1)
    prints(clerk)
    assert "公示和发放结果说的是同一笔钱，不要加在一起算。" in villager.sees(cards[0][1]).text


def test_a_stranger_who_tries_tokens_keeps_nobody_from_his_card(
    with_slips: None,
    clerk: Person,
    villager: Person,
    stranger: Person,
    cards: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    app: Flask,
) -> None:
    roster([("1组", "张小三", "a", "4.95"), ("1组", "李四", "b", "2")])
    prints(clerk)
    app.extensions["slips"]["unknown"].most = 3
    app.extensions["slips"]["card"].most = 4
    tried = [stranger.sees(f"/s/{'A' * 25}{letter}").status for letter in "ABCDE"]
    assert tried == [404, 404, 404, 429, 429]
    one, other = cards
    assert [villager.sees(one[1]).status for _ in range(5)] == [200, 200, 200, 200, 429]
    assert villager.sees(other[1]).status == 200
    waits = villager.sees(one[1])
    assert ("请过一分钟再扫一次" in waits.text, waits.headers["Retry-After"]) == (True, "60")


@pytest.mark.parametrize("path", ["/s/abc", "/s/" + "1" * 26, "/S/", "/s/" + "A" * 33])
def test_what_is_no_token_is_no_page(app: Flask, villager: Person, path: str) -> None:
    assert villager.sees(path).status == 404
