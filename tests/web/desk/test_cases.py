"""A receipt is looked up, the desk answers, the villager reads it and may say more."""

from __future__ import annotations

import re

import pytest

from board.models import Case, db
from board.store import cases, ledger
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.asking import TEXT, answers, asks, looks_up, receipt_on


def test_a_villager_follows_his_case_to_the_end(villager, clerk, form):
    receipt = receipt_on(asks(villager, form))
    page = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    page = clerk.submits(page, "我们在办", text="先写了一半")
    assert page.form("答复").fields["text"] == ["先写了一半"]
    assert "您的事：正在办" in looks_up(villager, receipt).text

    answers(clerk)
    page = looks_up(villager, receipt)
    assert "您的事：已答复" in page.text
    assert "查过了,2 号更正为 2.3 亩。" in page.text
    assert "陶立秋" not in page.text  # the office answers, not a person

    page = villager.submits(page, "解决了")
    assert "您的事：办结" in page.text


def test_asking_on_opens_the_case_again_with_a_new_day(villager, person, form, at):
    receipt = receipt_on(asks(villager, form))
    answers(person("baihe-clerk"))
    at("2026-12-01")
    page = villager.submits(looks_up(villager, receipt), "还想问", text="还是没有更正。")

    assert "您的事：已收到" in page.text
    assert "最晚2026年12月8日答复" in page.text
    assert "已答复 · 2026年11月22日" in page.text
    assert "又问了 · 2026年12月1日" in page.text
    inbox = person("baihe-clerk").sees("/desk/cases").text
    assert "我家的数不对" in inbox
    assert "又问了" in inbox


def test_not_solved_goes_to_the_county_which_answers_and_is_rated(villager, person, form, at):
    receipt = receipt_on(asks(villager, form))
    answers(person("baihe-clerk"))
    at("2026-12-01")
    page = villager.submits(looks_up(villager, receipt), "没解决，请泸县来查", text="还是没有更正。")
    assert "现在归泸县办。" in page.text
    assert "您说没解决 · 2026年12月1日" in page.text
    page = villager.submits(page, "不满意")
    assert "您说：不满意" in page.text

    town = person("baihe-clerk")
    assert "我家的数不对" not in town.sees("/desk/cases").text
    theirs = town.follows(town.sees("/desk/cases?done=1"), "我家的数不对")
    assert "归泸县办" in theirs.text
    assert "答复 · " in theirs.text
    assert not any("act" in one.names for one in theirs.forms), "the township reads on and does nothing"

    county = person("luxian-clerk")
    page = county.follows(county.sees("/desk/cases"), "我家的数不对")
    assert "还是没有更正。" in page.text
    county.submits(page, "答复", text="县里重新量过，少算 0.2 亩，已补发。")
    page = looks_up(villager, receipt)
    assert "县里重新量过" in page.text
    assert "没解决，请" not in page.text, "nobody stands above the county"
    page = villager.submits(page, "没解决")
    assert "您的事：没解决" in page.text
    assert "下一步怎么办" in page.text
    assert "到泸县的信访窗口去" in page.text


def test_thirty_days_without_a_word_are_not_taken_for_solved(villager, person, form, at):
    receipt = receipt_on(asks(villager, form))
    answers(person("baihe-clerk"))
    at("2026-12-22")
    assert "您还没说解决没有" not in looks_up(villager, receipt).text

    at("2026-12-23")
    page = looks_up(villager, receipt)
    assert "答复了，您还没说解决没有。" in page.text
    assert "没解决，请泸县来查" not in page.text, "the thirty days are over"
    assert "村民没说解决没有" in person("baihe-clerk").sees("/desk/cases?done=1").text


def test_what_can_be_done_next_says_from_when_and_by_which_rule(villager, form, at):
    page = looks_up(villager, receipt_on(asks(villager, form)))
    assert "从2026年11月28日起：向泸县反映：镇里到期没有答复。" in page.text

    at("2026-11-29")
    page = villager.submits(page, "EN")
    assert "Tell 泸县 that the township has not answered in time." in page.text
    assert "From 3 December 2026: Call the government hotline and say" in page.text
    assert "an answer within 5 working days; the last day is 27 November." in page.text


def test_the_office_asks_back_and_the_clock_stands_still(villager, clerk, form, at):
    receipt = receipt_on(asks(villager, form))
    page = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    page = clerk.submits(page, "请居民补充", text="请问是哪一块地？")
    assert "已请居民补充" in page.text
    page = looks_up(villager, receipt)
    assert "您的事：等您补充" in page.text
    assert "问您 · " in page.text

    at("2026-11-24")
    page = villager.submits(page, "补充", text="河边的那块。")
    assert "您的事：正在办" in page.text
    assert "最晚2026年11月29日答复" in page.text, "two days later than the 27th"


def test_more_time_is_asked_of_the_reviewer_and_the_villager_reads_why(villager, person, form):
    receipt = receipt_on(asks(villager, form))
    clerk, reviewer = person("baihe-clerk"), person("baihe-reviewer")
    page = clerk.submits(clerk.follows(clerk.sees("/desk/cases"), "我家的数不对"), "要延到", reason="要等国土所来量。")
    assert "已报给审核的人" in page.text
    assert "要等国土所来量。" not in looks_up(villager, receipt).text

    page = reviewer.follows(reviewer.sees("/desk/cases"), "我家的数不对")
    assert "同意以后，最晚2026年12月4日答复。" in page.text
    reviewer.submits(page, "同意延期")
    page = looks_up(villager, receipt)
    assert "延期的理由 · " in page.text
    assert "要等国土所来量。" in page.text
    assert "最晚2026年12月4日答复" in page.text


def test_a_clerk_cannot_give_himself_more_time(villager, clerk, form):
    asks(villager, form)
    page = clerk.submits(clerk.follows(clerk.sees("/desk/cases"), "我家的数不对"), "要延到", reason="要等国土所来量。")
    assert "同意延期" not in page.text
    assert clerk.client.post(f"{page.path}/extension", data={"act": "grant", "seen": "2"}).status_code in (400, 403, 404)


def test_a_closed_case_can_be_opened_again(villager, clerk, form):
    receipt = receipt_on(asks(villager, form))
    answers(clerk)
    page = villager.submits(looks_up(villager, receipt), "解决了")

    assert "您的事：已收到" in villager.submits(page, "没解决，再反映", text="钱还是没到。").text


def test_an_old_tab_cannot_close_over_an_answer_it_has_not_shown(villager, clerk, form):
    receipt = receipt_on(asks(villager, form))
    answers(clerk)
    old = looks_up(villager, receipt)
    clerk.submits(clerk.follows(clerk.sees("/desk/cases?done=1"), "我家的数不对"), "答复", text="刚才写错了,是 2.2 亩。")
    page = villager.submits(old, "解决了")

    assert "您的事：已答复" in page.text
    assert "请看完再点" in page.text


def test_what_was_begun_is_not_lost_when_solved_is_pressed(villager, clerk, form):
    receipt = receipt_on(asks(villager, form))
    answers(clerk)
    page = villager.submits(looks_up(villager, receipt), "解决了", text="不过还想问")

    assert page.form("再反映").fields["text"] == ["不过还想问"]


def test_too_few_words_come_back_on_the_receipts_page(villager, form):
    page = villager.submits(looks_up(villager, receipt_on(asks(villager, form))), "补充", text="没")

    assert "请多写几个字" in page.text
    assert page.form("补充").fields["text"] == ["没"]


def test_what_is_added_has_its_numbers_covered(villager, form):
    page = villager.submits(looks_up(villager, receipt_on(asks(villager, form))), "补充", text="打我电话 13800138000")

    assert "已经用 ● 盖住" in page.text
    assert "13800138000" not in page.html


def test_a_case_that_is_late_says_whom_to_ring(villager, form, at):
    receipt = receipt_on(asks(villager, form))
    at("2026-11-30")

    assert looks_up(villager, receipt).link("0830-8191234") == "tel:0830-8191234"


# ---- the desk


@pytest.mark.parametrize(("day", "late"), [("2026-11-27", ""), ("2026-11-28", "迟了 1 天"), ("2026-12-01", "迟了 4 天")])
def test_the_desk_lists_what_is_due_and_marks_what_is_late(villager, person, form, at, day, late):
    asks(villager, form)
    at(day)
    page = person("baihe-clerk").sees("/desk/cases")

    assert "2026年11月27日" in page.text
    assert re.findall(r"迟了 \d+ 天", page.text) == ([late] if late else [])


def test_a_long_inbox_goes_on_without_gap_or_repeat(clerk, posted):
    from board.web.i18n import today

    for n in range(53):
        cases.file(posted, f"{n:032}", cases.Asked(GAODONG, None, "unclear", f"看不懂第 {n} 条。", "", today()), AT)
    first = clerk.sees("/desk/cases")
    second = clerk.follows(first, "看后面的")
    seen = [address for page in (first, second) for words, address in page.links if "看不懂" in words]

    assert len(seen) == len(set(seen)) == 53


@pytest.mark.parametrize("after", ["x", "2026-13-01_510521116000_a", "2026-11-27", "2026-11-27_1_%00", "%00"])
def test_a_made_up_page_mark_is_no_error(clerk, posted, after):
    assert clerk.sees(f"/desk/cases?after={after}").status == 200


def test_a_contact_is_seen_by_the_clerk_who_opens_it_and_that_is_logged(villager, clerk, form):
    asks(villager, form, contact="傍晚来 1 组李四家")
    page = clerk.sees("/desk/cases")
    assert "傍晚" not in page.html
    page = clerk.follows(page, "我家的数不对")
    assert "傍晚" not in page.html

    assert "傍晚来 1 组李四家" in clerk.submits(page, "看居民留的联系方式").text
    assert [(entry.actor, entry.action) for entry in ledger.entries(TOWN)][-1] == ("baihe-clerk", "case.contact_opened")


def test_whoever_may_not_answer_reads_without_the_contact(villager, reviewer, auditor, form):
    asks(villager, form, contact="傍晚来 1 组李四家")
    for who in (reviewer, auditor):
        page = who.follows(who.sees("/desk/cases"), "我家的数不对")

        assert TEXT in page.text
        assert not [form for form in page.forms if "cases" in form.action]
        assert who.client.post(page.path, data={"text": "查过了。", "seen": "1"}).status_code in (400, 403)
        assert who.client.post(f"{page.path}/contact").status_code in (400, 403)
        assert who.client.post(f"{page.path}/step").status_code in (400, 403)


@pytest.mark.parametrize("username", ["xianshi-clerk", "luxian-clerk", "hejiang-auditor", "zhaoyuan-clerk"])
def test_another_homes_case_is_not_there(villager, person, form, username):
    asks(villager, form)
    case = db.session.query(Case).one()
    other = person(username)

    assert "我家的数不对" not in other.sees("/desk/cases").text
    assert other.sees(f"/desk/cases/{case.home}/{case.id}").status == 404


@pytest.mark.parametrize("id", ["%00", "x", "a" * 500])
def test_a_made_up_case_is_not_there(clerk, posted, id):
    assert clerk.sees(f"/desk/cases/{TOWN}/{id}").status == 404


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_made_up_place_in_the_talk_loses_no_words(villager, form, seen):
    page = looks_up(villager, receipt_on(asks(villager, form)))

    assert "我找到合同了。" in villager.submits(page, "补充", text="我找到合同了。", seen=seen).text


@pytest.mark.parametrize("username", ["luxian-inspector", "luxian-admin"])
def test_roles_without_cases_are_refused(person, posted, username):
    assert person(username).sees("/desk/cases").status == 403


def test_a_stranger_is_asked_to_sign_in(stranger, villager, form):
    asks(villager, form)
    case = db.session.query(Case).one()

    for address in ("/desk/cases", f"/desk/cases/{case.home}/{case.id}"):
        page = stranger.sees(address)
        assert page.path == "/sign-in"
        assert TEXT not in page.html


def test_an_answer_with_somebodys_number_in_it_is_not_sent(villager, clerk, form):
    receipt = receipt_on(asks(villager, form))
    page = answers(clerk, "请打 13800138000 找我。")

    assert "答复里有手机号" in page.text
    assert page.form("答复").fields["text"] == ["请打 ●●●●●●●●●●● 找我。"]
    assert "您的事：已收到" in looks_up(villager, receipt).text


def test_a_landline_may_stand_in_an_answer(villager, clerk, form):
    receipt = receipt_on(asks(villager, form))
    answers(clerk, "请打 0830-8191234 来问。")

    assert "0830-8191234" in looks_up(villager, receipt).text


def test_an_answer_typed_while_the_villager_wrote_on_comes_back_with_what_he_wrote(villager, clerk, form):
    receipt = receipt_on(asks(villager, form))
    page = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    villager.submits(looks_up(villager, receipt), "补充", text="我找到合同了。")
    page = clerk.submits(page, "答复", text="请把合同拿来。")

    assert "我找到合同了。" in page.text
    assert page.form("答复").fields["text"] == ["请把合同拿来。"]
    assert "您的事：已收到" in looks_up(villager, receipt).text


def test_an_answer_to_a_case_that_was_closed_meanwhile_is_given_back(villager, clerk, form):
    receipt = receipt_on(asks(villager, form))
    answers(clerk)
    page = clerk.follows(clerk.sees("/desk/cases?done=1"), "我家的数不对")
    villager.submits(looks_up(villager, receipt), "解决了")

    assert "再说一句。" in clerk.submits(page, "答复", text="再说一句。").text


def test_what_a_villager_types_is_never_markup(villager, clerk, form):
    asks(villager, form, text="<b>我家</b><script>alert(1)</script>")
    page = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")

    assert "<script>alert" not in page.html
    assert "<b>我家</b>" in page.text


def test_an_answer_with_a_covered_number_in_it_is_not_sent_by_pressing_again(villager, clerk, posted):
    asks(villager, f"/n/{posted.number}/ask?place={GAODONG}&row=2")
    case = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    page = clerk.submits(case, "答复", text="面积没有错，打13800138000问。")
    assert "已用 ● 盖住" in page.text
    again = clerk.submits(page, "答复")
    assert "答复里还有盖住的号码" in again.text
    assert "已答复" in clerk.submits(again, "答复", text="面积没有错，打0830-8191234问。").text
