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
    clerk.submits(states(clerk, page, **facts_of(BAIHE), committee_opinion="agreed"), "送审")

    said = reviewer.sees(f"{draft_of(page)}/review").text
    assert "经办把第 2 行“补贴面积(亩)”的“五亩不到”改成了“4.95”" in said


def test_two_columns_are_not_taken_for_one_field(clerk):
    page = pastes(clerk, "户主姓名\t补贴面积(亩)\t补贴金额(元)\t甲数\t乙数\n张小三\t4.95\t463.32\t1\t2\n")
    page = clerk.submits(page, "下一步", **{"column-3": "rate", "column-4": "rate"})

    assert "有两列都选了“补贴标准”。一项只能有一列，请改一个。" in page.text
