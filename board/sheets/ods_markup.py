"""What the XML of an .ods says of its lines and cells and calamine does not give: hidden and merged ones, errors, formulas, formats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from board.sheets.cell_markup import MOST, CellMarkup, Shown
from board.sheets.limits import CELLS, RANGES

_TAG = re.compile(r"<(/?)table:(table-column|table-row|table-cell|covered-table-cell|table)(?![\w-])([^>]*)>")
_TEXT = re.compile(r"<text:p\b[^>]*>([^<]*)<")
_FAULT = re.compile(r"#[A-Z0-9/!?]{2,8}|Err:\d{3}|#[\u4e00-\u9fff]{2,4}[!?]?")
_STYLE = re.compile(r"""\stable:style-name\s*=\s*["']([^"']*)""")
_FIGURE = re.compile(r"""\soffice:value-type\s*=\s*["'](?:float|currency)["']""")
_DEFAULT = "Default"  # the style of a cell that names none, nor its line or column
_WIDEST, _TALLEST = 16_384, 1 << 20


@dataclass
class OdsMarkup(CellMarkup):
    """Of one sheet: ``hidden_rows`` from 1, all else from 0; ``merged`` as (top, left, bottom, right).

    What follows ``calculated`` is where the reading is: in which line and column, what styles the line and its columns have for cells
    without one, ``runs`` as ``format`` takes it, up to which column a style is known, how many cells were looked at.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    calculated: bool = False
    line: int = 0
    column: int = 0
    style: str = ""
    styles: dict[int, str] = field(default_factory=dict)
    runs: dict[int, int] = field(default_factory=dict)
    styled: int = 0
    seen: int = 0


def sheets(text: str, shapes: Mapping[str, Shown]) -> dict[str, OdsMarkup]:
    """Return the markup of each table of an .ods, which repeats lines and cells by a count; ``shapes`` are the formats of its styles."""
    found: dict[str, OdsMarkup] = {}
    sheet, times, inner = OdsMarkup(), 1, 0
    if not shapes and not any(word in text for word in ("collapse", '"filter"', "-spanned=", "#", "Err:", "table:formula=")):
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
            _style(sheet, attributes)
            _hide(sheet, attributes, "column")
        elif what == "table-row" and not closing:
            times, sheet.column = _repeated(attributes, "rows"), 0
            sheet.style = _default(attributes)
            _hide(sheet, attributes, "row", times)
        if what == "table-row" and (closing or attributes.endswith("/")):
            sheet.line = min(sheet.line + times, _TALLEST)
        elif what.endswith("cell") and not closing:
            if shapes and _FIGURE.search(attributes):
                _format(sheet, attributes, times, shapes)
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


def _style(sheet: OdsMarkup, attributes: str) -> None:
    """Note the style that a column gives to its cells."""
    until, style = min(sheet.column + _repeated(attributes, "columns"), _WIDEST), _default(attributes)
    sheet.styles.update((column, style) for column in range(max(sheet.column, sheet.styled), until) if style)
    sheet.styled = max(sheet.styled, until)


def _default(attributes: str) -> str:
    return unescape(attribute(attributes, "table:default-cell-style-name")) if "default-cell-style-name" in attributes else ""


def _format(sheet: OdsMarkup, attributes: str, times: int, shapes: Mapping[str, Shown]) -> None:
    """Note the format of a figure, which may be repeated over columns, and over the lines of its row."""
    own = unescape(match[1]) if (match := _STYLE.search(attributes)) else sheet.style
    until = min(sheet.column + _repeated(attributes, "columns"), _WIDEST)
    sheet.seen += until - sheet.column
    for column in range(sheet.column, until) if sheet.seen <= CELLS else ():
        if shape := shapes.get(own or sheet.styles.get(column, _DEFAULT)):
            sheet.format(sheet.runs, column, sheet.line + 1, shape, min(sheet.line + times, _TALLEST))


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
    written = match[1] if not attributes.endswith("/") and (match := _TEXT.match(text, at)) else ""
    wrong = _FAULT.fullmatch(written.strip())
    if wrong and ("office:value=" in attributes or "table:formula" in attributes or '"error"' in attributes):
        sheet.errors[here] = wrong[0]
    if "table:formula" in attributes:
        kind, value = attribute(attributes, "office:value-type"), attribute(attributes, "office:value")
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
