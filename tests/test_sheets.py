"""Reading uploads of every container, and surviving those that were made to do harm."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from board import sheets
from board.rules.sheet.figures import day
from board.rules.sheet.table import Book, Cell, Table
from board.sheets import UnreadableSheet, pasted, read
from board.sheets.delimited import without_noise
from board.sheets.reasons import REASONS
from tests.conftest import _answered

DEMO = Path(__file__).parents[1] / "board" / "demo"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = [["村", "金额"], ["东林村", "1.5"]]
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zipped(**parts: str | bytes) -> bytes:
    """A zip of parts; ``__`` in a name stands for a slash."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_rels_", "_rels/."), content)
    return held.getvalue()


def workbook_by_hand(data: str) -> bytes:
    """The smallest xlsx that opens, around the given rows."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>')
    return held.getvalue()


def saved(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def refused(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(UnreadableSheet) as caught:
        read(data, name)
    assert caught.value.message == REASONS[caught.value.code]
    return caught.value.code


def texts(book: Book) -> list[list[Any]]:
    return [list(row) for row in book.table().cells]


@pytest.mark.parametrize(
    ("name", "lines", "width"),
    [
        ("baihe-cropland-roster.xlsx", 1199, 11),
        ("beita-2020-relief-projects.xlsx", 22, 5),
        ("gulin-winter-relief.xls", 144, 10),
        ("hejiang-land-compensation.xlsx", 91, 9),
        ("village-finance-q3.csv", 143, 7),
        ("zhaoyuan-2023-cropland-subsidy.xls", 17, 4),
    ],
)
@pytest.mark.parametrize("ending", ["", ".et", ".pdf"])
def test_a_sample_is_read_whatever_it_is_called(name: str, lines: int, width: int, ending: str) -> None:
    table = read((DEMO / name).read_bytes(), name + ending).table()
    assert (len(table.cells), table.width) == (lines, width)


@pytest.mark.in_child
@pytest.mark.parametrize("name", ["baihe-cropland-roster.xlsx", "gulin-winter-relief.xls", "village-finance-q3.csv"])
def test_the_child_says_what_is_read_here(name: str) -> None:
    data = (DEMO / name).read_bytes()
    assert list(sheets._asked_child(data, name, sheets.MOST_BYTES)) == list(_answered(data, name, sheets.MOST_BYTES))


def test_numbers_arrive_with_every_digit_and_dates_as_dates() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B3"], sheet["C3"], sheet["D3"], sheet["B4"] = 4.95, 12.0, date(2026, 7, 2), int("510524" + "198001011300")
    sheet["D3"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["C4"], sheet["D4"] = True, "文字"
    table = read(saved(book), "a.xlsx").table()
    assert table.cells[0] == table.cells[1] == []  # empty lines keep their numbers
    assert table.cells[2] == ["", Decimal("4.95"), Decimal(12), date(2026, 7, 2)]
    assert table.cells[3][1:] == [Decimal("5.105241980010113e+17"), "TRUE", "文字"]


def test_the_noise_of_a_float_is_kept_for_the_reader_of_figures_to_take_off() -> None:
    table = read(workbook_by_hand('<row r="1"><c r="A1"><v>0.30000000000000004</v></c><c r="B1"><v>1</v></c></row>'), "a.xlsx").table()
    assert table.cells == [[Decimal("0.30000000000000004"), Decimal(1)]]


def test_merged_ranges_and_hidden_sheets_are_kept() -> None:
    book = openpyxl.Workbook()
    book.active.title = "封面"
    book.active["A1"] = "只有一格"
    for name, state in (("旧表", "hidden"), ("发放表", "visible"), ("另一张", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(["村", "金额"])
        sheet.append(["东林村", 1])
        sheet.append([None, 2])
        sheet.merge_cells("A2:A3")
    found = read(saved(book), "a.xlsx")
    assert [(table.name, table.hidden) for table in found.tables] == [("封面", False), ("旧表", True), ("发放表", False), ("另一张", False)]
    assert found.table().name == "发放表"
    assert found.table().merged == [(1, 0, 2, 0)]
    assert found.others == [(0, "封面"), (3, "另一张")]
    assert found.table(3).name == "另一张"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_table_is_read_in_each_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(["标题", "", *(delimiter.join(row) for row in ROWS)])
    assert texts(read(text.encode(encoding), "表.csv")) == [["标题"], [], *ROWS]


def test_quoted_cells_may_hold_commas_lines_and_long_digits() -> None:
    assert texts(read('村,金额\n"东林\n村","1,234.50"\n="0012",2\n'.encode(), "a.csv")) == [
        ["村", "金额"],
        ["东林\n村", "1,234.50"],
        ["0012", "2"],
    ]


def test_a_table_pasted_from_wps_is_read() -> None:
    assert texts(pasted('村\t面积\r\n"东林\n村"\t1.5\r\n')) == [["村", "面积"], ["东林\n村", "1.5"]]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_pasted_says_so(text: str) -> None:
    with pytest.raises(UnreadableSheet) as caught:
        pasted(text)
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 99, "picture"),
        (b"\xff\xd8\xff\xe0" + b"0" * 99, "picture"),
        (b"%PDF-1.7 " + b"0" * 99, "pdf"),
        (b"Rar!\x1a\x07" + b"0" * 99, "archive"),
        (b"\x00\x01\x02 binary", "not_a_sheet"),
        (b"\x81\xff\x81\xff", "encoding"),
        ("<html><table><tr><td>村</td></tr></table></html>".encode(), "web_page"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "no_cells",
        ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "letter"),
        (OLE + b"\x00" * 600, "damaged"),
        (OLE + "Workbook".encode("utf-16-le") + b"\x00" * 600, "damaged"),
        (b",,\n,,\n", "no_cells"),
        (b'a,b\n"' + b"x" * 200_000, "quotes"),
        (b"x" * (sheets.MOST_BYTES + 1), "too_large"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_file_cut_off_is_damaged() -> None:
    whole = (DEMO / "baihe-cropland-roster.xlsx").read_bytes()
    assert refused(whole[: len(whole) // 2]) == "damaged"


def test_a_zip_is_told_by_what_is_in_it() -> None:
    assert refused(zipped(word__document_xml="<w/>")) == "letter"
    assert refused(zipped(**{"xl/workbook.bin": b"x"})) == "xlsb"
    assert refused(zipped(xl__workbook_xml="<workbook/>")) == "damaged"


def test_an_empty_workbook_and_one_of_pictures_say_so() -> None:
    assert refused(saved(openpyxl.Workbook())) == "no_cells"
    assert refused(saved(openpyxl.Workbook()) + b"/media/") in ("no_cells", "picture")


@pytest.mark.in_child
def test_a_cell_far_out_does_not_take_the_program_along() -> None:
    data = workbook_by_hand(
        '<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    )
    assert len(data) < 4800
    assert refused(data) in ("crashed", "too_large")


@pytest.mark.in_child
def test_a_small_file_that_unpacks_to_much_is_refused_unopened() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(401):
                sheet.write(b" " * (1 << 20))
    assert len(held.getvalue()) < 1 << 20
    assert refused(held.getvalue()) == "bomb"


def test_too_many_entries_are_refused() -> None:
    assert refused(zipped(xl__workbook_xml="<workbook/>", **{f"n{number}": "" for number in range(2001)})) == "bomb"


@pytest.mark.in_child
@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os; os.abort()", "crashed"),
        ("raise SystemExit(3)", "crashed"),
        ("while True: pass", "timeout"),
        ("import os, signal; os.write(1, b'[['); os.kill(os.getpid(), signal.SIGXCPU)", "timeout"),
    ],
)
def test_a_child_that_dies_or_hangs_is_told(program: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text("import sys; sys.stdin.buffer.read()\n" + program)
    monkeypatch.setattr(sheets, "CHILD", child)
    monkeypatch.setattr(sheets, "SECONDS", 1)
    assert refused((DEMO / "beita-2020-relief-projects.xlsx").read_bytes()) == code


@pytest.mark.in_child
def test_a_child_that_dies_before_it_has_read_the_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text("raise SystemExit(3)")
    monkeypatch.setattr(sheets, "CHILD", child)
    assert refused(b"PK" + bytes(1 << 20)) == "crashed"


def test_the_child_knows_nothing_of_the_web() -> None:
    heavy = "print({'flask', 'sqlalchemy', 'board.models'} & set(sys.modules))"
    program = f"import runpy, sys; runpy.run_path({str(sheets.CHILD)!r})['alone'](); import board.sheets.reply; {heavy}"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_table_comes_back_from_json_the_same() -> None:
    table = Table("表", [["甲", Decimal("1E+3"), date(2026, 7, 2), Decimal("0.30")], []], [(0, 0, 1, 0)], hidden=True)
    assert Table.from_json(table.to_json()) == table
    assert [str(cell) for cell in Table.from_json(table.to_json()).cells[0]] == ["甲", "1E+3", "2026-07-02", "0.30"]


CELLS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["#1", "/2026-07-02", "'", "''#1", "#", "/", " 1", "\t", "-1"]),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=4))
def test_no_cell_is_another_when_it_comes_back(rows: list[list[Cell]]) -> None:
    again = Table.from_json(json.loads(json.dumps(Table("表", rows).to_json()))).cells
    assert [[(type(cell), str(cell)) for cell in row] for row in again] == [[(type(cell), str(cell)) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("1234.5600000000001", "1234.56"),
        ("0.30000000000000004", "0.3"),
        ("-55880.000000000124", "-55880"),
        ("1234.5599999999999", "1234.56"),
        ("1234.5600000000100", "1234.5600000000100"),  # a program that counts in so many places may mean them
        ("1234.5612345678912", "1234.5612345678912"),
        ("3.141592653589793", "3.141592653589793"),
        ("0.0000000000000012", "0.0000000000000012"),
        ("510521" + "189605043961", "510521" + "189605043961"),
    ],
)
def test_the_noise_of_a_float_is_taken_off_a_text(written: str, cell: str) -> None:
    assert read(f"村,金额\n东林村,{written}\n".encode(), "a.csv").table().cells[1] == ["东林村", cell]
    page = f"<table><tr><td>村<td>金额</tr><tr><td>东林村<td>{written}</tr></table>"
    assert read(page.encode(), "a.xls").table().cells[1] == ["东林村", cell]


@given(st.integers(1, 10**8), st.integers(1, 10**5))
def test_a_sum_of_fen_is_meant_to_the_fen(one: int, other: int) -> None:
    assert Decimal(without_noise(repr(one / 100 + other / 100))) == Decimal(one + other) / 100


def test_an_error_is_a_cell_that_says_so() -> None:
    row = (
        '<c r="A1" t="str"><v>村</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" s="1" t="e"><f>VLOOKUP(A1,$D$1,2,0)</f><v>#N/A</v></c>'
        '<c r="D1" t="e"><f t="shared" si="0"/><v>#DIV/0!</v></c><c r="E1" t="e"/><c r="AA1"><v>7</v></c>'
    )
    (cells,) = read(workbook_by_hand(f'<row r="1">{row}</row>'), "a.xlsx").table().cells
    assert cells == ["村", "#REF!", "#N/A", "#DIV/0!", *[""] * 22, Decimal(7)]


def test_days_of_a_workbook_that_counts_from_1904_are_those_that_it_shows() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2026, 7, 2), 44743])
    table = read(saved(book), "a.xlsx").table()
    assert table.cells == [[date(2026, 7, 2), Decimal(44743)]]
    assert table.since_1904
    assert day(table.cells[0][1], table.since_1904) == date(2026, 7, 2)
    assert Table.from_json(table.to_json()).since_1904
    assert not read((DEMO / "baihe-cropland-roster.xlsx").read_bytes(), "a.xlsx").table().since_1904


@pytest.mark.in_child
@pytest.mark.parametrize(
    "told",
    [
        "",
        "[[1, 2]]\n",
        "[[{}]]\n",
        '[["a", {"n": "x"}]]\n',
        '{"name": "a"}\n',
        '{"notes": [], "swept": []}',  # without the end of its line
        "[" * 5_000 + "\n",
        "[1]\n[[\n",
        "7\n",
        '{"name": "a", "cells": [], "merged": [], "hidden": false}\n',
    ],
)
def test_a_child_that_talks_nonsense_is_told(told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text(f"import sys; sys.stdin.buffer.read(); sys.stdout.write({told!r})")
    monkeypatch.setattr(sheets, "CHILD", child)
    assert refused((DEMO / "beita-2020-relief-projects.xlsx").read_bytes()) == "crashed"


def test_every_reason_is_said_in_both_languages() -> None:
    for reason in REASONS.values():
        assert "请" in reason.zh
        assert reason.en.isascii() or "“" in reason.en
