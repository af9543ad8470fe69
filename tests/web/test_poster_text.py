"""What a printed sheet says: the figures and words of a notice's page, in Chinese, with an address only when it is posted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.paper.bundle import CoverLine
from board.paper.formats import Format
from board.store import notices
from board.web import poster_text
from board.web.public.posted_pages import page_of
from tests.store.posted import GAODONG, NEXT, TOWN, line, proposal
from tests.web.drafting import approves, number_of, sends_roster
from tests.web.publishing import publishes, text

WHOLE = {(GAODONG, 1): "张小三", (GAODONG, 2): "李四"}


@pytest.fixture
def sheet(app, number):
    """Make the sheet of a place, within a request in English: the paper is Chinese all the same."""

    def made(place=GAODONG, names=WHOLE, page=None, **more):
        posted = notices.find(number)
        page = page or page_of(posted)
        return poster_text.poster_of(page, place, notices.rows(posted, place), names, **{"edition": "wall", **more})

    with app.test_request_context("/?lang=en"):
        yield made


def test_a_sheet_says_what_the_page_of_its_place_says(sheet, number):
    made = sheet()

    assert (made.title, made.place_name, made.publisher) == ("百和镇2026年耕地地力保护补贴公示", "高洞社区", "百和镇人民政府")
    assert made.sentence == "高洞社区：耕地补贴 4 户，共 1,034.28 元，每亩 93.6 元。"
    assert (made.date_line, made.period_line) == ("2026年11月20日", "公示时间：2026年11月20日 至 2026年11月27日")
    assert (made.rows_count, made.row_word, made.total) == (4, "户", "1,034.28 元")
    assert [(phone.label, phone.number) for phone in made.phones] == [("有疑问", "0830-8191234"), ("监督举报", "0830-8195678")]
    assert made.qr_text == f"HTTPS://GK.EXAMPLE.CN/N/{number}/{GAODONG}/1"
    assert made.number.replace(" ", "") == number
    assert made.short_address == f"gk.example.cn/n/{number}"


def test_rows_have_the_names_that_the_edition_shows_and_else_the_masked_ones(sheet):
    (group,) = sheet().groups

    assert [row[1] for row in group.rows] == ["张小三", "李四", "王*", "赵*"]
    assert group.rows[0] == ("1", "张小三", "4.95", "463.32")
    assert sheet().total_row == ("合计", "", "11.05", "1,034.28")
    assert [column.header for column in sheet().columns] == ["号", "户主", "补贴面积（亩）", "补贴金额（元）"]


def test_a_draft_has_a_mark_and_no_address(sheet, number):
    made = sheet(draft=True)

    assert (made.draft_mark, made.qr_text, made.number, made.short_address) == ("送审稿", "", "", "")


@pytest.mark.parametrize(
    ("level", "place", "signs"),
    [("village", GAODONG, True), ("township", GAODONG, True), ("township", TOWN, False), ("county", NEXT, False)],
)
def test_a_committee_signs_a_villages_sheet_of_its_village_or_township(sheet, number, level, place, signs):
    page = replace(page_of(notices.find(number)), level=level)

    assert bool(sheet(place, page=page).committee_line) == signs
    of_itself = replace(page, kind=replace(page.kind, group="office"))
    assert not sheet(place, page=of_itself).committee_line, "what an office tells of itself is none of a village's"


@pytest.mark.parametrize(
    ("demo", "invented", "mark"), [(False, False, ""), (False, True, ""), (True, False, "演示数据"), (True, True, "演示数据 · 虚构")]
)
def test_a_demo_says_so_on_everything_it_prints(app, sheet, number, demo, invented, mark):
    app.config["DEMO"] = demo
    page = replace(page_of(notices.find(number)), invented=invented)

    assert poster_text.demo_mark(page) == sheet(page=page).demo_mark == mark


def test_a_table_of_all_places_has_their_names_first(app):
    number = publishes(proposal("fund-allocation", [line(TOWN, 1, "", "10"), line(NEXT, 1, "", "5")]))
    posted = notices.find(number)
    with app.test_request_context():
        made = poster_text.poster_of(page_of(posted), TOWN, notices.rows(posted, None), {}, edition="web")

    assert [row[0] for group in made.groups for row in group.rows] == ["本级", "旁边的村"]
    assert made.columns[0].header == "地方"


def test_the_list_in_front_names_each_sheet_and_counts_them_all(app, number):
    posted = notices.find(number)
    with app.test_request_context():
        page = page_of(posted)
        cover = poster_text.cover(page, notices.parts(posted), Format(), short=False, volume=(1, 1))
        part = poster_text.cover(page, notices.parts(posted)[:1], Format(), short=True, volume=(1, 2))

        assert poster_text.line(page, NEXT) == CoverLine("旁边的村", "1 户", "468.00 元")
    assert (cover.rows, cover.total, cover.volume) == ("5 户", "1,502.28 元", "")
    assert (part.rows, part.total, part.volume) == ("4 户", "", "第 1 册，共 2 册")
    assert "每个地方一页总表" in part.what


def test_a_sheet_is_dated_by_the_day_in_china(person, clerk, at):
    draft = sends_roster(clerk)
    at("2026-11-23T00:30")
    reviewer = person("baihe-reviewer")
    number = number_of(approves(reviewer, draft))
    sheet = text(reviewer.submits(f"/desk/notices/{number}", "打印贴墙版").data)

    assert "2026年11月23日公布" in sheet
    assert "2026年11月22日" not in sheet.replace("2026年11月22日在纸上签字确认", ""), "but that the committee signed the day before"
