"""What a sheet was compared with is said to the clerk, and what he typed over it to the reviewer."""

from __future__ import annotations

from tests.web.drafting import draft_of, facts_of, pastes, states, uploads

BAIHE = "baihe-cropland-roster.xlsx"
HEADER = "户主姓名\t补贴面积(亩)\t补贴金额(元)\n"


def test_the_clerk_is_told_each_check_its_rows_and_the_units(clerk):
    page = uploads(clerk, BAIHE)

    assert "补贴金额 = 补贴面积 × 补贴标准：查了 1194 行，0 行对不上。" in page.text
    assert "补贴面积（按亩算）" in page.text
    assert "补贴金额（按元算）" in page.text


def test_a_sheet_without_a_rate_says_that_nothing_could_be_checked(clerk):
    page = pastes(clerk, f"{HEADER}张小三\t4.95\t463.32\n")

    assert "补贴金额 = 补贴面积 × 补贴标准：表里的数不够，没法查。" in page.text


def test_the_reviewer_reads_what_was_typed_over_the_sheet(clerk, reviewer):
    page = pastes(clerk, f"{HEADER}张小三\t五亩不到\t463.32\n")
    page = clerk.submits(page, "改好了", **{"cell-2-1": "4.95"})
    clerk.submits(states(clerk, page, **facts_of(BAIHE)), "送审")

    said = reviewer.sees(f"{draft_of(page)}/review").text
    assert "经办把第 2 行“补贴面积(亩)”的“五亩不到”改成了“4.95”" in said


def test_two_columns_are_not_taken_for_one_field(clerk):
    page = pastes(clerk, "户主姓名\t补贴面积(亩)\t补贴金额(元)\t甲数\t乙数\n张小三\t4.95\t463.32\t1\t2\n")
    page = clerk.submits(page, "下一步", **{"column-3": "rate", "column-4": "rate"})

    assert "有两列都选了“补贴标准”。一项只能有一列，请改一个。" in page.text
    chosen = page.form("下一步").fields
    assert (chosen["column-3"], chosen["column-4"]) == (["rate"], ["rate"]), "what was chosen stays, with both marked"
    assert page.text.count("这一项选了两次，请改一个。") == 2


def test_a_column_of_illness_is_said_to_be_dropped(clerk):
    page = pastes(clerk, "户主姓名\t补贴面积(亩)\t补贴金额(元)\t健康状况\n张小三\t4.95\t463.32\t患病\n李四\t2\t187.2\t健康\n")
    assert "整列去掉，没有保存：健康状况。" in clerk.sees(f"{draft_of(page)}/ready").text


def test_that_blank_cells_are_not_as_above_can_be_taken_back(clerk):
    rows = ["高洞社区\t张小三\t2\t187.2", "\t李四\t1\t93.6", "\t王五\t3\t280.8"]
    page = pastes(clerk, "\n".join(["村\t户主姓名\t补贴面积(亩)\t补贴金额(元)", *rows]), home="510521116000")
    page = clerk.submits(clerk.sees(f"{draft_of(page)}/rows"), "改好了", **{"answer-ask:above": "blank"})
    assert "还有 2 处要改。" in page.text
    assert "“村”下面的空格是不是同上：经办选了“不是，我自己补上”" in page.text

    page = clerk.submits(page, "不对，重新选")
    assert "“村”下面的空格是不是同上" not in page.text
    assert page.form("改好了").names >= {"answer-ask:above"}


def test_choices_of_columns_stay_while_another_one_is_forgotten(clerk):
    page = pastes(clerk, "户主姓名\t补贴面积(亩)\t补贴金额(元)\t甲数\t乙数\n张小三\t4.95\t463.32\t1\t2\n")
    clerk.submits(page, "下一步", **{"column-3": "rate", "column-4": ""})
    again = clerk.sees(f"{draft_of(page)}/columns?again=1")
    again = clerk.submits(again, "不再记住", **{"column-4": "rate", "column-3": ""})
    assert clerk.sees(f"{draft_of(page)}/columns?again=1").form("下一步").fields["column-4"] == ["rate"]


def test_the_page_of_columns_says_what_is_not_published(clerk):
    page = pastes(clerk, "户主姓名\t补贴面积(亩)\t补贴金额(元)\t备注\n张小三\t4.95\t463.32\t新户\n李四\t2\t187.2\t\n")
    again = clerk.sees(f"{draft_of(page)}/columns?again=1")
    assert "备注 → 备注（不公开）" in again.text
    assert "这一列不公开，只有工作人员看得到。" in again.text
