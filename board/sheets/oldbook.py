"""The sheets of an old workbook (.xls, .et: BIFF5 and BIFF8): cells from xlrd, all else from the records of its stream."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import xlrd
from xlrd.biffh import encoding_from_codepage
from xlrd.xldate import xldate_as_datetime

from board.sheets import biff, ole
from board.sheets.cell_markup import MOST, CellMarkup
from board.sheets.limits import CELLS, RANGES
from board.sheets.number_formats import shown
from board.sheets.refusal import Refusal
from board.sheets.workbook import cell, trimmed

_DRAWN = 0xEB  # the record that holds a workbook's pictures
_PLAIN = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.I)  # the format of a duration, which may be longer than a day
_CHINESE = {936: "gb18030", 54936: "gb18030", 950: "cp950"}


def from_ole(data: bytes) -> tuple[list[dict[str, Any]], list[tuple[str, str]], bool]:
    """Tables as ``Table.to_json`` has them, the texts beside their cells, and whether there are macros. Raises Refusal."""
    try:
        streams = ole.streams(data)
    except ole.NotOle:
        streams = {}
    book = streams.get("Workbook") or streams.get("Book") or b""
    if "EncryptedPackage" in streams:
        raise Refusal("password")
    if biff.is_locked(book):
        book = _unlocked(book)
    if not book:
        raise Refusal(_other(data, streams))
    texts = list(biff.texts(book))
    for name, content in streams.items():
        if name not in ("Workbook", "Book"):
            texts += ((_place(name), text) for text in biff.numerals(content))
    tables = _tables(book)
    if not any(any(table["cells"]) for table in tables):
        raise Refusal("picture" if any(kind == _DRAWN for kind, _ in biff.records(book)) else "no_cells")
    return tables, texts, "_VBA_PROJECT_CUR/" in streams


def unlocked_zip(data: bytes) -> bytes | None:
    """Return the .xlsx in a compound file that is locked with the password built into every program, None where it is no such file.

    Raises Refusal for a password of its own.
    """
    try:
        streams = ole.streams(data)
    except ole.NotOle:
        return None
    if "EncryptedPackage" not in streams:
        return None
    from board.sheets import builtin_password

    try:
        return builtin_password.opened(streams.get("EncryptionInfo", b""), streams["EncryptedPackage"])
    except builtin_password.OtherPassword:
        raise Refusal("password") from None


def _unlocked(book: bytes) -> bytes:
    """Return a locked workbook's stream in plain. Raises Refusal for a password of its own."""
    from board.sheets import builtin_password

    try:
        return builtin_password.opened_stream(book)
    except builtin_password.OtherPassword:
        raise Refusal("password") from None


def _other(data: bytes, streams: dict[str, bytes]) -> str:
    """What an OLE file is that holds no workbook. Of one that is cut off only the names may be left, somewhere in it."""
    kinds = {"EncryptedPackage": "password", "WordDocument": "letter", "PowerPoint Document": "not_a_sheet", "VisioDocument": "not_a_sheet"}
    told = (code for name, code in kinds.items() if name in streams or name.encode("utf-16-le") in data)
    return next(told, "damaged")


def _place(stream: str) -> str:
    if stream.endswith("SummaryInformation"):
        return "文件属性"
    return "透视表缓存" if stream.isdigit() or len(stream) == 4 else "文件的其他部分"


def _tables(stream: bytes) -> list[dict[str, Any]]:
    """The worksheets, one at a time. Whatever xlrd stumbles over is a damaged file: it also asserts and unpacks without looking."""
    readable = biff.for_cells(stream)
    try:
        with xlrd.open_workbook(
            file_contents=readable.stream,
            logfile=io.StringIO(),  # it would print on standard output, where the answer goes
            formatting_info=True,  # or it leaves out what is hidden and merged
            ragged_rows=True,
            on_demand=True,
            encoding_override="latin-1",  # a letter for each byte of BIFF5, see _text
        ) as book:
            encoding = _encoding(book)
            return [_table(book, number, encoding, readable) for number in range(book.nsheets)]
    except (Refusal, MemoryError):
        raise
    except Exception:
        raise Refusal("damaged") from None


def _encoding(book: xlrd.Book) -> str:
    """The encoding of a BIFF5 workbook's texts; "" for BIFF8, whose texts are Unicode."""
    if book.biff_version >= 80:
        return ""
    name = _CHINESE.get(book.codepage) or encoding_from_codepage.get(book.codepage, f"cp{book.codepage}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _text(text: str, encoding: str) -> str:
    """A text as it was meant.

    xlrd would refuse the whole workbook for half a character, and for a formula that gives a Chinese text, whose bytes it counts as
    letters. So it hands over bytes.
    """
    return text.encode("latin-1").decode(encoding, "replace") if encoding else text


def _table(book: xlrd.Book, number: int, encoding: str, readable: biff.Readable) -> dict[str, Any]:
    sheet = book.sheet_by_index(number)
    if sheet.nrows * sheet.ncols > CELLS:
        raise Refusal("too_large")
    rows = trimmed([list(_row(book, sheet, line, encoding)) for line in range(sheet.nrows)])
    width = max(map(len, rows), default=0)
    formats = _formats(book, sheet)
    book.unload_sheet(number)
    return {
        "name": _text(sheet.name, encoding),
        "cells": rows,
        "merged": [[top, left, below - 1, right - 1] for top, below, left, right in sheet.merged_cells[:RANGES] if top < len(rows)],
        "hidden": sheet.visibility != 0,
        "hidden_rows": sorted(line + 1 for line, row in sheet.rowinfo_map.items() if row.hidden and line < len(rows)),
        "hidden_columns": sorted(at for at, column in sheet.colinfo_map.items() if column.hidden and at < width),
        "filtered": number in readable.filtered,
        "formats": formats,
        "formulas": [[line + 1, column] for line, column in readable.formulas.get(number, ())[:MOST]],
        "since_1904": book.datemode == 1,
    }


def _formats(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> list[list[Any]]:
    """The number formats of cells that show another figure than the cell holds."""
    codes = {number: shown(style.format_str or "") for number, style in book.format_map.items()}
    shapes = {number: one for number, style in enumerate(book.xf_list) if (one := codes.get(style.format_key))}
    found, runs = CellMarkup(), dict[int, int]()
    for line in range(sheet.nrows) if shapes else ():
        for column, kind in enumerate(sheet.row_types(line)):
            if kind == xlrd.XL_CELL_NUMBER and (shape := shapes.get(sheet.cell_xf_index(line, column))):
                found.format(runs, column, line + 1, shape)
    return [list(one) for one in found.formats]


def _row(book: xlrd.Book, sheet: xlrd.sheet.Sheet, line: int, encoding: str) -> Iterator[Any]:
    for column, (kind, value) in enumerate(zip(sheet.row_types(line), sheet.row_values(line), strict=True)):
        if kind == xlrd.XL_CELL_DATE:
            shape = book.format_map[book.xf_list[sheet.cell_xf_index(line, column)].format_key].format_str
            yield _day(value, shape or "", book.datemode)  # None: a built-in date format of Chinese Excel (27-36, 50-58)
        elif kind == xlrd.XL_CELL_ERROR:
            yield xlrd.error_text_from_code.get(value, "")
        elif kind in _PLAIN:
            yield _text(value, encoding) if encoding and kind == xlrd.XL_CELL_TEXT else value
        else:
            yield cell(bool(value))


def _day(value: float, shape: str, since_1904: int) -> str | float | dict[str, str]:
    """A number that is shown as a day, an hour or a duration; as a number where the calendar has no such day."""
    try:
        if _ELAPSED.search(shape):
            return str(timedelta(days=value))
        if 0 <= value < 1:
            return str(xldate_as_datetime(value, 0).time())
        return cell(xldate_as_datetime(value, since_1904))
    except (OverflowError, ValueError):
        return value
