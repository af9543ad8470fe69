"""One small file for each way in which a sheet may come packed, with what is to be found in it.

``FILES`` is for the tests and for the corpus. Numbers are made up while it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import openpyxl
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from board import sheets
from board.rules.table import text
from tests.sheets.making import (
    ROWS,
    TEXTS,
    delimited,
    html,
    made_card,
    made_id,
    made_phone,
    ods,
    ods_row,
    ods_table,
    with_parts,
    xlsx,
    xml,
    zipped,
)
from tests.sheets.oldbooks import Page, compound, xls

ID, UNUSED, CARD, PHONE = made_id(), made_id(397), made_card(), made_phone()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


@dataclass(frozen=True)
class Expected:
    """What reading gives: ``refused`` a code, or the shape of what is read.

    ``tables`` is the number of tables; ``cells`` the texts of the one that is taken; ``notes`` a word of each note; ``swept`` the
    counts by (place, class); hidden lines count from 1, columns from 0.
    """

    refused: str = ""
    tables: int = 1
    cells: list[list[str]] | None = None
    notes: list[str] = field(default_factory=list)
    swept: dict[tuple[str, str], int] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def got(data: bytes, filename: str, expected: Expected) -> Expected:
    """What reading gives, in the form in which it is expected; cells and merged ranges only where they are."""
    try:
        book = sheets.read(data, filename)
    except sheets.Unreadable as error:
        return Expected(refused=error.code)
    table, notes = book.table(), [one.zh for one in book.notes]
    return Expected(
        tables=len(book.tables),
        cells=[[text(cell) for cell in row] for row in table.cells] if expected.cells is not None else None,
        notes=[next((word for word in expected.notes if word in note), note) for note in notes],
        swept={(one["where"], one["what"]): one["count"] for one in book.swept},
        hidden_rows=sorted(table.hidden_rows),
        hidden_columns=sorted(table.hidden_columns),
        merged=list(table.merged) if expected.merged else [],
    )


PLAIN = Expected(cells=TEXTS)
File = tuple[str, Callable[[], bytes], str, Expected]


def _sheet(book: openpyxl.Workbook) -> Worksheet:
    assert isinstance(book.active, Worksheet)
    return book.active


def _hidden_lines(book: openpyxl.Workbook) -> None:
    sheet = _sheet(book)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.auto_filter.ref = "A1:D3"
    sheet.auto_filter.add_filter_column(1, ["东林村"])


def _hidden_sheet(book: openpyxl.Workbook) -> None:
    for name, state in (("原表", "hidden"), ("很深", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(["姓名", "身份证号"])
        sheet.append(["张三", ID])


def _said_everywhere(book: openpyxl.Workbook) -> None:
    sheet = _sheet(book)
    sheet["C2"].comment = Comment(f"本人身份证{ID[:6]} {ID[6:]}", "李四")
    sheet.oddHeader.center.text = f"联系人{PHONE}"
    book.properties.description = f"卡号{CARD}"
    book.defined_names["卡号"] = openpyxl.workbook.defined_name.DefinedName("卡号", attr_text=f'"{CARD}"')
    choices = DataValidation(type="list", formula1=f'"{PHONE},12345"')
    sheet.add_data_validation(choices)
    choices.add("A9")


def _formula(book: openpyxl.Workbook) -> None:
    _sheet(book)["E2"] = f'=IF(1,"","{CARD}")'


def _parts() -> bytes:
    """A workbook with parts that openpyxl does not write: a string no cell uses, a pivot's memory, a text box, a link."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_parts(
        xlsx(),
        {
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">'
            + "".join(f"<si><t>{one}</t></si>" for one in ("序号", "村", "姓名", "金额", "东林村", "张三", "西林村", "李四"))
            + f"<si><r><t>{UNUSED[:8]}</t></r><r><rPr><b/></rPr><t>{UNUSED[8:]}</t></r></si></sst>",
            "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords xmlns="{main}"><r><s v="{CARD}"/></r></pivotCacheRecords>',
            "xl/drawings/drawing1.xml": f"<a:p><a:r><a:t>{PHONE[:3]}</a:t></a:r><a:r><a:t>{PHONE[3:]}</a:t></a:r></a:p>",
            "xl/externalLinks/externalLink1.xml": f"<v>{ID}</v>",
            "xl/threadedComments/threadedComment1.xml": f"<text>{PHONE}</text>",
            "xl/media/image1.png": PNG,
            "xl/printerSettings/printerSettings1.bin": PHONE.encode("utf-16-le"),
        },
    )


SWEPT_PARTS = {
    ("不再显示的内容", "id_number"): 1,
    ("透视表缓存", "bank_card"): 1,
    ("图形和文本框", "phone"): 1,
    ("外部链接", "id_number"): 1,
    ("批注", "phone"): 1,
}
WORKBOOKS: list[File] = [
    ("xlsx", xlsx, "发放表.xlsx", PLAIN),
    ("xlsx named xls", xlsx, "发放表.xls", PLAIN),
    ("xlsx named csv", xlsx, "发放表.csv", PLAIN),
    ("xlsm", lambda: with_parts(xlsx(), {"xl/vbaProject.bin": b"x"}), "a.xlsm", Expected(cells=TEXTS, notes=["宏没有运行"])),
    ("et in a zip", xlsx, "发放表.et", PLAIN),
    ("xls of 97", lambda: xls(Page("发放表", ROWS)), "发放表.xls", PLAIN),
    ("xls of 95", lambda: xls(Page("发放表", ROWS), version=5), "发放表.xls", PLAIN),
    ("et in ole", lambda: xls(Page("发放表", ROWS)), "发放表.et", PLAIN),
    ("xls named xlsx", lambda: xls(Page("发放表", ROWS)), "发放表.xlsx", PLAIN),
    ("xls with macros", lambda: xls(Page("a", ROWS), storages=["_VBA_PROJECT_CUR"]), "a.xls", Expected(cells=TEXTS, notes=["宏没有运行"])),
    ("ods", lambda: ods(ods_table(*(ods_row(*row) for row in ROWS))), "发放表.ods", PLAIN),
]
HIDDEN: list[File] = [
    ("xlsx filtered", lambda: xlsx(change=_hidden_lines), "a.xlsx", Expected(cells=TEXTS, hidden_rows=[3], hidden_columns=[2])),
    (
        "xls with hidden lines",
        lambda: xls(Page("a", ROWS, hidden_rows=[1], hidden_columns=[3])),
        "a.xls",
        Expected(cells=TEXTS, hidden_rows=[2], hidden_columns=[3]),
    ),
    (
        "ods with hidden lines",
        lambda: ods(
            ods_table(
                ods_row(*ROWS[0]),
                *(ods_row(*row, more=' table:visibility="filter"') for row in ROWS[1:]),
                columns='<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>',
            )
        ),
        "a.ods",
        Expected(cells=TEXTS, hidden_rows=[2, 3], hidden_columns=[1, 2]),
    ),
    (
        "xml with hidden lines",
        lambda: xml(
            '<Column/><Column ss:Hidden="1"/><Row><Cell><Data ss:Type="String">村</Data></Cell>'
            '<Cell><Data ss:Type="String">组</Data></Cell></Row><Row ss:Hidden="1"/>'
            '<Row><Cell><Data ss:Type="String">甲村</Data></Cell></Row>'
        ),
        "a.xls",
        Expected(cells=[["村", "组"], [], ["甲村"]], hidden_rows=[2], hidden_columns=[1]),
    ),
    (
        "web page with a hidden line",
        lambda: html("<tr><td>村<td>组<tr style='display:none'><td>甲村<td>1"),
        "a.xls",
        Expected(cells=[["村", "组"], ["甲村", "1"]], hidden_rows=[2]),
    ),
    (
        "hidden sheets",
        lambda: xlsx(change=_hidden_sheet),
        "a.xlsx",
        Expected(cells=TEXTS, tables=3, swept={("隐藏的工作表“原表”", "id_number"): 1, ("隐藏的工作表“很深”", "id_number"): 1}),
    ),
]
SWEPT: list[File] = [
    (
        "xlsx that says numbers around its cells",
        lambda: xlsx(change=_said_everywhere),
        "a.xlsx",
        Expected(
            cells=TEXTS,
            swept={
                ("批注", "id_number"): 1,
                ("页眉页脚", "phone"): 1,
                ("文件属性", "bank_card"): 1,
                ("名称管理器", "bank_card"): 1,
                ("工作表的设置", "phone"): 1,
            },
        ),
    ),
    ("xlsx with a number in a formula", lambda: xlsx(change=_formula), "a.xlsx", Expected(swept={("公式", "bank_card"): 1})),
    ("xlsx with numbers in its parts", _parts, "a.xlsx", Expected(cells=TEXTS, swept=SWEPT_PARTS)),
    (
        "xls that says numbers around its cells",
        lambda: xls(
            Page("a", ROWS, header=f"&C{PHONE}", comment=f"身份证{ID}"),
            Page("旧", [["卡", CARD]], hidden=True),
            unused=UNUSED,
            more={"\x05SummaryInformation": f"作者{PHONE}".encode("gbk"), "_SX_DB_CUR": b"", "0001": CARD.encode("utf-16-le")},
        ),
        "a.xls",
        Expected(
            cells=TEXTS,
            tables=2,
            swept={
                ("隐藏的工作表“旧”", "bank_card"): 1,
                ("页眉页脚", "phone"): 1,
                ("批注", "id_number"): 1,
                ("不再显示的内容", "id_number"): 1,
                ("文件属性", "phone"): 1,
                ("透视表缓存", "bank_card"): 1,
            },
        ),
    ),
    (
        "ods that says numbers around its cells",
        lambda: ods(
            ods_table(ods_row(*ROWS[0]), ods_row(*ROWS[1], note=f"身份证{ID}"), ods_row(*ROWS[2])),
            meta=f"<meta:keyword>{PHONE}</meta:keyword>",
            more={"styles.xml": f"<style:header><text:p>{CARD}</text:p></style:header>"},
        ),
        "a.ods",
        Expected(swept={("批注", "id_number"): 1, ("文件属性", "phone"): 1, ("页眉页脚", "bank_card"): 1}),
    ),
    (
        "web page with numbers nobody sees",
        lambda: html(before=f"<!-- {ID} --><input type=hidden value={CARD}><p>经办人{PHONE}</p>"),
        "a.xls",
        Expected(
            cells=TEXTS,
            swept={("网页里看不见的部分", "id_number"): 1, ("网页里看不见的部分", "bank_card"): 1, ("表格外的文字", "phone"): 1},
        ),
    ),
    (
        "xml with a remark and a foot",
        lambda: xml(
            f'<Row><Cell><Data ss:Type="String">村</Data><Comment ss:Author="a"><ss:Data>{ID}</ss:Data></Comment></Cell>'
            '<Cell><Data ss:Type="Number">1</Data></Cell></Row>',
            after=f'<x:WorksheetOptions><x:PageSetup><x:Footer x:Data="&amp;C{PHONE}"/></x:PageSetup></x:WorksheetOptions>',
        ),
        "a.xls",
        Expected(cells=[["村", "1"]], swept={("批注", "id_number"): 1, ("页眉页脚", "phone"): 1}),
    ),
    ("a number in the file's name", xlsx, f"张三{ID}的表.xlsx", Expected(cells=TEXTS, swept={("文件名", "id_number"): 1})),
    (
        "a number in the name of a text table",
        lambda: delimited("utf-8"),
        f"{PHONE}.csv",
        Expected(cells=TEXTS, swept={("文件名", "phone"): 1}),
    ),
    (
        "a number that the table holds anyway",
        lambda: xlsx([*ROWS, [3, "东林村", ID, 1]], lambda book: setattr(_sheet(book)["A1"], "comment", Comment(ID, "a"))),
        "a.xlsx",
        Expected(),
    ),
]
TEXT: list[File] = [
    *(
        (f"text in {encoding}, {delimiter!r}", lambda encoding=encoding, delimiter=delimiter: delimited(encoding, delimiter), name, PLAIN)  # type: ignore[misc]
        for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
        for delimiter, name in ((",", "a.csv"), (";", "a.csv"), ("\t", "a.txt"), ("|", "a.txt"))
    ),
    (
        "text in Big5",
        lambda: delimited("cp950", rows=[["姓名", "補助金額", "備註"], ["張三", "一百二十元", "東林村民小組"], ["李四", "1", "無"]]),
        "a.csv",
        Expected(cells=[["姓名", "補助金額", "備註"], ["張三", "一百二十元", "東林村民小組"], ["李四", "1", "無"]]),
    ),
    (
        "rare characters in GB18030",
        lambda: delimited("gb18030", rows=[["村", "姓名"], ["东林村", "张㛃䶮"]]),
        "a.csv",
        Expected(cells=[["村", "姓名"], ["东林村", "张㛃䶮"]]),
    ),
    ("text named xls", lambda: delimited("gbk", "\t"), "导出.xls", PLAIN),
]
DRESSED: list[File] = [
    ("web page", html, "导出.xls", PLAIN),
    ("web page in GBK", lambda: html(charset="gbk"), "导出.xls", PLAIN),
    (
        "web page with spans and entities",
        lambda: html(
            "<tr><th rowspan=2>村</th><th colspan=2>C级&nbsp;</th></tr><tr><th>户数<th>金额&lt;元&gt;</tr>"
            f'<tr><td>东林<br>村</td><td x:num="1">1</td><td style=\'mso-number-format:"\\@"\'>{CARD}</td></tr>'
        ),
        "a.xls",
        Expected(cells=[["村", "C级", ""], ["", "户数", "金额<元>"], ["东林\n村", "1", CARD]], merged=[(0, 0, 1, 0), (0, 1, 0, 2)]),
    ),
    (
        "web page with a table for its looks",
        lambda: html(f"<tr><td>{html().decode()}</td></tr>"),
        "a.xls",
        PLAIN,
    ),
    ("xml of 2003", xml, "导出.xls", PLAIN),
    (
        "xml of 2003 with gaps, spans and types",
        lambda: xml(
            '<Row ss:Index="2"><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">甲 &amp; <B xmlns="http://www.w3.org/TR/REC-html40">乙</B></Data></Cell>'
            '<Cell ss:Index="4"><Data ss:Type="DateTime">2026-07-02T00:00:00.000</Data></Cell></Row><Row/>'
            '<Row><Cell ss:Index="2"><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Number">1.50</Data></Cell></Row>'
        ),
        "a.xls",
        Expected(cells=[[], ["甲 & 乙", "", "", "2026-07-02"], [], ["", "TRUE", "1.5"]], merged=[(1, 0, 2, 1)]),
    ),
    (
        "zip of sheets with names in GBK",
        lambda: zipped(
            {"东林村.xlsx": xlsx(), "西林村.csv": delimited("gbk"), "说明.pdf": b"%PDF-1.7 ", "__MACOSX/._a": b"x"}, as_gbk=True
        ),
        "a.zip",
        Expected(cells=TEXTS, tables=2, notes=["“说明.pdf”没有读"]),
    ),
]
REFUSED: list[File] = [
    (name, maker, filename, Expected(refused=code))
    for name, maker, filename, code in (
        ("xlsb", lambda: zipped({"xl/workbook.bin": b"x"}), "a.xlsb", "xlsb"),
        ("locked xlsx", lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "a.xlsx", "password"),
        ("locked xls", lambda: xls(Page("a", ROWS), locked=True), "a.xls", "password"),
        ("locked xls of 95", lambda: xls(Page("a", ROWS), locked=True, version=5), "a.xls", "password"),
        (
            "locked ods",
            lambda: ods("", more={"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
            "a.ods",
            "password",
        ),
        ("xlsx cut off", lambda: xlsx()[:2000], "a.xlsx", "damaged"),
        ("xls cut off", lambda: xls(Page("a", ROWS))[:600], "a.xls", "damaged"),
        ("empty file", lambda: b"", "a.xlsx", "empty"),
        ("empty workbook", lambda: xlsx([]), "a.xlsx", "no_cells"),
        ("empty old workbook", lambda: xls(Page("a", [])), "a.xls", "no_cells"),
        ("xlsx of pictures", lambda: with_parts(xlsx([]), {"xl/media/image1.png": PNG}), "a.xlsx", "picture"),
        ("xls of pictures", lambda: xls(Page("a", []), drawn=True), "a.xls", "picture"),
        ("xls with its only sheet hidden", lambda: xls(Page("a", ROWS, hidden=True)), "a.xls", "all_hidden"),
        ("picture", lambda: PNG, "a.xlsx", "picture"),
        ("pdf", lambda: b"%PDF-1.7 " + bytes(60), "a.xlsx", "pdf"),
        ("doc", lambda: compound({"WordDocument": b"x"}), "a.xls", "letter"),
        ("docx", lambda: zipped({"word/document.xml": "<w/>"}), "a.xlsx", "letter"),
        ("odt", lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "a.ods", "letter"),
        ("rtf", lambda: rb"{\rtf1 }", "a.xls", "letter"),
        ("ppt", lambda: compound({"PowerPoint Document": b"x"}), "a.xls", "not_a_sheet"),
        ("rar", lambda: b"Rar!\x1a\x07\x00" + bytes(60), "a.zip", "archive"),
        ("zip in a zip", lambda: zipped({"a.zip": zipped({"a.csv": delimited("gbk")})}), "a.zip", "nested_zip"),
        ("zip of too many", lambda: zipped({f"{no}.csv": "a,b" for no in range(60)}), "a.zip", "many_files"),
        ("zip of nothing", lambda: zipped({"__MACOSX/._a": "x"}), "a.zip", "empty"),
        ("web page of words", lambda: html("<tr><td>没有表格</td></tr>"), "a.xls", "web_page"),
        ("web page nested deep", lambda: b"<html>" + b"<table><tr><td>" * 200, "a.xls", "nested"),
        ("web page a million wide", lambda: html("<tr>" + "<td colspan=1000>a" * 40), "a.xls", "too_large"),
        ("xml bomb", lambda: xml(before='<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'), "a.xls", "bomb"),
        (
            "xml a million wide",
            lambda: xml('<Row><Cell ss:Index="999999"><Data ss:Type="String">a</Data></Cell></Row>'),
            "a.xls",
            "too_large",
        ),
        ("xml with a cell outside a line", lambda: xml('<Cell><Data ss:Type="String">a</Data></Cell>'), "a.xls", "damaged"),
        ("xml with words outside a cell", lambda: xml('<Row><Data ss:Type="String">a</Data></Row>'), "a.xls", "no_cells"),
        ("xlsx whose directory points nowhere", lambda: xlsx()[11:], "a.xlsx", "not_a_sheet"),
        ("xml cut off", lambda: xml()[:-60], "a.xls", "damaged"),
        ("xml nested deep", lambda: xml("<b>" * 200 + "</b>" * 200), "a.xls", "nested"),
        ("other xml", lambda: b'<?xml version="1.0"?><feed/>', "a.xls", "not_a_sheet"),
        ("sheet older than 95", lambda: b"\x09\x04\x06\x00" + bytes(60), "a.xls", "old_sheet"),
        ("a letter as text", lambda: "各位村民：\n请看公示栏。\n".encode("gbk"), "a.txt", "no_columns"),
        ("a program", lambda: b"MZ\x90\x00\x03\x00\x00\x00\x04" + bytes(range(256)), "a.xls", "not_a_sheet"),
    )
]
FILES: list[File] = [*WORKBOOKS, *HIDDEN, *SWEPT, *TEXT, *DRESSED, *REFUSED]
