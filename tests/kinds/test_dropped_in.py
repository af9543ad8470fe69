"""A county's own kind is one file: with a header of two rows it imports, posts and prints, and nobody writes Python for it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from board import kinds
from tests.actors import Browser, Person
from tests.databases import NOW, Databases, Filled
from tests.paper.conftest import Printer
from tests.web.drafting import CONTACTS, DATES, approves, draft_of, states, uploads

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # its SQL is that of every posting

TOWN, VILLAGE = "510521116000", "510521116227"
KIND = """
name = { zh = "公租房租金减免", en = "Rent relief in public housing" }
titles = ["公租房", "公共租赁住房"]
position = 900
group = "relief"
basis = { zh = "县里的公租房管理办法（演示）", en = "The county's rules on public housing (invented)" }
levels = ["township"]
places = "village"
audience = "everyone"
names = "everyone"
rhythm = "regular"
after = "keep"
keep_months = 12
rows = { zh = "户", en = "households" }
sentence.zh = "{place}：公租房 {rows} 户，每月减免 {relief} 元，自己交 {amount} 元。"
sentence.en = "{place}: public housing for {rows} households; {relief} yuan a month are waived, {amount} yuan are paid."
display.take = "benefit_board"
publish_within.take = "office_information"
take = ["basis_document", "eligibility", "contacts"]

[[columns]]
take = "village"

[[columns]]
take = "name"
also = ["承租人"]

[[columns]]
id = "size"
label = { zh = "住房面积", en = "Size of the flat" }
type = "area"
unit = "平方米"
synonyms = ["住房情况面积"]
show = "public"

[[columns]]
id = "full"
label = { zh = "租金标准", en = "Full rent" }
type = "money"
synonyms = ["每月租金应交"]
show = "public"
required = true

[[columns]]
id = "relief"
label = { zh = "减免", en = "Waived" }
type = "money"
synonyms = ["每月租金减免"]
show = "public"
required = true

[[columns]]
take = "amount"
label = { zh = "自己交", en = "Paid" }
synonyms = ["每月租金实交"]

[[checks]]
type = "sum"
result = "full"
of = ["relief", "amount"]
"""
NAMES = ["钱有根", "冉小禾", "喻长青", "晏来", "柏秋生", "竺明", "凌露", "田暑", "苗冬", "卫实", "阳林", "骆豪"]
NUMBERS = {"钱有根": "510521187708237807", "冉小禾": "510521187609152319"}
HEADER = (
    ("百和镇2026年公租房租金减免表",),
    ("序号", "村", "承租人", "身份证号码", "住房情况", None, "每月租金（元）", None, None),
    (None, None, None, None, "小区", "面积（平方米）", "应交", "减免", "实交"),
)
TOTAL = ("合计", None, None, None, None, 651, 2640, 1980, 660)


def sheet() -> bytes:
    """Return the table as WPS would save it, the upper header merged over the lower."""
    book = openpyxl.Workbook()
    table = book.active
    flats = [(48.5, 200, 150, 50), (60, 240, 180, 60)]
    rows = [(no, "军大丘村", name, NUMBERS.get(name), "向阳小区", *flats[no % 2]) for no, name in enumerate(NAMES, 1)]
    for row in (*HEADER, *rows, TOTAL):
        table.append(row)
    for cells in ("A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:I2"):
        table.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def county(databases: Databases, filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The app of a county that keeps one kind of its own in a folder."""
    folder = tmp_path / "kinds"
    folder.mkdir()
    (folder / "public-rental.toml").write_text(KIND, "utf-8")
    monkeypatch.setenv("BOARD_KINDS_FOLDER", str(folder))
    with databases.copied(filled, tmp_path / "instance") as app:
        app.clock = lambda: NOW  # type: ignore[attr-defined]
        yield app
    kinds.use("")


def test_a_kind_with_a_header_of_two_rows_dropped_in_as_a_file_imports_posts_and_prints(county: Flask, tmp_path: Path) -> None:
    told = county.test_cli_runner().invoke(args=["kinds", "check", str(tmp_path / "kinds" / "public-rental.toml")])
    assert (told.exit_code, "公租房租金减免" in told.output) == (0, True)

    clerk, reviewer, villager = (Person(Browser(county)) for _ in range(3))
    clerk.signs_in("baihe-clerk")
    page = uploads(clerk, (sheet(), "公租房.xlsx"), "public-rental", TOWN)
    assert "住房情况 小区" in page.text, "it is asked what the one column is that the file does not tell"
    page = clerk.submits(page, "下一步")
    assert "数都对上了" in page.text
    page = states(clerk, page, **CONTACTS, **DATES, basis_document="泸县公租房管理办法（演示）", eligibility="县城没有房的低收入户。")
    clerk.submits(page, "送审")
    reviewer.signs_in("baihe-reviewer")
    number = approves(reviewer, draft_of(page)).path.rpartition("/")[2]

    page = villager.sees(f"/n/{number}/{VILLAGE}")
    assert "军大丘村：公租房 12 户，每月减免 1,980.00 元，自己交 660.00 元。" in page.text
    assert all(words in page.text for words in ("住房面积", "租金标准", "240.00", "48.5"))
    assert ("钱*根" in page.text, "钱有根" in page.text, "7807" in page.html) == (True, False, False)

    (poster, *_more) = Printer(tmp_path).texts(villager.sees(f"/n/{number}/{VILLAGE}/sheet.pdf").data)
    assert "公租房租金减免公示" in "".join(poster.split())
    assert "每月减免1,980.00元" in "".join(poster.split())
