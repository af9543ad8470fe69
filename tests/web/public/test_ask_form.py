"""The form a villager asks with: one case of one form however often it is sent, and whatever is wrong, nothing typed is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from board.models import Case, Row, db
from board.rules.cases import texts
from board.rules.personal import detection
from board.store import notices
from tests.store.corrected import TWO_AND_ONE, correct
from tests.store.posted import AT, GAODONG, NEXT, post
from tests.web.asking import CONTACT, TEXT, asks, checks, looks_up, receipt_on, sends


def test_every_form_has_a_receipt_of_its_own(villager, form):
    assert receipt_on(asks(villager, form)) != receipt_on(asks(villager, form))


def test_a_form_left_open_for_a_week_is_taken(villager, form, at):
    page = villager.sees(form)
    at("2026-11-29")

    assert receipt_on(asks(villager, page))


def test_a_form_that_is_too_old_comes_back_with_everything_typed(villager, form, at):
    page = checks(villager, form, contact=CONTACT)
    at("2026-12-10")
    page = villager.submits(page, "交上去")
    assert "放得太久了" in page.text
    assert TEXT in page.html
    assert CONTACT in page.html

    page = villager.submits(page, "交上去")
    assert receipt_on(page)
    assert "2 号" in looks_up(villager, receipt_on(page)).text


def test_a_resend_of_a_form_that_is_too_old_still_finds_its_case(villager, form, at):
    page = villager.sees(form)
    receipt = receipt_on(asks(villager, page))
    at("2026-12-10")

    assert receipt_on(asks(villager, page)) == receipt
    assert db.session.query(Case).count() == 1


@pytest.mark.parametrize("token", ["", "x", "eyJub25jZSI6IjEifQ.AAAA"])
def test_a_broken_token_costs_another_press_and_no_word(villager, form, token):
    page = villager.submits(checks(villager, form), "交上去", token=token)
    assert TEXT in page.html

    page = villager.submits(page, "交上去")
    assert "2 号" in looks_up(villager, receipt_on(page)).text  # it is still about that row


def test_a_form_of_one_notice_is_not_taken_for_another(villager, form):
    other = post()
    token = villager.sees(form).form("下一步").fields["token"][0]

    page = checks(villager, f"/n/{other.number}/ask")
    assert "放得太久了" in villager.submits(page, "交上去", token=token).text


def test_every_fault_is_said_at_once_and_nothing_typed_is_lost(villager, form):
    page = checks(villager, form, category="", text="不对", contact="电" * 101)

    assert "请点一下，您要说的是哪一类。" in page.text
    assert "请多写几个字" in page.text
    assert "联系方式太长了" in page.text
    assert "电" * 101 in page.html
    assert db.session.query(Case).count() == 0


def test_a_text_that_is_too_long_comes_back_whole(villager, form):
    page = asks(villager, form, text="啊" * 2001)

    assert "写得太长了" in page.text
    assert "啊" * 2001 in page.html


def test_a_chosen_category_stays_chosen_when_something_else_is_wrong(villager, form):
    page = asks(villager, form, category="household", text="")

    assert page.form("下一步").fields["category"] == ["household"]


def test_a_link_may_choose_the_category(villager, posted):
    assert villager.sees(f"/n/{posted.number}/ask?category=missing").form("下一步").fields["category"] == ["missing"]


def test_numbers_are_covered_on_every_page_that_asks_again(villager, form):
    page = checks(villager, form, category="", text="我的电话是13800138000")

    assert "●●●●●●●●●●●" in page.text
    page = villager.submits(page, "下一步", category="unclear")
    assert "请写在联系方式那一格" in page.text
    assert "请写在联系方式那一格" in villager.submits(page, "交上去").text


def test_a_text_of_megabytes_is_refused_before_it_is_looked_through(villager, form, monkeypatch):
    looked, mask = [], detection.mask
    monkeypatch.setattr(detection, "mask", lambda text: looked.append(len(text)) or mask(text))
    page = asks(villager, form, text="13800138000 " * 50_000)

    assert "写得太长了" in page.text
    assert max(looked) <= texts.HELD


@pytest.mark.parametrize("row", ["99", "0", "-1", "x", "9999999999999999999"])
def test_a_row_that_is_not_there_is_said_and_not_filed(villager, posted, row):
    page = villager.sees(f"/n/{posted.number}/ask?place={GAODONG}&row={row}")

    assert f"名单上没有 {row[:6]} 号" in page.text
    assert receipt_on(asks(villager, page))
    assert db.session.query(Case).one().row is None


def test_a_row_taken_out_meanwhile_comes_back_with_everything_typed(villager, form):
    page = villager.sees(form)
    db.session.execute(update(Row).where(Row.place == GAODONG, Row.no == 2).values(until=2))
    db.session.commit()
    page = asks(villager, page)

    assert "名单上没有 2 号" in page.text
    assert TEXT in page.text
    assert db.session.query(Case).count() == 0
    assert receipt_on(sends(villager, page))


@pytest.mark.parametrize("query", ["place=510521117001", "place=x&row=1", "row=1", "place=%00", "row=9999999999999999999"])
def test_a_place_that_is_not_the_notices_is_left_out(villager, posted, query):
    page = villager.sees(f"/n/{posted.number}/ask?{query}")

    assert page.status == 200
    assert "您说的是" not in page.text


def test_without_a_place_in_the_address_a_villager_can_choose_one(villager, posted):
    asks(villager, f"/n/{posted.number}/ask", place=NEXT)

    assert db.session.query(Case).one().place == NEXT


def test_a_place_that_was_not_offered_is_refused_and_the_text_kept(villager, posted):
    page = asks(villager, f"/n/{posted.number}/ask", place="510521117001")

    assert "这份公示里没有这个地方，请重新选一下。" in page.text
    assert TEXT in page.text
    assert db.session.query(Case).count() == 0


def test_the_form_says_that_its_row_was_corrected_or_is_gone(villager, posted):
    correct(posted, TWO_AND_ONE, at=AT)
    form = f"/n/{posted.number}/ask?place={GAODONG}&row="

    assert "这一行在第 2 版更正过" in villager.sees(f"{form}1").text
    assert "2 号在第 2 版里去掉了（两户的面积量错了）" in villager.sees(f"{form}2").text
    assert "更正过" not in villager.sees(f"{form}4").text
    assert "名单上没有 9 号" in villager.sees(f"{form}9").text


def test_a_form_opened_before_its_row_was_taken_out_says_so_and_keeps_what_was_written(villager, posted):
    page = villager.sees(f"/n/{posted.number}/ask?place={GAODONG}&row=2")
    correct(posted, TWO_AND_ONE, at=AT)
    page = asks(villager, page)

    assert "2 号在第 2 版里去掉了" in page.text
    assert "两亩三分" in page.html
    assert notices.find(posted.number).version.no == 2
