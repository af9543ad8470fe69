"""Every container gives its cells, tells what is hidden in it, or says why it is not read; and no number slips through."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from board import sheets
from board.rules.sheet.cleaning import clean
from board.rules.sheet.table import Book
from board.sheets.reasons import REASONS
from tests.sheets.containers import FILES, Expected, got
from tests.sheets.making import delimited, html, made_card, made_id, made_phone, ods, ods_row, ods_table, xlsx, xml, zipped
from tests.sheets.oldbooks import Page, xls


@pytest.mark.parametrize(("make", "filename", "expected"), [file[1:] for file in FILES], ids=[file[0] for file in FILES])
def test_a_container_gives_what_is_in_it_or_is_refused(make: Callable[[], bytes], filename: str, expected: Expected) -> None:
    assert got(make(), filename, expected) == expected


def test_every_refusal_has_words_that_say_what_to_do() -> None:
    codes = {file[3].refused for file in FILES} - {""}
    assert codes <= set(REASONS)
    assert [code for code in codes if "请" not in REASONS[code].zh] == []


Rows = Sequence[Sequence[str]]


def _commented(rows: Rows, number: str) -> bytes:
    """The rows without the number, which stands around them."""

    def around(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet["A1"].comment = Comment(number, number)
        sheet.oddFooter.left.text = number
        sheet.title = number[-11:]
        book.properties.title = number
        hidden = book.create_sheet("旧")
        hidden.sheet_state = "hidden"
        hidden.append([number])

    return xlsx(rows, around)


def _tagged(rows: Rows, line: str, cell: str) -> str:
    return "".join(line.format("".join(cell.format(one) for one in row)) for row in rows)


MAKERS: dict[str, Callable[[Rows, str], bytes]] = {
    "xlsx": lambda rows, _: xlsx(rows),
    "xlsx around": _commented,
    "xls": lambda rows, number: xls(Page("表", rows, comment=number, header=number), Page("旧", [[number]], hidden=True)),
    "xls of 95": lambda rows, number: xls(Page("表", rows, comment=number), version=5),
    "ods": lambda rows, number: ods(ods_table(*(ods_row(*row, note=number) for row in rows)), meta=number),
    "html": lambda rows, number: html(_tagged(rows, "<tr>{}</tr>", "<td>{}</td>"), before=f"<!--{number}-->"),
    "xml": lambda rows, _: xml(_tagged(rows, "<Row>{}</Row>", '<Cell><Data ss:Type="String">{}</Data></Cell>')),
    "csv": lambda rows, _: delimited("gb18030", rows=rows),
    "zip": lambda rows, number: zipped({f"{number}.csv": delimited("utf-8", rows=rows), f"{number}.pdf": b"%PDF-"}),
}


def staged(book: Book) -> str:
    """All that the program keeps or shows of an upload."""
    cleaned = [clean(table, lambda what, number: f"{what}{len(number)}", date(2026, 11, 22)) for table in book.tables]
    names = [(table.name, table.file, table.label) for table in book.tables]
    return json.dumps(
        [names, [one.to_json() for one in cleaned], [one.zh + one.en for one in book.notes], list(book.swept)], ensure_ascii=False
    )


@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=8)
@given(st.sampled_from([made_id, made_card, made_phone]), st.integers(0, 999), st.sampled_from(["", "联系", "备注 "]), st.integers(0, 3))
def test_no_number_survives_a_container(kind: str, make: Callable[[int], str], no: int, before: str, column: int) -> None:
    number = make(no)
    row = ["1", "东林村", "张三", "5"]
    row[column] = before + number
    book = sheets.read(MAKERS[kind]([["序号", "村", "姓名", "金额"], row], number), f"{number}.xls")
    assert number not in staged(book)
    assert ("文件名", 1) in [(one["where"], one["count"]) for one in book.swept]


def test_a_sheet_with_several_tables_gives_each_for_the_choice() -> None:
    head = ["序号", "村", "金额"]
    book = sheets.read(xlsx([["低保"], head, [1, "甲村", 5], [], ["特困"], head, [1, "乙村", 6]]), "a.xlsx")
    assert [(table.part, table.preview(1)[0]) for table in book.tables] == [(1, (1, ["低保"])), (2, (5, ["特困"]))]
    assert book.others == [(1, "Sheet / 第 5–7 行")]


def test_the_tables_of_a_zip_carry_the_names_of_their_files() -> None:
    book = sheets.read(zipped({"东林村.csv": delimited("gbk"), "西林村.xlsx": xlsx()}, as_gbk=True), "a.zip")
    assert [table.label for table in book.tables] == ["东林村.csv / 东林村", "西林村.xlsx / Sheet"]


ROW_REPEATED = '<table:table-row table:number-rows-repeated="1048576">'
CELL_REPEATED = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
FAR_OUT = '<Row ss:Index="{}"><Cell ss:Index="16384"><Data ss:Type="String">a</Data></Cell></Row>'
HUNGRY: dict[str, Callable[[], bytes]] = {
    "ods": lambda: ods(ods_table(f"{ROW_REPEATED}{CELL_REPEATED}</table:table-row>")),
    "web page": lambda: html("<tr><td rowspan=99999999 colspan=1000>a" * 4000),
    "xml": lambda: xml("".join(FAR_OUT.format(line) for line in range(1, 400))),
    "open cells": lambda: b"<table>" + b"<tr><td>" * 2_000_000,
    "commas": lambda: b"," * (19 << 20),
}


@pytest.mark.in_child
@pytest.mark.parametrize("make", HUNGRY.values(), ids=HUNGRY)
def test_a_sheet_that_asks_for_much_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(sheets.UnreadableSheet) as caught:
        sheets.read(make(), "a.xls")
    assert caught.value.code in ("too_large", "crashed", "damaged", "timeout", "no_cells", "web_page")


def test_a_zip_whose_directory_lies_is_refused() -> None:
    data = zipped({"a.csv": b"a,b\n" * 1000})
    assert got(data.replace((4000).to_bytes(4, "little"), (40).to_bytes(4, "little")), "a.zip", Expected()) == Expected(refused="damaged")


def test_an_entry_without_a_name_is_passed_over() -> None:
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), b"x")
        archive.writestr("a.csv", "村,户主姓名\n东林村,甲\n")

    assert sheets.read(bundle.getvalue(), "a.zip").table().at(1, 1) == "甲"


def test_a_worksheet_within_a_row_is_refused() -> None:
    inner = '<Row><Worksheet ss:Name="b"><Cell><Data ss:Type="String">a</Data></Cell></Worksheet></Row>'
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    book = f'<?xml version="1.0"?><Workbook {space}><Worksheet ss:Name="a"><Table>{inner}</Table></Worksheet></Workbook>'
    with pytest.raises(sheets.UnreadableSheet) as refused:
        sheets.read(book.encode(), "a.xls")

    assert refused.value.code == "damaged"
