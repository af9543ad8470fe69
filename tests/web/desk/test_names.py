"""Names of people in the texts of a draft: masked with one tap, or kept with a reason that the reviewer reads."""

from __future__ import annotations

import pytest

from tests.web.drafting import approves, draft_of, facts_of, number_of, pastes, states

FACTS = facts_of("baihe-cropland-roster.xlsx")
TITLE = "关于张建国低保和张小三的公示"  # 张小三 is on the roster, 张建国 is not
SAID = "这些话里写着人名"


def may_submit(page):
    return any("送审" in words for form in page.forms for words, *_ in form.buttons)


@pytest.fixture
def page(clerk):
    """The page before submission, of a draft whose title and one of whose facts say names."""
    facts = FACTS | {"title": TITLE, "eligibility": "种地农民，李四的地也算。", "objection_person": "村文书 李四"}
    return states(clerk, pastes(clerk, "\n".join(["组\t户主姓名\t补贴面积(亩)\t补贴标准(元/亩)\t补贴金额(元)", *ROWS])), **facts)


ROWS = ["1组\t张小三\t4.95\t93.6\t463.32", "1组\t李四\t2\t93.6\t187.2"]


def test_the_clerk_is_shown_each_name_and_the_text_without_it(page):
    assert SAID in page.text
    assert "标题：张建国、张小三\n盖住以后：关于张*国低保和张*三的公示" in page.text
    assert "李四\n盖住以后：种地农民，李*的地也算。" in page.text
    assert "村文书 李*" not in page.text  # who answers is named by his post
    assert not may_submit(page)


def test_one_tap_masks_them_and_the_villager_reads_no_name(clerk, reviewer, villager, page):
    page = clerk.submits(page, "把名字都盖住")
    assert "列出来的名字都盖住了。名单上没有的名字，程序认不全，请自己再看一遍，再送审。" in page.text
    assert SAID not in page.text
    clerk.submits(page, "送审")

    number = number_of(approves(reviewer, draft_of(page)))
    shown = villager.sees(f"/n/{number}").text
    assert "关于张*国低保和张*三的公示" in shown
    assert "种地农民，李*的地也算。" in shown
    assert "村文书 李四" in shown
    assert [name for name in ("张建国", "张小三", "李四的地") if name in shown] == []


def test_a_name_is_kept_with_a_reason_that_the_reviewer_reads(clerk, reviewer, villager, page):
    page = clerk.submits(page, "不盖", **{"reason-name_in_text": "本人同意，镇里开会定的"})
    clerk.submits(page, "送审")

    asked = reviewer.sees(f"{draft_of(page)}/review").text
    assert "“标题”里写着人名（张*国、张*三），公开出去人人都看得到。" in asked
    assert "经办说：本人同意，镇里开会定的" in asked
    assert "还没写您的理由" in approves(reviewer, draft_of(page)).text
    number = number_of(approves(reviewer, draft_of(page), **{"reason-name_in_text": "已看过同意书"}))
    assert TITLE in villager.sees(f"/n/{number}").text


def test_a_name_in_the_place_of_the_publisher_is_asked_about(clerk, page):
    page = states(clerk, page, **FACTS | {"title": "耕地补贴公示", "publisher": "高洞社区李四低保户家", "eligibility": "种地农民"})
    assert "落款单位：李四" in page.text
    assert not may_submit(page)


def test_a_reason_holds_for_the_names_that_it_was_written_about(clerk, page):
    page = clerk.submits(page, "不盖", **{"reason-name_in_text": "本人同意，镇里开会定的"})
    assert may_submit(page)

    page = states(clerk, page, **FACTS | {"title": TITLE, "eligibility": "种地农民，李四和张小三的地也算。"})
    assert "写了理由以后，名字又变了。" in page.text
    assert not may_submit(page)

    assert may_submit(clerk.submits(page, "不盖")), "what was typed is still there"


def test_without_a_reason_it_goes_nowhere(clerk, page):
    page = clerk.submits(page, "不盖")

    assert "请写明为什么要写全名" in page.text
    assert not may_submit(page)


def test_a_forged_submission_is_refused_while_a_name_stands(clerk, reviewer, page):
    form = page.form("把名字都盖住")
    clerk.client.post(f"{draft_of(page)}/submit", data={name: form.fields[name] for name in ("csrf_token", "revision")})

    assert reviewer.sees(f"{draft_of(page)}/review").status == 404


def test_the_reason_outlives_the_reasons_for_the_table(clerk, page):
    page = clerk.submits(page, "不盖", **{"reason-name_in_text": "本人同意，镇里开会定的"})
    clerk.submits(f"{draft_of(page)}/ready", "下一步")

    assert clerk.sees(f"{draft_of(page)}/finish").form("不盖").fields["reason-name_in_text"] == ["本人同意，镇里开会定的"]


def test_the_reason_for_a_name_outlives_a_new_upload(clerk, page):
    clerk.submits(page, "不盖", **{"reason-name_in_text": "本人同意，镇里开会定的"})
    sheet = clerk.sees(f"{draft_of(page)}/sheet")
    clerk.submits(sheet, "用粘贴的表格", table="\n".join(["组\t户主姓名\t补贴面积(亩)\t补贴标准(元/亩)\t补贴金额(元)", *ROWS]))

    page = clerk.sees(f"{draft_of(page)}/finish")
    assert "名字又变了" not in page.text
    assert may_submit(page)


def test_the_same_table_sent_twice_is_checked_and_posted_as_one(clerk, reviewer, villager, page):
    sheet = clerk.sees(f"{draft_of(page)}/sheet")
    clerk.submits(sheet, "用粘贴的表格", table="\n".join(["组\t户主姓名\t补贴面积(亩)\t补贴标准(元/亩)\t补贴金额(元)", *ROWS]))
    page = clerk.submits(f"{draft_of(page)}/finish", "把名字都盖住")
    clerk.submits(page, "送审")
    number = number_of(approves(reviewer, draft_of(page)))
    assert "650.52" in villager.sees(f"/n/{number}").text
