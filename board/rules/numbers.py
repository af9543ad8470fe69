"""The two numbers that people copy by hand: a notice's printed number, and the receipt of a case. Both carry a check digit.

A notice's number is read aloud, typed from a wall and misread, so one wrong digit or two swapped ones must never open another notice. A
receipt is a secret that opens one case; it must not look like a bank card, an ID number or a phone, to people or to our own scan.
"""

from __future__ import annotations

from collections.abc import Callable

# H. M. Damm, Total anti-symmetrische Quasigruppen (Marburg 2004): one digit that catches each wrong digit and each adjacent swap,
# which Luhn does not (09 and 90). The table is the order-10 one of the thesis: anti-symmetric, with a diagonal of zeros.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_DIGITS = frozenset("0123456789")  # str.isdigit also takes ² and ٣
NUMBER_LENGTH = 9
RECEIPT_LENGTH = 16


def make(random_int: Callable[[int], int]) -> str:
    """Return a new printed number: eight random digits, the first not 0, and a check digit.

    ``random_int(n)`` gives a whole number from 0 to n - 1 (``secrets.randbelow``). Whether the number is taken is for the caller.
    """
    body = str(10_000_000 + random_int(90_000_000))
    return body + str(_damm(body))


def valid(number: str) -> bool:
    """Return whether a text is a printed number: nine digits, without spaces, whose check digit agrees."""
    return len(number) == NUMBER_LENGTH and _DIGITS.issuperset(number) and number[0] != "0" and _damm(number) == 0


def spaced(number: str) -> str:
    """Return a printed number in threes, as it stands on paper: ``123 456 789``."""
    return _grouped(number, 3)


def compact(typed: str) -> str:
    """Return a typed number in the form that ``valid`` and ``receipt_valid`` take: half-width digits, no spaces or dashes."""
    plain = typed.translate({0xFF10 + digit: str(digit) for digit in range(10)})
    return "".join(plain.split()).translate({ord(dash): None for dash in "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"})


def receipt(secret_digest: bytes) -> str:
    """Return the receipt that belongs to a secret: 16 digits, the same each time, from a digest of 16 bytes or more (an HMAC).

    The last digit is the Luhn check digit plus 5, modulo 10: it still catches a slip of the pen, but is never Luhn-valid, so that
    no check for bank cards takes it for one; 16 digits are no ID number (15 or 18) and no phone (11). The first is never 0, which
    people drop. About 10**15 values. Raises ValueError for a shorter digest.
    """
    if len(secret_digest) < 16:
        raise ValueError("a receipt needs a digest of 16 bytes or more")
    body = str(10**14 + int.from_bytes(secret_digest, "big") % (9 * 10**14))
    return body + str((_luhn_digit(body) + 5) % 10)


def receipt_valid(receipt: str) -> bool:
    """Return whether a text is a receipt: 16 digits, without spaces, whose last agrees with the others."""
    if len(receipt) != RECEIPT_LENGTH or not _DIGITS.issuperset(receipt) or receipt[0] == "0":
        return False
    return int(receipt[-1]) == (_luhn_digit(receipt[:-1]) + 5) % 10


def receipt_spaced(receipt: str) -> str:
    """Return a receipt in fours, as a villager copies it: ``8123 4567 8901 2345``."""
    return _grouped(receipt, 4)


def _damm(digits: str) -> int:
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state


def _luhn_digit(body: str) -> int:
    """Return the Luhn check digit of a number without one (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10


def _grouped(digits: str, size: int) -> str:
    return " ".join(digits[start : start + size] for start in range(0, len(digits), size))
