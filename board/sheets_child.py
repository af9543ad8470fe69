"""The limited child process that opens a workbook: bytes on standard input, JSON on standard output.

Run by path, apart from the program (``python -I board/sheets_child.py``): a hostile file may make the parser ask for 549 GB and
abort, which must not take a web worker along. Imports only calamine and the standard library, so that it starts in about 30 ms.
Answers ``{"tables": [...]}`` as ``board.rules.table.Table.to_json`` has them, or ``{"error": code}``; never a cell on standard error.
"""

from __future__ import annotations

import datetime
import io
import json
import resource
import sys
from typing import Any

import python_calamine as calamine

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
CELLS = 3_000_000  # a county's largest roster is about a third of that
REPLY_BYTES = 100 << 20
RANGES = 200_000


def limit() -> None:
    """Take away what a parser gone wild would use; no core file either, for it would hold the sheet on disk."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def cell(value: Any) -> str | dict[str, str]:
    """One cell for JSON: numbers as ``{"n": digits}``, days as ``{"d": ISO}``, all else as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, datetime.datetime):
        at_midnight = value.time() == datetime.time()
        return {"d": value.date().isoformat()} if at_midnight else value.isoformat(" ", "minutes")
    return {"d": value.isoformat()} if isinstance(value, datetime.date) else str(value)


def number(value: float) -> str | dict[str, str]:
    """A number with every digit that the file has; a whole one without ``.0``."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    whole = isinstance(value, int) or (value.is_integer() and abs(value) < 1e15)
    return {"n": str(int(value)) if whole else repr(value)}


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows without empty lines at the end and without empty cells at each line's end: WPS pads sheets with hundreds."""
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def table(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata) -> dict[str, Any]:
    """One sheet as JSON. Raises OverflowError when it has more cells than any roster."""
    sheet = book.get_sheet_by_name(meta.name)
    bottom, right = sheet.end or (-1, -1)
    if (bottom + 1) * (right + 1) > CELLS:
        raise OverflowError
    rows = trimmed([[cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)])
    ranges = (sheet.merged_cell_ranges or [])[:RANGES]
    merged = [[*start, *end] for start, end in ranges if start[0] < len(rows)]
    return {"name": meta.name, "cells": rows, "merged": merged, "hidden": meta.visible != calamine.SheetVisibleEnum.Visible}


def answer(data: bytes) -> dict[str, Any]:
    """All worksheets of a workbook, or the code of what is wrong with it."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
        return {"tables": [table(book, meta) for meta in sheets]}
    except calamine.PasswordError:
        return {"error": "password"}
    except OverflowError:
        return {"error": "too_large"}
    except MemoryError:
        return {"error": "crashed"}
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError):
        return {"error": "damaged"}


def main() -> None:
    """Read, parse, answer."""
    limit()
    reply = json.dumps(answer(sys.stdin.buffer.read()), ensure_ascii=False).encode("utf-8", "replace")
    sys.stdout.buffer.write(reply if len(reply) <= REPLY_BYTES else b'{"error": "too_large"}')


if __name__ == "__main__":
    main()
