"""Amounts in capital numerals (大写), as the Payment and Settlement Rules define them: 壹拾贰万伍仟柒佰叁拾叁元整 is 125733."""

from __future__ import annotations

import re
from decimal import Decimal

from board.rules.text_width import squeezed

_SAME = ("零〇", "壹弌一", "贰貳二两", "叁參三", "肆四", "伍五", "陆陸六", "柒七", "捌八", "玖九")
_DIGITS = {letter: value for value, letters in enumerate(_SAME) for letter in letters}
_STEPS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_NUMERAL = "".join((*_SAME, *_STEPS))
_WRITTEN = re.compile(
    rf"(?:人民币)?(?P<minus>负)?(?:(?P<yuan>[{_NUMERAL}万萬亿億]+)(?:元|圆|圓))?"
    rf"(?:零?(?P<jiao>[{_NUMERAL}])角)?(?:零?(?P<fen>[{_NUMERAL}])分)?(?:整|正)?"
)
# In a line of words only the formal letters count, so that 十元 in a remark is no second total.
_IN_WORDS = re.compile(
    r"(?:人民币)?负?[零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万萬亿億]+(?:元|圆|圓)(?:[零壹贰貳叁參肆伍陆陸柒捌玖角分]*)(?:整|正)?"
)


class CapitalsError(ValueError):
    """Letters that are no amount in capital numerals; carries nothing of them."""


def amount(written: str) -> Decimal:
    """Return the amount in yuan that capital numerals state, to the fen. Raises CapitalsError for anything else, a slip of the pen
    included.

    万 and 亿 multiply what stands before them; 拾 alone is 10; a 零 fills any gap. 壹角 without yuan is an amount as well.
    """
    match = _WRITTEN.fullmatch(squeezed(written))
    if match is None or not (match["yuan"] or match["jiao"] or match["fen"]):
        raise CapitalsError
    value = Decimal(_whole(match["yuan"] or "零")) + Decimal(_digit(match["jiao"])) / 10 + Decimal(_digit(match["fen"])) / 100
    return -value if match["minus"] else value


def amounts_in(words: str) -> list[Decimal]:
    """Return the amounts in formal capital numerals inside a line of words; what only looks like one is left out."""
    found = []
    for match in _IN_WORDS.finditer(squeezed(words)):
        try:
            found.append(amount(match[0]))
        except CapitalsError:
            continue
    return found


def _digit(letter: str | None) -> int:
    if letter is None:
        return 0
    if letter not in _DIGITS:
        raise CapitalsError
    return _DIGITS[letter]


def _whole(letters: str) -> int:
    """Return the whole yuan; 亿 before 万 before the rest, each once."""
    letters = letters.replace("萬", "万").replace("億", "亿")
    value = 0
    for mark, size in (("亿", 100_000_000), ("万", 10_000)):
        before, found, letters = letters.rpartition(mark)
        if found:
            value += (_whole(before) if mark == "亿" else _below(before)) * size
    return value + (_below(letters) if letters else 0)


def _below(letters: str) -> int:
    """Return a number below ten thousand: its steps go down, and each has one digit before it, 拾 at the start excepted."""
    value, digit, least = 0, None, 10_000
    for at, letter in enumerate(letters):
        if letter in _STEPS:
            step = _STEPS[letter]
            if step >= least or (digit is None and not (step == 10 and at == 0)):
                raise CapitalsError
            value, digit, least = value + (1 if digit is None else digit) * step, None, step
        elif digit:
            raise CapitalsError
        else:
            digit = _DIGITS[letter]
    if not letters:
        raise CapitalsError
    return value + (digit or 0)
