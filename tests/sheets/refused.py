"""Files that are refused, each with the code of the sentence that says why."""

from __future__ import annotations

from collections.abc import Callable

from tests.sheets.making import ROWS, delimited, html, ods, with_parts, xlsx, xml, zipped
from tests.sheets.oldbooks import Page, compound, xls

PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)
FILES: list[tuple[str, Callable[[], bytes], str, str]] = [
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
]
