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
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from board.rules.bilingual import Words
from board.rules.personal.descriptions import descriptions
from board.rules.personal.half_masked import half_masked
from board.rules.personal.identifiers import check_digit, is_card, is_id, is_mobile
from board.rules.personal.labels import label, named
from board.rules.personal.spellings import NUMERALS, Piece, chains, may_hold_number, shown, spelled_out
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

_LONGEST = 19  # digits of a card
_MOST_GLUED = 80  # digits in which an ID may stand beside other numbers; a cell of a million digits must not take minutes
_MOST_ASKED = 6  # pieces in which somebody may have written one number; more are a list of figures
_SERIALS = "2010"  # from this year on, a long number with a date in it is more likely a serial number
_CARD_STARTS = "34569"  # what cards begin with; 1 is for hotlines (12317), 0 for landlines, 2 for years
_UNION_PAY = "62"  # ISO/IEC 7812: China UnionPay
_MOBILES = ((3, 4, 4), (2, 3, 4, 4), (4, 3, 4, 4), (2, 11), (4, 11))  # lengths of the parts in which mobiles are written, and old IDs
_OLD_IDS = ((6, 6, 3), (6, 9), (6, 2, 2, 2, 3))
_USUAL_GAP = re.compile(r"[\s\-._·()~]*")
_LISTED = re.compile(r"[、,;]")  # 6、20、21组
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
    seen = shown(text)
    if not may_hold_number(seen.text) or unbroken(seen.text):
        return []
    certain = _certain(seen.text)
    found = [
        Detected(what, *seen.place(start, end)) for what, start, end in _in_chains(seen.text, _DOUBTS) if _is_free(certain, start, end)
    ]
    return sorted(found, key=_start)


def unbroken(text: str) -> What | None:
    """Return the class of a text that is nothing but one number in plain digits, ID before card before phone."""
    if is_id(text):
        return "id_number"
    if is_card(text):
        return "bank_card"
    return "phone" if text.isascii() and text.isdigit() and is_mobile(text) else None


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
    part = shown(text[finding.start : finding.end]).text
    return re.sub(r"[^0-9X]", "", (spelled_out(part) or part).upper())


def _numbers(text: str) -> list[Detected]:
    if len(text) < 11:
        return []
    seen = shown(text)
    if what := unbroken(seen.text):
        return [Detected(what, *seen.place(0, len(seen.text)))]
    return sorted((Detected(what, *seen.place(start, end)) for what, start, end in _certain(seen.text)), key=_start)


def _certain(text: str) -> list[Detected]:
    """Return the personal numbers of a shown text, in no order: in digits, then by their labels, then spelled out, then half-masked."""
    found: list[Detected] = []
    if may_hold_number(text) and not (text.isdigit() and len(_split(text)) == 1):
        found += _in_chains(text, _PROOFS)
        _add(found, named(text))
    if words := spelled_out(text):
        _add(found, (one for one in (*_in_chains(words, _PROOFS), *named(words)) if text[one[1] : one[2]] != words[one[1] : one[2]]))
    _add(found, (("id_number", start, end) for start, end in half_masked(text)))
    return found


def _add(found: list[Detected], more: Iterator[tuple[What, int, int]]) -> None:
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


def _split(digits: str) -> list[str]:
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
                return [piece for piece in (before, number, *_split(behind)) if piece]
    return [digits]


class _Run(NamedTuple):
    """Pieces of a chain that may be one number, the shown text that they are part of, and whether no other figures stand beside them."""

    pieces: Sequence[Piece]
    digits: str
    text: str
    is_alone: bool = True

    @property
    def is_whole(self) -> bool:
        return len(self.pieces) == 1

    def label(self) -> What | None:
        """The class of number that the words before it announce. Dates and amounts behind them are none."""
        are_figures = all(piece.span >= 0 for piece in self.pieces)
        return None if are_figures and not self.is_one_sum() else label(self.text[: self.pieces[0].start])

    def is_one_sum(self) -> bool:
        """Whether it is one figure with thousands commas."""
        return all(piece.is_sum and piece.span == self.pieces[0].span for piece in self.pieces)

    def has_usual_gaps(self) -> bool:
        """Whether its parts are no dates or sums, and only what is usual inside a number parts them."""
        if any(piece.span >= 0 for piece in self.pieces):
            return False
        return all(_is_usual(self.text, *two) for two in zip(self.pieces, self.pieces[1:], strict=False))


def _is_usual(text: str, one: Piece, next: Piece) -> bool:
    return bool(_USUAL_GAP.fullmatch(text, one.end, next.start))


Test = Callable[[_Run], bool]
_Tests = Sequence[tuple[What, Test]]


def _in_chains(text: str, tests: _Tests) -> list[Detected]:
    """Return the findings of a shown text in its chains of digits; each class over a whole chain before the next class."""
    found: list[Detected] = []
    for chain in chains(text, _split):
        if sum(len(piece.digits) for piece in chain) < 11:
            continue
        free = [True] * len(chain)
        for what, test in tests:
            for first, last in _stretches(text, chain, free, test):
                free[first : last + 1] = [False] * (last + 1 - first)
                found.append(Detected(what, chain[first].start, chain[last].end))
    return found


def _stretches(text: str, chain: list[Piece], free: list[bool], test: Test) -> Iterator[tuple[int, int]]:
    """Yield first and last index of each run of free pieces that passes the test; the longest at each start, so 18 digits before 15."""
    first = 0
    while first < len(chain):
        found, digits = None, ""
        for last in range(first, len(chain)):
            digits += chain[last].digits
            if not free[last] or len(digits) > _LONGEST or chain[last].code != chain[first].code:
                break
            if len(digits) >= 11 and test(_Run(chain[first : last + 1], digits, text, _is_alone(text, chain, free, first, last))):
                found = last
        if found is not None:
            yield first, found
        first = first + 1 if found is None else found + 1


def _is_alone(text: str, chain: list[Piece], free: list[bool], first: int, last: int) -> bool:
    """Return whether no figure stands right before or behind some pieces of a chain: 139 0000 0286, and not 25 139 0000 0286."""
    before = first == 0 or not free[first - 1] or not _is_usual(text, chain[first - 1], chain[first])
    return before and (last + 1 == len(chain) or not free[last + 1] or not _is_usual(text, chain[last], chain[last + 1]))


def _are_figures(run: _Run) -> bool:
    """Return whether a run is nothing but dates, sums and landlines behind each other."""
    return all(piece.span >= 0 for piece in run.pieces) and len({piece.span for piece in run.pieces}) > 1


def _id(run: _Run) -> bool:
    """Return whether a run is an ID; of a code of something else than people only one whose check digit is right."""
    if not run.digits[:-1].isdigit() or not is_id(run.digits):
        return False
    if len(run.digits) == 18 and _is_proven(run.digits):
        return run.is_whole or not _are_figures(run)
    if run.pieces[0].code >= 0:
        return False
    if run.is_whole or run.label() == "id_number":
        return True
    lengths = tuple(len(piece.digits) for piece in run.pieces)
    return len(run.digits) == 15 and (lengths in _OLD_IDS or set(lengths) == {1}) and run.is_alone and run.has_usual_gaps()


def _is_proven(number: str) -> bool:
    """Return whether 18 characters are an ID beyond doubt: a day of birth that may be, and the right check digit."""
    return "1800" <= number[6:10] <= "2099" and is_id(number) and check_digit(number[:17]) == number[17]


def _card(run: _Run) -> bool:
    """Return whether a run is a card. One in parts without a label must begin as the cards of China's banks do; no amount has 16 digits."""
    if run.pieces[0].code >= 0 or not is_card(run.digits):
        return False
    if run.is_whole or run.label() == "bank_card":
        return True
    is_list = bool(_LISTED.search(run.text, run.pieces[0].end, run.pieces[-1].start))
    is_plain = not is_list and all(piece.span < 0 for piece in run.pieces)
    return (is_plain and run.digits.startswith(_UNION_PAY)) or (run.digits[0] in _CARD_STARTS and run.is_one_sum())


def _phone(run: _Run) -> bool:
    """Return whether a run is a mobile. In parts without a label it is one if it is written like one, or if one of its parts begins with
    a zero as no figure does."""
    if not (run.digits.isdigit() and is_mobile(run.digits)):
        return False
    if run.is_whole or run.label() == "phone":
        return True
    lengths = tuple(len(piece.digits) for piece in run.pieces)
    is_usual = lengths in _MOBILES or set(lengths) == {1} or any(len(one.digits) > 3 and one.digits[0] == "0" for one in run.pieces[1:])
    return is_usual and run.is_alone and run.has_usual_gaps()


def _may_be(kind: Test) -> Test:
    """Return the test whether a run in a few parts may be such a number, so that a person must say."""

    def test(run: _Run) -> bool:
        is_plain = run.pieces[0].code < 0 and all(piece.span < 0 for piece in run.pieces)
        is_short = len(run.pieces) <= _MOST_ASKED or all(len(piece.digits) == 1 for piece in run.pieces)
        return (run.is_one_sum() or (is_plain and is_short)) and kind(run)

    return test


_PROOFS: _Tests = (("id_number", _id), ("bank_card", _card), ("phone", _phone))
_DOUBTS: _Tests = (
    ("id_number", _may_be(lambda run: run.digits[:-1].isdigit() and is_id(run.digits))),
    ("bank_card", _may_be(lambda run: run.digits[0] in _CARD_STARTS and is_card(run.digits))),
    ("phone", _may_be(lambda run: run.digits.isdigit() and is_mobile(run.digits))),
)
