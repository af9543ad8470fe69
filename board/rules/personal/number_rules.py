"""Which digits in a chain of a text are a personal number, and which only may be one.

With gaps between them, digits may be several figures. So an ID must have a day of birth and its check digit, a card or phone its label or
one of the groupings in which such numbers are written: docs/decisions/0028-certain-and-asked-numbers.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from board.rules.personal.identifiers import Number, check_digit, is_card, is_id, is_mobile, unbroken
from board.rules.personal.labels import label
from board.rules.personal.spellings import Piece, chains

Found = tuple[Number, int, int]  # class, start and end

_NEAR = 60  # characters between a label and the last number that it announces
_MOST_ASKED = 6  # pieces in which somebody may have written one number; more are a list of figures
_SERIALS = "2010"  # from this year on, a long number with a date in it is more likely a serial number
_CARD_STARTS = "34569"  # what cards begin with; 1 is for hotlines (12317), 0 for landlines, 2 for years
_UNION_PAY = "62"  # ISO/IEC 7812: China UnionPay
_MOBILES = ((3, 4, 4), (2, 3, 4, 4), (4, 3, 4, 4), (2, 11), (4, 11))  # lengths of the parts in which mobiles are written, and old IDs
_OLD_IDS = ((6, 6, 3), (6, 9), (6, 2, 2, 2, 3))
_USUAL_GAP = re.compile(r"[\s\-._·()~]*")
_MOST_GLUED = 80  # digits in which an ID may stand beside other numbers; a cell of a million digits must not take minutes
_LISTED = re.compile(r"[、,;]")  # 6、20、21组


def apart(digits: str) -> list[str]:
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
                return [piece for piece in (before, number, *apart(behind)) if piece]
    return [digits]


class _Chain:
    """The pieces of a shown text that only separators part, and which of them are part of no number yet."""

    def __init__(self, text: str, pieces: list[Piece]) -> None:
        self.text, self.pieces, self.free = text, pieces, [True] * len(pieces)
        self.digits = "".join(piece.digits for piece in pieces)
        self.starts = [0, *accumulate(len(piece.digits) for piece in pieces)]
        self.ends = {end: index for index, end in enumerate(self.starts[1:])}

    @cached_property
    def label(self) -> Number | None:
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

    def is_labelled(self, what: Number) -> bool:
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

    what: Number
    lengths: Sequence[int]
    is_number: Callable[[str], bool]
    holds: Callable[[_Run], bool]


def certain(text: str) -> list[Found]:
    """Return the numbers in a shown text that its digits prove, in no order; none overlap."""
    return _in_chains(text, _PROOFS)


def possible(text: str) -> list[Found]:
    """Return the figures of a shown text that may be one number in a few parts; those of ``certain`` are among them."""
    return _in_chains(text, _DOUBTS)


def _in_chains(text: str, rules: Sequence[_Rule]) -> list[Found]:
    """Return what the rules find in each chain; each class over a whole chain before the next class."""
    found: list[Found] = []
    for pieces in chains(text, apart):
        chain = _Chain(text, pieces)
        for rule in rules if len(chain.digits) >= 11 else ():
            for first, last in chain.runs(rule):
                chain.free[first : last + 1] = [False] * (last + 1 - first)
                found.append((rule.what, pieces[first].start, pieces[last].end))
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
