"""Numbers as spoken English: forty-eight thousand two hundred and ten yuan and fifty fen. See ``spoken_chinese`` for the Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from board.rules import money as figures
from board.rules.bilingual import MONTHS
from board.rules.phones import dialled
from board.rules.rendering.spoken_chinese import grouped

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SIZES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth",
    "twenty": "twentieth", "thirty": "thirtieth",
}  # fmt: skip
_HEARD = ".,;:?!"


def whole(value: int) -> str:
    """Return a whole number: ``10050`` is ten thousand and fifty."""
    if value < 0:
        return "minus " + whole(-value)
    for size, name in _SIZES:
        if value >= size:
            above, rest = divmod(value, size)
            return f"{whole(above)} {name}" + (f" {'and ' if rest < 100 else ''}{whole(rest)}" if rest else "")
    if value >= 100:
        return f"{_ONES[value // 100]} hundred" + (f" and {whole(value % 100)}" if value % 100 else "")
    if value < 20:
        return _ONES[value]
    return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")


def number(value: Decimal) -> str:
    """Return an area, a rate or a count: ``4.43`` is four point four three."""
    before, _point, after = figures.quantity(abs(value)).replace(",", "").partition(".")
    said = whole(int(before)) + (f" point {_spelt(after)}" if after else "")
    return f"minus {said}" if value < 0 and said != "zero" else said


def money(value: Decimal) -> str:
    """Return an amount in yuan: ``48210.50`` is forty-eight thousand two hundred and ten yuan and fifty fen."""
    if value < 0:
        return "minus " + money(-value)
    try:
        yuan, fen = divmod(figures.to_fen(value), 100)
    except ValueError:  # a rate of 13.06125 yuan, or more money than there is
        return number(value) + " yuan"
    said = [f"{whole(yuan)} yuan"] if yuan or not fen else []
    return " and ".join([*said, f"{whole(fen)} fen"] if fen else said)


def ordinal(value: int) -> str:
    """Return a day of a month: ``22`` is twenty-second."""
    head, dash, last = whole(value).rpartition("-")
    return head + dash + _ORDINALS.get(last, last + "th")


def year(value: int) -> str:
    """Return a year as it is read: twenty twenty-six, two thousand and nine, nineteen hundred."""
    if value % 1000 < 10:
        return whole(value)
    century, rest = divmod(value, 100)
    return f"{whole(century)} {'hundred' if not rest else 'oh ' + whole(rest) if rest < 10 else whole(rest)}"


def digits(text: str) -> str:
    """Return digits to be dialled or typed, one by one: zero eight three zero, eight one nine, one two three four."""
    return ", ".join(_spelt(group) for run in re.findall("[0-9]+", text) for group in grouped(run))


def phone(text: str) -> str:
    """Return the first number of a phone line, to be dialled."""
    return digits(dialled(text))


def aloud(text: str) -> str:
    """Return English text of a notice as it is read out, every figure in words; names of places stay as they are written."""
    plain = unicodedata.normalize("NFKC", text)
    for pattern, said in _SAYINGS:
        plain = pattern.sub(said, plain)
    kept = "".join(char if char in _HEARD + "-'\n " or unicodedata.category(char)[0] == "L" else " " for char in plain)
    kept = re.sub(r"(?<![A-Za-z])-|-(?![A-Za-z])", " ", kept)
    return re.sub(r"\s*([.,;:?!])[\s,;:]*", r"\1 ", re.sub(r"[^\S\n]+", " ", kept)).strip(" ,;:")


def _spelt(run: str) -> str:
    return " ".join(_ONES[int(digit)] for digit in run)


def _decimal(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def _bare(match: re.Match[str]) -> str:
    figure = match[0]
    long = len(figure) > 8 and "," not in figure and "." not in figure
    return digits(figure) if long or re.match("0[0-9]", figure) else number(_decimal(figure))


def _yuan(match: re.Match[str]) -> str:
    return money(_decimal(match[1])) + (f" per {match[2]}" if match[2] else "")


_FIGURE = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_SAYINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<![0-9])0[0-9]{2,3}[- ]?[2-9][0-9]{6,7}(?![0-9])"), lambda match: digits(match[0])),
    (
        re.compile(rf"(?<![0-9])([0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}})(?![0-9])"),
        lambda match: f"{ordinal(int(match[1]))} of {match[2]} {year(int(match[3]))}",
    ),
    (re.compile(r"-(?=[0-9])"), lambda match: "minus "),
    (re.compile(rf"({_FIGURE}) yuan(?:/(mu|household|person))?"), _yuan),
    (re.compile(rf"({_FIGURE})\s?%"), lambda match: number(_decimal(match[1])) + " per cent"),
    (re.compile(_FIGURE), _bare),
)
