"""Numbers as spoken Chinese: 四万八千二百一十元五角. For the loudspeaker and the telephone, where the listener cannot read them again.

零 is said where a place is empty in the middle (一万零五十), not at the end (十万三千): primary school's rule of reading by fours. 两 or
二 goes by 吕叔湘, 现代汉语八百词: 两 where two things are counted (两户, 两元) and before a leading 千, 万 or 亿 (两千, 两万); 二 before
十 and 百, further inside a number (一万二千), after a decimal point, and in what is an order and no count (二组, 二月). A 1 is 幺 where
digits are read one by one to be dialled or typed, as operators do, for 一 and 七 sound alike on a bad line; a year keeps 一. 零 is
written out and never 〇, which some text-to-speech programs take for a circle.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from board.rules import money as figures
from board.rules.phones import dialled

_DIGITS = "零一二三四五六七八九"
_DIALLED = _DIGITS.replace("一", "幺")
_COUNTED = "平方米|户次|人次|户|人|亩|元|角|分(?!之)|笔|个|处|份|项|次|块|口|头|只|公里|米|公斤|吨|天|年|家|件"
_SIGNS = {"×": "乘", "*": "乘", "=": "等于", "+": "加", "≥": "不少于", "≤": "不多于", "&": "和", "#": "号", "〇": "零"}
_PAUSES = dict(zip("\n;:,?!()/", "。；：，？！，，、", strict=True))
_HEARD = "，。；：？！、"  # pauses: the only signs between words


def whole(value: int, *, counted: bool = False) -> str:
    """Return a whole number: ``10050`` is 一万零五十; ``counted`` things are 两 where there are just two."""
    if value < 0:
        return "负" + whole(-value, counted=counted)
    if value == 2 and counted:
        return "两"
    said = _above(value) or "零"
    if said.startswith("一十"):
        return said[1:]
    return "两" + said[1:] if said[:2] in ("二千", "二万", "二亿") else said


def number(value: Decimal, *, counted: bool = False) -> str:
    """Return an area, a rate or a count, without the zeros that say nothing: ``4.43`` is 四点四三, ``93.60`` is 九十三点六."""
    before, _point, after = figures.quantity(abs(value)).replace(",", "").partition(".")
    said = whole(int(before), counted=counted and not after)
    said += "点" + "".join(_DIGITS[int(digit)] for digit in after) if after else ""
    return f"负{said}" if value < 0 and said != "零" else said


def money(value: Decimal) -> str:
    """Return an amount in yuan: ``48210.50`` is 四万八千二百一十元五角, ``100.05`` is 一百元零五分; parts of a fen are said behind a
    point."""
    if value < 0:
        return "负" + money(-value)
    try:
        yuan, rest = divmod(figures.to_fen(value), 100)
    except ValueError:  # a rate of 13.06125 yuan, or more money than there is
        return number(value, counted=True) + "元"
    jiao, fen = divmod(rest, 10)
    said = whole(yuan, counted=True) + "元" if yuan or not rest else ""
    if jiao:
        said += whole(jiao, counted=not said) + "角"
    if fen:
        said += ("零" if said and not jiao else "") + whole(fen, counted=not said) + "分"
    return said


def land(value: Decimal) -> str:
    """Return an area of land as farmers say it, in 亩, 分 and 厘: ``2.3`` mu is 两亩三分, ``0.5`` 五分地; a finer one behind a point."""
    if value < 0 or value != value.quantize(Decimal("0.01")):
        return number(value, counted=True) + "亩"
    mu, rest = divmod(int(value * 100), 100)
    tenths, hundredths = divmod(rest, 10)
    said = whole(mu, counted=True) + "亩" if mu or not rest else ""
    if tenths:
        said += whole(tenths, counted=not said) + "分"
    if hundredths:
        said += ("零" if said and not tenths else "") + whole(hundredths, counted=not said) + "厘"
    return said if "亩" in said else said + "地"


def percent(value: Decimal) -> str:
    """Return a percentage: ``85.5`` is 百分之八十五点五."""
    return "百分之" + number(value) if value >= 0 else "负" + percent(-value)


def year(value: int | str) -> str:
    """Return a year, digit by digit: 二零二六."""
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def day(value: date) -> str:
    """Return a date: 二零二六年十一月二十二日."""
    return f"{year(value.year)}年{whole(value.month)}月{whole(value.day)}日"


def digits(text: str) -> str:
    """Return digits to be dialled or typed, one by one with 幺 for 1, in groups that one can remember: 零八三零，八幺九，幺二三四."""
    runs = re.findall("[0-9]+", text)
    return "，".join("".join(_DIALLED[int(digit)] for digit in group) for run in runs for group in grouped(run))


def grouped(run: str) -> list[str]:
    """Return a run of digits as it is remembered: the area code first, 819 1234, 8191 2345, 138 0013 8000, and a notice's number in
    threes."""
    if run[0] == "0" and len(run) >= 10:
        code = 3 if run[1] in "12" else 4
        return [run[:code], *grouped(run[code:])]
    if len(run) <= 5:
        return [run]
    if not len(run) % 3:
        return [run[start : start + 3] for start in range(0, len(run), 3)]
    first = {7: 3, 10: 6, 11: 3}.get(len(run), 4)
    return [*grouped(run[:first]), *(run[start : start + 4] for start in range(first, len(run), 4))]


def phone(text: str) -> str:
    """Return the first number of a phone line, to be dialled."""
    return digits(dialled(text))


def aloud(text: str) -> str:
    """Return any text of a notice as it is read out: every figure in words, every sign in words or left out.

    The result has only letters and the pauses ，。；：？！、: no digit and no bracket, which a text-to-speech program would spell.
    """
    plain = unicodedata.normalize("NFKC", text.replace("㎡", "平方米")).translate(_DASHES)
    for pattern, said in _SAYINGS:
        plain = pattern.sub(said, plain)
    return _paused("".join(map(_sign, plain)))


def _above(value: int) -> str:
    for size, mark in ((10**8, "亿"), (10**4, "万")):
        if value >= size:
            above, rest = divmod(value, size)
            return _above(above) + mark + ("零" if 0 < rest < size // 10 else "") + _above(rest)
    return _below(value)


def _below(value: int) -> str:
    """Return a number below ten thousand; "" for nothing."""
    said, gap = "", False
    for step, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, step)
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + mark
        gap = not digit
    return said


def _decimal(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def _counted(match: re.Match[str]) -> str:
    """Return a figure before what it counts; big units (万元) are part of it."""
    if match["size"]:
        return number(_decimal(match["n"]), counted=True) + match["size"] + match["unit"]
    value = _decimal(match["n"])
    return money(value) if match["unit"] == "元" else number(value, counted=True) + match["unit"]


def _rate(match: re.Match[str]) -> str:
    return f"每{match['per']}{money(_decimal(match['n']))}"


def _date(match: re.Match[str]) -> str:
    return f"{year(match[1])}年{whole(int(match[3]))}月{whole(int(match[4]))}日"


def _time(match: re.Match[str]) -> str:
    minutes = int(match[2])
    return whole(int(match[1]), counted=True) + "点" + ("零" if 0 < minutes < 10 else "") + (f"{whole(minutes)}分" if minutes else "")


def _bare(match: re.Match[str]) -> str:
    """Return a figure without a unit: digits to dial when it is too long or begins with 0, else a number."""
    figure = match[0]
    long = len(figure) > 8 and "," not in figure and "." not in figure
    return digits(figure) if long or re.match("0[0-9]", figure) else number(_decimal(figure))


_DASHES = dict.fromkeys(map(ord, "—–~−"), "-")
_FIGURE = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
# Tried in this order: what has a form of its own (a phone, a day) before what may be any figure.
_SAYINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<![0-9])0[0-9]{2,3}[- ]?[2-9][0-9]{6,7}(?![0-9])"), lambda match: digits(match[0])),
    (re.compile(r"(?<![0-9])[48]00-?[0-9]{3,4}-?[0-9]{3,4}(?![0-9])"), lambda match: digits(match[0].replace("-", ""))),
    (re.compile(r"(?<=转)[0-9]+|(?<=[打话线])[: ]?1[0-9]{2,4}(?![.,]?[0-9]|\s?[元万亿户亩])"), lambda match: digits(match[0])),
    (re.compile(r"(?<![0-9])([12][0-9]{3})([-./])(1[0-2]|0?[1-9])\2(3[01]|[12][0-9]|0?[1-9])(?![0-9])"), _date),
    (re.compile(r"(?<![0-9.,])[12][0-9]{3}(?=年)"), lambda match: year(match[0])),
    (re.compile(r"(?<=[〔\[(])([12][0-9]{3})[〕\])]"), lambda match: year(match[1]) + "年"),
    (re.compile(r"(?<=[0-9年月日点天元户亩%])\s?-\s?(?=[0-9])"), lambda match: "到"),
    (re.compile(r"-(?=[0-9])"), lambda match: "负"),
    (re.compile(r"(?<![0-9:])([01]?[0-9]|2[0-4]):([0-5][0-9])(?![0-9:])"), _time),
    (re.compile(rf"(?P<n>{_FIGURE})\s?元/(?P<per>亩|户|人)"), _rate),
    (re.compile(rf"({_FIGURE})\s?%"), lambda match: percent(_decimal(match[1]))),
    (re.compile(rf"(?<![第0-9])(?P<n>{_FIGURE})\s?(?P<size>万亿|[万亿]|)(?P<unit>{_COUNTED})"), _counted),
    (re.compile(_FIGURE), _bare),
)


def _sign(char: str) -> str:
    if char in _PAUSES or char in _SIGNS:
        return _PAUSES.get(char) or _SIGNS[char]
    if char in _HEARD or unicodedata.category(char)[0] == "L":
        return char
    return " " if char.isspace() else ""


def _paused(text: str) -> str:
    """Return a text with its pauses in order: the longest of several, none at the start, none left at the end; white space only between
    Latin words."""
    text = re.sub(rf"\s*([{_HEARD}][\s{_HEARD}]*)", lambda match: min(match[1].replace(" ", ""), key="。！？；：，、".index), text)
    text = re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", text)
    return text.lstrip(_HEARD).rstrip("，、：；")
