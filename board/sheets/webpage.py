"""The tables of a web page: many systems export HTML under the name .xls. All cells stay text, so that long digits keep their precision."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from board.sheets.delimited import without_noise
from board.sheets.limits import CELLS, LINES
from board.sheets.refusal import Refusal

_MOST_ACROSS, _MOST_DOWN, _MOST_COLUMNS, _DEEPEST = 1_000, 65_534, 16_384, 30  # the first two are the limits of browsers
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_UNSEEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.I)
_NAME = re.compile(r"<x:Name>([^<]{1,80})</x:Name>")
_SILENT = ("style", "script", "xml")


@dataclass
class _Grid:
    """One table being parsed; ``reach`` gives for each column the last line that a rowspan from above covers."""

    cells: list[list[str]] = field(default_factory=list)
    merged: list[list[int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    columns: int = 0
    reach: dict[int, int] = field(default_factory=dict)
    words: list[str] | None = None  # of the open cell


def tables(text: str) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return the tables of a page in the form of ``Table.to_json``, and its other texts as (where, text). Raises Refusal."""
    page = _Page()
    page.feed(text)
    page.close()
    while page.open:
        page.handle_endtag("table")
    page.done = [grid for grid in page.done if max(map(len, grid.cells)) > 1]  # one column: page layout, not a table
    if not page.done:
        raise Refusal("web_page")
    names = _NAME.findall(" ".join(comment for _, comment in page.texts))
    return [
        {
            "name": names[index] if len(names) == len(page.done) else f"表格{index + 1}" if len(page.done) > 1 else "",
            "cells": grid.cells,
            "merged": grid.merged,
            "hidden": False,
            "hidden_rows": sorted(grid.hidden_rows),
            "hidden_columns": sorted(grid.hidden_columns),
        }
        for index, grid in enumerate(page.done)
    ], page.texts


class _Page(HTMLParser):
    """The HTML parser. Nested tables are returned as separate ones: exports nest them for layout, and only the inner ones hold rows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Grid] = []
        self.done: list[_Grid] = []
        self.texts: list[tuple[str, str]] = []
        self.silent, self.count = 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.texts += (("网页里看不见的部分", value) for value in said.values() if len(value) > 10)
        if tag == "table":
            if len(self.open) >= _DEEPEST:
                raise Refusal("nested")
            self.open.append(_Grid())
        elif tag in _SILENT:
            self.silent += 1
        elif self.open:
            self._inside(tag, said)

    def _inside(self, tag: str, said: dict[str, str]) -> None:
        grid, unseen = self.open[-1], bool(_UNSEEN.search(said.get("style", "")))
        if tag == "tr":
            self._shut(grid)
            grid.cells.append([])
            if len(grid.cells) > LINES:
                raise Refusal("too_large")
            if unseen:
                grid.hidden_rows.add(len(grid.cells))
        elif tag in ("td", "th"):
            self._shut(grid)
            self._cell(grid, _within(said.get("colspan"), _MOST_ACROSS), _within(said.get("rowspan"), _MOST_DOWN))
        elif tag == "col":
            times = _within(said.get("span"), _MOST_ACROSS)
            if unseen:
                grid.hidden_columns.update(range(grid.columns, grid.columns + times))
            grid.columns += times
        elif tag in ("br", "p", "div") and grid.words:
            grid.words.append("\n")

    def _cell(self, grid: _Grid, across: int, down: int) -> None:
        if not grid.cells:
            grid.cells.append([])
        line, row = len(grid.cells) - 1, grid.cells[-1]
        while grid.reach.get(len(row), -1) >= line:
            row.append("")
        left = len(row)
        row.extend([""] * across)
        self.count += across
        if len(row) > _MOST_COLUMNS or self.count > CELLS:
            raise Refusal("too_large")
        if down > 1:
            grid.reach.update(dict.fromkeys(range(left, left + across), line + down - 1))
        if across * down > 1:
            grid.merged.append([line, left, line + down - 1, left + across - 1])
        grid.words = []

    def _shut(self, grid: _Grid) -> None:
        """Store the open cell's text; its tag may never be closed."""
        if grid.words is None:
            return
        text = "\n".join(_SPACES.sub(" ", line).strip() for line in "".join(grid.words).split("\n")).strip()
        row, across = grid.cells[-1], 1
        if grid.merged and grid.merged[-1][0] == len(grid.cells) - 1 and grid.merged[-1][3] == len(row) - 1:
            across = grid.merged[-1][3] - grid.merged[-1][1] + 1
        row[-across] = without_noise(text)
        grid.words = None

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif self.open and tag in ("td", "th", "tr"):
            self._shut(self.open[-1])
        elif self.open and tag == "table":
            grid = self.open.pop()
            self._shut(grid)
            if grid.cells and any(map(any, grid.cells)):
                bottom = len(grid.cells) - 1
                grid.merged = [[top, left, min(low, bottom), right] for top, left, low, right in grid.merged]
                self.done.append(grid)

    def handle_data(self, data: str) -> None:
        words = self.open[-1].words if self.open and not self.silent else None
        if words is None:
            self.texts.append(("网页里看不见的部分" if self.silent else "表格外的文字", data))
        else:
            words.append(data.replace("\n", " "))

    def handle_comment(self, data: str) -> None:
        self.texts.append(("网页里看不见的部分", data))

    def unknown_decl(self, data: str) -> None:
        self.texts.append(("网页里看不见的部分", data))


def _within(digits: str | None, most: int) -> int:
    """Return a span as browsers read it: between one and the maximum."""
    digits = (digits or "").strip()
    return max(1, min(int(digits), most)) if digits.isdecimal() and len(digits) < 9 else 1
