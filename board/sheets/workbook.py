"""The sheets of a zipped workbook (.xlsx .xlsm .et .ods): cells from calamine, all else from the parts of the container."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from typing import Any

import python_calamine as calamine

from board.sheets import ooxml_parts
from board.sheets.limits import CELLS, RANGES, ROWS
from board.sheets.refusal import Refusal

_PICTURES = ("xl/media/", "Pictures/", "xl/drawings/")
_PLAIN = frozenset((str, float, int))


def from_zip(data: bytes, archive: zipfile.ZipFile) -> tuple[list[dict[str, Any]], list[tuple[str, str]], bool]:
    """Tables as ``Table.to_json`` has them, the texts beside their cells, and whether there are macros. Raises Refusal."""
    found = ooxml_parts.parts(archive)
    tables = _tables(data, found.sheets, since_1904=found.since_1904)
    if not any(any(table["cells"]) for table in tables):
        drawn = any(name.startswith(_PICTURES) for name in archive.namelist())
        raise Refusal("picture" if drawn else "no_cells")
    return tables, found.texts, found.macros


def _tables(data: bytes, hiding: Mapping[str, ooxml_parts.SheetMarkup], *, since_1904: bool) -> list[dict[str, Any]]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
        return [_table(book, meta, hiding.get(meta.name, ooxml_parts.SheetMarkup())) | {"since_1904": since_1904} for meta in sheets]
    except calamine.PasswordError:
        raise Refusal("password") from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError):
        raise Refusal("damaged") from None
    except BaseException as error:  # a panic of the parser's Rust is no Exception, and its class has no name to import
        if type(error).__name__ != "PanicException":
            raise
        raise Refusal("damaged") from None


def _table(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata, hiding: ooxml_parts.SheetMarkup) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(meta.name)
    bottom, right = sheet.end or (-1, -1)
    if (bottom + 1) * (right + 1) > CELLS:
        raise Refusal("too_large")
    if bottom >= ROWS:
        raise Refusal("too_long")
    rows = [[one if type(one) in _PLAIN else cell(one) for one in row] for row in sheet.to_python(skip_empty_area=False)]
    for (line, column), word in hiding.cells.errors.items():
        if line < len(rows) and column < len(rows[line]):
            rows[line][column] = word
    rows = trimmed(rows)
    merged = [(*start, *end) for start, end in (sheet.merged_cell_ranges or [])[:RANGES]] or hiding.merged
    return {
        "name": meta.name,
        "cells": rows,
        "merged": [list(one) for one in merged if one[0] < len(rows)],
        "hidden": meta.visible != calamine.SheetVisibleEnum.Visible,
        "hidden_rows": sorted(line for line in hiding.hidden_rows if line <= len(rows)),
        "hidden_columns": sorted(column for column in hiding.hidden_columns if column <= right),
        "filtered": hiding.filtered,
        "formats": [list(one) for one in hiding.cells.formats],
        "formulas": [[line + 1, column] for line, column in hiding.cells.formulas],
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


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows without empty lines at the end and without empty cells at each line's end: WPS pads sheets with hundreds."""
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
