"""The committee's half-year report: the program counts, the supervisor writes, the township's reviewer approves, and it is posted."""

from __future__ import annotations

from tests.web.drafting import approves, number_of

WRITTEN = {
    "meetings": "自己开了 3 次，列席村委会 5 次",
    "checked": "看了第一、二季度的账，看了蓄水池维修。",
    "money": "看过的钱一共 12,300 元，对得上。",
    "objection_phone": "0830-8190000",
    "objection_person": "监督委员会值班的人",
    "objection_ways": "村委会一楼，逢场天上午",
    "report_phone": "12345",
}


def test_a_report_is_written_reviewed_and_posted_with_a_number(person, reviewer, villager, clerk):
    supervisor = person("jundaqiu-supervisor")
    page = supervisor.follows(supervisor.sees("/desk/supervision"), "去写")
    assert "收到 0 件" in page.text
    assert "还没有填" in supervisor.submits(page, "送镇里审核", meetings="3 次").text
    page = supervisor.submits("/desk/supervision/report", "送镇里审核", **WRITTEN)
    assert "等镇里审核" in page.text

    waits = reviewer.sees("/desk")
    review = reviewer.follows(waits, "军大丘村2026年上半年村务监督报告")
    draft = review.path.removesuffix("/review")
    assert "军大丘村2026年上半年" not in clerk.sees("/desk").text
    assert clerk.sees(f"{draft}/facts").status == 404
    number = number_of(approves(reviewer, draft))
    public = villager.sees(f"/n/{number}")
    for words in ("2026年上半年", "看了蓄水池维修", "没有提出不同意见。", "收到 0 件，答复 0 件"):
        assert words in public.text
    assert "已经公布" in supervisor.sees("/desk/supervision").text
    assert clerk.sees(f"/desk/notices/{number}/correct").status == 404


def test_what_is_sent_back_is_written_on(person, reviewer):
    supervisor = person("jundaqiu-supervisor")
    supervisor.submits("/desk/supervision/report", "送镇里审核", **WRITTEN)
    draft = reviewer.follows(reviewer.sees("/desk"), "村务监督报告").path.removesuffix("/review")
    reviewer.submits(f"{draft}/review", "退回修改", reason="请写明看了哪几笔。")
    assert "请写明看了哪几笔。" in supervisor.sees("/desk/supervision").text
    again = supervisor.submits("/desk/supervision/report", "先存着", checked="看了全部 16 笔。")
    assert "存好了" in again.text
    assert "等镇里审核" in supervisor.submits(again, "送镇里审核").text
