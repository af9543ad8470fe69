"""Tables of one upload (a sheet for each village, a file for each month) joined into one, each line with its origin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from board.rules.bilingual import Words
from board.rules.kind import Kind, Level
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.figures import MEASURES, UNITS, scaled
from board.rules.sheet.layout import Layout, layout
from board.rules.sheet.problems import ERRORS, WARNINGS, Problem
from board.rules.sheet.table import Cell, Format, Origin, Range, Table, text
from board.rules.text_width import squeezed

Key = tuple[str, str, int]  # a header without its unit, the unit, and which of several such columns it is

_PLACE = re.compile(
    r"[\d.、\-_ ]*([\u4e00-\u9fff]{1,20}?(?:村|社区|镇|乡|街道|[村居]民?委(?:员?会)?))(?:\(.*\)|花名册|名单|明细|汇总|表|册)*(?:\.\w+)?"
)
_OF_A_LINE = re.compile(r"第\d+行")  # the findings of ``clean`` outside the columns


def join(tables: Sequence[Cleaned], kind: Kind) -> Cleaned:
    """Return one table with the others below the first, their columns matched by header.

    A column that the first lacks, or has in another unit, is added on its right. Titles of later tables are put beside the columns, where
    they are not taken for rows; their headers are left out. Where no table has a column of places and each is named after one (a sheet
    for each village), its name becomes the place of its rows. ``Table.origins`` says where each line came from.
    """
    return tables[0] if len(tables) == 1 else _Joining(tables, kind).result()


def apart(one: Cleaned, other: Cleaned, kind: Kind) -> Words | None:
    """Return why a table cannot be joined to another one as its continuation, or None where their headers are alike."""
    return _apart(_layout(one, kind), _layout(other, kind), kind)


def _apart(above: Layout, below: Layout, kind: Kind) -> Words | None:
    if not above.first or not below.first:
        return Words("认不出它的列名", "its column names are not recognised")
    if above.beside or below.beside:
        return Words("一页左右并排放着几栏", "several tables stand side by side on the page")
    for column in kind.columns:
        here, there = column.id in above.columns, column.id in below.columns
        if here and there:
            wanted, unit = _unit(above, kind, above.columns[column.id]), _unit(below, kind, below.columns[column.id])
            if wanted != unit:
                zh = f"“{column.label.zh}”的单位是“{unit}”，不是“{wanted}”"
                return Words(zh, f"“{column.label.en}” is in “{unit}” and not in “{wanted}”")
        elif here != there and (column.required or column.type == "place"):
            if here:
                return Words(f"没有“{column.label.zh}”这一列", f"it has no column “{column.label.en}”")
            return Words(f"多了“{column.label.zh}”这一列", f"it has a column “{column.label.en}” more")
    known = any(column.required and column.id in above.columns for column in kind.columns)
    same = known or set(_keys(above, kind).values()) == set(_keys(below, kind).values())
    return None if same else Words("列名不一样", "its columns have other names")


@dataclass(frozen=True)
class Offer:
    """A table as a clerk is offered it: the labels of what it lacks of its kind, and why it cannot be joined with the likeliest."""

    lacking: tuple[Words, ...]
    apart: Words | None


def offers(tables: Sequence[Cleaned], kind: Kind, level: Level, headers: Mapping[str, str]) -> tuple[int, list[Offer]]:
    """Return the index of the table that fits a kind best, for a publisher of ``level``, and an offer of each.

    ``headers`` is {header: field} as remembered. A column of places is not asked for: the clerk may say the place of a whole table.
    """
    needed = [column for column in kind.required_columns(level) if column.type != "place"]
    columns = [layout(one.table, kind, one.private, {}, headers).columns for one in tables]
    lacking = [tuple(column.label for column in needed if column.id not in found) for found in columns]
    best = max(range(len(tables)), key=lambda at: (-len(lacking[at]), len(columns[at]), -at))
    layouts = [_layout(one, kind) for one in tables]
    return best, [Offer(lacks, _apart(layouts[best], found, kind)) for lacks, found in zip(lacking, layouts, strict=True)]


def located(problems: Iterable[Problem], table: Table) -> list[Problem]:
    """Return the problems of a joined table in the words of the tables that it was made of: “高洞村”第 5 行 for what is line 60 of the
    whole.

    ``Problem.line`` stays that of the joined table, by which cells are found and edits are kept. Others' problems come back as they are.
    """
    return [_located(one, table) if table.origins and one.line else one for one in problems]


def line_words(table: Table, line: int) -> Words:
    """Return the name of a line: 第 5 行, or of a joined table “高洞村”第 5 行."""
    label, own = table.origin(line)
    return Words(f"“{label}”第 {own} 行", f"row {own} of “{label}”") if label else Words(f"第 {line} 行", f"row {line}")


def placed(table: Table) -> Iterator[Problem]:
    """Yield the note that rows of a joined table belong to the places that its tables are named after."""
    names = list(dict.fromkeys(one.place for one in table.origins if one.place))
    if names:
        zh = f"表里没有写每一行是哪里的，已按各张表的名字算：{'、'.join(names)}。请核对。"
        en = f"No column says where a row belongs; the name of each table is taken: {', '.join(names)}. Please check."
        yield Problem(0, "", "place_from_sheet", Words(zh, en))


def place_named(table: Table) -> str:
    """Return the place that a table is named after, by its sheet or else its file in a zip; "" when it is none."""
    found = (_PLACE.fullmatch(squeezed(name)) for name in (table.name, table.file))
    return next((match[1] for match in found if match), "")


def _located(one: Problem, table: Table) -> Problem:
    """Return the problem with the lines in its message named by table; a message quotes cells after its own lines."""
    sentence = (ERRORS.get(one.code) or WARNINGS.get(one.code) or one.message).zh
    count = 1 + ("第 {other} 行" in sentence)
    zh = re.sub(r"第 (\d+) 行", lambda found: line_words(table, int(found[1])).zh, one.message.zh, count=count)
    en = re.sub(r"([Rr])ows? (\d+)(?: and (\d+))?", lambda found: _english(table, found), one.message.en, count=1)
    return replace(one, message=Words(zh, en))


def _english(table: Table, found: re.Match[str]) -> str:
    lines = " and ".join(line_words(table, int(line)).en for line in (found[2], found[3]) if line)
    return found[1] + lines[1:]


class _Columns:
    """The columns of the joined table: those of the first, and on their right what later ones have beside them."""

    def __init__(self, kind: Kind, table: Table, found: Layout) -> None:
        self.kind, self.heads, self.width = kind, set(found.heads), table.width
        self.at: dict[Key, int] = {key: index for index, key in _keys(found, kind).items()}
        self.fields = {(id, _unit(found, kind, index)): index for id, index in found.columns.items()}
        self.more: dict[int, str] = {}  # the headers of the columns on the right

    def onto(self, table: Table, found: Layout) -> dict[int, int]:
        """Return which column of the joined table each column of a further one is: by header, else by what it is read as."""
        keys = _keys(found, self.kind)
        taken = {index: self.at[key] for index, key in keys.items() if key in self.at}
        for id, index in found.columns.items():
            same = self.fields.get((id, _unit(found, self.kind, index)))
            if index not in taken and same is not None and same not in taken.values():
                taken[index] = same
        for index in range(table.width):
            if index not in taken:
                bare = index not in found.heads and index not in self.heads
                taken[index] = index if bare and index not in (*taken.values(), *self.more) else self.add(found, index, keys)
        return taken

    def add(self, found: Layout, index: int, keys: Mapping[int, Key]) -> int:
        """Give a column that no table above has a place on the right, under its own header with its unit."""
        new, self.width = self.width, self.width + 1
        self.more[new] = ""
        if index in found.heads:
            shown, unit = found.heads[index].shown, keys[index][1]
            self.more[new] = shown if found.heads[index].unit or not unit else f"{shown}({unit})"
            self.at[keys[index]] = new
            self.fields |= {(id, unit): new for id, own in found.columns.items() if own == index}
        return new


class _Joining:
    """One joining: where the columns go first, then the lines, then all that is known by line and column."""

    def __init__(self, tables: Sequence[Cleaned], kind: Kind) -> None:
        self.tables, self.kind = tables, kind
        self.found = [_layout(one, kind) for one in tables]
        self.columns = _Columns(kind, tables[0].table, self.found[0])
        own = {index: index for index in range(self.columns.width)}
        self.onto = [own, *(self.columns.onto(one.table, found) for one, found in zip(tables[1:], self.found[1:], strict=True))]
        self.place = self.columns.width
        self.places = self._places()
        self.beside = self.columns.width + 1  # behind every column: cells there belong to no row
        self.cells: list[Sequence[Cell]] = []
        self.merged: list[Range] = []
        self.shifts = [0] * len(tables)

    def _places(self) -> list[str]:
        """Return the place of each table where only its name gives it, or nothing."""
        place = next((column for column in self.kind.columns if column.type == "place"), None)
        if place is None or any(place.id in found.columns for found in self.found):
            return []
        names = [place_named(one.table) for one in self.tables]
        if all(names):
            self.columns.more[self.place] = place.label.zh
            return names
        return []

    def result(self) -> Cleaned:
        for number, one in enumerate(self.tables):
            self._put(number, one.table)
        self._head()
        first = self.tables[0].table
        table = Table(
            name=first.name,
            cells=self.cells,
            merged=self.merged,
            hidden_rows=frozenset(line + self.shifts[number] for number, one in self._each() for line in one.table.hidden_rows),
            hidden_columns=frozenset(self.onto[number].get(at, at) for number, one in self._each() for at in one.table.hidden_columns),
            filtered=any(one.table.filtered for one in self.tables),
            file=first.file if len({one.table.file for one in self.tables}) == 1 else "",
            since_1904=first.since_1904,
            origins=self._origins(),
            formats=tuple(self._format(number, own) for number, one in self._each() for own in one.table.formats),
            formulas=[at for number, one in self._each() for own in one.table.formulas for at in self._moved(number, own)],
        )
        return Cleaned(
            table,
            people={line + self.shifts[number]: person for number, one in self._each() for line, person in one.people.items()},
            findings=_added_up(self.tables),
            private={self.onto[number].get(at, at): what for number, one in self._each() for at, what in one.private.items()},
            masked={at: what for number, one in self._each() for own, what in one.masked.items() for at in self._moved(number, own)},
            lost=[at for number, one in self._each() for own in one.lost for at in self._moved(number, own)],
            ill=tuple(dict.fromkeys(header for one in self.tables for header in one.ill)),
        )

    def _format(self, number: int, own: Format) -> Format:
        shift, onto = self.shifts[number], self.onto[number]
        return own._replace(column=onto.get(own.column, own.column), first=own.first + shift, last=own.last + shift)

    def _each(self) -> Iterator[tuple[int, Cleaned]]:
        return enumerate(self.tables)

    def _moved(self, number: int, at: tuple[int, int]) -> list[tuple[int, int]]:
        """Return the new position of a cell below the header of a table; of one above it only the words are kept."""
        line, column = at
        kept = number == 0 or line > self.found[number].last
        return [(line + self.shifts[number], self.onto[number].get(column, column))] if kept else []

    def _origins(self) -> tuple[Origin, ...]:
        places = self.places or [""] * len(self.tables)
        begins = [1, *(_lead(one.table) + shift + 1 for one, shift in zip(self.tables[1:], self.shifts[1:], strict=True))]
        labels = [one.table.label for one in self.tables]
        return tuple(Origin(*origin) for origin in zip(begins, labels, self.shifts, places, strict=True))

    def _put(self, number: int, table: Table) -> None:
        """Put the lines of a table below those that are there, each at its column; the empty ones before its first are left out."""
        found, onto, lead = self.found[number], self.onto[number], 0 if number == 0 else _lead(table)
        shift = self.shifts[number] = len(self.cells) - lead
        stays, left_out = all(at == own for own, at in onto.items()), self._left_out(number, table)
        for line, row in enumerate(table.cells[lead:], lead + 1):
            if line in left_out:
                self.cells.append(())
            elif number and line < found.first:
                self.cells.append(self._title(row))
            else:
                self.cells.append(row if stays else _carried(row, onto))
        self._merge(number, table)
        if self.places and (first := self._first(number, table, left_out)):
            at = first + shift - 1  # as a cell merged over all rows, so that the lines around the table get no cell of it
            self.cells[at] = _with(self.cells[at], self.place, self.places[number])
            self.merged.append((at, self.place, len(self.cells) - 1, self.place))

    def _first(self, number: int, table: Table, left_out: set[int]) -> int:
        """Return the first line below the header that is no note, or 0."""
        found = self.found[number]
        passed = left_out | found.unit_lines | found.number_lines
        wide = (line for line, row in table.lines() if line > found.last and sum(cell != "" for cell in row) > 1)
        return next((line for line in wide if line not in passed), 0)

    def _left_out(self, number: int, table: Table) -> set[int]:
        """Return the lines that say nothing in the joined table: later headers with the lines of units and numbers that belong to them.

        Programs print the header anew on each page, and the first table's may have got more columns.
        """
        found = self.found[number]
        heads = [_bare(row) for row in table.cells[max(found.first - 1, 0) : found.last]]
        begins = {head[0] for head in heads if head}
        again = (line for line, row in enumerate(table.cells, 1) if line > found.last and row and row[0] in begins and _bare(row) in heads)
        around = range(found.first, found.last + 1) if number else ()
        below = (line for line in found.unit_lines | found.number_lines if line > found.last and number)
        return {*again, *around, *below}

    def _title(self, row: Sequence[Cell]) -> Sequence[Cell]:
        """Return a line above the header of a later table, as words beside the columns."""
        words = " ".join(text(cell).strip() for cell in row if cell != "")
        return _with((), self.beside, words) if words else ()

    def _merge(self, number: int, table: Table) -> None:
        """Carry the merged cells over; of a later table those below its header whose columns still stand side by side."""
        onto, shift, last = self.onto[number], self.shifts[number], self.found[number].last
        for top, left, bottom, right in table.merged:
            columns = [onto.get(column, column) for column in (left, right)]
            if number == 0 or (top >= last and columns[1] - columns[0] == right - left):
                self.merged.append((top + shift, columns[0], bottom + shift, columns[1]))

    def _head(self) -> None:
        """Write the header of the columns on the right, and into that of a figure its unit, where a line below the table may say it."""
        found = self.found[0]
        for index, words in self.columns.more.items() if found.first else ():
            self.cells[found.first - 1] = _with(self.cells[found.first - 1], index, words)
        if not any(line > found.last for line in found.unit_lines):
            return
        for id, index in found.columns.items():
            column = self.kind.column(id)
            stated = found.units.get(MEASURES[column.type], []) if column and column.type in MEASURES else []
            if len(stated) == 1 and index in found.heads and not found.heads[index].unit:
                cells = ((line, self.tables[0].table.at(line - 1, index)) for line in range(found.last, found.first - 1, -1))
                line, word = next(((line, cell) for line, cell in cells if cell != ""), (found.last, ""))
                self.cells[line - 1] = _with(self.cells[line - 1], index, f"{text(word)}({stated[0]})")


def _layout(one: Cleaned, kind: Kind) -> Layout:
    return layout(one.table, kind, one.private, {}, {})


def _keys(found: Layout, kind: Kind) -> dict[int, Key]:
    """Return the key of each column with a header, by which it is matched in all joined tables."""
    often: Counter[tuple[str, str]] = Counter()
    keys = {}
    for index, one in sorted(found.heads.items()):
        named = (one.forms[0] if one.forms else one.shown, _unit(found, kind, index))
        keys[index] = (*named, often[named])
        often[named] += 1
    return keys


def _unit(found: Layout, kind: Kind, index: int) -> str:
    """Return the unit in which a column is read (``reading.Reader``): its header's, else the sheet's, else the kind's."""
    unit = found.heads[index].unit if index in found.heads else ""
    column = next((kind.column(id) for id, at in found.columns.items() if at == index), None)
    measure = MEASURES.get(column.type) if column else None
    if column is None or measure is None:
        return unit
    unit = scaled(unit, column.unit)
    if unit and UNITS[unit].measure == measure:
        return unit
    return column.unit if unit else next(iter(found.units.get(measure, ())), column.unit)


def _added_up(tables: Sequence[Cleaned]) -> list[Mapping[str, object]]:
    """Return the findings of all tables: by header together, those of single lines by table, those ``around`` the tables of a file once."""
    counts: Counter[tuple[tuple[str, str], ...]] = Counter()
    for one in tables:
        for finding in one.findings:
            where = f"{one.table.label} {finding['where']}" if _OF_A_LINE.fullmatch(finding["where"]) else finding["where"]
            key = tuple((name, value) for name, value in {**finding, "where": where}.items() if name != "count")
            counts[key] = finding["count"] if "around" in finding else counts[key] + finding["count"]
    return [{**dict(key), "count": count} for key, count in counts.items()]


def _lead(table: Table) -> int:
    """Return the number of empty lines before the first filled one."""
    return next((line - 1 for line, _ in table.lines()), 0)


def _bare(row: Sequence[Cell]) -> list[Cell]:
    """Return a line without the empty cells at its end."""
    width = next((at for at in range(len(row), 0, -1) if row[at - 1] != ""), 0)
    return list(row[:width])


def _carried(row: Sequence[Cell], onto: Mapping[int, int]) -> Sequence[Cell]:
    """Return the cells of a line, each at its new column."""
    cells: list[Cell] = [""] * (max(onto.values(), default=-1) + 1)
    for at, cell in enumerate(row):
        cells[onto[at]] = cell
    return cells


def _with(row: Sequence[Cell], column: int, cell: Cell) -> list[Cell]:
    """Return a line with a cell in a column, however short it was."""
    cells = [*row, *([""] * (column + 1 - len(row)))]
    cells[column] = cell
    return cells
