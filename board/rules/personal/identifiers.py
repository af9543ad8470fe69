"""Numbers that belong to a person: citizen ID numbers (GB 11643-1999), bank cards (ISO/IEC 7812), mobiles."""

from __future__ import annotations

from datetime import date
from operator import mul
from typing import Literal

Number = Literal["id_number", "bank_card", "phone"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# The value of a digit as a byte, and of one that Luhn doubles: a roster has hundreds of thousands of numbers to be looked at.
_VALUES = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_digit(body: str) -> str:
    """Return the eighteenth character of an ID number whose first seventeen digits are given (GB 11643: ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(map(mul, _WEIGHTS, body.encode().translate(_VALUES))) % 11]


def is_day(month: str, day: str) -> bool:
    """Return whether two digits each can be a month and a day of it; 29 February always can, for an ID need not name the leap year
    right."""
    number = int(month)
    return 1 <= number <= 12 and 1 <= int(day) <= _LONGEST[number - 1]


def is_id(number: str) -> bool:
    """Return whether digits (the last may be X) are to be treated as a citizen's ID number, of 18 or of 15 digits.

    The check digit or a plausible year is enough beside month and day: an ID with a slip of the pen still names its owner. Years
    before 1900 pass. An old number of 15 digits has no check digit, so its region (11 to 91) must be plausible as well.
    """
    if len(number) not in (15, 18) or not (number.isascii() and number[:-1].isdigit() and number[-1] in "0123456789Xx"):
        return False  # ² and ٣ are digits to Python as well
    if len(number) == 18:
        likely = "1800" <= number[6:10] <= "2099" and number[0] != "0"
        return is_day(number[10:12], number[12:14]) and (likely or check_digit(number[:17]) == number[17])
    return "11" <= number[:2] <= "91" and is_day(number[8:10], number[10:12])


def canonical_id(number: str) -> str:
    """Return the one form of an ID number under which a person is matched: 18 characters, an old one brought to the new form."""
    if len(number) != 15:
        return number.upper()
    body = f"{number[:6]}19{number[6:]}"
    return body + check_digit(body)


def birth(number: str) -> date | None:
    """Return the birth date in an ID number of 18 or 15 digits, or None where it names no day of the calendar."""
    digits = canonical_id(number)
    try:
        return date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return None


def is_minor(number: str, today: date) -> bool | None:
    """Return whether the owner of an ID number is under 18 on that day (民法典 17), or None where the birth date cannot be read."""
    born = birth(number)
    if born is None:
        return None
    return (today.year - born.year) - ((today.month, today.day) < (born.month, born.day)) < 18


def is_card(number: str) -> bool:
    """Return whether 16 to 19 digits pass the check of bank cards (Luhn, ISO/IEC 7812-1)."""
    if not (16 <= len(number) <= 19 and number.isascii() and number.isdigit()):
        return False
    digits = number.encode()
    return (sum(digits[::-2].translate(_VALUES)) + sum(digits[-2::-2].translate(_DOUBLED))) % 10 == 0


def is_mobile(number: str) -> bool:
    """Return whether digits are a mobile number of the mainland, with or without the country's 86 before it."""
    if len(number) > 11 and number.startswith(("86", "0086")):
        number = number.removeprefix("00").removeprefix("86")
    return len(number) == 11 and number[0] == "1" and number[1] in "3456789"


def unbroken(text: str) -> Number | None:
    """Return the class of a text that is nothing but one number in plain digits, ID before card before phone."""
    if is_id(text):
        return "id_number"
    if is_card(text):
        return "bank_card"
    return "phone" if text.isascii() and text.isdigit() and is_mobile(text) else None
