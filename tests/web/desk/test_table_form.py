"""The one form of every table: an upload and typed rows are numbered, found and told about alike, page by page."""

from __future__ import annotations

import re

import pytest

from board.web.desk.table_form import PAGE
from tests.actors import Page, Person
from tests.sheets.making import made_id
from tests.web.drafting import begins, draft_of, explains, facts_of, pastes, states

HEAD = "组\t户主姓名\t补贴面积(亩)\t补贴标准(元/亩)\t补贴金额(元)"
FIELDS = ("group", "name", "area", "rate", "amount")
GAODONG = "510521116004"


def uploads(clerk: Person, rows: list[str]) -> Page:
    return clerk.sees(f"{draft_of(pastes(clerk, chr(10).join([HEAD, *rows])))}/table")


def types(clerk: Person, rows: list[str]) -> Page:
    page = clerk.follows(begins(clerk, "cropland-subsidy", GAODONG), "手工填写")
    sent = {f"row-{no}-{field}": text for no, row in enumerate(rows) for field, text in zip(FIELDS, row.split("\t"), strict=True)}
    page = clerk.submits(f"{page.path}?empty=100", "先存着", **sent)
    return clerk.sees(f"{draft_of(page)}/by-hand")


@pytest.fixture(params=[uploads, types], ids=["an upload", "typed rows"])
def opens(request, clerk):
    """Open the form of a table with these rows."""
    return lambda *rows: request.param(clerk, list(rows))


def row(name: str, group: str = "1组", amount: str = "93.6") -> str:
    return f"{group}\t{name}\t1\t93.6\t{amount}"


def shown(page: Page) -> list[tuple[str, str]]:
    """The lines of the form that have a number on paper, as (line, number)."""
    return re.findall(r'<tr id="l(\d+)".*?<small>高洞社区 <span>(\d+) 号</span></small>', page.html)


def test_lines_are_numbered_as_on_paper(opens):
    assert shown(opens(row("张小三", "2组"), row("李四"))) == [("2", "2"), ("3", "1")]


@pytest.mark.parametrize("sought", ["2", "2号", "高洞社区 2", "张*三", "张小三"])
def test_a_row_is_found_by_its_number_or_its_name_and_no_name_is_in_the_address(clerk, opens, sought):
    found = clerk.submits(opens(row("张小三", "2组"), row("李四")), "找", find=sought)

    assert found.anchor == "l2"
    assert "三" not in found.address


def test_where_several_fit_all_are_named(clerk, opens):
    assert "找到 2 行：第 2、4 行" in clerk.submits(opens(row("张小三"), row("李四"), row("张五")), "找", find="张").text


def test_the_next_row_that_fits_is_found_behind_the_page(clerk, opens):
    page = opens(*[row(f"张{'一二三四五六七八九十'[n // 10]}{'甲乙丙丁戊己庚辛壬癸'[n % 10]}") for n in range(PAGE + 2)])
    page = clerk.submits(page, "找", find="张")
    assert page.anchor == f"l{PAGE + 2}", "the first on the second page"
    assert clerk.submits(page, "找", find="张").anchor == "l2", "and from the last page the first of all"


def test_what_is_wrong_stands_on_top_and_leads_to_its_row_on_whatever_page(clerk, opens):
    rows = [row(f"张{'一二三四五六七八九十'[n // 10]}{'甲乙丙丁戊己庚辛壬癸'[n % 10]}") for n in range(PAGE + 2)]
    page = opens(*rows[:-1], row("王五", amount="一百多"))

    assert page.html.index("不是一个能认出的数") < page.html.index("张一甲")
    assert f"第 {PAGE + 3} 行" in page.text
    assert 'value="一百多"' in clerk.submits(page, "看这一行").html


def test_who_is_not_found_is_told_without_a_number_typed_by_mistake(clerk, opens):
    page = opens(row("李四"))
    assert "没有找到“没*人”。" in clerk.submits(page, "找", find="没*人").text
    assert f"没有找到“{'●' * 18}”。" in clerk.submits(page, "找", find=made_id()).text


def test_a_page_that_is_not_there_shows_the_last(clerk, opens):
    page = opens(*[row(f"张{'一二三四五六七八九十'[n // 10]}{'甲乙丙丁戊己庚辛壬癸'[n % 10]}") for n in range(PAGE + 1)])
    assert "第 2 页，共 2 页" in clerk.sees(f"{page.path}?page=99").text


def test_enter_in_the_box_searches(clerk, opens):
    page = opens(row("张小三", "2组"), row("李四"))
    assert clerk.submits(page, find="李四").anchor == "l3"


@pytest.mark.parametrize("go", ["5", "page-", "page-x", "find"])
def test_a_forged_button_is_none(clerk, opens, go):
    page = opens(row("李四"))
    fields = {name: values[0] for name, values in page.form("找").fields.items() if values and name != "gone"}
    assert clerk.client.post(page.path, data=fields | {"go": go}).status_code == 302


def test_a_row_that_was_returned_is_shown_until_the_table_is_another_one(clerk, reviewer):
    page = uploads(clerk, [row("张小三"), row("李四"), row("王五"), row("赵六")])
    states(clerk, page, **facts_of("baihe-cropland-roster.xlsx"))
    explains(clerk, draft_of(page))
    clerk.submits(f"{draft_of(page)}/finish", "送审")
    reviewer.submits(f"{draft_of(page)}/review", "退回", reason="高洞社区3号的面积不对，1号请去掉")
    assert clerk.sees(page.path).anchor == "l4"

    clerk.submits(clerk.sees(f"{page.path}?page=1"), "存好，再核一遍", gone="2")
    after = clerk.sees(page.path)
    assert (after.anchor, 'class="hit"' in after.html) == ("", False), "3号 is somebody else now"
