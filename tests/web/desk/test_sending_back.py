"""A draft that the reviewer sends back: why, what is changed before it comes again, and what he is reminded of when it does."""

from __future__ import annotations

from board.models import Draft, db
from board.rules.numbers import spaced
from board.store import ledger
from tests.web.drafting import ROSTER, sends_roster, states

GAODONG = "510521116004"


def stored(draft: str) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, tuple(draft.split("/")[2:4]), populate_existing=True)


def test_a_draft_sent_back_is_mended_sent_again_and_approved_by_the_same_reviewer(clerk, reviewer, draft):
    page = reviewer.submits(f"{draft}/review", "退回修改", reason="李四家面积请再核")
    assert "已退回给经办" in page.text
    page = clerk.follows(clerk.sees("/desk"), "高洞社区")
    assert "退回的理由" in page.text
    assert "李四家面积请再核" in page.text

    clerk.submits(states(clerk, page, grant_number="财农〔2026〕9号"), "送审")
    assert "打印各社区公示单" in reviewer.submits(f"{draft}/review", "通过并公布").text


def test_the_desk_says_what_was_sent_back_and_why_and_the_same_is_not_taken_again(clerk, reviewer, draft):
    reviewer.submits(f"{draft}/review", "退回修改", reason="李四家面积请再核")
    desk = clerk.sees("/desk")
    assert "1 份被退回：" in desk.text
    assert "李四家面积请再核" in desk.text

    page = clerk.submits(clerk.follows(desk, "去改"), "送审")  # its tab
    page = clerk.submits(page, "送审")
    assert "还没有改动" in page.text
    assert stored(draft).state == "returned"


def test_on_the_second_look_the_reviewer_reads_what_he_had_said_and_what_changed(clerk, reviewer, draft):
    reviewer.submits(f"{draft}/review", "退回修改", reason="李四家面积请再核")
    mended = ROSTER.replace("187.2", "280.8").replace("\t2\t", "\t3\t").replace("8.05", "9.05").replace("753.48", "847.08")
    page = clerk.submits(f"{draft}/sheet", "用粘贴的表格", table=mended)
    clerk.submits(states(clerk, page, grant_number="财农〔2026〕9号"), "送审")

    page = reviewer.sees(f"{draft}/review")
    assert "这一稿退回过，理由是：李四家面积请再核" in page.text
    assert "补贴金额：753.48 → 847.08" in page.text
    assert "资金文号：" in page.text
    assert "→ 财农〔2026〕9号" in page.text
    assert "名单里的内容：改过" in page.text
    assert "名单行数：" not in page.text


def test_a_notice_with_the_same_rows_and_totals_as_one_that_is_posted_is_said_to_clerk_and_reviewer(clerk, reviewer, draft):
    number = reviewer.submits(f"{draft}/review", "通过并公布").path.rpartition("/")[2]
    again = sends_roster(clerk)
    words = f"和已公布的 {spaced(number)}《高洞社区2026年耕地地力保护补贴公示》行数、金额一样，是不是重复公布？"
    assert words in clerk.sees(f"{again}/ready").text
    assert words in reviewer.sees(f"{again}/review").text

    reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="有一户金额录错", leak="0", sure=True)
    assert "是不是重复公布" not in reviewer.sees(f"{again}/review").text


def test_sending_back_wants_a_reason(reviewer, draft):
    page = reviewer.submits(f"{draft}/review", "退回修改", reason=" ")

    assert page.status == 422
    assert "请写明为什么退回" in page.text
    assert stored(draft).state == "submitted"


def test_a_sent_back_draft_tells_the_public_and_the_ledger_no_name(reviewer, draft):
    page = reviewer.submits(f"{draft}/review", "退回修改", reason="李四家 13800138000 不对")
    assert page.status == 422
    assert "这句话里有手机号" in page.text
    assert stored(draft).state == "submitted"

    reviewer.submits(page, "退回修改", reason="李四家不对")
    *_, entry = ledger.entries(GAODONG)
    assert entry.action == "draft.returned"
    assert "李四" not in str(entry.body)
