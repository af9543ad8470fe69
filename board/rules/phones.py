"""A phone number as a notice writes it, made into one that a phone dials."""

from __future__ import annotations

import re
import unicodedata


def dialled(text: str) -> str:
    """Return the first number of a phone line as a phone dials it: digits, + and -; 0830-8191234转802 and 0830 8191234、8195678 alike give
    one."""
    number = ""
    for gap, piece in _PIECES.findall(unicodedata.normalize("NFKC", text).translate(_DASHES)):
        digits = number.removeprefix("+86").replace("-", "")
        if number and (gap.strip(" -()") or len(digits) >= _length(digits)):
            break
        number += ("-" if number and "-" in gap else "") + piece
    return number


_PIECES = re.compile(r"([^0-9+]*)(\+?[0-9]+)")
_DASHES = str.maketrans("—–", "--")


def _length(digits: str) -> int:
    """Return the least number of digits of a number that begins so: 11 of a mobile phone, 10 with an area code, 5 of a hotline."""
    if re.match("1[3-9]", digits):
        return 11
    return 10 if re.match("0|[48]00", digits) else 5
