"""有异议: a household's word on its own row becomes one case with one receipt, however and however often it is sent."""

from __future__ import annotations

import json

import pytest

from board.models import Case, db
from board.rules import numbers
from board.store import cases, ledger, meetings, notices
from tests.store.asked import replays
from tests.store.corrected import correct, without
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.asking import looks_up
from tests.web.desk.test_meetings import address, opens
from tests.web.drafting import approves, number_of, sends_roster
from tests.web.publishing import NAMES, pages, text

TOKEN = "0123456789abcdef" * 2


@pytest.fixture
def meeting(clerk, number):
    """The address of a meeting whose list is open."""
    opens(clerk, number)
    return address(number, "/1")


def item(row: int = 2, what: str = "figure", token: str = TOKEN, **more) -> dict:
    return {"token": token, "row": row, "what": what, "words": ""} | more


def uploads(who, meeting: str, *items) -> list[dict]:
    """Send what waited on the page of a meeting, as its script does."""
    sent = {"csrf_token": who.sees(meeting).form("记下").fields["csrf_token"][0], "items": json.dumps(items)}
    answer = who.client.post(f"{meeting}/objections", data=sent)
    assert answer.status_code == 200
    return answer.json


def the_cases() -> list[Case]:
    return db.session.query(Case).order_by(Case.row).all()


@pytest.mark.parametrize(
    ("what", "category"), [("figure", "amount_wrong"), ("person", "correction"), ("gone", "correction"), ("other", "unclear")]
)
def test_each_choice_becomes_a_case_of_its_category_told_by_mouth(clerk, villager, meeting, number, what, category):
    (got,) = uploads(clerk, meeting, item(what=what, words="丈量的时候是三亩。"))

    (case,) = the_cases()
    assert (case.source, case.home, case.number, case.place, case.row, case.category) == ("meeting", TOWN, number, GAODONG, 2, category)
    assert got["due"] in looks_up(villager, got["receipt"]).text
    assert "开会念名单的时候，本户说" in looks_up(villager, got["receipt"]).text
    assert replays(TOWN)


def test_it_closes_only_once_he_was_told(clerk, villager, meeting):
    (got,) = uploads(clerk, meeting, item())
    page = clerk.submits(f"/desk/cases/{TOWN}/{the_cases()[0].id}", "答复", text="量过了，少算三分，已经补上。")

    assert the_cases()[0].state == "telling"
    assert "已告诉本人" in page.text
    assert "量过了" in looks_up(villager, got["receipt"]).text


def test_sending_again_is_harmless_and_gives_the_same_receipts(clerk, reviewer, meeting, number):
    items = item(words="少了。"), item(4, "other", "f" * 32)
    first = uploads(clerk, meeting, *items)
    again = uploads(reviewer, meeting, item(words=""), items[1])  # from another desk, and without the words

    assert [one["receipt"] for one in first] == [one["receipt"] for one in again]
    assert len(the_cases()) == 2
    assert [cases.last_no(case) for case in the_cases()] == [1, 1]
    assert len(meetings.objections(meetings.one(notices.find(number), GAODONG, 1))) == 2


def test_a_household_may_say_two_things_of_its_row(clerk, meeting, number):
    uploads(clerk, meeting, item(), item(what="other", token="a" * 32))

    assert meetings.rows_of(meetings.objections(meetings.one(notices.find(number), GAODONG, 1))) == 1
    assert len(the_cases()) == 2


def test_what_no_page_of_ours_sends_is_refused_and_the_rest_is_taken(clerk, meeting):
    odd = item(77), item(what="theft"), item(token="../.."), item(row="二"), "nothing", None, item(row=9 * 10**8)
    found = uploads(clerk, meeting, *odd, item())

    assert ["receipt" in one for one in found] == [False] * len(odd) + [True]
    assert "名单上没有这个号" in found[0]["fault"]
    assert len(the_cases()) == 1


@pytest.mark.parametrize("items", ["", "{", "{}", "3"])
def test_what_is_no_list_is_no_upload(clerk, app, meeting, items):
    app.config["WTF_CSRF_ENABLED"] = False
    assert clerk.client.post(f"{meeting}/objections", data={"items": items}).status_code == 400


def test_personal_numbers_in_the_words_are_covered(clerk, villager, meeting):
    (got,) = uploads(clerk, meeting, item(words="我的电话13800138000，少了三分。"))

    page = looks_up(villager, got["receipt"])
    assert "少了三分" in page.text
    assert "13800138000" not in page.html


def test_a_row_of_a_child_is_neither_read_nor_objected_to(clerk, number):
    posted = notices.find(number)
    notices.row(posted, GAODONG, 2).minor = True
    db.session.commit()
    page = opens(clerk, number)

    assert "这一行是未成年人，不念名字。" in page.text
    assert "李四" not in page.html
    assert 'value="2.figure"' not in page.html
    assert "receipt" not in uploads(clerk, address(number, "/1"), item())[0]


def test_what_waited_is_sent_though_the_notice_was_corrected_meanwhile(clerk, villager, meeting, number):
    correct(notices.find(number), without("李四"))
    (got,) = uploads(clerk, meeting, item())

    assert "念的是第 1 版" in looks_up(villager, got["receipt"]).text
    assert "receipt" not in uploads(clerk, address(number, "/1"), item(5))[0]


def test_without_a_script_the_choice_is_asked_once_more_and_the_receipt_is_not_shown_at_once(clerk, villager, number):
    page = clerk.submits(opens(clerk, number), "数不对")
    assert "1 号：数不对" in page.heading
    assert "只记本户说自己家这一行的" in page.text
    assert the_cases() == []
    noted = clerk.submits(page, "记下", words="少了三分。")
    again = clerk.submits(page, "记下", words="少了三分。")

    receipt = numbers.compact(noted.html.split('class="receipt">')[1].split("<")[0])
    assert receipt in numbers.compact(again.html)
    assert "少了三分" in looks_up(villager, receipt).text
    assert "<details><summary>看查询号</summary>" in noted.html
    assert [name for name in NAMES if name in page.html + noted.html] == []
    assert len(the_cases()) == 1


@pytest.mark.parametrize("objection", ["", "2", "77.figure", "2.theft", "x.figure"])
def test_a_button_that_does_not_stand_there_asks_nothing(clerk, app, meeting, objection):
    app.config["WTF_CSRF_ENABLED"] = False
    assert clerk.client.post(f"{meeting}/objection", data={"objection": objection}).status_code == 400


def test_receipts_are_printed_a_page_each_and_only_those_of_this_meeting(clerk, app, meeting, number):
    got = [one["receipt"] for one in uploads(clerk, meeting, item(), item(3, token="a" * 32))]
    other = cases.file(notices.find(number), "d" * 32, cases.Asked(GAODONG, 1, "unclear", "看不懂。", "", AT.date()), AT)
    app.config["WTF_CSRF_ENABLED"] = False
    paper = clerk.client.post(f"{meeting}/receipts.pdf", data={"receipt": [*got, "1" * 16]})

    assert [numbers.compact(receipt) in page for receipt, page in zip(got, pages(paper.data), strict=True)] == [True, True]
    assert [name for name in NAMES if name in text(paper.data)] == []
    assert other.source == "web"
    assert clerk.client.post(f"{meeting}/receipts.pdf", data={"receipt": "1" * 16}).status_code == 404


def test_the_minutes_list_objections_by_row_and_no_name(clerk, meeting, number):
    uploads(clerk, meeting, item(4, "person", "b" * 32), item(2))
    page = clerk.submits(meeting, "记下", present="86", presider="陈明")
    paper = text(clerk.follows(page, "打印会议记录").data)

    assert "2户有异议" in paper
    assert paper.index("2号数不对") < paper.index("4号人不对")
    assert [name for name in NAMES if name in paper] == []
    assert "row" not in str([entry.body for entry in ledger.entries(TOWN) if entry.action.startswith("meeting.")])


@pytest.mark.parametrize(("what", "home"), [("figure", GAODONG), ("person", TOWN)])
def test_what_a_village_may_not_decide_of_its_own_notice_goes_to_its_township(clerk, reviewer, once, what, home):
    number = once("a village's own", lambda: number_of(approves(reviewer, sends_roster(clerk))))
    opens(clerk, number)
    uploads(clerk, address(number, "/1"), item(what=what))

    assert [case.home for case in the_cases()] == [home]
