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
from board.rules.sheet.table import text
from tests.sheets import quirks, refused
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
from tests.sheets.oldbooks import Page, compound, workbook, xls

ID, UNUSED, CARD, PHONE = made_id(), made_id(397), made_card(), made_phone()
STACKED = [["乡镇", "户数", "金额"], ["百和镇", "1", "10"], ["云龙镇", "2", "20"], ["合计", "3", "30"], ["六月"], *TEXTS]


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
    except sheets.UnreadableSheet as error:
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


def _second_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("明细")
    for row in ROWS:
        sheet.append(list(row))


def _empty_sheets(book: openpyxl.Workbook) -> None:
    for number in range(3):
        book.create_sheet(f"Sheet{number + 2}")


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
            "xl/media/image1.png": refused.PNG,
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
SEVERAL: list[File] = [
    ("two tables on one page", lambda: xlsx([*STACKED[:4], [], *STACKED[4:]]), "月报.xlsx", Expected(cells=[*STACKED[:4], []], tables=2)),
    (
        "a title and the same header for each village",
        lambda: xlsx([["东林村花名册"], ROWS[0], ROWS[1], [], ["西林村花名册"], ROWS[0], ROWS[2]]),
        "各村.xlsx",
        Expected(cells=[["东林村花名册"], TEXTS[0], TEXTS[1], []], tables=2),
    ),
    ("one table over two pages", lambda: xlsx([*ROWS, ROWS[0], ROWS[1]]), "打印.xlsx", Expected(cells=[*TEXTS, TEXTS[0], TEXTS[1]])),
    (
        "two sheets",
        lambda: xlsx(change=lambda book: book.create_sheet("西林村").append(["姓名", "金额"])),
        "两张.xlsx",
        Expected(cells=TEXTS, tables=2),
    ),
    ("a cover before the sheet", lambda: xlsx([["封面"]], _second_sheet), "封面.xlsx", Expected(cells=TEXTS, tables=2)),
    ("three empty sheets behind", lambda: xlsx(change=_empty_sheets), "空表.xlsx", Expected(cells=TEXTS, tables=4)),
]
QUIRKS: list[File] = [
    ("parts named with backslashes", lambda: quirks.renamed({"/": "\\"}), "a.xlsx", PLAIN),
    ("parts named in capitals", lambda: quirks.renamed({"xl/workbook.xml": "xl/Workbook.xml"}), "a.xlsx", PLAIN),
    ("parts named from the root", lambda: quirks.renamed({"xl/": "/xl/"}), "a.xlsx", PLAIN),
    ("stream named in capitals", lambda: compound({"WORKBOOK": workbook([Page("发放表", ROWS)])}), "a.xls", PLAIN),
    ("the built-in password of an xlsx", quirks.locked_xlsx, "a.xlsx", PLAIN),
    ("the built-in password of an xls", quirks.locked_xls, "a.xls", PLAIN),
    ("another password of an xlsx", lambda: quirks.locked_xlsx("密码1"), "a.xlsx", Expected(refused="password")),
    ("another password of an xls", lambda: quirks.locked_xls("密码1"), "a.xls", Expected(refused="password")),
    ("tabs behind values", lambda: quirks.guarded("", "\t"), "a.csv", PLAIN),
    ("tabs before values", lambda: quirks.guarded("\t", ""), "a.csv", PLAIN),
    ("tabs around values", lambda: quirks.guarded("\t", "\t"), "a.csv", PLAIN),
    (
        "ods with merged cells and an error",
        quirks.ods_merged,
        "a.ods",
        Expected(cells=[["村", "姓名", "金额"], ["东林村", "张三", "12.5"], ["", "李四", "#DIV/0!"]], merged=[(1, 0, 2, 0)]),
    ),
    ("an error without r", quirks.errors_without_references, "a.xlsx", Expected(cells=[["村", "户数"], ["东林村", "#REF!"]])),
]
REFUSED: list[File] = [(name, make, filename, Expected(refused=code)) for name, make, filename, code in refused.FILES]
FILES: list[File] = [*WORKBOOKS, *HIDDEN, *SWEPT, *TEXT, *DRESSED, *SEVERAL, *QUIRKS, *REFUSED]
