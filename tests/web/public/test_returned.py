"""A household whose payment came back reads, wherever it looks, what arrived, then what came back, why, and what to do."""

from __future__ import annotations

import tomllib
from io import BytesIO

import pytest
from pypdf import PdfReader

from board import demo
from board.rules.notice.page_sources import of_version
from board.rules.rendering import short_messages
from board.store import notices
from tests.store.posted import AT
from tests.web.cards import prints
from tests.web.drafting import approves, draft_of, explains, facts_of, number_of, pastes, states

POSTS = tomllib.loads((demo.FOLDER / "posts.toml").read_text("utf-8"))
JUNDAQIU = "510521116227"
TODO = "带身份证和一卡通到镇财政所核对，一个月以内补发。"
WHY = "收钱的卡（存折）注销了"
FACTS = facts_of("baihe-payout.csv")


@pytest.fixture
def payout(app):
    (post,) = [post for post in POSTS["posts"] if post["kind"] == "cropland-payout"]
    return demo.publish(post, POSTS["contacts"], AT)


@pytest.fixture
def bounced(payout):
    """The row of the demo's household whose account was closed."""
    (row,) = [row for row in notices.rows(payout, JUNDAQIU) if row.measures.get("return_reason") == WHY]
    return row


def test_the_row_leads_with_what_arrived_then_what_came_back_why_and_what_to_do(villager, payout, bounced):
    seen = villager.sees(f"/n/{payout.number}/{JUNDAQIU}?find={bounced.no}")
    box = seen.text.partition(f"{bounced.no} 号 ")[2]

    assert '<b class="say">0.00 元</b>' in seen.html
    order = [
        "0.00 元",
        "退回来 200.30 元，还没到您家",
        f"为什么：{WHY}。",
        "怎么办：带身份证和现在用的卡（存折），到镇财政所换账号。",
        TODO,
    ]
    assert [box.find(words) for words in order] == sorted(box.find(words) for words in order)
    assert all(words in box for words in order)
    assert "这个数怎么来的" not in box


def test_the_village_s_page_says_of_whom_and_why_and_explains_no_sum_by_where_it_went(villager, payout, bounced):
    seen = villager.sees(f"/n/{payout.number}/{JUNDAQIU}").text

    assert "退回来的钱" in seen
    assert f"{bounced.no} 号：{WHY}。" in seen
    assert TODO in seen
    assert "这个数怎么来的" not in seen
    assert seen.index("发到账金额\n46,969.43") < seen.index("应发金额\n47,315.75")


def test_what_the_sheet_says_of_a_card_is_published_in_plain_words_only(villager, payout):
    for path in (f"/n/{payout.number}/{JUNDAQIU}", f"/n/{payout.number}.json", f"/n/{payout.number}.csv"):
        told = villager.sees(path).data.decode()
        assert [word for word in ("销户", "户名不符", "睡眠户") if word in told] == []
        assert WHY in told


def test_the_poster_leads_with_what_arrived_and_says_whose_money_came_back(villager, payout, bounced):
    pdf = PdfReader(BytesIO(villager.sees(f"/n/{payout.number}/{JUNDAQIU}/sheet.pdf").data))
    first = "".join(pdf.pages[0].extract_text().split())

    assert first.index("46,969.43元") < first.index("47,315.75元")
    assert f"{bounced.no}号：{WHY}。" in first
    assert "钱退回来的怎么办" in first
    assert "怎么算的" not in first


def test_the_loudspeaker_says_what_arrived_and_what_to_do(villager, payout):
    script = villager.sees(f"/n/{payout.number}/{JUNDAQIU}.txt").data.decode()

    assert script.index("四万六千九百六十九") < script.index("四万七千三百一十五")
    assert "钱退回来的怎么办：带身份证和一卡通到镇财政所核对，一个月以内补发。" in script
    assert "怎么算的" not in script


def test_the_texts_to_send_say_what_arrived_and_what_came_back(app, payout):
    page = of_version(payout.version, notices.parts(payout), payout.notice.kind)

    sms = short_messages.sms(page, JUNDAQIU, "a.cn/n/1")
    assert "发到账46969.43元，退回346.32元" in sms
    assert "47315.75" not in sms
    group = short_messages.group_text(page, JUNDAQIU, "https://a.cn/n/1")
    assert "发到账 46,969.43 元" in group
    assert f"退回来 346.32 元。{TODO}" in group


def test_a_card_and_its_page_lead_with_what_arrived(with_slips, clerk, villager, cards, payout):
    pdf = prints(clerk, "2组（14户）", JUNDAQIU)
    assert "发到账" in "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.data)).pages)
    (path,) = [path for _door, path in cards if "退回来" in (seen := villager.sees(path).text) and WHY in seen]
    seen = villager.sees(path).text
    assert "发到账金额 0.00 元" in seen
    assert seen.index("0.00 元") < seen.index("退回来 200.30 元，还没到您家") < seen.index(WHY) < seen.index("应发金额\n200.30 元")


def test_a_sheet_that_says_it_in_words_only_tells_the_household_no_less(clerk, reviewer, villager):
    rows = [
        "组\t户主姓名\t应发金额(元)\t发到账金额(元)\t发放情况",
        "1组\t张小三\t100\t100\t已发放",
        "1组\t李四\t262.08\t0\t失败：账户已销户",
    ]
    rows.append("1组\t王五\t80\t80\t已发放")
    page = pastes(clerk, "\n".join(rows), kind="cropland-payout")
    draft = draft_of(page)
    assert "第 3 行“发放情况”写的是“失败：账户已销户”，没有写退回多少" in clerk.sees(f"{draft}/ready").text
    explains(clerk, draft)
    clerk.submits(states(clerk, page, **FACTS), "送审")
    review = reviewer.sees(f"{draft}/review")
    reasons = {name: "和银行核过" for name in review.form("通过并公布").names if name.startswith("reason-")}
    number = number_of(approves(reviewer, draft, **reasons))

    box = villager.sees(f"/n/{number}/510521116004?find=2").text.partition("2 号 ")[2]
    assert "退回来 262.08 元，还没到您家" in box
    assert f"为什么：{WHY}。" in box
    assert "销户" not in box
