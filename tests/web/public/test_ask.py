"""A villager asks about a notice and keeps his receipt; nobody else learns of it."""

from __future__ import annotations

import base64
import re

import pytest

from board import codes
from board.models import Case, db
from board.rules import numbers
from board.store import cases, notices, people
from tests.store.corrected import TWO_AND_ONE, correct
from tests.store.posted import AT, GAODONG
from tests.web.asking import CONTACT, TEXT, asks, checks, looks_up, receipt_on, sends

# ---- asking


@pytest.fixture
def asked(villager, posted):
    """The receipt of a question about a row, by its number."""

    def ask(row: int) -> str:
        return receipt_on(asks(villager, f"/n/{posted.number}/ask?place={GAODONG}&row={row}"))

    return ask


def test_a_villager_asks_about_a_row_and_is_given_a_receipt_and_a_day(villager, form):
    page = villager.sees(form)
    assert "您说的是：高洞社区 1组 2 号 李*，187.20 元" in page.text

    page = asks(villager, page)
    assert numbers.receipt_valid(receipt_on(page))
    assert "最晚2026年11月27日答复" in page.text  # asked on a Sunday; five working days


def test_the_receipt_and_the_progress_say_whom_to_ring_and_lead_back_to_the_row(villager, posted, form):
    page = asks(villager, form)
    assert page.link("0830-8191234") == "tel:0830-8191234"
    assert page.link("我已记好") == f"/n/{posted.number}/{GAODONG}?find=2#find"
    assert "2 号 李*" in villager.follows(page, "我已记好").text

    assert looks_up(villager, receipt_on(page)).link("0830-8191234") == "tel:0830-8191234"


def test_the_web_form_never_shows_a_whole_name(villager, form):
    assert "李四" not in villager.sees(form).html


def test_the_receipt_is_a_picture_inside_the_page(villager, form):
    page = asks(villager, form)
    picture = re.search(r'src="data:image/png;base64,([^"]+)"', page.html)

    assert picture
    assert base64.b64decode(picture[1]).startswith(b"\x89PNG")
    assert codes.read(base64.b64decode(picture[1])) == [receipt_on(page)], "a phone that scans it shows the digits to be copied"


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


def test_a_phone_that_fills_in_the_hidden_field_only_has_to_press_again(villager, form):
    page = asks(villager, form, website="http://example.cn")
    assert "请再点一次" in page.text

    assert receipt_on(sends(villager, page))


def test_numbers_typed_into_the_text_are_covered_and_the_villager_is_told(villager, clerk, form):
    page = asks(villager, form, text="我叫李四,电话13800138000,身份证 510521 19700101 001X 也对不上")
    assert "已经用 ● 盖住" in page.text

    seen = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    assert "13800138000" not in seen.html


def test_sixty_households_behind_one_address_all_get_through_in_ten_minutes(person, posted, at):
    address, receipts = f"/n/{posted.number}/ask?place={GAODONG}", set()
    for n in range(60):
        at(f"2026-11-22T10:{n // 6:02}:{n % 6 * 10:02}")
        receipts.add(receipt_on(asks(person(), address, text=f"我是第 {n} 户,数不对。")))

    assert len(receipts) == db.session.query(Case).count() == 60


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


def test_the_form_says_who_reads_it(villager, form):
    page = checks(villager, form)

    assert "百和镇的经办人和审核人看得到。县里监督的人查得到。" in page.text
    assert "镇里的经办人和审核人" not in page.text


def test_a_number_never_given_has_no_form(villager):
    assert villager.sees("/n/123456789/ask").status == 404


def test_the_form_is_whole_in_english(villager, form):
    assert villager.sees(f"{form}&lang=en").status == 200


def test_who_comes_from_a_row_finds_his_kind_of_question_chosen(villager, posted, form):
    assert villager.sees(form).form("下一步").fields["category"] == ["amount_wrong"]
    assert "category" not in villager.sees(f"/n/{posted.number}/ask").form("下一步").fields


def test_the_way_past_the_township_stands_above_the_field_for_words(villager, form):
    page = villager.sees(form).text

    assert page.index("要反映干部的问题") < page.index("请说清楚是什么事")


def test_the_form_about_a_made_up_notice_says_that_it_is_one(app, villager, form, posted):
    posted.version.frozen = posted.version.frozen | {"invented": True}
    db.session.commit()
    assert "演示数据 · 虚构" in villager.sees(form).text


@pytest.mark.parametrize(
    ("row", "desk", "phone"),
    [
        (1, "1 号 张*三：补贴金额 463.32 → 468.00 元，补贴面积 4.95 → 5 亩", "1 号 张*三：补贴金额 463.32 → 468.00 元"),
        (2, "2 号：去掉了", "2 号：去掉了"),
        (4, "", ""),
    ],
)
def test_whoever_asked_about_a_row_learns_what_became_of_it(clerk, villager, posted, asked, row, desk, phone):
    receipt = asked(row)
    correct(posted, TWO_AND_ONE, at=AT)
    case = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    progress = looks_up(villager, receipt)

    assert ("问过以后更正了" in case.text, desk in case.text) == (bool(desk), True)
    assert ("您问过以后，这一行更正了" in progress.text, phone in progress.text) == (bool(phone), True)


def test_after_the_roster_is_put_away_the_figures_are_not_told_any_more(villager, posted, asked, at):
    receipt = asked(1)
    correct(posted, TWO_AND_ONE, at=AT)
    at("2028-06-01")
    progress = looks_up(villager, receipt)

    assert "名单已经收起，请打公示单上的电话核对" in progress.text
    assert "463.32" not in progress.text


# ---- large type and English, while something is typed


def test_what_is_typed_stays_when_somebody_needs_large_type(villager, posted):
    page = villager.sees(f"/n/{posted.number}/ask?place={GAODONG}&row=2")
    large = villager.submits(page, "大字", category="household", text=f"{TEXT}{CONTACT}", contact="0830-8190002")

    assert 'class="large"' in large.html
    form = large.form("下一步").fields
    assert (form["text"], form["contact"], form["category"]) == ([f"{TEXT}{CONTACT}"], ["0830-8190002"], ["household"])
    english = villager.submits(large, "EN")
    assert 'lang="en"' in english.html
    assert english.form("Next").fields["text"] == [f"{TEXT}{CONTACT}"]
    assert db.session.query(Case).count() == 0
    assert page.form("下一步").enter is None or page.form("下一步").enter[0] != "look", "Enter sends the form"


def test_the_receipt_is_the_same_in_large_type(villager, posted):
    page = asks(villager, f"/n/{posted.number}/ask")
    large = villager.submits(page, "大字")

    assert receipt_on(large) == receipt_on(page)
    assert db.session.query(Case).count() == 1
    assert len(cases.messages(db.session.query(Case).one())) == 1


def test_a_case_that_is_looked_at_stays_open_in_large_type(villager, posted):
    receipt = receipt_on(asks(villager, f"/n/{posted.number}/ask"))
    page = looks_up(villager, receipt)
    large = villager.submits(page, "大字", text="还有一件事")

    assert "您的事：已收到" in large.text
    assert large.form("补充").fields["text"] == ["还有一件事"]
    half = villager.submits("/receipt", "大字", receipt=receipt[:9])
    assert half.form("查").fields["receipt"] == [receipt[:9]]
    assert "没有查到" not in half.text
