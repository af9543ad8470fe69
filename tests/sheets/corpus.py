"""The corpus: small sheets with one fault or quirk each, drawn in ``drawn/*.toml`` with what must come out of them beside it.

A file is made when it is asked for; no personal number stands in the tree. A drawn line is one line of the sheet, | separates its cells:
``'`` before a cell keeps it text, ⏎ is a line break inside it, {id1} {spaced1} {dashed1} {old1} {card1} {fours1} {mobile1} are
numbers of nobody.
"""

from __future__ import annotations

import csv
import hashlib
import io
import random
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from board import kinds, sheets
from board.rules.areas import Area
from board.rules.personal.identifiers import check_digit, is_card
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check, report
from board.rules.sheet.cleaning import clean
from board.rules.sheet.problems import Problem

FOLDER = Path(__file__).with_name("drawn")
TODAY = date(2026, 11, 22)
COUNTY, TOWN, VILLAGE = "510521000000", "510521116000", "510521116201"
AREAS = [
    Area(COUNTY, "泸县", "county", ""),
    Area(TOWN, "百和镇", "township", COUNTY),
    Area("510521116004", "高洞社区居民委员会", "village", TOWN),
    Area(VILLAGE, "东林村民委员会", "village", TOWN),
    Area("510521116202", "西林村村民委员会", "village", TOWN),
    Area("510521117000", "云龙镇", "township", COUNTY),
    Area("510521117201", "东林村民委员会", "village", "510521117000"),
]
SCOPES = {"county": COUNTY, "town": TOWN, "village": VILLAGE}
_WIDE = {ord("0") + digit: ord("０") + digit for digit in range(10)}
_KEYS = {
    "name",
    "what",
    "cells",
    "form",
    "merged",
    "hidden_rows",
    "hidden_columns",
    "encoding",
    "kind",
    "area",
    "facts",
    "expect",
    "file",
    "answers",
    "title",
}
Cells = list[list[Any]]


@dataclass(frozen=True)
class Expected:
    """What must come out of a sheet. Problems are written ``line column code`` (column as a letter, - for none)."""

    rows: int = 0
    totals: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True)
class Entry:
    """One file of the corpus: what it shows, how its bytes are made, how it is posted, and what must come out."""

    name: str
    what: str
    make: Callable[[], tuple[bytes, str]]
    expected: Expected
    kind: str = "cropland-subsidy"
    area: str = "town"
    facts: Mapping[str, str] = field(default_factory=dict)
    drawn: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


def entries() -> list[Entry]:
    """The whole corpus in the order in which it is shown."""
    found = [_entry(one) for file in sorted(FOLDER.glob("*.toml")) for one in tomllib.loads(file.read_text("utf-8"))["sheet"]]
    names = [one.name for one in found]
    assert len(set(names)) == len(names), "two sheets of the corpus have one name"
    return found


def _entry(one: Mapping[str, Any]) -> Entry:
    assert one.keys() <= _KEYS, f"{one['name']}: {sorted(one.keys() - _KEYS)} says nothing"
    expect = {key: tuple(value) if isinstance(value, list) else value for key, value in one["expect"].items()}
    more = {key: one[key] for key in ("kind", "area", "facts", "answers", "title") if key in one}
    return Entry(one["name"], one["what"], lambda: made(one), Expected(**expect), **more, drawn=one["cells"])


def made(one: Mapping[str, Any]) -> tuple[bytes, str]:
    """The bytes and the name of a drawn sheet: an .xlsx unless its form says csv."""
    drawn = re.sub(r"\{(id|spaced|dashed|old|card|fours|mobile)(\d)\}", lambda match: nobodys(match[1], int(match[2])), one["cells"])
    lines = [[cell.strip() for cell in line.split("|")] if line.strip() else [] for line in drawn.removesuffix("\n").split("\n")]
    if one.get("form") == "csv":
        rows = [[cell.removeprefix("'").replace("⏎", "\n") for cell in line] for line in lines]
        return _csv(rows, one.get("encoding", "utf-8-sig")), one.get("file", f"{one['name']}.csv")
    return _xlsx([[_cell(cell) for cell in line] for line in lines], one), one.get("file", f"{one['name']}.xlsx")


def _cell(written: str) -> Any:
    if re.fullmatch(r"-?\d{1,15}(\.\d+)?(E[+-]?\d+)?", written):
        return float(written) if re.search(r"[.E]", written) else int(written)
    if re.fullmatch(r"@\d{4}-\d\d-\d\d", written):
        return date.fromisoformat(written[1:])
    return written.removeprefix("'").replace("⏎", "\n") or None


def _csv(rows: Cells, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def _xlsx(rows: Cells, one: Mapping[str, Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for merged in one.get("merged", ()):
        sheet.merge_cells(merged)
    for line in one.get("hidden_rows", ()):
        sheet.row_dimensions[line].hidden = True
    for letter in one.get("hidden_columns", ()):
        sheet.column_dimensions[letter].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def nobodys(what: str, number: int) -> str:
    """A personal number of nobody, always the same: ID numbers of people born before 1900, cards and mobiles that are not given out."""
    if what == "spaced":
        return re.sub(r"(\d{6})(\d{8})", r"\1 \2 ", nobodys("id", number)).translate(_WIDE)
    if what == "dashed":
        return re.sub(r"(\d{6})(\d{8})", r"\1-\2-", nobodys("id", number)).lower()
    if what == "fours":
        return " ".join(re.findall(r"\d{1,4}", nobodys("card", number)))
    rand = random.Random(f"{what}{number}")
    body = f"510521{rand.randint(1850, 1899)}{rand.randint(1, 12):02}{rand.randint(1, 28):02}{rand.randint(0, 999):03}"
    if what == "id":
        return body + check_digit(body)
    if what == "old":
        return body[:6] + body[8:]
    if what == "mobile":
        return f"139{'0' * 4}{number:04}"
    card = f"629999{rand.randint(0, 10**12 - 1):012}"
    return next(card + str(last) for last in range(10) if is_card(card + str(last)))


def got(entry: Entry) -> Expected:
    """What comes out of an entry on the way that an upload takes: read, cleaned, checked."""
    try:
        found = checked(entry)
    except sheets.UnreadableSheet as error:
        return Expected(refused=error.code)
    told = report(found)
    return Expected(
        rows=told["rows"],
        totals={id: value for id, value in told["totals"].items() if id in entry.expected.totals},
        errors=_written(found.errors),
        warnings=_written(found.warnings),
        private=tuple(f"{one['where']} {one['what']} {one['count']}" for one in told["private"]),
    )


def checked(entry: Entry) -> Checked:
    """An entry read, cleaned and checked. Raises UnreadableSheet."""
    table = sheets.read(*entry.make()).table()
    cleaned = clean(table, lambda what, number: hashlib.sha256(f"{what}{number}".encode()).hexdigest(), TODAY)
    area = SCOPES[entry.area]
    return check(
        cleaned, kinds.load()[entry.kind], Places(AREAS, area), area=area, facts=entry.facts, answers=entry.answers, title=entry.title
    )


def _written(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(f"{one.line} {get_column_letter(one.index + 1) if one.index >= 0 else '-'} {one.code}" for one in problems)
