"""Bytes of an uploaded spreadsheet -> cells. Containers are told by content: clerks' files often carry a wrong extension.

Workbooks are parsed in a child process (``sheets_child``) with limits; nothing is written to disk and no cell is ever logged.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from board.rules.kind import Words
from board.rules.table import Book, Cell, Table

MOST_BYTES = 20 << 20  # a roster of 100,000 rows is 8.6 MB
MOST_UNPACKED = 400 << 20
MOST_ENTRIES = 2_000
SECONDS = 30  # by the wall clock; the child itself stops after 20 of CPU
CHILD = Path(__file__).with_name("sheets_child.py")

_SAVE_AS = "请用 WPS 或 Excel 打开它,选“文件→另存为”,类型选“Excel 工作簿(*.xlsx)”,再上传新存的文件"
_SAVE_AS_EN = "Open it in WPS or Excel, choose File > Save as, type “Excel workbook (*.xlsx)”, and upload the new file"

REASONS: Mapping[str, Words] = {
    "empty": Words("这个文件是空的，里面没有内容。请检查选的是不是这个文件", "This file is empty. Please check that it is the right one"),
    "no_cells": Words(
        "表里一个有字的格子都没有。请打开看看内容是不是在另一个文件里",
        "No cell of the sheet has anything in it. Please open it and see whether the table is in another file",
    ),
    "password": Words(
        "这个表格设了打开密码。请打开它，在“文件→文档加密”里去掉密码，保存后再上传",
        "This sheet has a password. Please open it, take the password off under File > Encrypt, save it and upload it again",
    ),
    "damaged": Words(
        f"这个文件不完整或已损坏，可能没有下载完或没有复制完。请重新取一份；如果能打开，{_SAVE_AS}",
        f"This file is cut off or damaged. Please get a fresh copy; if it does open: {_SAVE_AS_EN}",
    ),
    "picture": Words(
        "这是图片或扫描件，读不出表格里的数字。请找制表的人要原来的电子表格(.xlsx、.xls、.et)",
        "This is a picture or a scan, whose figures cannot be read. Please ask whoever made the table for the spreadsheet itself",
    ),
    "not_a_sheet": Words(
        f"这不是电子表格。如果里面有表格，请把表格复制到 WPS 表格里；如果本来就是表格，{_SAVE_AS}",
        f"This is not a spreadsheet. If there is a table in it, copy that into a spreadsheet. {_SAVE_AS_EN}",
    ),
    "web_page": Words(
        f"这个文件名是表格，里面其实是网页（从系统导出的表常常这样）。{_SAVE_AS}",
        f"This file is named like a sheet but is a web page inside, as exports of some systems are. {_SAVE_AS_EN}",
    ),
    "xml_sheet": Words(
        f"这是旧式的 XML 表格，暂时读不了。{_SAVE_AS}",
        f"This is an old XML spreadsheet, which is not read yet. {_SAVE_AS_EN}",
    ),
    "xlsb": Words(f"这是二进制工作簿(.xlsb)，不收。{_SAVE_AS}", f"This is a binary workbook (.xlsb), which is not taken. {_SAVE_AS_EN}"),
    "too_large": Words(
        "这个文件太大（文件超过 20 MB，或格子超过 300 万个）。请删去表格外的空行空列和图片，或分成几个表上传",
        "This file is too large (over 20 MB, or over 3 million cells). Please delete empty rows and pictures, or split it",
    ),
    "bomb": Words(
        f"这个文件展开后大得不正常，不能读。{_SAVE_AS}",
        f"This file unpacks to an abnormal size and is not read. {_SAVE_AS_EN}",
    ),
    "crashed": Words(
        f"读这个文件时出了错，可能有格子写到了很远的地方。请把表格部分复制到一个新表里再上传，或者：{_SAVE_AS}",
        f"Reading this file failed; some cell may be very far out. Copy the table into a new sheet and upload that. {_SAVE_AS_EN}",
    ),
    "timeout": Words(
        f"读这个文件用的时间太长，已停下。请删去表格外的空行空列和图片后再上传，或者：{_SAVE_AS}",
        f"Reading this file took too long and was stopped. Delete empty rows and pictures and try again. {_SAVE_AS_EN}",
    ),
    "encoding": Words(f"认不出这个文本文件的文字编码。{_SAVE_AS}", f"The encoding of this text file is not recognised. {_SAVE_AS_EN}"),
    "quotes": Words(
        f"这个文本表格的引号没有配对，分不出格子。{_SAVE_AS}",
        f"The quotes of this text table do not pair up, so its cells cannot be told apart. {_SAVE_AS_EN}",
    ),
}

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"%PDF", b"\x00\x00\x00\x18ftyphei")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Unreadable(Exception):
    """A file of which no table could be had; ``message`` says in both languages what is wrong and what to do.

    ``code`` is a key of REASONS. Holds nothing of the file's content, so it may be logged.
    """

    def __init__(self, code: str) -> None:
        self.code, self.message = code, REASONS[code]
        super().__init__(code)

    @property
    def message_zh(self) -> str:
        """The sentence for the clerk in Chinese."""
        return self.message.zh


def read(data: bytes, filename: str) -> Book:
    """All sheets of an uploaded file, told by its content; ``filename`` only names the one table of a text file.

    Takes .xlsx .xls .et .ods and text tables (.csv .tsv .txt; UTF-8, UTF-16 with mark, GB18030). Raises Unreadable.
    """
    if not data.strip():
        raise Unreadable("empty")
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    if data.startswith(b"PK"):
        _look_into_zip(data)
        return _workbook(data)
    if data.startswith(_OLE):
        _look_into_ole(data)
        return _workbook(data)
    if data.startswith(_PICTURES):
        raise Unreadable("picture")
    if data.startswith(_ARCHIVES):
        raise Unreadable("not_a_sheet")
    return _filled(Book([_text_table(_decoded(data), Path(filename).stem)]))


def pasted(text: str) -> Book:
    """The table that a clerk copied in WPS or Excel and pasted: tab-separated lines, cells of several lines in quotes.

    Raises Unreadable.
    """
    if not text.strip():
        raise Unreadable("empty")
    if len(text) > MOST_BYTES:
        raise Unreadable("too_large")
    return _filled(Book([_text_table(text, "粘贴的表格", delimiter="\t" if "\t" in text else "")]))


def _look_into_zip(data: bytes) -> None:
    """Refuse by its directory alone a zip that is no workbook or that would unpack to an abnormal size."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable("damaged") from None
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable("bomb")
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names:
        raise Unreadable("xlsb")
    if not names & {"xl/workbook.xml", "content.xml"}:
        raise Unreadable("not_a_sheet")


def _look_into_ole(data: bytes) -> None:
    """Tell by the names in an OLE directory (UTF-16) what lies in the old container: a workbook, a locked one, or a letter."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("password")
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Unreadable("not_a_sheet" if "WordDocument".encode("utf-16-le") in data else "damaged")


def _workbook(data: bytes) -> Book:
    reply = _asked_child(data)
    if "error" in reply:
        raise Unreadable(reply["error"])
    book = Book([Table.from_json(table) for table in reply["tables"]])
    if not any(any(table.lines()) for table in book.tables) and b"/media/" in data:
        raise Unreadable("picture")
    return _filled(book)


def _asked_child(data: bytes) -> dict[str, Any]:
    """What the child answers; its standard error is dropped, for a parser's message may quote a cell."""
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD)]
    try:
        child = subprocess.run(  # noqa: S603 - our own program; the file goes in as bytes, never as an argument
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("timeout") from None
    if child.returncode == -24:  # SIGXCPU
        raise Unreadable("timeout")
    try:
        reply: dict[str, Any] = json.loads(child.stdout)
    except ValueError:
        raise Unreadable("crashed") from None
    return reply


def _filled(book: Book) -> Book:
    if not any(any(table.lines()) for table in book.tables):
        raise Unreadable("no_cells")
    return book


def _decoded(data: bytes) -> str:
    """A text file's text. GB18030 comes last, for it takes nearly any bytes; a NUL says that this is no text at all."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _tried(data, "utf-16")
    if b"\x00" in data:
        raise Unreadable("not_a_sheet")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _tried(data, "gb18030")
    head = text[:2000].lstrip().lower()
    if head.startswith("<?xml") and ("spreadsheet" in head or "<workbook" in head):
        raise Unreadable("xml_sheet")
    if head.startswith(("<html", "<!doctype html", "<table", "<meta", "<head", "<?xml", "mime-version")):
        raise Unreadable("web_page")
    return text


def _tried(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None


def _text_table(text: str, name: str, delimiter: str = "") -> Table:
    """One table of delimited text; a line inside a quoted cell does not count as a line of the sheet."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text))
    try:
        cells: list[list[Cell]] = [[_unwrapped(cell) for cell in row] for row in reader]
    except csv.Error:
        raise Unreadable("quotes") from None
    if sum(map(len, cells)) > 3_000_000:
        raise Unreadable("too_large")
    return Table(name, cells)


def _unwrapped(cell: str) -> str:
    """A cell without the ``="..."`` that some systems put around long digits to keep them from being rounded."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def _delimiter(text: str) -> str:
    """The delimiter that cuts most of the first lines into most cells."""
    head = text[:20_000]

    def cells(delimiter: str) -> int:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        try:
            widths = sorted(len(row) for row in rows)
        except csv.Error:
            return 0
        return widths[len(widths) // 2] if widths else 0

    return max(("\t", ",", ";"), key=cells)
