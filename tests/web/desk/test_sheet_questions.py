"""What a sheet leaves open: the clerk answers on the page, may take it back, and the reviewer reads it."""

from __future__ import annotations

from tests.web.drafting import draft_of, facts_of, pastes, sends_roster, states

HEAD = "组\t户主姓名\t补贴面积(亩)\t补贴金额(元)\n"
DOUBLED = HEAD + "1组\t张小三\t4.95\t463.32\n1组\t李四\t2\t187.2\n\t全村\t6.95\t650.52\n"
UNITLESS = "组\t户主姓名\t补贴面积(亩)\t补贴金额\n1组\t张小三\t4.95\t463.32\n1组\t李四\t2\t187.2\n"


def test_a_line_that_is_the_sum_is_asked_about_and_then_counted_once(clerk):
    page = pastes(clerk, DOUBLED)
    assert "“全村”像是合计，不像一行明细" in page.text

    page = clerk.submits(page, "改好了", **{"answer-ask:total:4": "total"})
    assert page.path.endswith("/ready")
    assert "名单行数2" in page.text
    assert "650.52" in page.text
    assert "经办选了“是合计，不算一行”" in page.text


def test_an_answer_can_be_taken_back_and_given_anew(clerk):
    page = clerk.submits(pastes(clerk, DOUBLED), "改好了", **{"answer-ask:total:4": "total"})
    page = clerk.submits(page, "不对，重新选")
    assert page.path.endswith("/rows")

    page = clerk.submits(page, "改好了", **{"answer-ask:total:4": "row"})
    assert "名单行数3" in page.text


def test_enter_does_not_take_an_answer_back(clerk):
    page = clerk.submits(pastes(clerk, DOUBLED), "改好了", **{"answer-ask:total:4": "total"})
    assert page.form("不对，重新选").enter == ("", "")


def test_an_answer_that_is_not_offered_leaves_the_question_open(clerk):
    page = clerk.submits(pastes(clerk, DOUBLED), "改好了", **{"answer-ask:total:4": "maybe"})
    assert page.path.endswith("/rows")


def test_a_unit_that_nothing_states_is_to_be_answered_before_the_sheet_goes_on(clerk):
    page = pastes(clerk, UNITLESS)
    assert "“补贴金额”没有写单位，按“元”算" in page.text
    refused = clerk.submits(page, "下一步")
    assert refused.status == 422

    (unit,) = [name for name in refused.form("下一步").names if name.startswith("answer-ask:unit:amount")]
    page = clerk.submits(refused, "下一步", **{unit: "元"})
    assert "“补贴金额”的单位：经办选了“元”" in page.text
    assert clerk.submits(page, "下一步").path.endswith("/facts")


def test_the_reviewer_reads_what_the_clerk_answered(clerk, reviewer):
    page = clerk.submits(pastes(clerk, DOUBLED), "改好了", **{"answer-ask:total:4": "total"})
    clerk.submits(states(clerk, page, **facts_of("baihe-cropland-roster.xlsx")), "送审")

    assert "第 4 行“全村”是不是合计：经办选了“是合计，不算一行”" in reviewer.sees(f"{draft_of(page)}/review").text


def test_blank_cells_below_a_village_are_one_question(person):
    clerk = person("baihe-clerk")
    table = "村\t户主姓名\t补贴面积(亩)\t补贴金额(元)\n高洞社区\t张小三\t4.95\t463.32\n\t李四\t2\t187.2\n\t王老五\t1\t93.6\n"
    page = pastes(clerk, table, home="510521116000")
    assert page.heading == "有 1 处要改"

    page = clerk.submits(page, "改好了", **{"answer-ask:above": "above"})
    assert "名单行数3" in page.text


def test_a_new_table_is_asked_about_anew(clerk):
    draft = sends_roster(clerk)
    assert draft
    page = clerk.submits(pastes(clerk, DOUBLED), "改好了", **{"answer-ask:total:4": "total"})
    page = clerk.submits(f"{draft_of(page)}/sheet", "粘贴", table=DOUBLED)
    assert page.path.endswith("/rows")
