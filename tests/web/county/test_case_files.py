"""The cases of a figure as a file: without anybody, and with an entry in the log."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from board.store import ledger
from board.web.county import case_files
from tests.store.asked import COUNTY, files
from tests.store.posted import GAODONG, TOWN
from tests.web.asking import answers, asks, looks_up, receipt_on

WORDS, CONTACT = "我家的面积少算了，我叫李四。", "0830-8190077"


@pytest.fixture
def receipt(villager, clerk, posted):
    """The receipt of a case that was asked about row 2, with a contact, and answered."""
    given = receipt_on(asks(villager, f"/n/{posted.number}/ask?place={GAODONG}&row=2", text=WORDS, contact=CONTACT))
    answers(clerk)
    return given


def taken(auditor, form: str, words: str = "figure=received"):
    return auditor.submits(f"/audit/cases?{words}", form)


def of_csv(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.html.removeprefix("\ufeff"))))


def test_a_file_has_a_line_for_each_case_and_nobody_in_it(auditor, posted, receipt):
    rows = of_csv(taken(auditor, "下载表格（CSV）"))
    assert len(rows) == 2
    line = dict(zip(rows[0], rows[1], strict=True))

    assert (line["公示编号"], line["地方"], line["哪一类"], line["到哪一步"]) == (
        posted.number,
        "高洞社区",
        "我家的数不对",
        "答了，等村民说",
    )
    assert (line["区划代码"].strip(), line["第一次答复按时"], line["现在迟了几天"]) == (GAODONG, "是", "")
    assert (line["公示事项"], line["先问的单位"], line["先问的单位代码"].strip()) == ("耕地地力保护补贴", "百和镇", TOWN)
    assert (line["收到"], line["答复日期"]) == ("2026-11-22", "2026-11-22"), "days as they are, without a tab"
    every = "\n".join(map(",".join, rows))
    assert not [one for one in (WORDS, "李四", CONTACT, receipt, "baihe", "陶立秋", "2 号") if one in every]


def test_the_workbook_has_the_same_cells_and_days_are_days(auditor, posted, receipt):
    data = auditor.client.post("/audit/cases/file", data=_form(auditor, "xlsx")).data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [[str(cell.value.date() if cell.is_date else cell.value or "") for cell in row] for row in sheet]

    assert [[one.strip() for one in row] for row in of_csv(taken(auditor, "下载表格（CSV）"))] == cells
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s", "d"}


def _form(auditor, form: str) -> dict[str, str]:
    page = auditor.sees("/audit/cases?figure=received")
    return {"csrf_token": page.html.split('name="csrf_token" value="', 1)[1].split('"', 1)[0], "as": form, "figure": "received"}


def test_what_waits_has_no_day_of_answer_and_says_how_late_it_is_now(auditor, clerk, villager, posted, receipt, at, person):
    villager.submits(villager.submits(looks_up(villager, receipt), "没解决，请泸县来查", text="还是不对。"), "不满意")
    at("2027-01-05")
    rows = of_csv(taken(person("luxian-auditor"), "下载表格（CSV）"))
    line = dict(zip(rows[0], rows[1], strict=True))

    assert (line["现在归谁办"], line["先问的单位"], line["答复日期"]) == ("泸县", "百和镇", "")
    assert int(line["现在迟了几天"]) > 0
    assert line["村民怎么评"] == "不满意"


def test_a_letter_that_the_supervision_committee_has_says_so(auditor):
    files(None, "supervision", GAODONG, row=None)
    rows = of_csv(taken(auditor, "下载表格（CSV）"))
    line = dict(zip(rows[0], rows[1], strict=True))

    assert (line["现在归谁办"], line["现在算在哪个单位（代码）"].strip()) == ("高洞社区的监督委员会", TOWN)
    page = auditor.sees(f"/audit/cases?figure=waiting&area={TOWN}")
    assert "高洞社区的监督委员会" in page.text
    assert "算在百和镇" in page.text


def test_what_would_run_as_a_formula_is_a_text():
    rows = [["=1+1", "+2", "-3", "@sum(a1)"]]
    assert all(cell.startswith("'") for cell in next(csv.reader(io.StringIO(case_files.csv(rows).decode().removeprefix("\ufeff")))))
    sheet = openpyxl.load_workbook(io.BytesIO(case_files.workbook(rows))).active
    assert [cell.data_type for cell in sheet[1]] == ["s"] * 4


def test_who_took_a_file_is_in_the_countys_log_with_what_he_chose(auditor, receipt):
    taken(auditor, "下载表格（CSV）", f"figure=told&area={TOWN}&category=amount_wrong")
    entry = list(ledger.entries(COUNTY))[-1]

    assert (entry.actor, entry.action, entry.subject) == ("luxian-auditor", "audit.exported", "told")
    assert entry.body == {"form": "csv", "rows": 1, "area": TOWN, "category": "amount_wrong"}
    assert "下载来件表格" in auditor.sees("/audit/ledger").text


def test_a_file_that_would_be_too_long_is_not_begun(auditor, receipt, monkeypatch):
    monkeypatch.setattr(case_files, "MOST", 0)
    assert "一个文件放不下" in taken(auditor, "下载表格（XLSX）").text
    assert not [entry for entry in ledger.entries(COUNTY) if entry.action == "audit.exported"]


def test_nobody_else_takes_a_file(person):
    assert person("baihe-clerk").client.post("/audit/cases/file").status_code in (400, 403)
