"""An auditor reads what each township did in a quarter, opens the list of each figure, and copies the paragraph of the yearly report."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import openpyxl
import pytest

from board.rules import quarters
from board.rules.calendar import CHINA
from board.store import areas, assessment, displays, notices, people
from board.store.clock import now
from board.store.displays import DisplayReport
from board.store.drafting import drafts, stopped_leaks
from tests.store.asked import does, files
from tests.store.due import COUNTY, HERE, TOWN, moment, owes, publishes

Q3, TODAY = "2026-q3", date(2026, 11, 22)
DAY = date(2026, 8, 3)
PAGE = f"/audit/assessment?quarter={Q3}"


@pytest.fixture
def quarter(app):
    """A quarter in which 百和镇 did a little of everything."""
    clerk = people.named("baihe-clerk").id
    owes("village_accounts", date(2026, 1, 1))
    publishes("village-finance", "2026年第三季度村级财务收支", date(2026, 10, 9), home=HERE[2])
    posted = publishes("cropland-subsidy", "2026年耕地地力保护补贴", DAY, list(HERE))
    displays.report(posted, displays.poster(posted, HERE[0]), DisplayReport(DAY, "村文书", "村委会"), "baihe-clerk", moment(DAY))
    does(files(posted, "correction", at=moment(DAY)), "answer", clerk, "改了。", moment(DAY), "corrected")
    gone = publishes("disaster-relief", "2026年冬春救助", DAY, [HERE[0]])
    notices.take_down(gone, people.named("baihe-reviewer").id, "附件里有身份证号", moment(DAY))
    draft = drafts.start(TOWN, "cropland-subsidy", "草稿", clerk, moment(DAY))
    stopped_leaks.note(TOWN, draft.id, "file", {"id_number": 3}, moment(DAY))
    return posted


def figures(page) -> list[tuple[str, str]]:
    """Return the figures of the table, with the address of each list."""
    return [(words, address) for words, address in page.links if "/assessment/list?" in address or "/due/list?" in address]


def test_every_figure_of_the_page_opens_the_list_that_it_counts(quarter, auditor):
    page = auditor.sees(PAGE)

    assert len(figures(page)) > 12
    for words, address in figures(page):
        lines = re.findall("<tr><td", auditor.sees(address).html)
        assert len(lines) == min(int(words.replace(",", "")), 100), address


def test_a_township_stands_by_its_code_with_what_it_did(quarter, auditor):
    text = auditor.sees(PAGE).text

    assert "2026年第三季度" in text
    names = [areas.label(area.code) for area in areas.inside(COUNTY) if area.level == "township"]
    assert (at := [text.index(name) for name in ["泸县本级", *names]]) == sorted(at)
    assert "不数发了多少、看了多少，不分先后" in text
    assert "缺了必填的，程序不让公布" in text, "how it is counted"


def test_lists_say_what_happened_in_words(quarter, auditor):
    def listed(figure: str) -> str:
        return auditor.sees(f"/audit/assessment/list?figure={figure}&area={TOWN}&quarter={Q3}").text

    assert "附件里有身份证号" in listed("leaked")
    assert "2026年冬春救助" not in listed("leaked"), "the title may be what told too much"
    assert "附件：身份证号 3 处" in listed("stopped")
    assert "草稿" not in listed("stopped"), "drafts stay the office's own"
    assert "没有登记" in listed("short")
    assert "错了，还没有更正" in listed("unmended")


def test_the_list_of_a_duty_leaves_what_the_county_has_to_publish(quarter, auditor):
    address = next(address for words, address in figures(auditor.sees(PAGE)) if f"area={TOWN}" in address and "due/list" in address)
    page = auditor.sees(address)
    assert "只数该由它和它的村办的" in page.text
    assert "2026年第三季度" in page.text


def test_the_table_is_a_file_without_anybody(quarter, auditor):
    found = auditor.client.get(f"/audit/assessment/table.csv?quarter={Q3}")
    rows = list(csv.reader(io.StringIO(found.data.decode("utf-8-sig"))))
    town = dict(zip(rows[0], next(row for row in rows if row[0].strip() == TOWN), strict=True))
    one = assessment.counted(COUNTY, quarters.parse(Q3), now().astimezone(CHINA).date())[TOWN]

    assert (town["季度"], town["公布前拦下个人信息"], town["查出公示有错的来件"]) == ("2026年第三季度", "1", "1")
    assert town["还没公开"] == str(one["missing"])
    assert rows[1][0].strip() == COUNTY
    book = openpyxl.load_workbook(io.BytesIO(auditor.client.get(f"/audit/assessment/table.xlsx?quarter={Q3}").data))
    assert [str(cell.value) for cell in book.active[1]] == rows[0]


def test_the_paragraph_of_the_year_has_what_the_board_knows_and_says_what_it_does_not(quarter, auditor):
    page = auditor.sees(f"/audit/assessment/year?year=2026&area={TOWN}")

    assert "2026年，百和镇在公开栏第一次公布的公示：乡镇（街道） 2、村（社区） 1。" in page.text
    assert "公布以后更正 0 次，撤下 1 份。" in page.text
    assert "我的登记错了 1" in page.text
    assert "行政许可：办理几件" in page.text
    english = auditor.sees(f"/audit/assessment/year?year=2026&area={TOWN}&lang=en").text
    assert "Administrative licences" in english
    assert "数是今天的" in page.text
    assert auditor.client.get("/audit/assessment/year?year=2027").status_code == 404


def test_what_is_no_office_or_figure_of_the_auditor_is_not_there(app, auditor, clerk):
    assert auditor.client.get("/audit/assessment?county=510522000000").status_code == 404
    for other in (HERE[0], "510522104000"):
        assert auditor.client.get(f"/audit/assessment/list?figure=posted&area={other}").status_code == 404
    assert "/audit/due/list?" in auditor.client.get(f"/audit/assessment/list?figure=late&area={TOWN}").headers["Location"]
    assert clerk.client.get("/audit/assessment").status_code == 403
    assert auditor.sees("/audit/assessment?quarter=nonsense").status == 200
