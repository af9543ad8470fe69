"""The personal number in one cell of a table: by its own digits, by the cell on its left, by the header of its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from board.rules.personal.detection import Detected, asked, find, number_in
from board.rules.personal.identifiers import is_card, is_id, is_mobile, unbroken
from board.rules.sheet.table import Cell, plain, text
from board.rules.text_width import narrow, squeezed

NUMBERS = ("id_number", "bank_card", "phone")
_STARRED = re.compile(r"[*＊#＃×●✱?？_]|[xX]{2}")
_LONG = re.compile(r"\d{4}(?:[\s·-]?\d{4}){2,3}(?:[\s·-]?\d{1,3})?")  # an account without a check digit
_YEARS = re.compile(r"(?:(?:19|20)\d\d[\s·-]?)+")
_BORN = re.compile(r"[1-8]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")


class Hit(NamedTuple):
    """The personal numbers of one cell; of a number of which a part is starred only the class, for it matches nobody."""

    what: str
    number: str
    whole: bool = True  # nothing else is in the cell
    sure: bool = True  # otherwise a number only if its column is one of such numbers


def hit_in(cell: Cell) -> Hit | None:
    """Return the personal number in one cell, by content alone; of several the gravest class."""
    if not isinstance(cell, str):
        return _numeric_hit(cell) if isinstance(cell, Decimal) else None
    if what := unbroken(cell):
        return Hit(what, cell.upper())
    certain = find(cell)
    if not (findings := certain or asked(cell)):
        return _long(cell)
    worst = min(findings, key=_gravity)
    is_whole = _letters(cell) <= sum(_letters(cell[one.start : one.end]) for one in findings) + 2
    number = "" if _STARRED.search(cell, worst.start, worst.end) else number_in(cell, worst)
    return Hit(worst.what, number, is_whole, bool(certain))


def _long(cell: str) -> Hit | None:
    """Return twelve digits or more that pass no check: an account, or an ID number with a digit too few or too many; unsure."""
    if not _LONG.fullmatch(narrow(cell).strip()):
        return None
    number = "".join(filter(str.isdigit, narrow(cell)))
    if _YEARS.fullmatch(narrow(cell).strip()):
        return None
    return Hit("id_number" if len(number) in (17, 19) and _BORN.match(number) else "bank_card", number, sure=False)


def labelled(row: Sequence[Cell], column: int) -> Hit | None:
    """Return the number in a cell that the cell on its left announces: 账号: | 88190120000000010."""
    label, number = row[column - 1] if column else "", squeezed(text(row[column]))
    if type(label) is not str or not label or not number.isdigit():
        return None
    found = [one for one in find(f"{label}{number}") if one.start >= len(label)]
    return Hit(found[0].what, number) if found else None


def _letters(text: str) -> int:
    return len(re.sub(r"\W", "", text))


def _gravity(finding: Detected) -> int:
    return NUMBERS.index(finding.what)


def _numeric_hit(cell: Decimal) -> Hit | None:
    """Return a number cell of 16 digits or more is no quantity of a township: it was an ID or an account."""
    if cell.adjusted() < 10 or cell != cell.to_integral_value():
        return None
    digits = plain(cell)
    if is_id(digits):
        return Hit("id_number", digits)
    if 12 <= len(digits) < 16:
        return _long(digits)
    if len(digits) >= 16:
        return Hit("bank_card" if is_card(digits) or len(digits) != 18 else "id_number", digits)
    return Hit("phone", digits) if is_mobile(digits) else None


def headed(what: str, hit: Hit) -> Hit:
    """Return a hit below a private header: an account of 15 digits may look like an old ID number by chance."""
    return hit._replace(what=what) if what == "bank_card" and hit.what == "id_number" and len(hit.number) == 15 else hit


def unproven(what: str, cell: Cell) -> Hit | None:
    """Return the number of a cell that passes no check, a passport or an account: it counts as its header says."""
    number = "".join(filter(str.isalnum, squeezed(text(cell)).upper()))
    if sum(map(str.isdigit, number)) < 6:
        return None
    return Hit(what, "" if _STARRED.search(text(cell)) else number)
