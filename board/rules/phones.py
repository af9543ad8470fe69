"""A phone number as a notice writes it, made into one that a phone dials."""

from __future__ import annotations

import re
import unicodedata


def dialled(text: str) -> str:
    """The first number of a phone line as a phone dials it: digits, + and -; 0830-8191234转802 and 0830 8191234、8195678 alike give one."""
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
    """How many digits a number that begins so has at least: a mobile phone's 11, an area code with its number 10, a hotline 5."""
    if re.match("1[3-9]", digits):
        return 11
    return 10 if re.match("0|[48]00", digits) else 5
