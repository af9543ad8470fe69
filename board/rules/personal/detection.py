"""Detection of personal numbers in any text, however they are written, and masking them with ●.

ID numbers, bank cards and mobiles are always looked for. Descriptions (a birth date, an illness, an address) are looked for only on
request: a table's columns of them are private anyway, and in a rule the same words are harmless (``descriptions``).

A number counts on digit boundaries only, and an ID comes before a card before a phone: about a tenth of ID numbers would pass the card
check too. Digits may be full-width and separated by spaces, dashes, dots, slashes or the like. Landlines are not detected: the phone of
an office belongs on a notice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Literal, NamedTuple

from board.rules.bilingual import Words
from board.rules.personal.descriptions import descriptions
from board.rules.personal.identifiers import check_digit, is_card, is_id, is_mobile
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


_GAP = r"[\s\-._·•,、;:/\\'`|~*()]{0,3}"
_RUN = r"(?:\d+[xX]?|[xX](?![A-Za-z]))"
_CHAIN = re.compile(rf"{_RUN}(?:{_GAP}{_RUN})*")
_TOKENS = re.compile(_RUN)
_ENOUGH = re.compile(rf"\d(?:{_GAP}\d){{10}}")
# Dates, sums of money and landlines follow each other in a text; their digits alone are not joined into a number.
_ORDINARY = re.compile(
    r"(?<![\d.,])(?:"
    r"(?:19|20)\d\d(?P<dot>[-./])[01]?\d(?P=dot)[0-3]?\d(?!\d)"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d{1,5})?(?![\d.,]\d)(?!\d)"
    r"|\d{1,9}\.\d{1,5}(?!\d|\.\d)"
    r"|0\d{2,3}(?:-|\) ?-?)\d{7,8}(?!\d)"
    r")"
)
_LONGEST = 19  # digits of a card
_MOST_GLUED = 80  # digits in which an ID may stand beside other numbers; a cell of a million digits must not take minutes
_SERIALS = "2010"  # from this year on, a long number with a date in it is more likely a serial number
_DATE_WORDS = "〇零一二三四五六七八九十"
_CARD_STARTS = "34569"  # what cards begin with; 1 is for hotlines (12317), 0 for landlines, 2 for years


class Detected(NamedTuple):
    """One personal thing in a text: its class and where it stands (``text[start:end]``)."""

    what: What
    start: int
    end: int


class _Token(NamedTuple):
    digits: str
    start: int
    end: int
    ordinary: bool = False  # part of a date or a figure


def find(text: str, classes: Collection[What] = NUMBERS) -> list[Detected]:
    """Return the personal data in a text, in its order; no two overlap. Numbers come before descriptions where both would match."""
    found = [finding for finding in _numbers(text) if finding.what in classes]
    if len(text) > 1 and classes is not NUMBERS and not set(classes) <= set(NUMBERS):
        for what, start, end in descriptions(narrow(text)):
            if what in classes and all(end <= one.start or start >= one.end for one in found):
                found.append(Detected(what, start, end))
        found.sort(key=lambda finding: finding.start)
    return found


def unbroken(text: str) -> What | None:
    """Return the class of a text that is nothing but one number in plain digits, ID before card before phone."""
    if is_id(text):
        return "id_number"
    if is_card(text):
        return "bank_card"
    return "phone" if text.isascii() and text.isdigit() and is_mobile(text) else None


def _numbers(text: str) -> list[Detected]:
    if len(text) < 11:
        return []
    plain = narrow(text)
    if what := unbroken(plain):
        return [Detected(what, 0, len(plain))]
    may_hold = len(_pieces(plain)) > 1 if plain.isdigit() else _ENOUGH.search(plain)
    return sorted(_findings(plain), key=lambda finding: finding.start) if may_hold else []


def mask(text: str, classes: Collection[What] = NUMBERS) -> str:
    """Return the text with ● for each digit of a personal number, of a birth date and of a door, and for each letter of an illness."""
    letters = list(text)
    for finding in find(text, classes):
        for at in range(finding.start, finding.end):
            if finding.what == "health" or letters[at].isdigit() or letters[at] in "xXxX" or letters[at] in _DATE_WORDS:
                letters[at] = REDACTION
    return "".join(letters)


def number_in(text: str, finding: Detected) -> str:
    """Return the digits of a finding as one half-width word, X in upper case: what is matched, and never shown."""
    return re.sub(r"[^0-9X]", "", narrow(text[finding.start : finding.end]).upper())


def _findings(text: str) -> Iterator[Detected]:
    spans = [match.span() for match in _ORDINARY.finditer(text)]
    ordinary = [first for first, _last in spans], [last for _first, last in spans]
    for chain in _CHAIN.finditer(text):
        if chain.end() - chain.start() >= 11:
            yield from _in_chain(list(_tokens(text, chain.start(), chain.end(), ordinary)))


def _tokens(text: str, start: int, end: int, ordinary: tuple[list[int], list[int]]) -> Iterator[_Token]:
    starts, ends = ordinary
    for match in _TOKENS.finditer(text, start, end):
        before = bisect_right(starts, match.start())  # a look at every span for every token would take a long text minutes
        inside = before > 0 and match.start() < ends[before - 1]
        at = match.start()
        for piece in _pieces(match[0].upper()):
            yield _Token(piece, at, at := at + len(piece), inside)


def _pieces(digits: str) -> list[str]:
    """Return digits without a gap as the numbers that they are: an ID that was typed right before or behind another number stands apart.

    A figure of many digits is no proof of an ID, and the serial number of an office, which begins with its area's code and the date,
    hardly one: a check digit that is right must have an early year of birth beside it, or nothing but personal numbers.
    """
    if not 18 < len(digits) <= _MOST_GLUED or unbroken(digits):
        return [digits]
    for at in range(len(digits) - 17):
        number = digits[at : at + 18]
        if _is_proven(number):
            before, behind = digits[:at], digits[at + 18 :]
            if number[6:10] < _SERIALS or all(unbroken(rest) for rest in (before, behind) if rest):
                return [piece for piece in (before, number, *_pieces(behind)) if piece]
    return [digits]


def _in_chain(tokens: list[_Token]) -> Iterator[Detected]:
    """Yield the findings among numbers that only separators part; each class over the whole chain before the next class."""
    free = [True] * len(tokens)
    tests: tuple[tuple[What, Callable[[list[_Token], str], bool]], ...] = (("id_number", _id), ("bank_card", _card), ("phone", _phone))
    for what, test in tests:
        for first, last in _stretches(tokens, free, test):
            free[first : last + 1] = [False] * (last + 1 - first)
            yield Detected(what, tokens[first].start, tokens[last].end)


def _stretches(tokens: list[_Token], free: list[bool], test: Callable[[list[_Token], str], bool]) -> Iterator[tuple[int, int]]:
    """Yield first and last index of each run of free tokens that passes the test; the longest at each start, so 18 digits before 15."""
    first = 0
    while first < len(tokens):
        found, digits = None, ""
        for last in range(first, len(tokens)):
            digits += tokens[last].digits
            if not free[last] or len(digits) > _LONGEST:
                break
            run = tokens[first : last + 1]
            if len(digits) >= 11 and not (first < last and all(token.ordinary for token in run)) and test(run, digits):
                found = last
        if found is not None:
            yield first, found
        first = first + 1 if found is None else found + 1


def _id(tokens: list[_Token], number: str) -> bool:
    """Return whether a run is an ID; one in pieces must pass the check digit, or else have 15 digits not grouped like a card's."""
    if not number[:-1].isdigit() or not is_id(number):
        return False
    if len(tokens) == 1:
        return True
    if len(number) == 18:
        return _is_proven(number)
    return len(tokens[0].digits) != 4


def _is_proven(number: str) -> bool:
    """Return whether 18 characters are an ID beyond doubt: a day of birth that may be, and the right check digit."""
    return "1800" <= number[6:10] <= "2099" and is_id(number) and check_digit(number[:17]) == number[17]


def _card(tokens: list[_Token], number: str) -> bool:
    return (len(tokens) == 1 or number[0] in _CARD_STARTS) and is_card(number)


def _phone(_tokens: list[_Token], number: str) -> bool:
    return number.isdigit() and is_mobile(number)
