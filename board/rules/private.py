"""Taking personal values out of a table as it is uploaded: what is staged afterwards holds keys instead of numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from board.rules.idcard import canonical_id, is_card, is_id, is_minor, is_mobile
from board.rules.letters import narrow, squeezed
from board.rules.personal import BLOT as BLOT
from board.rules.personal import Finding as Finding  # the rest of the program takes these from here
from board.rules.personal import find as find
from board.rules.personal import mask as mask
from board.rules.personal import number_in
from board.rules.table import Cell, Range, Table, plain, span, text

Key = Callable[[str, str], str]  # ("person" | "account", canonical number) -> what it is matched by

# What a header says about its column. Checked in this order; the words are those of domain 2.2 and of the prosecutors' cases in 2.3.
HEADERS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("id_number", re.compile(r"身份证|证件号|证件代码|身份号|公民身份|残疾证号|社保卡号|户口本|户口簿号")),
    ("bank_card", re.compile(r"卡号|[账帐]号|存折|一卡通|[账帐]户(?!余额|结余|收入|支出|资金|金额)|银行卡")),
    ("phone", re.compile(r"电话|手机|联系方式|联系号码|微信")),
    ("birth", re.compile(r"出生|生日")),
    ("health", re.compile(r"残疾(?!人)|残疾人(类别|等级)|病(?!虫|害|险)|孕|诊断|婚姻")),
)
NUMBERS = ("id_number", "bank_card", "phone")
_OF_ANOTHER = re.compile(r"监护|代领|代办|配偶|父|母|经办|法人|担保")
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d{2}")
_LABELLED = re.compile(r"[\u4e00-\u9fff()]{2,12}:")
_OFFICE = re.compile(r"(0\d{2,3}-?)?\d{7,8}|1\d{4}")  # a landline, or a hotline such as 12345
_KEPT = re.compile(r"(合|小|总|共)计|\d+(户|人|人次)")


@dataclass(frozen=True)
class Person:
    """What is kept of the personal cells of one line: keys for matching, and whether the owner is a minor (None: unknown)."""

    person_key: str = ""
    account_key: str = ""
    minor: bool | None = None


@dataclass(frozen=True)
class Cleaned:
    """A table without any personal number, and what was learnt from those that were in it. Lines count from 1, columns from 0.

    ``people`` by line; ``findings`` as ``{"where", "what", "count"}`` with what = id_number, bank_card or phone, one class a cell;
    ``private`` the wholly blanked columns and why; ``masked`` the cells in which ● stands for digits; ``lost`` the cells whose
    ID or account the spreadsheet program had already rounded to 15 digits.
    """

    table: Table
    people: Mapping[int, Person] = field(default_factory=dict)
    findings: Sequence[Mapping[str, Any]] = ()
    private: Mapping[int, str] = field(default_factory=dict)
    masked: Mapping[tuple[int, int], str] = field(default_factory=dict)
    lost: Sequence[tuple[int, int]] = ()

    def to_json(self) -> dict[str, Any]:
        """What is staged, as JSON holds it."""
        return {
            "table": self.table.to_json(),
            "people": [[line, one.person_key, one.account_key, one.minor] for line, one in self.people.items()],
            "findings": [dict(finding) for finding in self.findings],
            "private": [[column, what] for column, what in self.private.items()],
            "masked": [[line, column, what] for (line, column), what in self.masked.items()],
            "lost": [list(at) for at in self.lost],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Cleaned:
        """What ``to_json`` wrote."""
        return cls(
            table=Table.from_json(data["table"]),
            people={line: Person(person, account, minor) for line, person, account, minor in data["people"]},
            findings=[dict(finding) for finding in data["findings"]],
            private=dict(data["private"]),
            masked={(line, column): what for line, column, what in data["masked"]},
            lost=[(line, column) for line, column in data["lost"]],
        )


def clean(table: Table, key: Key, today: date) -> Cleaned:
    """Take all personal numbers out of a table inside the request that uploads it.

    ``key`` turns a canonical number into what it is matched by (an HMAC); ``today`` decides who is a minor. Whole columns are
    blanked when their header or most of their cells say so; a number inside any other cell gets ● for its digits.
    """
    return _Cleaning(table, key, today).result()


def header_lines(cells: Sequence[Sequence[Cell]], merged: Sequence[Range] = ()) -> tuple[int, int]:
    """First and last index of the lines that are most likely the header: the widest line of short words near the top, and a second
    one below it where cells of the first are merged across. ``(-1, -1)`` when there is none."""
    near = list(islice((index for index, row in enumerate(cells) if any(cell != "" for cell in row)), 15))
    first = max(near, key=lambda index: _wordy(cells[index]), default=-1)
    if first < 0 or _wordy(cells[first]) < 2:
        return -1, -1
    return first, first + 1 if is_second(cells, merged, first) else first


def is_second(cells: Sequence[Sequence[Cell]], merged: Sequence[Range], first: int) -> bool:
    """Whether the line below ``first`` is a second header line: words only, below a merged parent or filling gaps of the first."""
    if first + 1 >= len(cells):
        return False
    above, below = cells[first], cells[first + 1]
    filled = [column for column, cell in enumerate(below) if cell != ""]
    if not filled or any(is_figure(below[column]) or ":" in narrow(text(below[column])) for column in filled):
        return False
    wide = [(left, right) for top, left, bottom, right in merged if top == bottom == first and right > left]
    if wide:
        return any(left <= column <= right for left, right in wide for column in filled) and sum(cell != "" for cell in above) > 1
    gaps = [column for column in filled if column >= len(above) or above[column] == ""]
    return filled[0] > 0 and len(gaps) * 2 >= len(filled) and _wordy(above) > 1


def is_figure(cell: Cell) -> bool:
    """Whether a cell is a number or a date, or text that is nothing else."""
    if not isinstance(cell, str):
        return True
    digits = re.sub(r"[\s.,\-/¥]", "", narrow(cell))
    return digits.isdigit()


def _wordy(row: Sequence[Cell]) -> int:
    return sum(1 for cell in row if isinstance(cell, str) and 0 < len(cell.strip()) <= 24 and not is_figure(cell) and not _said(cell))


def _said(cell: str) -> bool:
    """Whether a cell says ``label: value`` (填报单位:…, 监督电话:…), as lines around a table do."""
    return bool(_LABELLED.match(squeezed(cell)))


def column_kind(header: str) -> str:
    """Why a column with that header is private: id_number, bank_card, phone, birth, health; or empty."""
    header = squeezed(header)
    return next((what for what, pattern in HEADERS if pattern.search(header)), "")


@dataclass(frozen=True)
class _Hit:
    """The personal numbers of one cell."""

    what: str
    number: str
    whole: bool  # nothing else is in the cell


def _hit(cell: Cell) -> _Hit | None:
    """What is personal in one cell, by content alone; the gravest class when there are several."""
    if isinstance(cell, Decimal):
        return _numeric_hit(cell)
    if not isinstance(cell, str) or not (findings := find(cell)):
        return None
    worst = min(findings, key=_gravity)
    return _Hit(worst.what, number_in(cell, worst), len(re.sub(r"\W", "", cell)) <= sum(one.end - one.start for one in findings) + 2)


def _gravity(finding: Finding) -> int:
    return NUMBERS.index(finding.what)


def _numeric_hit(cell: Decimal) -> _Hit | None:
    """A number cell of 16 digits or more is no quantity of a township: it was an ID or an account."""
    if cell.adjusted() < 10 or cell != cell.to_integral_value():
        return None
    digits = plain(cell)
    if is_id(digits):
        return _Hit("id_number", digits, True)
    if len(digits) >= 16:
        return _Hit("bank_card" if is_card(digits) or len(digits) != 18 else "id_number", digits, True)
    return _Hit("phone", digits, True) if is_mobile(digits) else None


class _Cleaning:
    """One run over one table: hits by content first, then which columns are private, then the cells."""

    def __init__(self, table: Table, key: Key, today: date) -> None:
        self.table, self.key, self.today = table, key, today
        self.first, self.last = header_lines(table.cells, table.merged)
        self.heads = self._heads()
        self.private = {column: what for column, head in self.heads.items() if (what := column_kind(head))}
        self.hits = self._hits()
        self.private |= self._by_content()
        self.masked: dict[tuple[int, int], str] = {}
        self.lost: list[tuple[int, int]] = []
        self.counts: Counter[tuple[str, str]] = Counter()

    def result(self) -> Cleaned:
        cells = [self._row(line, row) for line, row in enumerate(self.table.cells, start=1)]
        people = {line: person for line, row in enumerate(self.table.cells, start=1) if (person := self._person(line, row))}
        table = replace(self.table, name=mask(self.table.name), cells=cells, file=mask(self.table.file))
        findings = [{"where": where, "what": what, "count": count} for (where, what), count in self.counts.items()]
        return Cleaned(table, people, findings, self.private, self.masked, self.lost)

    def _heads(self) -> dict[int, str]:
        """The header text of each column, a merged parent's before its own; lines above the header give no heads."""
        if self.first < 0:
            return {}
        held = span(self.table.merged)
        heads: dict[int, list[str]] = {}
        for row in range(self.first, self.last + 1):
            for column in range(self.table.width):
                top, left = held.get((row, column), (row, column))
                cell = self.table.at(top, left)
                if top == row and isinstance(cell, str) and cell.strip() and not _said(cell):
                    heads.setdefault(column, []).append(mask("".join(cell.split())))
        return {column: " ".join(words) for column, words in heads.items()}

    def _hits(self) -> dict[tuple[int, int], _Hit]:
        """The cells in which the content alone tells something personal."""
        found = {}
        for line, row in enumerate(self.table.cells, start=1):
            for column, cell in enumerate(row):
                if type(cell) is str and len(cell) < 11:  # most cells, and too short for anything personal
                    continue
                if hit := _hit(cell):
                    found[line, column] = hit
        return found

    def _by_content(self) -> dict[int, str]:
        """The columns that no header gives away but most of whose cells are personal numbers."""
        whole = Counter((column, hit.what) for (line, column), hit in self.hits.items() if hit.whole and line > self.last + 1)
        found: dict[int, str] = {}
        for (column, what), count in whole.most_common():
            if count >= 3 and column not in self.private | found:
                rows = self.table.cells[self.last + 1 :]
                filled = sum(1 for row in rows if column < len(row) and row[column] != "")
                if count >= 0.6 * filled:
                    found[column] = what
        return found

    def _row(self, line: int, row: Sequence[Cell]) -> list[Cell]:
        if line <= self.last + 1:
            return [self._outside(line, column, cell) for column, cell in enumerate(row)]
        return [
            cell if cell == "" else self._blanked(line, column, cell) if column in self.private else self._outside(line, column, cell)
            for column, cell in enumerate(row)
        ]

    def _outside(self, line: int, column: int, cell: Cell) -> Cell:
        """A cell of a public column, or above the table: as it is, but for personal numbers."""
        hit = self.hits.get((line, column))
        if hit is None:
            return cell
        self.masked[line, column] = hit.what
        in_table = line > self.last + 1 and column in self.heads
        self.counts[self.heads[column] if in_table else f"第{line}行", hit.what] += 1
        return mask(cell) if isinstance(cell, str) else BLOT * len(hit.number)

    def _blanked(self, line: int, column: int, cell: Cell) -> Cell:
        """A cell of a private column: nothing, unless it is a word of a total or of the lines below the table."""
        what, hit = self.private[column], self.hits.get((line, column))
        if hit is None and isinstance(cell, str) and what in NUMBERS and _harmless(squeezed(cell), what):
            return cell
        if what in NUMBERS and _is_rounded(cell):
            self.lost.append((line, column))
        counted = self._class(what, hit) if hit else what
        if hit or (what in NUMBERS and sum(map(str.isdigit, text(cell))) >= 6):
            self.counts[self.heads.get(column, f"第{column + 1}列"), counted] += 1
        return ""

    def _class(self, what: str, hit: _Hit) -> str:
        """The class of a hit in a private column: an account of 15 digits may look like an old ID number by chance."""
        return what if what == "bank_card" and hit.what == "id_number" and len(hit.number) == 15 else hit.what

    def _person(self, line: int, row: Sequence[Cell]) -> Person | None:
        if line <= self.last + 1:
            return None
        person, account, minor = "", "", None
        for column in self._columns_of_people():
            cell = row[column] if column < len(row) else ""
            if cell == "" or _is_rounded(cell) or (isinstance(cell, str) and _harmless(squeezed(cell), self.private[column])):
                continue
            what, number = self._number(line, column, cell)
            if what == "id_number" and not person and number:
                person, minor = self.key("person", canonical_id(number)), is_minor(number, self.today) if is_id(number) else None
            elif what == "bank_card" and not account and number:
                account = self.key("account", number)
        return Person(person, account, minor) if person or account else None

    def _columns_of_people(self) -> list[int]:
        """The private columns of numbers, those of the person himself before those of a guardian or an agent."""
        numbers = [column for column, what in self.private.items() if what in ("id_number", "bank_card")]
        return sorted(numbers, key=lambda column: (bool(_OF_ANOTHER.search(self.heads.get(column, ""))), column))

    def _number(self, line: int, column: int, cell: Cell) -> tuple[str, str]:
        """Class and canonical number of a personal cell; a passport or an account that passes no check counts as its header says."""
        hit = self.hits.get((line, column))
        if hit:
            return self._class(self.private[column], hit), hit.number
        number = "".join(letter for letter in squeezed(text(cell)).upper() if letter.isalnum())
        return self.private[column], number if sum(map(str.isdigit, number)) >= 6 else ""


def _is_rounded(cell: Cell) -> bool:
    """Whether a number of 16 digits or more was kept as a number: Excel keeps 15 digits, the rest is lost for good."""
    if isinstance(cell, Decimal):
        return cell.adjusted() >= 15
    return isinstance(cell, str) and bool(_ROUNDED.fullmatch(cell.strip()))


def _harmless(cell: str, what: str) -> bool:
    """Whether a cell in a private column is a word of a total line or of a signature line: 合计, 1194户, 监督电话:0830-8190000."""
    if _KEPT.fullmatch(cell):
        return True
    label = _LABELLED.match(cell)
    if label is None:
        return False
    value = cell[label.end() :]
    return not any(map(str.isdigit, value)) or (what == "phone" and bool(_OFFICE.fullmatch(value)))
