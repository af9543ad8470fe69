"""SpreadsheetML 2003: sheets as XML, which ministries' systems export under the name .xls.

Parsed with expat, which fetches nothing; a document type declaration is refused, because entity bombs need one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from board.sheets.cell_markup import MOST, CellMarkup, Shown, inherited, is_zero
from board.sheets.limits import CELLS
from board.sheets.number_formats import shown
from board.sheets.refusal import Refusal

_SS, _X = "urn:schemas-microsoft-com:office:spreadsheet|", "urn:schemas-microsoft-com:office:excel|"
_LINES, _COLUMNS, _DEEPEST = 1 << 20, 16_384, 100
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?")
_FAULT = re.compile(r"#[A-Za-z0-9/!?_]{2,20}")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00(?:\.0+)?)?")


def tables(text: str) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return the sheets of the file in the form of ``Table.to_json``, and its other texts as (where, text). Raises Refusal."""
    book = _Workbook()
    parser = expat.ParserCreate("utf-8", "|")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = book.start, book.end
    parser.CharacterDataHandler, parser.CommentHandler = book.text, book.comment
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = book.refuse
    try:
        parser.Parse(_DECLARATION.sub("", text, count=1).lstrip().encode("utf-8", "replace"), True)
    except expat.ExpatError:
        raise Refusal("damaged") from None
    return book.tables, book.texts


def value(kind: str, words: str) -> str | dict[str, str]:
    """Return one cell by its ss:Type: a number with the digits of the file, a date as ISO, an error by its mark, anything else as text."""
    if kind == "Number" and _NUMBER.fullmatch(words.strip()):
        return {"n": words.strip()}
    if kind == "DateTime" and (match := _DAY.fullmatch(words.strip())):
        return {"d": match[1]} if match[2] == "00:00" and match[1] > "1900" else f"{match[1]} {match[2]}"
    if kind == "Boolean":
        return "TRUE" if words.strip() == "1" else "FALSE"
    if kind == "Error":
        return words.strip() if _FAULT.fullmatch(words.strip()) else ""
    return words


class _Workbook:
    """The expat handlers that collect sheets; lines and columns have an index, or follow the previous one."""

    def __init__(self) -> None:
        self.tables: list[dict[str, Any]] = []
        self.texts: list[tuple[str, str]] = []
        self.path: list[str] = []
        self.line = self.column = self.count = 0
        self.first = self.at = 0  # position of the open cell, both from 0
        self.kind, self.words = "", list[str]()
        self.style = ""  # the one whose element is open
        self.formats: dict[str, Shown | None] = {}
        self.parents: dict[str, str] = {}
        self.marks = _Marks({})

    def refuse(self, *_: Any) -> None:
        """Refuse a document type or an entity declaration, which no real export has."""
        raise Refusal("bomb")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle a start tag."""
        self.path.append(name)
        if len(self.path) > _DEEPEST:
            raise Refusal("nested")
        self.texts += (
            ("页眉页脚" if name.endswith(("Header", "Footer")) else "文件的其他部分", one) for one in attributes.values() if len(one) > 10
        )
        if name == f"{_SS}Worksheet":
            if name in self.path[:-1]:
                raise Refusal("damaged")
            shape: dict[str, Any] = {"name": attributes.get(f"{_SS}Name", ""), "cells": [], "merged": [], "hidden": False}
            self.tables.append(shape | {"hidden_rows": [], "hidden_columns": [], "filtered": False})
            self.line = self.column = 0
            self.marks = _Marks(inherited(self.formats, self.parents))
        elif not self.tables:
            self._style(name, attributes)
        elif name == f"{_SS}Table":
            self.marks.style = attributes.get(f"{_SS}StyleID", "")
        elif name == f"{_SS}Row":
            self._row(attributes)
        elif name == f"{_SS}Column":
            self._column(attributes)
        elif name == f"{_SS}Cell":
            self._cell(attributes)
        elif name == f"{_SS}Data" and self._in("Cell") and not self._in("Comment"):
            self.kind, self.words = attributes.get(f"{_SS}Type", "String"), []
        elif name == f"{_X}AutoFilterColumn":
            self.tables[-1]["filtered"] = True

    def _style(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note a style and its number format; they stand before the sheets."""
        if name == f"{_SS}Style" and len(self.parents) < MOST:
            self.style = attributes.get(f"{_SS}ID", "")
            self.parents[self.style] = attributes.get(f"{_SS}Parent", "")
        elif name == f"{_SS}NumberFormat" and self._in("Style"):
            self.formats[self.style] = shown(attributes.get(f"{_SS}Format", ""))

    def _row(self, attributes: Mapping[str, str]) -> None:
        table, before = self.tables[-1], self.line
        self.line = _number(attributes, "Index", _LINES) or self.line + 1
        if self.line <= before or self.line > _LINES:
            raise Refusal("damaged" if self.line <= before else "too_large")
        last = self.line + _number(attributes, "Span", _LINES)
        if attributes.get(f"{_SS}Hidden") == "1":
            table["hidden_rows"] += range(self.line, last + 1)
        table["cells"] += [[] for _ in range(last - len(table["cells"]))]
        self.column = 0
        self.first, self.line = self.line - 1, last
        self.marks.of_line = attributes.get(f"{_SS}StyleID", "")

    def _column(self, attributes: Mapping[str, str]) -> None:
        self.column = _number(attributes, "Index", _COLUMNS) or self.column + 1
        last = self.column + _number(attributes, "Span", _COLUMNS)
        if attributes.get(f"{_SS}Hidden") == "1" or attributes.get(f"{_SS}Width") == "0":
            self.tables[-1]["hidden_columns"] += range(self.column - 1, last)
        self.marks.column(self.column - 1, min(last, _COLUMNS), attributes.get(f"{_SS}StyleID", ""))
        self.column = last

    def _cell(self, attributes: Mapping[str, str]) -> None:
        at = (_number(attributes, "Index", _COLUMNS) or self.column + 1) - 1
        across, down = _number(attributes, "MergeAcross", _COLUMNS), _number(attributes, "MergeDown", _LINES)
        if not self._in("Row"):
            raise Refusal("damaged")
        row = self.tables[-1]["cells"][self.first]
        self.count += at + 1 - len(row)
        if self.count > CELLS:
            raise Refusal("too_large")
        row.extend([""] * (at + 1 - len(row)))
        if across or down:
            self.tables[-1]["merged"].append([self.first, at, self.first + down, at + across])
        self.at, self.column = at, at + 1 + across
        self.marks.begin(attributes)

    def end(self, name: str) -> None:
        """Handle an end tag."""
        self.path.pop()
        if self.kind and name == f"{_SS}Data" and not self._in("Comment"):
            words = "".join(self.words)
            self.tables[-1]["cells"][self.first][self.at] = found = value(self.kind, words)
            self.marks.kind, self.marks.words = self.kind, words
            if isinstance(found, dict) and "n" in found:
                self.marks.format(self.first, self.at)
            self.kind = ""
        elif name == f"{_SS}Cell" and self.tables:
            self.marks.end(self.first, self.at)
        elif name == f"{_SS}Worksheet":
            self.tables[-1] |= self.marks.told()

    def text(self, words: str) -> None:
        """Collect the text of the open element."""
        if self.path[-1] == f"{_X}Visible" and self.tables:
            self.tables[-1]["hidden"] = words.strip() in ("SheetHidden", "SheetVeryHidden")
        elif self.kind and not self._in("Comment"):
            self.words.append(words)
        elif words.strip():
            where = "批注" if self._in("Comment") else "文件属性" if "DocumentProperties" in self.path[min(1, len(self.path) - 1)] else ""
            self.texts.append((where or "文件的其他部分", words))

    def comment(self, words: str) -> None:
        """Collect an XML comment."""
        self.texts.append(("文件的其他部分", words))

    def _in(self, name: str) -> bool:
        return f"{_SS}{name}" in self.path


class _Marks:
    """What a sheet says of its cells beside their values: number formats that show other figures, and formulas never calculated."""

    def __init__(self, shapes: Mapping[str, Shown]) -> None:
        self.shapes = shapes  # of the styles of the file
        self.style = self.of_line = self.of_cell = ""  # a cell's own style goes before its line's, its column's and its table's
        self.of_columns: dict[int, str] = {}
        self.known = 0  # up to which column a style is known
        self.has_formula, self.kind, self.words = False, "", ""  # of the open cell
        self.found, self.runs = CellMarkup(), dict[int, int]()
        self.formulas: list[tuple[int, int, bool]] = []
        self.calculated = False

    def column(self, first: int, until: int, style: str) -> None:
        """Note the style of columns; they come in their order."""
        self.of_columns.update((at, style) for at in range(max(first, self.known), until) if style)
        self.known = max(self.known, until)

    def begin(self, attributes: Mapping[str, str]) -> None:
        """Begin a cell."""
        self.of_cell, self.has_formula = attributes.get(f"{_SS}StyleID", ""), bool(attributes.get(f"{_SS}Formula"))
        self.kind = self.words = ""

    def format(self, line: int, column: int) -> None:
        """Note the format of a figure."""
        style = self.of_cell or self.of_line or self.of_columns.get(column) or self.style or "Default"
        if shape := self.shapes.get(style):
            self.found.format(self.runs, column, line + 1, shape)

    def end(self, line: int, column: int) -> None:
        """Note a formula without a value, or with nothing but a zero."""
        if self.has_formula:
            empty = not self.words.strip() and self.kind != "String"
            zero = self.kind == "Number" and is_zero(self.words.encode())
            self.calculated = self.calculated or not (empty or zero)
            if (empty or zero) and len(self.formulas) < MOST:
                self.formulas.append((line, column, empty))
        self.has_formula = False

    def told(self) -> dict[str, list[list[Any]]]:
        """Return the formats and formulas in the form of ``Table.to_json``; zeros count only where no formula of the sheet has a value."""
        never = [[line + 1, column] for line, column, empty in self.formulas if empty or not self.calculated]
        return {"formats": [list(one) for one in self.found.formats], "formulas": never}


def _number(attributes: Mapping[str, str], name: str, most: int) -> int:
    digits = attributes.get(f"{_SS}{name}", "0").strip()
    if not digits.isdecimal() or len(digits) > 9:
        raise Refusal("damaged")
    if int(digits) > most:
        raise Refusal("too_large")
    return int(digits)
