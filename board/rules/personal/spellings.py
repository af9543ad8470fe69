"""Digits of a text however they are spelled: cut into pieces, and the pieces that only separators part joined into chains.

A reader sees neither zero-width characters nor how many blanks or line breaks stand between two digits, and reads 一三九 like 139. So all
of these are looked at as they will be shown. What figures, dates and codes have a spelling of their own is marked or kept apart: the digits
of 1,679.40 2,696.34 are two sums, and a project code is no card.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

NUMERALS = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺"
_VALUES = str.maketrans(NUMERALS, "0001234567891234567891")
# Letters without ink that Unicode counts among the letters: fillers of Korean and Braille.
_FILLERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"

_BETWEEN = r"\-._·•,、;:/\\'`|~*()+=&@#<>\[\]{}\"“”‘’【】《》〔〕〈〉「」『』→←…^!?。"  # marks between the parts of a number
_GAP = re.compile(rf"\s*(?:[{_BETWEEN}]\s*){{0,8}}")
_RUN = re.compile(r"\d+[xX]?|[xX](?![A-Za-z])")
_ENOUGH = re.compile(rf"(?:[\d{NUMERALS}][^\d{NUMERALS}]*+){{6}}")
_CHAIN = re.compile(rf"(?:\d[\s{_BETWEEN}xX]*+){{11}}")
_NUMERAL = re.compile(f"[{NUMERALS}]")
_SPELLED = re.compile(rf"(?:[\d{NUMERALS}][^\d{NUMERALS}]*+){{11}}")
# Dates, sums of money and landlines follow each other in a text; their digits alone are not joined into a number.
_ORDINARY = re.compile(
    r"(?<![\d.,])(?:"
    r"(?:19|20)\d\d(?P<dot>[-./])[01]?\d(?P=dot)[0-3]?\d(?!\d)"
    r"|(?P<sum>\d{1,3}(?:,\d{3})+)(?:\.\d{1,5})?(?![\d.,]\d)(?!\d)"
    r"|\d{1,9}\.\d{1,5}(?!\d|\.\d)"
    r"|0\d{2,3}(?:-|\) ?-?)\d{7,8}(?!\d)"
    r")"
)
# What counts something else than people: the national code of a project (year and month, area, two classes, serial number), a pair of
# coordinates in degrees or in metres of a grid, and what stands behind the label of a document, a project or a plot.
_CODES = re.compile(
    r"(?<![\d-])\d{2,4}(?P<cut>[ \-_./]{1,3})\d{6}(?P=cut)\d{2}(?P=cut)\d{2}(?P=cut)\d{2,6}(?!-?\d)"
    r"|(?<![\d.])1?\d?\d\.\d{3,15}[°度]?\s?[EN]?\s?[\s,/、;和]\s?(?:[EN]|东经|北纬|经度|纬度)?[\s:]?1?\d?\d\.\d{3,15}(?![\d.])"
    r"|(?<![\d.])\d{6,8}\.\d{1,5}\s?[,/、; ]\s?\d{6,8}\.\d{1,5}(?![\d.])"
    r"|(?<=[EN经纬度])[\s:=]{0,3}1?\d?\d\.\d{3,15}(?![\d.])"
    r"|(?:(?:项目|标段|合同|采购|招标|工程|宗地|图斑|地块|小班|发票|凭证|订单|批复|备案|社会信用|机构|区划|资产|许可|票据)(?:(?!卡|[账帐]|折|身份|手机|电话)[\u4e00-\u9fff]){0,4}"
    r"(?:代码|编码|编号|号码|号)|流水号|文号|统一编码|统一代码)[\s:为是(]{0,3}\d[\d._/-]*"
)


class Piece(NamedTuple):
    """Digits that stand together (the last may be X), and where.

    ``span`` is the date, sum or landline that they are part of, ``code`` the project code or the like, by its place among those of the
    text; -1 for none. ``is_sum`` tells of a span with thousands commas.
    """

    digits: str
    start: int
    end: int
    span: int = -1
    is_sum: bool = False
    code: int = -1


class Shown(NamedTuple):
    """A text as a reader sees it: in half-width letters, without what has no ink; ``at`` gives each letter's place in the text itself,
    None where nothing was left out."""

    text: str
    at: list[int] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands in the text itself."""
        return (start, end) if self.at is None else (self.at[start], self.at[end - 1] + 1)


def shown(text: str, plain: str) -> Shown:
    """Return a text, and ``plain`` in half-width letters, as a reader sees it."""
    if text.isprintable() and text.isascii():
        return Shown(text)
    inked = text.translate(_INK)
    if len(inked) == len(text):
        return Shown(plain)
    at = [index for index, letter in enumerate(text) if _INK[ord(letter)] is not None]
    return Shown("".join([plain[index] for index in at]), at)


def may_hold_number(text: str) -> bool:
    """Return whether a half-width text has as many digits as the year and month of a birth; quick, for most cells have not."""
    return bool(_ENOUGH.search(text))


def spelled_out(text: str) -> str:
    """Return a text with 〇一二 as digits, letter for letter, or "" where none is in it or all digits together are too few."""
    return text.translate(_VALUES) if not text.isascii() and _NUMERAL.search(text) and _SPELLED.search(text) else ""


def chains(text: str, split: Callable[[str], list[str]]) -> Iterator[list[Piece]]:
    """Yield the pieces of a shown text that only separators part, chain by chain; ``split`` parts digits without a gap between them."""
    if not _CHAIN.search(text):
        return
    ordinary = _Spans([(*match.span(), match["sum"] is not None and "." not in match[0]) for match in _ORDINARY.finditer(text)])
    codes = _Spans([(*match.span(), False) for match in _CODES.finditer(text)])
    chain: list[Piece] = []
    for match in _RUN.finditer(text):
        at = match.start()
        if chain and not _GAP.fullmatch(text, chain[-1].end, at):
            yield chain
            chain = []
        span, code = ordinary.of(at), codes.of(at)
        for digits in split(match[0].upper()):
            chain.append(Piece(digits, at, at := at + len(digits), span, span >= 0 and ordinary.marks[span], code))
    if chain:
        yield chain


class _Spans:
    """Spans of a text in order; a look at each of them for every piece would take a long text minutes."""

    def __init__(self, spans: list[tuple[int, int, bool]]) -> None:
        self.starts, self.ends = [start for start, _end, _ in spans], [end for _start, end, _ in spans]
        self.marks = [mark for _start, _end, mark in spans]

    def of(self, at: int) -> int:
        """Return the index of the span that a place is in, -1 for none."""
        before = bisect_right(self.starts, at) - 1
        return before if before >= 0 and at < self.ends[before] else -1


class _Ink(dict[int, int | None]):
    """A table for ``str.translate`` that leaves out what a reader cannot see; each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        category = unicodedata.category(character)
        unseen = category in ("Cf", "Mn", "Me") or character in _FILLERS or (category == "Cc" and not character.isspace())
        self[code] = None if unseen else code
        return self[code]


_INK = _Ink()
