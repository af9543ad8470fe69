"""Cleaning of an uploaded table: personal values are taken out, and what is staged holds keys instead of numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from board.rules.personal.detection import REDACTION, mask
from board.rules.personal.identifiers import canonical_id, is_id, is_minor, unbroken
from board.rules.personal.labels import header_class, of_accounts, of_illness, tells_illness
from board.rules.sheet.cell_numbers import NUMBERS, Hit, headed, hit_in, labelled, unproven
from board.rules.sheet.header_lines import LABEL, guess, is_labelled
from board.rules.sheet.split_numbers import groups, splits
from board.rules.sheet.table import Cell, Table, span, text
from board.rules.text_width import squeezed

Key = Callable[[str, str], str]  # ("person" | "account", canonical number) -> its key for matching

_MOST_BESIDE = 3  # tables side by side
_FEW = 10  # cells in a line, too few for a number with a box for each digit
_OF_ANOTHER = re.compile(r"监护|代领|代办|配偶|父|母|经办|法人|担保")
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d{2}")
_OFFICE = re.compile(r"(0\d{2,3}-?)?\d{7,8}|1\d{4}")  # a landline, or a hotline such as 12345
_KEPT = re.compile(r"(合|小|总|共)计|[\d,]+(户|人|人次)")


class Person(NamedTuple):
    """What is stored of the personal cells of one line: keys for matching, and whether the owner is a minor (None: unknown)."""

    person_key: str = ""
    account_key: str = ""
    minor: bool | None = None


@dataclass(frozen=True)
class Cleaned:
    """A table without personal numbers, and what is kept about those that were in it. Lines count from 1, columns from 0.

    ``people`` by line; ``beside`` those of the tables on the right of the first, by line and the table's number from 1; ``findings`` as
    ``{"where", "what", "count"}`` with what = id_number, bank_card or phone, one class a cell; ``private`` the wholly blanked columns and
    why; ``masked`` the cells in which ● covers digits; ``lost`` the cells whose ID or account the spreadsheet program had already rounded
    to 15 digits; ``ill`` the headers of the columns in which nearly every line tells an illness or a disability.
    """

    table: Table
    people: Mapping[int, Person] = field(default_factory=dict)
    findings: Sequence[Mapping[str, Any]] = ()
    private: Mapping[int, str] = field(default_factory=dict)
    masked: Mapping[tuple[int, int], str] = field(default_factory=dict)
    lost: Sequence[tuple[int, int]] = ()
    beside: Mapping[tuple[int, int], Person] = field(default_factory=dict)
    ill: Sequence[str] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the cleaned table as plain JSON, for staging."""
        return {
            "table": self.table.to_json(),
            "people": [[line, *one] for line, one in self.people.items()],
            "beside": [[*at, *one] for at, one in self.beside.items()],
            "findings": [dict(finding) for finding in self.findings],
            "private": [[column, what] for column, what in self.private.items()],
            "masked": [[line, column, what] for (line, column), what in self.masked.items()],
            "lost": [list(at) for at in self.lost],
            "ill": list(self.ill),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Cleaned:
        """Return the cleaned table that ``to_json`` wrote."""
        return cls(
            table=Table.from_json(data["table"]),
            people={line: Person(person, account, minor) for line, person, account, minor in data["people"]},
            findings=[dict(finding) for finding in data["findings"]],
            private=dict(data["private"]),
            masked={(line, column): what for line, column, what in data["masked"]},
            lost=[(line, column) for line, column in data["lost"]],
            beside={(line, number): Person(*one) for line, number, *one in data["beside"]},
            ill=tuple(data.get("ill", ())),
        )


def clean(table: Table, key: Key, today: date) -> Cleaned:
    """Take all personal numbers out of a table inside the request that uploads it.

    ``key`` turns a canonical number into what it is matched by (an HMAC); ``today`` decides who is a minor. Whole columns are
    blanked when their header or most of their cells say so; a number inside any other cell gets ● for its digits.
    """
    return _Cleaning(table, key, today).result()


def column_kind(header: str) -> str:
    """Return why a column with that header is private: id_number, bank_card, phone, birth, health; or empty."""
    return header_class(squeezed(header))


class _Cleaning:
    """One run over one table: which columns are private, by their headers and by what is in them; then the lines one by one."""

    def __init__(self, table: Table, key: Key, today: date) -> None:
        self.table, self.key, self.today = table, key, today
        self.first, self.last = guess(table.cells, table.merged)
        self.heads = self._heads()
        self.private = {column: what for column, head in self.heads.items() if (what := column_kind(head))}
        self.groups = groups(table, self.first, self.last, self.heads)
        self.private |= self._continued()
        self.hits = self._hits()
        self.private |= self._by_content()
        self.joined = [group for group in self.groups if self._is_one_number(group)]
        self.apart = [group for group in self.groups if not any(column in self.private for column in group)]
        self.names = {column: self.heads.get(column) or f"第{column + 1}列" for column in self.private}
        self.owners = self._owners()
        self.people: dict[int, Person] = {}
        self.beside: dict[tuple[int, int], Person] = {}
        self.masked: dict[tuple[int, int], str] = {}
        self.lost: list[tuple[int, int]] = []
        self.counts: Counter[tuple[str, str]] = Counter()

    def result(self) -> Cleaned:
        private = dict(sorted(self.private.items()))
        cells = [self._line(line, row, private if line > self.last + 1 else {}) for line, row in enumerate(self.table.cells, start=1)]
        table = replace(self.table, name=mask(self.table.name), cells=cells, file=mask(self.table.file))
        findings = [{"where": where, "what": what, "count": count} for (where, what), count in self.counts.items()]
        return Cleaned(table, self.people, findings, self.private, self.masked, self.lost, self.beside, self._ill())

    def _heads(self) -> dict[int, str]:
        """Return the header text of each column, a merged parent's before its own; lines above the header give no heads."""
        if self.first < 0:
            return {}
        held = span(self.table.merged)
        heads: dict[int, list[str]] = {}
        for row in range(self.first, self.last + 1):
            for column in range(self.table.width):
                top, left = held.get((row, column), (row, column))
                cell = self.table.at(top, left)
                if top == row and isinstance(cell, str) and cell.strip() and not is_labelled(cell):
                    heads.setdefault(column, []).append(mask("".join(cell.split())))
        return {column: " ".join(words) for column, words in heads.items()}

    def _hits(self) -> dict[int, dict[int, Hit]]:
        """Return by line and column the cells that hold a personal number by content alone; columns with a private header are left out."""
        found: dict[int, dict[int, Hit]] = {}
        remembered = lru_cache(1024)(hit_in)  # the same bank is named on every line
        for line, row in enumerate(self.table.cells, start=1):
            known = self.private if line > self.last + 1 else ()
            for column, cell in enumerate(row):
                # Nearly all cells are too short for anything personal, and a call for each would take longer than all the rest.
                is_long = len(cell) > 10 if type(cell) is str else type(cell) is Decimal and cell.adjusted() > 9
                if is_long and column not in known:
                    hit = remembered(cell)
                    if hit is None or not hit.sure:
                        hit = labelled(row, column) or hit
                    if hit:
                        found.setdefault(line, {})[column] = hit
        return found

    def _by_content(self) -> dict[int, str]:
        """Return the columns without a private header most of whose cells are personal numbers."""
        below = (hits.items() for line, hits in self.hits.items() if line > self.last + 1)
        heads = {column: squeezed(head) for column, head in self.heads.items()}
        whole = Counter(
            (column, hit.what)
            for hits in below
            for column, hit in hits
            if hit.whole and (hit.sure or hit.what != "bank_card" or of_accounts(heads.get(column, "")))
        )
        found: dict[int, str] = {}
        for (column, what), count in whole.most_common():
            if count >= 3 and column not in self.private | found:
                rows = self.table.cells[self.last + 1 :]
                filled = sum(1 for row in rows if column < len(row) and row[column] != "")
                if count >= 0.6 * filled:
                    found[column] = what
        return found

    def _continued(self) -> dict[int, str]:
        """Return the columns without a header that hold the rest of the numbers of a private column on their left.

        A merged header that was pasted or saved as CSV stands above its first column only.
        """
        found: dict[int, str] = {}
        for group in self.groups:
            what = self.private.get(group.start, "")
            if what in NUMBERS and not any(column in self.heads for column in group[1:]):
                rows = [[text(cell) for cell in row[group.start : group.stop]] for row in self.table.cells[self.last + 1 :]]
                split = [row for row in rows if any(row[1:])]
                if split and sum(unbroken(squeezed("".join(row)).upper()) is not None for row in split) >= 0.6 * len(split):
                    found |= dict.fromkeys(group[1:], what)
        return found

    def _is_one_number(self, group: range) -> bool:
        """Return whether each line has one number in a group of columns: all are private alike, and their common header says so."""
        what = self.private.get(group.start, "")
        common = self.heads.get(group.start, "").split(" ")[0]
        return what in NUMBERS and column_kind(common) == what and all(self.private.get(column) == what for column in group)

    def _ill(self) -> tuple[str, ...]:
        """Return the headers of the columns in which three lines or more, and most of them, tell an illness or a disability."""
        found = []
        for column in [column for column, what in self.private.items() if what == "health" and of_illness(self.heads[column])]:
            cells = [squeezed(text(row[column])) if column < len(row) else "" for row in self.table.cells[self.last + 1 :] if any(row)]
            if (told := sum(tells_illness(cell) for cell in cells)) >= 3 and told >= 0.6 * len(cells):
                found.append(self.heads[column])
        return tuple(found)

    def _owners(self) -> list[list[int]]:
        """Return the private columns of numbers, a person's own before those of a guardian or an agent.

        A list for each of several tables side by side: a header that comes again belongs to the next one.
        """
        owners: list[list[int]] = [[] for _ in range(_MOST_BESIDE)]
        often: Counter[str] = Counter()
        rest = {column for group in self.joined for column in group[1:]}
        for column in sorted(self.private):
            if self.private[column] in ("id_number", "bank_card") and column not in rest:
                head = self.heads.get(column, f"{column}")
                if often[head] < _MOST_BESIDE:
                    owners[often[head]].append(column)
                often[head] += 1
        return [sorted(columns, key=lambda column: bool(_OF_ANOTHER.search(self.heads.get(column, "")))) for columns in owners if columns]

    def _line(self, line: int, row: Sequence[Cell], private: Mapping[int, str]) -> Sequence[Cell]:
        """Return a line without its personal numbers, of whose owners the keys are kept."""
        hits = self.hits.get(line, {})
        kept, numbers = list(row), dict[int, Hit]()
        if private and self.joined:
            numbers |= self._joined(kept)
        for column in [column for column in range(len(row)) if column in private or column in hits] if hits else private:
            if column >= len(row):
                break
            cell = kept[column]
            if column not in private:
                kept[column] = self._covered(line, column, cell, hits[column])
            elif type(cell) is not str or cell:
                kept[column], hit = self._blanked(line, column, cell)
                if hit:
                    numbers[column] = hit
        if line > self.last + 1 and (self.apart or len(row) > _FEW):
            self._cover_split(line, kept)
        if numbers:
            self._keep(line, numbers)
        return kept

    def _joined(self, kept: list[Cell]) -> dict[int, Hit]:
        """Blank the columns over which one number is split, and return what they hold together, by the first of them."""
        numbers: dict[int, Hit] = {}
        for group in self.joined:
            what = self.private[group.start]
            parts = [kept[column] for column in group if column < len(kept) and kept[column] != ""]
            if len(parts) < 2 or any(hit_in(part) or _harmless(squeezed(text(part)), what) for part in parts):
                continue
            number = "".join(map(text, parts))
            if hit := hit_in(number) or unproven(what, number):
                numbers[group.start] = headed(what, hit)
                self.counts[self.names[group.start], hit.what] += 1
                for column in group:
                    kept[column : column + 1] = [""] if column < len(kept) else []
        return numbers

    def _cover_split(self, line: int, kept: list[Cell]) -> None:
        """Cover the numbers that are split over cells of public columns."""
        for split in splits(kept, self.apart, self.heads):
            if split.is_certain:
                self.counts[self.heads.get(split.columns[0], f"第{line}行"), split.what] += 1
                for column in split.columns:
                    self.masked[line, column] = split.what
                    kept[column] = REDACTION * len(text(kept[column]))

    def _covered(self, line: int, column: int, cell: Cell, hit: Hit) -> Cell:
        """Return a cell of a public column, or above the table, with ● over its personal numbers; the check asks about unsure ones."""
        if not hit.sure:
            return cell
        self.masked[line, column] = hit.what
        in_table = line > self.last + 1 and column in self.heads
        self.counts[self.heads[column] if in_table else f"第{line}行", hit.what] += 1
        covered = mask(cell) if isinstance(cell, str) else ""
        return covered if covered != cell and covered else REDACTION * len(text(cell))

    def _blanked(self, line: int, column: int, cell: Cell) -> tuple[Cell, Hit | None]:
        """Return what remains of a cell of a private column, and the number that was in it, unless its digits were lost.

        Only words of a total or of the lines below the table remain.
        """
        what = self.private[column]
        if type(cell) is str and unbroken(cell) == what:  # true of nearly every cell, and then the tests below are not needed
            self.counts[self.names[column], what] += 1
            return "", Hit(what, cell.upper())
        hit = hit_in(cell)
        if what in NUMBERS:
            if hit is None and isinstance(cell, str) and _harmless(squeezed(cell), what):
                return cell, None
            hit = headed(what, hit) if hit else unproven(what, cell)
        if hit:
            self.counts[self.names[column], hit.what] += 1
        if what in NUMBERS and _is_rounded(cell):
            self.lost.append((line, column))
            return "", None
        return "", hit

    def _keep(self, line: int, numbers: Mapping[int, Hit]) -> None:
        """Keep the keys of the owners of a line's numbers, one for each of the tables side by side."""
        for number, columns in enumerate(self.owners):
            if one := self._person([numbers[column] for column in columns if column in numbers]):
                if number:
                    self.beside[line, number] = one
                else:
                    self.people[line] = one

    def _person(self, hits: Iterable[Hit]) -> Person | None:
        person, account, minor = "", "", None
        for what, number, *_ in hits:
            if what == "id_number" and number and not person:
                person, minor = self.key("person", canonical_id(number)), is_minor(number, self.today) if is_id(number) else None
            elif what == "bank_card" and number and not account:
                account = self.key("account", number)
        return Person(person, account, minor) if person or account else None


def _is_rounded(cell: Cell) -> bool:
    """Return whether a number of 16 digits or more was kept as a number: Excel keeps 15 digits, the rest is lost for good."""
    if isinstance(cell, Decimal):
        return cell.adjusted() >= 15
    return isinstance(cell, str) and not cell.isdigit() and bool(_ROUNDED.fullmatch(cell.strip()))


def _harmless(cell: str, what: str) -> bool:
    """Return whether a cell in a private column is a word of a total line or of a signature line: 合计, 1194户, 监督电话:0830-8190000."""
    if _KEPT.fullmatch(cell):
        return True
    label = LABEL.match(cell)
    if label is None:
        return False
    value = cell[label.end() :]
    return not any(map(str.isdigit, value)) or (what == "phone" and bool(_OFFICE.fullmatch(value)))
