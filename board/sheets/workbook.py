"""The sheets of a workbook (.xlsx .xlsm .xls .et .ods): cells from calamine, all else from the parts of the container."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import python_calamine as calamine

from board.sheets import biff, ole, packed
from board.sheets.limits import CELLS
from board.sheets.refusal import Refusal

_RANGES = 200_000
_PICTURES = ("xl/media/", "Pictures/", "xl/drawings/")
_DRAWN = 0xEB  # the record that holds an old workbook's pictures
_PLAIN = frozenset((str, float, int))
Hiding = packed.Sheet | biff.Sheet


def from_zip(data: bytes, archive: zipfile.ZipFile) -> tuple[list[dict[str, Any]], list[tuple[str, str]], bool]:
    """Tables as ``Table.to_json`` has them, the texts beside their cells, and whether there are macros. Raises Refusal."""
    found = packed.parts(archive)
    tables = _tables(data, lambda _, name: found.sheets.get(name), since_1904=found.since_1904)
    if not any(any(table["cells"]) for table in tables):
        drawn = any(name.startswith(_PICTURES) for name in archive.namelist())
        raise Refusal("picture" if drawn else "no_cells")
    return tables, found.texts, found.macros


def from_ole(data: bytes) -> tuple[list[dict[str, Any]], list[tuple[str, str]], bool]:
    """The same of an old workbook. Raises Refusal."""
    try:
        streams = ole.streams(data)
    except ole.NotOle:
        streams = {}
    book = streams.get("Workbook") or streams.get("Book") or b""
    if "EncryptedPackage" in streams or biff.is_locked(book):
        raise Refusal("password")
    if not book:
        raise Refusal(_other(data, streams))
    texts = list(biff.texts(book))
    for name, content in streams.items():
        if name not in ("Workbook", "Book"):
            texts += ((_place(name), text) for text in biff.numerals(content))
    shapes = biff.sheets(book)
    data, encoding = biff.western(data, book)
    tables = _tables(data, lambda index, _: shapes[index] if index < len(shapes) else None, since_1904=biff.is_since_1904(book))
    if encoding:
        for table in tables:
            table["name"] = biff.original(table["name"], encoding)
            table["cells"] = [[biff.original(one, encoding) if isinstance(one, str) else one for one in row] for row in table["cells"]]
    if not any(any(table["cells"]) for table in tables):
        raise Refusal("picture" if any(kind == _DRAWN for kind, _ in biff.records(book)) else "no_cells")
    return tables, texts, "_VBA_PROJECT_CUR/" in streams


def _other(data: bytes, streams: dict[str, bytes]) -> str:
    """What an OLE file is that holds no workbook. Of one that is cut off only the names may be left, somewhere in it."""
    kinds = {"EncryptedPackage": "password", "WordDocument": "letter", "PowerPoint Document": "not_a_sheet", "VisioDocument": "not_a_sheet"}
    told = (code for name, code in kinds.items() if name in streams or name.encode("utf-16-le") in data)
    return next(told, "damaged")


def _place(stream: str) -> str:
    if stream.endswith("SummaryInformation"):
        return "文件属性"
    return "透视表缓存" if stream.isdigit() or len(stream) == 4 else "文件的其他部分"


def _tables(data: bytes, hiding: Callable[[int, str], Hiding | None], *, since_1904: bool) -> list[dict[str, Any]]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(index, meta) for index, meta in enumerate(book.sheets_metadata) if meta.typ == calamine.SheetTypeEnum.WorkSheet]
        return [_table(book, meta, hiding(index, meta.name)) | {"since_1904": since_1904} for index, meta in sheets]
    except calamine.PasswordError:
        raise Refusal("password") from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError):
        raise Refusal("damaged") from None
    except BaseException as error:  # a panic of the parser's Rust is no Exception, and its class has no name to import
        if type(error).__name__ != "PanicException":
            raise
        raise Refusal("damaged") from None


def _table(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata, hiding: Hiding | None) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(meta.name)
    bottom, right = sheet.end or (-1, -1)
    if (bottom + 1) * (right + 1) > CELLS:
        raise Refusal("too_large")
    hiding = hiding or packed.Sheet()
    rows = [[one if type(one) in _PLAIN else cell(one) for one in row] for row in sheet.to_python(skip_empty_area=False)]
    for (line, column), word in hiding.errors.items():
        if line < len(rows) and column < len(rows[line]):
            rows[line][column] = word
    rows = _trimmed(rows)
    ranges = (sheet.merged_cell_ranges or [])[:_RANGES]
    return {
        "name": meta.name,
        "cells": rows,
        "merged": [[*start, *end] for start, end in ranges if start[0] < len(rows)],
        "hidden": meta.visible != calamine.SheetVisibleEnum.Visible,
        "hidden_rows": sorted(line for line in hiding.hidden_rows if line <= len(rows)),
        "hidden_columns": sorted(column for column in hiding.hidden_columns if column <= right),
        "filtered": hiding.filtered,
    }


def cell(value: Any) -> str | float | dict[str, str]:
    """One cell for JSON: texts and numbers as they are, days as ``{"d": ISO}``, all else as text."""
    if type(value) in _PLAIN:
        return value  # type: ignore[no-any-return]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        at_midnight = value.time() == datetime.time()
        return {"d": value.date().isoformat()} if at_midnight else value.isoformat(" ", "minutes")
    return {"d": value.isoformat()} if isinstance(value, datetime.date) else str(value)


def _trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows without empty lines at the end and without empty cells at each line's end: WPS pads sheets with hundreds."""
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
