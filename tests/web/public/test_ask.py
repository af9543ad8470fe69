"""A villager asks about a notice and keeps his receipt; nobody else learns of it."""

from __future__ import annotations

import base64
import re

import pytest
from sqlalchemy import update

from board.models import Case, Row, db
from board.rules import cases as rules
from board.rules import numbers
from board.rules.personal import detection
from board.store import notices, people
from tests.store.posted import AT, GAODONG, NEXT, post
from tests.web.asking import CONTACT, TEXT, asks, looks_up, receipt_on

# ---- asking


def test_a_villager_asks_about_a_row_and_is_given_a_receipt_and_a_day(villager, form):
    page = villager.sees(form)
    assert "您说的是：高洞社区 1组 2 号 李*，187.20 元" in page.text

    page = asks(villager, page)
    assert numbers.receipt_valid(receipt_on(page))
    assert "最晚2026年11月27日答复" in page.text  # asked on a Sunday; five working days


def test_the_web_form_never_shows_a_whole_name(villager, form):
    assert "李四" not in villager.sees(form).html


def test_the_receipt_is_a_picture_inside_the_page(villager, form):
    page = asks(villager, form)
    picture = re.search(r'src="data:image/png;base64,([^"]+)"', page.html)

    assert picture
    assert base64.b64decode(picture[1]).startswith(b"\x89PNG")


def test_a_receipt_stands_in_no_address_no_title_and_no_cache(villager, form):
    page = asks(villager, form)
    receipt, shown = receipt_on(page), numbers.receipt_spaced(receipt_on(page))
    later = looks_up(villager, receipt)

    for one in (page, later):
        title = re.search("<title>.*?</title>", one.html, re.DOTALL)
        assert title
        places = (one.address, title[0], *(address for _, address in one.links))
        assert not [place for place in places if receipt in place or shown in place]
        assert one.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in one.headers


def test_the_empty_form_is_kept_for_the_back_button_but_by_no_gateway(villager, form):
    assert villager.sees(form).headers["Cache-Control"] == "private, no-cache"


def test_every_form_has_a_receipt_of_its_own(villager, form):
    assert receipt_on(asks(villager, form)) != receipt_on(asks(villager, form))


def test_a_form_sent_twice_shows_the_same_receipt_and_makes_one_case(villager, form):
    page = villager.sees(form)
    receipts = {receipt_on(asks(villager, page)) for _ in range(3)}

    assert len(receipts) == db.session.query(Case).count() == 1


def test_what_is_written_after_going_back_is_added(villager, form):
    page = villager.sees(form)
    receipt = receipt_on(asks(villager, page))
    asks(villager, page, text="去年的也少了。")

    shown = looks_up(villager, receipt).text
    assert TEXT in shown
    assert "去年的也少了。" in shown


def test_a_form_left_open_for_a_week_is_taken(villager, form, at):
    page = villager.sees(form)
    at("2026-11-29")

    assert receipt_on(asks(villager, page))


def test_a_form_that_is_too_old_comes_back_with_everything_typed(villager, form, at):
    page = villager.sees(form)
    at("2026-12-10")
    page = asks(villager, page, contact=CONTACT)
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
    page = asks(villager, form, token=token)
    assert TEXT in page.html

    page = villager.submits(page, "交上去")
    assert "2 号" in looks_up(villager, receipt_on(page)).text  # it is still about that row


def test_a_form_of_one_notice_is_not_taken_for_another(villager, form):
    other = post()
    token = villager.sees(form).form("交上去").fields["token"][0]

    assert "放得太久了" in asks(villager, f"/n/{other.number}/ask", token=token).text


def test_every_fault_is_said_at_once_and_nothing_typed_is_lost(villager, form):
    page = villager.submits(form, "交上去", category="", text="不对", contact="电" * 101)

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

    assert page.form("交上去").fields["category"] == ["household"]


def test_a_link_may_choose_the_category(villager, posted):
    assert villager.sees(f"/n/{posted.number}/ask?category=missing").form("交上去").fields["category"] == ["missing"]


def test_a_phone_that_fills_in_the_hidden_field_only_has_to_press_again(villager, form):
    page = asks(villager, form, website="http://example.cn")
    assert "请再点一次" in page.text

    assert receipt_on(villager.submits(page, "交上去"))


def test_numbers_typed_into_the_text_are_covered_and_the_villager_is_told(villager, clerk, form):
    page = asks(villager, form, text="我叫李四,电话13800138000,身份证 510521 19700101 001X 也对不上")
    assert "已经用 ● 盖住" in page.text

    seen = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    assert "13800138000" not in seen.html


def test_numbers_are_covered_on_every_page_that_asks_again(villager, form):
    page = villager.submits(form, "交上去", category="", text="我的电话是13800138000")

    assert "●●●●●●●●●●●" in page.text
    assert "请写在联系方式那一格" in villager.submits(page, "交上去", category="unclear").text


def test_sixty_households_behind_one_address_all_get_through_in_ten_minutes(person, posted, at):
    address, receipts = f"/n/{posted.number}/ask?place={GAODONG}", set()
    for n in range(60):
        at(f"2026-11-22T10:{n // 6:02}:{n % 6 * 10:02}")
        receipts.add(receipt_on(asks(person(), address, text=f"我是第 {n} 户,数不对。")))

    assert len(receipts) == db.session.query(Case).count() == 60


def test_a_flood_waits_a_minute_and_loses_no_word(person, posted, at):
    address = f"/n/{posted.number}/ask?place={GAODONG}"
    sent = villager = None
    for n in range(30):
        villager = person()
        sent = villager.sees(address)
        assert receipt_on(asks(villager, sent, text=f"我是第 {n} 户,数不对。"))
    held = asks(person(), address, text="我是第 31 户,数不对。")

    assert held.status == 429
    assert "请等 60 秒再按一次" in held.text
    assert "我是第 31 户" in held.text
    assert db.session.query(Case).count() == 30
    assert receipt_on(asks(villager, sent, text="我是第 29 户,数不对。"))  # a resend is no new case
    at("2026-11-22T10:01:00")
    assert receipt_on(person().submits(held, "交上去"))


def test_a_text_of_megabytes_is_refused_before_it_is_looked_through(villager, form, monkeypatch):
    looked, mask = [], detection.mask
    monkeypatch.setattr(detection, "mask", lambda text: looked.append(len(text)) or mask(text))
    page = asks(villager, form, text="13800138000 " * 50_000)

    assert "写得太长了" in page.text
    assert max(looked) <= rules.HELD


# ---- what the form shows and takes


def test_reports_against_people_are_not_taken_on_this_form(villager, form):
    page = villager.sees(form)
    assert "反映干部的问题(直接交县里)" not in page.text

    assert "请点一下" in asks(villager, page, category="person").text
    assert db.session.query(Case).count() == 0


def test_until_a_county_names_its_office_no_number_is_printed(villager, form):
    page = villager.sees(form)

    assert "请打县纪委监委的电话，或者到县里去反映。" in page.text
    assert "12388" not in page.text


def test_the_countys_office_is_shown_as_the_settings_have_it(app, villager, form):
    app.config.update(COUNTY_REPORT_OFFICE="泸县纪委监委信访室", COUNTY_REPORT_PHONE="0830-8190001", COUNTY_REPORT_ADDRESS="玉蟾街道")
    page = villager.sees(form)

    assert "泸县纪委监委信访室" in page.text
    assert page.link("0830-8190001") == "tel:0830-8190001"
    assert "玉蟾街道" in page.text


def test_a_row_that_the_web_no_longer_shows_is_not_shown_here_either(villager, form, at):
    at("2028-06-01")
    page = villager.sees(form)

    assert "高洞社区 2 号" in page.text
    assert "李" not in page.text
    assert "187.20" not in page.text
    assert receipt_on(asks(villager, page))


def test_the_form_tells_nothing_of_rows_on_a_notice_that_was_taken_down(villager, posted, form):
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)
    page = villager.sees(form)

    assert "这份公示已撤下，您还可以问。" in page.text
    assert "187.20" not in page.text
    assert receipt_on(asks(villager, page))  # it may be just what he wants to ask about


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
    assert receipt_on(villager.submits(page, "交上去"))


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


def test_the_form_says_who_reads_it(villager, form):
    page = villager.sees(form)

    assert "百和镇人民政府的经办人和审核人看得到。县里监督的人查得到。" in page.text
    assert "镇里的经办人和审核人" not in page.text


def test_a_number_never_given_has_no_form(villager):
    assert villager.sees("/n/123456789/ask").status == 404


def test_the_form_is_whole_in_english(villager, form):
    assert villager.sees(f"{form}&lang=en").status == 200


def test_who_comes_from_a_row_finds_his_kind_of_question_chosen(villager, posted, form):
    assert villager.sees(form).form("交上去").fields["category"] == ["amount_wrong"]
    assert "category" not in villager.sees(f"/n/{posted.number}/ask").form("交上去").fields


def test_the_way_past_the_township_stands_above_the_field_for_words(villager, form):
    page = villager.sees(form).text

    assert page.index("要反映干部的问题") < page.index("请说清楚是什么事")


def test_the_form_about_a_made_up_notice_says_that_it_is_one(app, villager, form, posted):
    posted.version.frozen = posted.version.frozen | {"invented": True}
    db.session.commit()
    assert "演示数据 · 虚构" in villager.sees(form).text
