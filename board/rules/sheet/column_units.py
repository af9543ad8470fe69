"""The unit of each figure of a sheet: of its cell, its line, its header, a unit line, or the clerk's answer.

An unread unit of money is asked about and never assumed; a unit that nothing in the sheet names is the kind's, with a warning that
the clerk answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from board.rules.bilingual import Words
from board.rules.kind import Column
from board.rules.sheet.figures import MEASURES, UNITS, Figure, Measure, scaled, unit_named
from board.rules.sheet.layout import Layout
from board.rules.sheet.problems import Problem, problem
from board.rules.sheet.questions import Answers, answer, answered, question
from board.rules.sheet.table import Cell, Format, Table, plain, text
from board.rules.sheet.units import is_money
from board.rules.text_width import squeezed

OFFERED: Mapping[Measure, tuple[str, ...]] = {
    "money": ("元", "百元", "千元", "万元", "十万元", "百万元", "千万元", "亿元", "角", "分"),
    "area": ("亩", "公顷", "平方米", "万亩"),
    "rate": ("元/亩", "万元/亩", "元/公顷", "元/户", "元/人"),
    "count": ("户", "人", "人次", "万人"),
}
_UNIT_LINE = Words("单位行", "the unit line")
_NOTHING = Words("", "")


def _key(field: str, index: int) -> str:
    """Return the key of the question about the unit of a column: the answer for one column is none for another of the same field."""
    return f"unit:{field}:{index}"


class ColumnUnits:
    """The units of one table's columns. ``of`` has the unit of each field, ``named`` of those that the sheet itself names one."""

    def __init__(self, table: Table, columns: Sequence[tuple[Column, int]], found: Layout, answers: Answers) -> None:
        self.table, self.found, self.answers = table, found, answers
        self.named: dict[str, str] = {}
        self.noted: list[Problem] = []
        self.doubts: dict[str, tuple[Column, int, Words, list[int]]] = {}  # field -> column, index, why, lines
        self.assumed: dict[str, tuple[Column, int]] = {}
        self.bare: set[str] = set()  # the fields with a figure that has no unit in its cell
        self.united: set[str] = set()  # those with one that has
        self.answered = {column.id: given for column, index in columns if (given := self._answer(column, index))}
        self.formats: dict[int, list[Format]] = {}
        for one in table.formats:
            self.formats.setdefault(one.column, []).append(one)
        self.of = {column.id: self._of(column, index) for column, index in columns if column.type in MEASURES}
        self.by_line = found.unit_column
        self.lined = {column.id for column, _ in columns if column.type in ("money", "balance") and column.id not in self.named}

    def _answer(self, column: Column, index: int) -> str:
        measure = MEASURES.get(column.type)
        return answer(self.answers, _key(column.id, index), OFFERED[measure]) if measure else ""

    def _of(self, column: Column, index: int) -> str:
        """Return the unit of a column: its clerk's, its header's, the sheet's, else the kind's own with a warning."""
        if given := self.answered.get(column.id):
            return given
        one, measure = self.found.heads.get(index), MEASURES[column.type]
        stated, own = self.found.units.get(measure, []), scaled(one.unit, column.unit) if one else ""
        if own and UNITS[own].measure == measure:
            self.named[column.id] = own
            if stated and own not in stated and measure != "count":
                self._conflict(column, index, own, stated[0])
            return own
        if one and one.unit == "元" and measure == "rate":
            return column.unit
        if measure == "money" and (why := self._unread(one.unread if one else "", stated)):
            self._doubt(column, index, why)
            return column.unit
        if stated:
            self.named[column.id] = stated[0]
            if len(stated) > 1 and measure not in ("count", "rate"):
                self._conflict(column, index, stated[0], stated[1])
            return stated[0]
        if measure != "count" and not (measure == "rate" and "元" in self.found.units.get("money", [])):
            self.assumed[column.id] = column, index
        return column.unit

    def _unread(self, headed: str, stated: Sequence[str]) -> Words | None:
        """Return why the unit of a column of money is not sure: a word that cannot be read, or several units and nothing to tell by."""
        word = headed or next(iter(self.found.unread.values()), "")
        if word and unit_named(word):  # it stands there, and nothing says that it is the unit
            return Words(f"表上写着“{word}”，没有说清是不是它的单位", f"the sheet says “{word}”, and not whether that is its unit")
        if headed:
            return Words(f"表头写的“{headed}”认不出", f"“{headed}” in its header is not known")
        if self.found.unread:
            return Words(f"单位行写的“{word}”认不出", f"“{word}” in the unit line is not known")
        if len(stated) > 1:
            names = "、".join(stated)
            return Words(f"单位行写了“{names}”几个单位", f"the unit line names several: {names}")
        return None

    def _doubt(self, column: Column, index: int, why: Words, line: int = 0) -> None:
        lines = self.doubts.setdefault(column.id, (column, index, why, []))[3]
        lines += [line] if line else []

    def _conflict(self, column: Column, index: int, unit: str, other: str) -> None:
        details: dict[str, Any] = {"unit": unit, "other": other, "where": _UNIT_LINE, "field": column.id, "index": index}
        self.noted.append(problem("unit_conflict", self.found.last, self._header(column, index), **details))

    def _header(self, column: Column, index: int) -> str:
        return self.found.shown(index) or column.label.zh

    def unit(self, column: Column, index: int, line: int, cell: Cell, read: Figure) -> tuple[Decimal, str]:
        """Return the figure of a cell as it counts and the unit named for it: in the cell, by its number format or on its line.

        The unit is "" where it is that of the column. What is in doubt is noted, and asked about by ``problems``.
        """
        value, unit = read.value, scaled(read.unit, self.of[column.id])
        if read.unit and not unit:
            return value, read.unit  # it is none of the column's measure
        if unit or column.id in self.answered:
            return value, unit
        if isinstance(cell, Decimal) and (shape := self._shape(line, index)):
            return self._shown(column, index, line, value, shape)
        if self.by_line is not None and column.id in self.lined:
            return value, self._lines_unit(column, index, line)
        return value, ""

    def _shape(self, line: int, index: int) -> Format | None:
        return next((one for one in self.formats.get(index, ()) if one.first <= line <= one.last), None)

    def _shown(self, column: Column, index: int, line: int, value: Decimal, shape: Format) -> tuple[Decimal, str]:
        """Return a figure that its format shows as another one: read as shown where that is what the cell holds, else asked about."""
        own = self.of[column.id]
        unit = scaled(unit_named(shape.behind) or "", own)
        factor = UNITS[unit or own].factor.scaleb(shape.power) if (unit or own) in UNITS else Decimal(0)
        measure = MEASURES[column.type]
        if unit and UNITS[unit].measure == measure and (factor == 1 or not shape.power):
            return value.scaleb(shape.power), unit
        if factor == 1 and not is_money(shape.behind):
            return value, column.unit
        if shape.power or (is_money(shape.behind) and measure == "money"):
            seen = plain(value.scaleb(shape.power)) + shape.behind
            zh = f"第 {line} 行的格子里存的是 {plain(value)}，表格软件按格式显示成 {seen}"
            self._doubt(column, index, Words(zh, f"row {line} holds {plain(value)}, which its number format shows as {seen}"), line)
        return value, ""

    def _lines_unit(self, column: Column, index: int, line: int) -> str:
        """Return the unit of money in the unit column of a line, "" where there is none to be read; that is a question."""
        assert self.by_line is not None
        word = squeezed(text(self.table.at(line - 1, self.by_line)))
        unit = scaled(unit_named(word) or "", column.unit)
        if unit and UNITS[unit].measure == "money":
            return unit
        zh = f"单位这一列第 {line} 行写的是“{word}”" if word else f"单位这一列第 {line} 行空着"
        en = f"the column of units says “{word}” on row {line}" if word else f"the column of units is blank on row {line}"
        self._doubt(column, index, Words(zh, en), line)
        return ""

    def total(self, column: Column, index: int, line: int, cell: Cell, read: Figure) -> Decimal | None:
        """Return a figure of a total line in yuan or mu, None where its unit is not known for sure."""
        before = {id: len(one[3]) for id, one in self.doubts.items()}
        value, unit = self.unit(column, index, line, cell, read)
        if {id: len(one[3]) for id, one in self.doubts.items()} != before:
            self._forget(column.id, before.get(column.id, 0))
            return None
        if unit and UNITS[unit].measure != MEASURES[column.type]:
            return None
        return Figure(value, unit).measured(self.of[column.id], column.unit)

    def _forget(self, id: str, lines: int) -> None:
        """Take back the doubt of a total line: it is no row."""
        if lines == 0 and len(self.doubts[id][3]) == 1:
            del self.doubts[id]
        else:
            del self.doubts[id][3][lines:]

    def problems(self) -> Iterator[Problem]:
        """Yield the questions about units, what was answered, and the warnings about columns without any."""
        yield from self.noted
        for column, index, why, lines in self.doubts.values():
            yield self._asked(column, index, "unit_unread", why, tuple(lines))
        for id, (column, index) in self.assumed.items():
            if id not in self.doubts and (id in self.bare or id not in self.united) and not (self.by_line is not None and id in self.lined):
                header = self.found.heads[index].shown if index in self.found.heads else column.label.zh
                about: dict[str, Any] = {"field": id, "index": index, "unit": column.unit}
                if MEASURES[column.type] == "money":
                    yield question("units_assumed", _key(id, index), self.found.last, header, choices=OFFERED["money"], **about)
                else:
                    yield problem("units_assumed", self.found.last, header, **about)
        for id, given in self.answered.items():
            index = self.found.columns.get(id, -1)
            header = self.found.heads[index].shown if index in self.found.heads else ""
            asked = question("unit_unread", _key(id, index), self.found.last, header, choices=(given,), why=_NOTHING, field=id, index=index)
            zh, en = f"“{header}”的单位", f"The unit of “{header}”"
            yield answered(asked, given, Words(zh, en))

    def _asked(self, column: Column, index: int, code: str, why: Words, lines: tuple[int, ...]) -> Problem:
        offered, header = OFFERED[MEASURES[column.type]], self._header(column, index)
        about: dict[str, Any] = {"field": column.id, "index": index, "lines": lines, "why": why, "choices": offered}
        return question(code, _key(column.id, index), lines[0] if lines else self.found.last, header, **about)
