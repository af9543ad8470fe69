"""Every cell of an uploaded table: changed, taken out, added, found by its number on paper; the reviewer sees old and new."""

from __future__ import annotations

import re

import pytest

from board import work
from board.store.drafting import checking
from board.web.desk import table_form
from tests.web.drafting import draft_of, facts_of, pastes, states

HEAD = "村\t组\t户主姓名\t补贴面积(亩)\t补贴标准(元/亩)\t补贴金额(元)"
ROWS = [
    "高洞社区\t2组\t张小三\t2\t93.6\t187.2",
    "高洞社区\t1组\t李四\t1\t93.6\t93.6",
    "朱巷村\t1组\t王五\t3\t93.6\t280.8",
]
FACTS = facts_of("baihe-cropland-roster.xlsx")


@pytest.fixture
def page(clerk):
    """The page of every cell, of a pasted table of the township that has no fault."""
    return clerk.sees(f"{draft_of(pastes(clerk, chr(10).join([HEAD, *ROWS]), home='510521116000'))}/table")


def line_of(page, name: str) -> int:
    """The line in which a name stands."""
    fields = page.form("存好，再核一遍").fields
    return next(int(field.split("-")[1]) for field, values in fields.items() if field.startswith("cell-") and values == [name])


def cell(page, name: str, column: int) -> str:
    return f"cell-{line_of(page, name)}-{column}"


def test_every_row_is_there_numbered_as_on_paper(page):
    assert [page.form("存好，再核一遍").fields[cell(page, name, 5)] for name in ("张小三", "李四", "王五")] == [
        ["187.2"],
        ["93.6"],
        ["280.8"],
    ]
    numbers = re.findall(r'<tr id="l(\d+)".*?<small>(.*?) <span>(\d+) 号</span></small>', page.html, re.DOTALL)
    assert numbers == [("2", "高洞社区", "2"), ("3", "高洞社区", "1"), ("4", "朱巷村", "1")], "1组 stands before 2组 on the poster"


def test_one_number_is_mended_and_the_reviewer_sees_old_and_new(clerk, reviewer, page):
    draft = draft_of(page)
    states(clerk, page, **FACTS)
    page = clerk.submits(clerk.sees(page.path), "存好，再核一遍", **{cell(page, "王五", 3): "4", cell(page, "王五", 5): "374.4"})
    assert page.path.endswith("/finish"), "nothing else is missing"
    assert "655.20" in page.text

    clerk.submits(page, "送审")
    assert "经办把第 4 行“补贴金额(元)”的“280.8”改成了“374.4”" in reviewer.sees(f"{draft}/review").text


TOTAL = "合计\t\t\t6\t\t561.6"


def test_added_rows_are_found_taken_out_and_never_hidden_behind_emptied_ones(clerk, page):
    def new(line, *words):
        return {f"cell-{line}-{column}": word for column, word in enumerate(words)}

    clerk.submits(
        page,
        "存好，再核一遍",
        **new(5, "朱巷村", "1组", "钱甲", "1", "93.6", "93.6"),
        **new(6, "朱巷村", "1组", "钱乙", "1", "93.6", "93.6"),
    )
    page = clerk.sees(page.path)
    clerk.submits(page, "存好，再核一遍", **new(8, "朱巷村", "1组", "钱丙", "1", "93.6", "93.6"), **new(5, *[""] * 6))
    page = clerk.sees(page.path)
    assert line_of(page, "钱丙") == 8
    assert clerk.submits(page, "找", find="钱丙").anchor == "l8"

    clerk.submits(page, "存好，再核一遍", gone="8")
    assert "钱丙" not in clerk.sees(page.path).html


@pytest.mark.parametrize("along", [True, False])
def test_a_total_that_agreed_is_changed_along_if_the_clerk_wants_it(clerk, reviewer, along):
    page = clerk.sees(f"{draft_of(pastes(clerk, chr(10).join([HEAD, *ROWS, TOTAL]), home='510521116000'))}/table")
    chosen = {} if along else {"totals": []}
    changed = {cell(page, "王五", 3): "4", cell(page, "王五", 5): "374.4"}
    page = clerk.submits(page, "存好，再核一遍", **changed, **chosen)

    ready = clerk.sees(f"{draft_of(page)}/ready").text
    assert ("差" in ready, "655.20\n655.20\n对" in ready) == (not along, along)


def test_a_total_that_was_wrong_before_is_left_alone(clerk):
    wrong = TOTAL.replace("561.6", "500")
    page = clerk.sees(f"{draft_of(pastes(clerk, chr(10).join([HEAD, *ROWS, wrong]), home='510521116000'))}/table")
    page = clerk.submits(page, "存好，再核一遍", **{cell(page, "王五", 3): "4", cell(page, "王五", 5): "374.4"})
    assert "写的是 500" in clerk.sees(f"{draft_of(page)}/ready").text


def test_what_is_wrong_stands_on_top_and_leads_to_its_row(clerk, page):
    page = clerk.submits(page, "存好，再核一遍", **{cell(page, "李四", 5): "九十"})
    assert page.path.endswith("/table")
    assert "还有 1 处要改。" in page.text
    assert page.html.index("不是一个能认出的数") < page.html.index("张小三")
    assert page.link("看这一行") == f"#l{line_of(page, '李四')}"


def test_a_row_is_taken_out_and_put_back(clerk, page):
    line = line_of(page, "王五")
    clerk.submits(page, "存好，再核一遍", gone=str(line))
    ready = clerk.sees(f"{draft_of(page)}/ready").text
    assert ("280.80" in ready, "561.60" in ready) == (True, False)

    again = clerk.sees(page.path)
    clerk.submits(again, "存好，再核一遍", gone=[])
    assert "561.60" in clerk.sees(f"{draft_of(page)}/ready").text


def test_a_row_is_added_behind_the_last_one(clerk, page):
    new = dict(zip([f"cell-5-{column}" for column in range(6)], ["朱巷村", "1组", "赵六", "1", "93.6", "93.6"], strict=True))
    page = clerk.submits(page, "存好，再核一遍", **new)
    assert "655.20" in clerk.sees(f"{draft_of(page)}/ready").text
    assert line_of(clerk.sees(f"{draft_of(page)}/table"), "赵六") == 5


def test_a_row_is_found_by_its_number_on_paper_in_a_table_too_long_for_a_request(app, clerk, monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    page = pastes(clerk, chr(10).join([HEAD, *ROWS]), home="510521116000")
    assert work.once(app)
    page = clerk.sees(f"{draft_of(page)}/table")
    assert clerk.submits(page, "找", find="朱巷村 1").anchor == f"l{line_of(page, '王五')}"


def test_a_long_table_goes_on_at_the_page_that_was_asked_for_once_it_is_checked(app, clerk, monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    monkeypatch.setattr(table_form, "PAGE", 2)
    page = pastes(clerk, chr(10).join([HEAD, *ROWS]), home="510521116000")
    assert work.once(app)
    page = clerk.sees(f"{draft_of(page)}/table")
    page = clerk.submits(page, "下一页", **{cell(page, "李四", 3): "2"})
    assert page.heading == "正在核对这张表"
    assert work.once(app)

    page = clerk.sees(page.address)
    assert (page.path.endswith("/table"), "第 2 页，共 2 页" in page.text) == (True, True)


def test_an_id_number_that_is_typed_is_covered(clerk, page):
    clerk.submits(page, "存好，再核一遍", **{cell(page, "王五", 2): "王五510521195401230013"})
    assert "510521195401230013" not in clerk.sees(page.path).html


def test_a_long_table_is_turned_page_by_page_and_keeps_what_was_typed(clerk):
    rows = [f"高洞社区\t1组\t户主{no}\t1\t93.6\t93.6" for no in range(1, 121)]
    page = clerk.sees(f"{draft_of(pastes(clerk, chr(10).join([HEAD, *rows]), home='510521116000'))}/table")
    assert "第 1 页，共 3 页" in page.text
    second = clerk.submits(page, "下一页", **{cell(page, "户主7", 3): "2"})
    assert line_of(second, "户主60")
    assert clerk.sees(f"{page.path}?page=1").form("存好，再核一遍").fields[cell(page, "户主7", 3)] == ["2"]


def test_a_returned_draft_opens_at_the_row_that_the_reason_names(clerk, reviewer):
    rows = [f"高洞社区\t1组\t户主{no}\t1\t93.6\t93.6" for no in range(1, 121)]
    page = states(clerk, pastes(clerk, "\n".join([HEAD, *rows]), home="510521116000"), **FACTS)
    draft = draft_of(page)
    clerk.submits(clerk.sees(f"{draft}/ready"), "下一步", **{"reason-all_same": "都是一亩"})
    clerk.submits(f"{draft}/finish", "送审")
    reviewer.submits(f"{draft}/review", "退回修改", reason="高洞社区110号的面积写错了")

    page = clerk.follows(clerk.sees("/desk"), "去改")
    assert page.path == f"{draft}/table"
    assert "退回的理由：高洞社区110号的面积写错了" in page.text
    assert line_of(page, "户主110")


def test_typed_rows_have_a_page_of_their_own(clerk):
    page = clerk.submits("/desk/new", "下一步", kind="cropland-subsidy", home="510521116004")
    page = clerk.follows(page, "手工填写")
    page = clerk.submits(
        page, "填好了，核对", **{"row-0-group": "1组", "row-0-name": "甲", "row-0-area": "1", "row-0-amount": "93.6", "row-0-rate": "93.6"}
    )
    assert clerk.sees(f"{draft_of(page)}/table").path.endswith("/by-hand")
