"""What a notice says in plain words: official terms beside them, where the money went, until when its list stays, whom it is sent to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from board import kinds
from board.rules.bilingual import date_in_words
from board.rules.calendar import months_later
from board.rules.money import to_fen
from tests.store.posted import FACTS, GAODONG, NEXT, line, post, proposal
from tests.web.publishing import publishes, rows_of

ENDS = date(2026, 11, 27)
ROSTERS = {id: kind for id, kind in kinds.load().items() if kind.columns and kind.audience == "everyone"}
LISTS = {id: kind for id, kind in kinds.load().items() if not kind.columns}


def notice(kind: str) -> str:
    """Post a notice of this kind with two rows in 高洞社区 and one beside it, and return its number."""
    lines = [line(place, no, name, "2") for place, no, name in ((GAODONG, 1, "张小三"), (GAODONG, 2, "李四"), (NEXT, 1, "钱七"))]
    return publishes(proposal(kind, lines))


def paid(place: str, no: int, name: str, due: str, paid: str, returned: str):
    """One household's row of what was paid out."""
    made = line(place, no, name, "1")
    return replace(made, measures={"amount": due, "paid": paid, "returned": returned, "outcome": "已发放"}, amount=to_fen(Decimal(due)))


@pytest.mark.parametrize("kind", ROSTERS)
def test_a_list_stays_to_the_last_day_that_its_page_says_and_no_longer(villager, at, kind):
    number, what = notice(kind), ROSTERS[kind]
    until = months_later(ENDS, what.keep_months) if what.after == "keep" else ENDS
    place = f"/n/{number}/{GAODONG}"
    for day in (ENDS, until):
        at(day)
        page = villager.sees(place)
        assert f"留到{date_in_words(until, 'zh')}" in page.text
        assert "收起来了" not in page.text
        assert rows_of(page)

    at(until + timedelta(1))
    page = villager.sees(place)
    assert f"留到{date_in_words(until, 'zh')}，已经收起来了。总数一直能看。" in page.text
    assert rows_of(page) == []
    assert "名单已收起，总数还在" in page.text
    assert page.link("0830-8191234") == "tel:0830-8191234"


def test_no_button_promises_rows_that_are_put_away(villager, at):
    number = publishes(proposal("social-assistance", [line(GAODONG, 1, "张小三", "2")]))
    assert rows_of(villager.follows(villager.sees(f"/n/{number}"), "看明细"))
    at(ENDS + timedelta(1))
    page = villager.sees(f"/n/{number}")
    assert "看明细" not in page.text
    assert rows_of(villager.follows(page, "看总数")) == []


@pytest.mark.parametrize(("kind", "said"), [("cropland-subsidy", True), ("social-assistance", False), ("village-finance", False)])
def test_only_a_list_of_households_waits_for_those_who_come_home(villager, kind, said):
    assert ("方便过年回家的人核对" in villager.sees(f"/n/{notice(kind)}").text) == said


@pytest.mark.parametrize("kind", LISTS)
def test_a_notice_without_a_list_stays_as_it_is(villager, at, kind):
    number = publishes(proposal(kind, []))
    at("2028-01-01")
    page = villager.sees(f"/n/{number}")

    assert "公示期满" in page.text
    assert "收起" not in page.text
    filled = any(fact.block == "policy" and fact.id in FACTS for fact in LISTS[kind].facts)
    assert ("有什么依据" in page.text) == filled


def test_the_official_term_stands_beside_the_plain_words(villager):
    page = villager.sees(f"/n/{post().number}")

    assert "哪些人能领 （补贴对象）" in page.text
    assert "有疑问打电话 （咨询电话）" in page.text
    assert "这类事项叫“耕地地力保护补贴”。" in page.text


def test_where_the_name_is_plain_the_official_one_is_told(villager):
    assert "这类事项叫“社会救助”。" in villager.sees(f"/n/{notice('social-assistance')}").text


def test_every_kind_says_its_official_terms_where_its_words_are_plainer():
    plain = {"哪些人能领", "怎么发", "按什么分", "谁来回答", "征收哪里的地", "现在到哪一步"}
    lacking = [(kind.id, fact.id) for kind in kinds.load().values() for fact in kind.facts if fact.label.zh in plain and not fact.term.zh]

    assert lacking == []


def test_the_way_of_the_money_is_said_for_all_and_for_a_place(villager):
    here = [paid(GAODONG, 1, "张小三", "100.00", "100.00", "0"), paid(GAODONG, 2, "李四", "50.00", "0", "50.00")]
    lines = [*here, paid(NEXT, 1, "钱七", "20", "20", "")]
    made = proposal("cropland-payout", lines)
    totals = {"amount": "170.00", "paid": "120.00", "returned": "50.00"}
    number = publishes(replace(made, totals=totals, facts=made.facts | {"granted": "200"}))

    whole = villager.sees(f"/n/{number}").text
    assert (
        "拨下来 200.00 元\n该发 170.00 元\n发到账 120.00 元\n退回 1 户，50.00 元\n还没发到户 50.00 元\n拨下来比该发的多 30.00 元" in whole
    )
    assert "该发 150.00 元\n发到账 100.00 元\n退回 1 户，50.00 元\n还没发到户 50.00 元" in villager.sees(f"/n/{number}/{GAODONG}").text
    assert "退回 1" not in villager.sees(f"/n/{number}/{NEXT}").text


def test_the_address_to_send_on_is_written_out_without_what_the_reader_chose_for_himself(app, villager):
    number = post().number
    address = app.config["PUBLIC_ADDRESS"]

    assert f"\n{address}/n/{number}\n" in villager.sees(f"/n/{number}?view=large").text
    assert f"\n{address}/n/{number}/{GAODONG}\n" in villager.sees(f"/n/{number}/{GAODONG}/1?lang=en").text


def test_a_notice_not_yet_shown_says_from_when_and_that_one_may_ask(villager, at):
    number = post().number
    at("2026-11-19")
    page = villager.sees(f"/n/{number}/{GAODONG}")

    assert "2026年11月20日起公示" in page.text
    assert "还没到公示的日子，已经可以看、可以问。" in page.text


def test_a_notice_whose_period_is_over_says_that_one_may_still_ask(villager, at):
    number = post().number
    at("2026-11-28")

    assert "公示期过了，还可以问，还会有人答复。" in villager.sees(f"/n/{number}").text
    assert "公示期过了" in villager.sees(f"/n/{number}/{GAODONG}").text


def test_a_place_that_is_not_in_it_leads_to_those_that_are(villager):
    number = post().number
    page = villager.sees(f"/n/{number}/510521116237")

    assert page.status == 404
    assert page.link("高洞社区") == f"/n/{number}/{GAODONG}"
    assert villager.follows(page, "的其他公示").path == "/a/510521116237"
    assert "的其他公示" not in villager.sees(f"/n/{number}/999999999999").text


def test_the_table_can_be_taken_along_as_long_as_its_rows_are_shown(villager, at):
    number = post().number
    for address in (f"/n/{number}", f"/n/{number}/{GAODONG}"):
        page = villager.sees(address)
        assert "张*三" in villager.follows(page, "下载明细").html
        assert page.html.count(".csv") == 1  # one table, one link

    at("2027-11-28")
    for address in (f"/n/{number}", f"/n/{number}/{GAODONG}"):
        assert "下载明细" not in villager.sees(address).text
