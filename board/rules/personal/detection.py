"""Detection of personal numbers in any text, however they are written, and masking them with ●.

ID numbers, bank cards and mobiles are always looked for. Descriptions (a birth date, an illness, an address) are looked for only on
request: a table's columns of them are private anyway, and in a rule the same words are harmless (``descriptions``).

A number counts on digit boundaries only, and an ID comes before a card before a phone: about a tenth of ID numbers would pass the card
check too. Digits may be spelled in any way (``spellings``). Unbroken, their own checks are enough. With gaps between them they may be
several figures, so an ID must have a day of birth and its check digit, and a card or phone its label or one of the groupings in which such
numbers are written; otherwise it is for a person to say (``asked``). Landlines are not detected: an office's phone belongs on a notice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Literal, NamedTuple

from board.rules.bilingual import Words
from board.rules.personal.descriptions import descriptions
from board.rules.personal.half_masked import half_masked
from board.rules.personal.identifiers import unbroken
from board.rules.personal.labels import named
from board.rules.personal.number_rules import Found, apart, certain, possible
from board.rules.personal.spellings import NUMERALS, may_hold_number, shown, spelled_out
from board.rules.text_width import narrow

What = Literal["id_number", "bank_card", "phone", "birth", "health", "address"]
NUMBERS: tuple[What, ...] = ("id_number", "bank_card", "phone")
EVERYTHING: tuple[What, ...] = (*NUMBERS, "birth", "health", "address")
REDACTION = "●"
WHAT_WORDS: Mapping[str, Words] = {
    "id_number": Words("身份证号", "an ID number"),
    "bank_card": Words("银行卡号", "a bank card number"),
    "phone": Words("手机号", "a mobile number"),
    "birth": Words("出生日期", "a date of birth"),
    "health": Words("病情或残疾情况", "words on illness or disability"),
    "address": Words("详细住址", "an address to the door"),
}

_COVERED = frozenset("xXｘＸ" + NUMERALS)


class Detected(NamedTuple):
    """One personal thing in a text: its class and where it stands (``text[start:end]``)."""

    what: What
    start: int
    end: int


def find(text: str, classes: Collection[What] = NUMBERS) -> list[Detected]:
    """Return the personal data in a text, in its order; no two overlap. Numbers come before descriptions where both would match."""
    found = [finding for finding in _numbers(text) if finding.what in classes]
    if len(text) > 1 and classes is not NUMBERS and not set(classes) <= set(NUMBERS):
        for what, start, end in descriptions(narrow(text)):
            if what in classes and _is_free(found, start, end):
                found.append(Detected(what, start, end))
        found.sort(key=lambda finding: finding.start)
    return found


def asked(text: str) -> list[Detected]:
    """Return the figures of a text that may be one personal number in several parts, which only a person can tell; none of ``find``."""
    if len(text) < 11:
        return []
    if not may_hold_number(plain := narrow(text)):
        return []
    seen = shown(text, plain)
    if unbroken(seen.text):
        return []
    sure = _certain(seen.text)
    found = [Detected(what, *seen.place(start, end)) for what, start, end in possible(seen.text) if _is_free(sure, start, end)]
    return sorted(found, key=_start)


def mask(text: str, classes: Collection[What] = NUMBERS) -> str:
    """Return the text with ● for each digit of a personal number, of a birth date and of a door, and for each letter of an illness."""
    letters = list(text)
    for finding in find(text, classes):
        for at in range(finding.start, finding.end):
            if finding.what == "health" or letters[at].isdigit() or letters[at] in _COVERED:
                letters[at] = REDACTION
    return "".join(letters)


def number_in(text: str, finding: Detected) -> str:
    """Return the digits of a finding as one half-width word, X in upper case: what is matched, and never shown."""
    part = text[finding.start : finding.end]
    part = shown(part, narrow(part)).text
    return re.sub(r"[^0-9X]", "", (spelled_out(part) or part).upper())


def _numbers(text: str) -> list[Detected]:
    if len(text) < 11:
        return []
    plain = narrow(text)
    if what := unbroken(plain):
        return [Detected(what, 0, len(plain))]
    if not may_hold_number(plain):
        return []
    seen = shown(text, plain)
    if what := unbroken(seen.text):
        return [Detected(what, *seen.place(0, len(seen.text)))]
    return sorted((Detected(what, *seen.place(start, end)) for what, start, end in _certain(seen.text)), key=_start)


def _certain(text: str) -> list[Detected]:
    """Return the personal numbers of a shown text, in no order: in digits, then by their labels, then spelled out, then half-masked."""
    found: list[Detected] = []
    if not (text.isdigit() and len(apart(text)) == 1):
        found += (Detected(*one) for one in certain(text))
        _add(found, named(text))
    if words := spelled_out(text):
        _add(found, (one for one in (*certain(words), *named(words)) if text[one[1] : one[2]] != words[one[1] : one[2]]))
    _add(found, (("id_number", start, end) for start, end in half_masked(text)))
    return found


def _add(found: list[Detected], more: Iterable[Found]) -> None:
    """Add findings that lie apart from those found; one that holds some of them, such as an account of which a part looks like a phone,
    takes their place."""
    for what, start, end in more:
        inside = [one for one in found if start <= one.start and one.end <= end]
        if inside and any(end - start == one.end - one.start for one in inside):
            continue
        found[:] = [one for one in found if one not in inside]
        if _is_free(found, start, end):
            found.append(Detected(what, start, end))
        else:
            found += inside


def _is_free(found: Collection[Detected], start: int, end: int) -> bool:
    return all(end <= one.start or start >= one.end for one in found)


def _start(finding: Detected) -> int:
    return finding.start
