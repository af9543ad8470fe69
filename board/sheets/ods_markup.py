"""What the XML of an .ods says of its lines and cells and calamine does not give: hidden ones, merged ones, errors, formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from board.sheets.cell_markup import MOST
from board.sheets.limits import RANGES

_TAG = re.compile(r"<(/?)table:(table-column|table-row|table-cell|covered-table-cell|table)(?![\w-])([^>]*)>")
_TEXT = re.compile(r"<text:p\b[^>]*>([^<]*)<")
_FAULT = re.compile(r"#[A-Z0-9/!?]{2,8}|Err:\d{3}|#[\u4e00-\u9fff]{2,4}[!?]?")
_WIDEST, _TALLEST = 16_384, 1 << 20


@dataclass
class OdsMarkup:
    """Of one sheet: ``hidden_rows`` from 1, all else from 0; ``merged`` as (top, left, bottom, right)."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    calculated: bool = False
    line: int = 0
    column: int = 0


def sheets(text: str) -> dict[str, OdsMarkup]:
    """Return the markup of each table of an .ods, which repeats lines and cells by a count."""
    found: dict[str, OdsMarkup] = {}
    sheet, times, inner = OdsMarkup(), 1, 0
    if not any(word in text for word in ("collapse", '"filter"', "-spanned=", "#", "Err:", "table:formula=")):
        return found
    for tag in _TAG.finditer(text):
        closing, what, attributes = tag.groups()
        if what == "table":
            inner += -1 if closing else 1
            if not closing and inner == 1:
                sheet = found.setdefault(unescape(attribute(attributes, "table:name")), OdsMarkup())
            continue
        if inner != 1:
            continue
        if what == "table-column" and not closing:
            _hide(sheet, attributes, "column")
        elif what == "table-row" and not closing:
            times, sheet.column = _repeated(attributes, "rows"), 0
            _hide(sheet, attributes, "row", times)
        if what == "table-row" and (closing or attributes.endswith("/")):
            sheet.line = min(sheet.line + times, _TALLEST)
        elif what.endswith("cell") and not closing:
            _cell(sheet, what, attributes, text, tag.end())
    for one in found.values():
        one.formulas = [] if one.calculated else one.formulas
    return found


def _hide(sheet: OdsMarkup, attributes: str, what: str, times: int = 0) -> None:
    seen, times = attribute(attributes, "table:visibility"), times or _repeated(attributes, "columns")
    if seen in ("collapse", "filter") and what == "row":
        sheet.hidden_rows.update(range(sheet.line + 1, min(sheet.line + 1 + times, _TALLEST)))
    elif seen in ("collapse", "filter"):
        sheet.hidden_columns.update(range(sheet.column, min(sheet.column + times, _WIDEST)))
    sheet.filtered = sheet.filtered or seen == "filter"
    if what == "column":
        sheet.column = min(sheet.column + times, _WIDEST)


def _cell(sheet: OdsMarkup, what: str, attributes: str, text: str, at: int) -> None:
    """Note one cell, or several alike."""
    here, times = (sheet.line, sheet.column), _repeated(attributes, "columns")
    sheet.column = min(sheet.column + times, _WIDEST)
    across, down = _count(attributes, "table:number-columns-spanned"), _count(attributes, "table:number-rows-spanned")
    if max(across, down) > 1 and len(sheet.merged) < RANGES:
        right, bottom = min(here[1] + max(across, 1), _WIDEST), min(here[0] + max(down, 1), _TALLEST)
        sheet.merged.append((*here, bottom - 1, right - 1))
    if what == "covered-table-cell" or attributes.endswith("/") and "table:formula" not in attributes:
        return
    value = attribute(attributes, "office:value")
    written = match[1] if not attributes.endswith("/") and (match := _TEXT.match(text, at)) else ""
    wrong = _FAULT.fullmatch(written.strip())
    if wrong and ("office:value=" in attributes or "table:formula" in attributes or '"error"' in attributes):
        sheet.errors[here] = wrong[0]
    if "table:formula" in attributes:
        kind = attribute(attributes, "office:value-type")
        blank = not wrong and (not kind or (kind in ("float", "currency") and value.strip("-0.") == ""))
        sheet.calculated = sheet.calculated or not blank
        if blank and len(sheet.formulas) < MOST:
            sheet.formulas.append(here)


def attribute(tag: str, name: str) -> str:
    """Return an attribute of a tag as it is written, "" where there is none."""
    match = re.search(rf"""(?:^|\s){name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return (match[1] or match[2] or "") if match else ""


def _repeated(tag: str, what: str) -> int:
    return _count(tag, f"table:number-{what}-repeated") or 1


def _count(tag: str, name: str) -> int:
    digits = attribute(tag, name) if name in tag else ""
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 0
