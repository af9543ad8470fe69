"""Reading figures and dates as clerks write them: 1,234.50元, 20万元, ¥300, (120), 壹佰元整, 10(其中,灾情因素6万元),
2026.7.2, 20260702.

Amounts come out in yuan, areas in mu, rates in yuan per mu; all exact decimals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from typing import Literal, NamedTuple

from board.rules.sheet.capitals import CapitalsError, amount
from board.rules.sheet.table import Cell, plain
from board.rules.text_width import squeezed

Measure = Literal["money", "area", "rate", "count", "share", "scale"]


class Unit(NamedTuple):
    """The measure of a unit, and its size in the measure's own unit: ``factor`` divided by ``per``."""

    measure: Measure
    factor: Decimal
    per: int = 1


# 1 公顷 = 15 亩, 1 亩 = 10000/15 平方米 (国务院 1984 年命令).
UNITS: Mapping[str, Unit] = {
    "分": Unit("money", Decimal("0.01")),
    "角": Unit("money", Decimal("0.1")),
    "元": Unit("money", Decimal(1)),
    "百元": Unit("money", Decimal(100)),
    "千元": Unit("money", Decimal(1000)),
    "万元": Unit("money", Decimal(10_000)),
    "十万元": Unit("money", Decimal(100_000)),
    "百万元": Unit("money", Decimal(1_000_000)),
    "千万元": Unit("money", Decimal(10_000_000)),
    "亿元": Unit("money", Decimal(100_000_000)),
    "亩": Unit("area", Decimal(1)),
    "万亩": Unit("area", Decimal(10_000)),
    "公顷": Unit("area", Decimal(15)),
    "平方米": Unit("area", Decimal("0.0015")),
    "户": Unit("count", Decimal(1)),
    "人": Unit("count", Decimal(1)),
    "人次": Unit("count", Decimal(1)),
    "个月": Unit("count", Decimal(1)),
    "台": Unit("count", Decimal(1)),
    "头": Unit("count", Decimal(1)),
    "万人": Unit("count", Decimal(10_000)),
    "元/亩": Unit("rate", Decimal(1)),
    "元/户": Unit("rate", Decimal(1)),
    "元/人": Unit("rate", Decimal(1)),
    "元/人次": Unit("rate", Decimal(1)),
    "万元/亩": Unit("rate", Decimal(10_000)),
    "元/公顷": Unit("rate", Decimal(1), 15),
    "万元/公顷": Unit("rate", Decimal(10_000), 15),
    "元/平方米": Unit("rate", Decimal(10_000), 15),
    "%": Unit("share", Decimal("0.01")),  # no column of a kind is a share: so that 占比(%) is taken for none
    # 20万: of what, its column says; see ``scaled``.
    "千": Unit("scale", Decimal(1000)),
    "万": Unit("scale", Decimal(10_000)),
    "百万": Unit("scale", Decimal(1_000_000)),
    "千万": Unit("scale", Decimal(10_000_000)),
    "亿": Unit("scale", Decimal(100_000_000)),
}
KEPT = frozenset({"平方米"})  # a column of this unit keeps its figures in it: a yard of 120 m² is not 0.18 mu to whoever lives there
_ALIASES = {"㎡": "平方米", "m2": "平方米", "m²": "平方米", "平米": "平方米", "ha": "公顷", "块": "元", "块钱": "元", "w": "万", "W": "万"}
_LETTERS = str.maketrans({"圆": "元", "萬": "万", "億": "亿", "仟": "千", "佰": "百", "拾": "十"})
_YUAN = re.compile(r"[(\[]?(?:人民币|RMB|CNY)[)\]]?[:/]?", re.IGNORECASE)  # 人民币万元, 万元(人民币)
MEASURES: Mapping[str, Measure] = {"money": "money", "balance": "money", "area": "area", "rate": "rate", "count": "count"}  # by column type

EMPTY = frozenset({"", "-", "--", "---", "/", "\\", "无", "空", "缺", "—", "——", "...", "*"})
_PER = re.compile("/每?|每|[·•・](?=[造季年次茬]$)")
_EACH_TIME = ("造", "季", "年", "次", "茬")  # 元/亩·造: the list is that of one harvest
_FOR_EACH = re.compile(r"每([^\d\s:]{1,3}?)(?:补[贴助偿])?:?(\d.*)", re.DOTALL)  # 每亩50元
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+"
_FIGURE = re.compile(rf"(?P<sign>[-+]?)¥?(?P<minus>-?)(?P<digits>{_DIGITS})(?P<power>[eE][-+]?\d{{1,2}})?(?P<rest>.*)", re.DOTALL)
_CAPITAL = re.compile(r"^[^\d(]*[壹贰叁肆伍陆柒捌玖拾佰仟][^\d(]*[元圆角分整正]$")
_IN_BRACKETS = re.compile(r"([^\d(\[]*)[(\[].+[)\]]", re.DOTALL)
_DATE = re.compile(r"((?:19|20)\d\d)(?:[-./年])(\d{1,2})(?:[-./月])(\d{1,2})日?(?:号)?(?:\d\d:\d\d(?::\d\d)?)?")
_SOLID_DATE = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)")
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets, with their 29 February 1900
_EPOCH_1904 = date(1904, 1, 1)  # day 0 of workbooks that an old Excel for Macintosh made
_LARGEST = 14  # the power of ten: a hundred million million yuan
_PLACES = 9  # decimals; an area in 万亩 has six
_FINEST = Decimal(1).scaleb(-_PLACES)
_SHORT = len("0.") + _PLACES  # so few letters, and no exponent among them, hold neither a large number nor noise
_EXACT = Context(prec=28, traps=[Inexact])
_FIFTEEN = Context(prec=15)  # the digits that a spreadsheet's double holds exactly; the rest is noise


class Figure(NamedTuple):
    """A figure as written: ``value`` in ``unit`` ("" when the cell names none); ``words`` when text in brackets follows it."""

    value: Decimal
    unit: str = ""
    words: bool = False

    def measured(self, unit: str, own: str = "") -> Decimal:
        """Return the value in yuan, mu or yuan per mu, taking ``unit`` where the cell itself names none; ``own`` as in ``measured``."""
        return measured(self.value, self.unit or unit, own)[0]


def measured(value: Decimal, unit: str, own: str = "") -> tuple[Decimal, bool]:
    """Return a value in the own unit of what its unit measures (yuan, mu, yuan per mu), and whether it is exactly that.

    Where the unit of its column (``own``) is one of KEPT, it is in that one. 1400 yuan per hectare have no end as a rate per mu: nine
    decimals are kept. What is no unit leaves the value as it is.
    """
    if unit not in UNITS:
        return value, True
    measure, factor, per = UNITS[unit]
    of = per * UNITS[own].factor if own in KEPT and UNITS[own].measure == measure else Decimal(per)
    if of == 1:
        return value * factor, True
    try:
        return _EXACT.divide(value * factor, of), True
    except Inexact:
        return (value * factor / of).quantize(_FINEST), False


class FigureError(ValueError):
    """A cell that is no figure; carries nothing of the cell."""


_SEVERAL = re.compile(r"\d\s+\d")
_IN_THREES = re.compile(r"[-+¥￥]?\s*\d{1,3}(?: \d{3})+\.\d{1,2}\s*元?")  # 1 200.50: one figure, by its fen


def figure(cell: Cell) -> Figure | None:
    """Return the figure of a cell, None for an empty one (空, —, 无). Raises FigureError for anything that is not plainly one figure."""
    if isinstance(cell, Decimal):
        return _of_number(str(cell))
    if not isinstance(cell, str):
        raise FigureError
    return _of_text(cell) if cell else None


@lru_cache(maxsize=10_000)  # the rows of a roster share their rates, and mostly their areas and amounts
def _of_number(digits: str) -> Figure:
    return Figure(denoised(Decimal(digits)))


@lru_cache(maxsize=10_000)
def _of_text(cell: str) -> Figure | None:
    if cell.isascii() and cell.isdigit() and len(cell) <= _LARGEST:
        return Figure(Decimal(cell))
    written = squeezed(cell)
    if written in EMPTY:
        return None
    if _SEVERAL.search(cell) and not _IN_THREES.fullmatch(cell.strip()):
        raise FigureError  # 100 200 are two figures, or a hundred thousand: nobody knows
    return _capital(written) if _CAPITAL.search(written) else _written(written)


def _capital(written: str) -> Figure:
    """Return an amount in capital numerals only: 壹佰元整."""
    try:
        return Figure(amount(written), "元")
    except CapitalsError:
        raise FigureError from None


def _written(written: str) -> Figure:
    if each := _FOR_EACH.fullmatch(written):
        read = _written(each[2])
        if rate := unit_named(f"{read.unit or '元'}/{each[1]}"):
            return read._replace(unit=rate)
        raise FigureError
    negative = len(written) > 2 and written[0] == "(" and written[-1] == ")"  # book-keepers' (120.00)
    match = _FIGURE.fullmatch(written[1:-1] if negative else written.lstrip("'"))
    if match is None:
        raise FigureError
    value = Decimal(match["digits"].replace(",", "") + (match["power"] or ""))
    if value.adjusted() > _LARGEST or len(value.as_tuple().digits) > 2 * _LARGEST:
        raise FigureError
    value = Decimal(plain(value)) if match["power"] else value
    if negative or match["sign"] == "-" or match["minus"]:
        value = -value
    if not match["rest"]:
        return Figure(value)
    unit, words = _unit_and_words(match["rest"])
    return Figure(value, unit, words)


def _unit_and_words(rest: str) -> tuple[str, bool]:
    """Return the unit, the words in brackets, or both, after the digits. Raises FigureError for anything else."""
    bracket = _IN_BRACKETS.fullmatch(rest)
    word = bracket[1] if bracket else rest
    known = unit_named(word.removesuffix("整")) if word else ""
    if known is None:
        raise FigureError
    return known, bracket is not None


def denoised(number: Decimal) -> Decimal:
    """Return a number cell without the noise of binary fractions: 0.30000000000000004 is 0.3, and so is 0.2999999999988 after subtractions.

    Raises FigureError for a number too large to be any quantity of a township.
    """
    digits = str(number)
    if len(digits) <= _SHORT and "E" not in digits:
        return number
    if number.adjusted() > _LARGEST:
        raise FigureError
    parts = number.as_tuple()
    if isinstance(parts.exponent, int) and parts.exponent >= -_PLACES and len(parts.digits) <= _FIFTEEN.prec:
        return number
    return Decimal(plain(_FIFTEEN.plus(number).quantize(_FINEST)))


def scaled(unit: str, own: str) -> str:
    """Return the unit that a bare 万 stands for in a column whose own unit is ``own`` (元: 万元), any other unit as it is; "" for none."""
    if unit not in UNITS or UNITS[unit].measure != "scale":
        return unit
    base = re.sub("^[十百千万亿]+", "", own)
    return unit + base if unit + base in UNITS else ""


def unit_named(word: str) -> str | None:
    """Return the unit that a word names, as a key of UNITS, or None."""
    bare = squeezed(word)
    if not bare.isascii() and (shorter := _YUAN.sub("", bare)) != bare:
        bare = _bracketless(shorter) or "元"
    parts = _PER.split(bare.translate(_LETTERS))
    if len(parts) == 3 and parts[2] in _EACH_TIME:
        del parts[2]
    word = "/".join(_ALIASES.get(part, part) for part in parts)
    return word if word in UNITS else None


def _bracketless(word: str) -> str:
    return word[1:-1] if word[:1] in "([" and word[-1:] in ")]" else word


def day(cell: Cell, since_1904: bool = False) -> date | None:
    """Return the date of a cell, None for an empty one. Raises FigureError for what is no full date; a spreadsheet's day number counts.

    ``since_1904`` says that the workbook counts its days from 1904 and not from 1900.
    """
    if isinstance(cell, date):
        return cell
    if isinstance(cell, Decimal):
        return _numbered_day(cell, since_1904)
    written = squeezed(cell)
    if written in EMPTY:
        return None
    match = _DATE.fullmatch(written) or _SOLID_DATE.fullmatch(written)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise FigureError from None
    raise FigureError


def _numbered_day(number: Decimal, since_1904: bool) -> date:
    """Return a date kept as a number: 20260702, or the days since 1899-12-30 (years 1954 to 2119), or since 1904-01-01."""
    whole = int(number)
    if 20_000 <= whole < 80_000:
        return (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=whole)
    if number == whole and _SOLID_DATE.fullmatch(str(whole)) and (found := day(str(whole))):
        return found
    raise FigureError
