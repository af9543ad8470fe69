"""Half-width and full-width forms of the same characters, made one: digits, brackets, spaces and dashes."""

from __future__ import annotations

import re
import unicodedata

_BLANK = re.compile(r"\s+")
# Letters without ink that are no spaces in Unicode: fillers of Korean and Braille, joiners, and what makes a digit a picture of a key.
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e\ufe0f\u20e3"


class _Narrow(dict[int, str]):
    """A table for ``str.translate`` that works out each character once and keeps it; every answer is one character long."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = narrow = _narrow(character)
        return narrow


def _narrow(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category in ("Zs", "Cf") or character in _UNSEEN:  # no-break, ideographic and zero-width spaces, byte-order marks inside a text
        return " "
    if category == "Pd" or character in "−－":  # hyphens, dashes and the minus sign
        return "-"
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


_NARROW = _Narrow()


def narrow(text: str) -> str:
    """Return the text in half-width letters; as long as before, so that positions in it still hold."""
    return text if text.isascii() else text.translate(_NARROW)


def squeezed(text: str) -> str:
    """Return the text in half-width letters without any white space."""
    return _BLANK.sub("", narrow(text))
