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
from functools import cached_property
from itertools import accumulate
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

_MOST_GLUED = 80  # digits in which an ID may stand beside other numbers; a cell of a million digits must not take minutes
_NEAR = 60  # characters between a label and the last number that it announces
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
    if not may_hold_number(plain := narrow(text)):
        return []
    seen = shown(text, plain)
    if unbroken(seen.text):
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
    if not (text.isdigit() and len(_split(text)) == 1):
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


class _Chain:
    """The pieces of a shown text that only separators part, and which of them are part of no number yet."""

    def __init__(self, text: str, pieces: list[Piece]) -> None:
        self.text, self.pieces, self.free = text, pieces, [True] * len(pieces)
        self.digits = "".join(piece.digits for piece in pieces)
        self.starts = [0, *accumulate(len(piece.digits) for piece in pieces)]
        self.ends = {end: index for index, end in enumerate(self.starts[1:])}

    @cached_property
    def label(self) -> What | None:
        """The class of number that the words before it announce; nothing but digits and separators stands behind them."""
        return label(self.text[: self.pieces[0].start])

    def runs(self, rule: _Rule) -> Iterator[tuple[int, int]]:
        """Yield first and last index of each run of free pieces for which the rule holds; the longest at each start, so 18 digits before
        15."""
        together, first = self._together(), 0
        while first < len(self.pieces):
            last = self._last(rule, first, together) if self.free[first] else -1
            if last >= 0:
                yield first, last
            first = max(first, last) + 1

    def _last(self, rule: _Rule, first: int, together: list[int]) -> int:
        start = self.starts[first]
        for length in rule.lengths:
            last = self.ends.get(start + length, -1)
            if last >= 0 and together[first] == together[last]:
                number = self.digits[start : start + length]
                if rule.is_number(number) and rule.holds(_Run(self, first, last, number)):
                    return last
        return -1

    def _together(self) -> list[int]:
        """Return a number for each piece, the same for neighbours that may be parts of one number."""
        found = [0]
        for index in range(1, len(self.pieces)):
            is_apart = self.pieces[index].code != self.pieces[index - 1].code or not self.free[index] or not self.free[index - 1]
            found.append(found[-1] + is_apart)
        return found

    def has_usual_gap(self, index: int) -> bool:
        """Whether what parts a piece and the next is usual inside a number."""
        return bool(_USUAL_GAP.fullmatch(self.text, self.pieces[index].end, self.pieces[index + 1].start))

    def is_beside(self, index: int, other: int) -> bool:
        """Whether a neighbour of a piece stands beside it as the next part of a number would."""
        return 0 <= other < len(self.pieces) and self.free[other] and self.has_usual_gap(min(index, other))


class _Run(NamedTuple):
    """Pieces of a chain whose digits together may be one number."""

    chain: _Chain
    first: int
    last: int
    digits: str

    @property
    def pieces(self) -> list[Piece]:
        return self.chain.pieces[self.first : self.last + 1]

    @property
    def is_whole(self) -> bool:
        return self.first == self.last

    @property
    def is_code(self) -> bool:
        """Whether it counts something else than people."""
        return self.chain.pieces[self.first].code >= 0

    @property
    def is_plain(self) -> bool:
        """Whether no part of it is a date, a sum or a landline."""
        return all(piece.span < 0 for piece in self.pieces)

    @property
    def is_one_sum(self) -> bool:
        """Whether it is one figure with thousands commas."""
        return all(piece.is_sum and piece.span == self.pieces[0].span for piece in self.pieces)

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(len(piece.digits) for piece in self.pieces)

    def is_labelled(self, what: What) -> bool:
        """Whether the words before it announce such a number. Dates and amounts behind them are none."""
        near = self.chain.pieces[self.first].start - self.chain.pieces[0].start <= _NEAR
        return near and self.chain.label == what and (self.is_one_sum or any(piece.span < 0 for piece in self.pieces))

    def is_written_as(self, *lengths: Sequence[int]) -> bool:
        """Whether it is written like a number in parts of these lengths, or digit by digit, and no other figure stands beside it."""
        if not self.is_plain or (self.lengths not in lengths and set(self.lengths) != {1}):
            return False
        return self.is_alone

    @property
    def is_alone(self) -> bool:
        """Whether its gaps are usual, and those beside it not: 139 0000 0286, and not 25 139 0000 0286."""
        if self.chain.is_beside(self.first, self.first - 1) or self.chain.is_beside(self.last, self.last + 1):
            return False
        return all(map(self.chain.has_usual_gap, range(self.first, self.last)))


class _Rule(NamedTuple):
    """When pieces of a chain are a number of a class: how many digits they have, the longest first, what these must be, which is quick to
    see, and what else must hold."""

    what: What
    lengths: Sequence[int]
    is_number: Callable[[str], bool]
    holds: Callable[[_Run], bool]


def _in_chains(text: str, rules: Sequence[_Rule]) -> list[Detected]:
    """Return the findings of a shown text in its chains of digits; each class over a whole chain before the next class."""
    found: list[Detected] = []
    for pieces in chains(text, _split):
        chain = _Chain(text, pieces)
        for rule in rules if len(chain.digits) >= 11 else ():
            for first, last in chain.runs(rule):
                chain.free[first : last + 1] = [False] * (last + 1 - first)
                found.append(Detected(rule.what, pieces[first].start, pieces[last].end))
    return found


def _id(run: _Run) -> bool:
    """Return whether digits that may be an ID are one; of a code of something else than people only those with the right check digit."""
    if len(run.digits) == 18 and _is_proven(run.digits):
        return run.is_whole or run.is_one_sum or any(piece.span < 0 for piece in run.pieces)
    if run.is_code:
        return False
    return run.is_whole or run.is_labelled("id_number") or (len(run.digits) == 15 and run.is_written_as(*_OLD_IDS))


def _is_proven(number: str) -> bool:
    """Return whether 18 characters are an ID beyond doubt: a day of birth that may be, and the right check digit."""
    return "1800" <= number[6:10] <= "2099" and is_id(number) and check_digit(number[:17]) == number[17]


def _card(run: _Run) -> bool:
    """Return whether digits that pass the check of cards are one.

    Those in parts need their label, or begin as the cards of China's banks do; no amount has 16 digits.
    """
    if run.is_code:
        return False
    if run.is_whole or run.is_labelled("bank_card"):
        return True
    is_list = bool(_LISTED.search(run.chain.text, run.pieces[0].end, run.pieces[-1].start))
    is_domestic = run.is_plain and not is_list and run.digits.startswith(_UNION_PAY)
    return is_domestic or (run.digits[0] in _CARD_STARTS and run.is_one_sum)


def _phone(run: _Run) -> bool:
    """Return whether the digits of a mobile are one.

    Those in parts need their label, or are written like a mobile; no figure begins with a zero as a part of one may.
    """
    if run.is_whole or run.is_labelled("phone") or run.is_written_as(*_MOBILES):
        return True
    return run.is_plain and any(len(one.digits) > 3 and one.digits[0] == "0" for one in run.pieces[1:]) and run.is_alone


def _may_be_one(run: _Run) -> bool:
    """Return whether digits in a few parts may be one number, so that a person must say."""
    is_short = len(run.pieces) <= _MOST_ASKED or set(run.lengths) == {1}
    return run.is_one_sum or (not run.is_code and run.is_plain and is_short)


def _has_id(digits: str) -> bool:
    return digits[:-1].isdigit() and is_id(digits)


def _has_mobile(digits: str) -> bool:
    return digits.isdigit() and is_mobile(digits)


_IDS, _CARDS, _PHONES = (18, 15), (19, 18, 17, 16), (15, 13, 11)
_PROOFS = (
    _Rule("id_number", _IDS, _has_id, _id),
    _Rule("bank_card", _CARDS, is_card, _card),
    _Rule("phone", _PHONES, _has_mobile, _phone),
)
_DOUBTS = (
    _Rule("id_number", _IDS, _has_id, _may_be_one),
    _Rule("bank_card", _CARDS, lambda digits: digits[0] in _CARD_STARTS and is_card(digits), _may_be_one),
    _Rule("phone", _PHONES, _has_mobile, _may_be_one),
)
