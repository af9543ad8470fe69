"""The units that the lines around a table state (单位:亩、元/亩、元), and words for money that cannot be read as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from board.rules.sheet.figures import UNITS, unit_named
from board.rules.text_width import narrow, squeezed

_LABEL = re.compile(
    r"(?P<office>[\u4e00-\u9fff])?(?P<own>(?:金额|面积|数量|计量|计价|货币|资金)?\s*单\s*位)\s*(?:(?:为|是)\s*:?|:)\s*"
    r"|^\(?\s*(?:金额|资金)\s*:\s*|^\(?\s*(?:金额|计量|货币)?单\s*位\s+"
)
_TRADITIONAL = str.maketrans("單萬億圓額", "单万亿元额")
# In a sentence: 本表金额均为万元, 金额以万元计.
_SENTENCE = re.compile(
    r"(?:金额|资金|数字|数据|数额|款项)(?:均|都|皆|一律)?(?:以|按|为|是)([十百千万亿]{0,2}元)(?:计|计算|为单位|填列|列示)?[。.)]*$"
)
_BRACKETED = re.compile(r"(?:^|\s|\()(?:金额|面积|计量|货币|资金)?单\s*位\s*\(([^()]+)\)$")
_BY = re.compile(r"以([^以,。;]{1,6})为(?:金额|计量|货币)?单位")
_TITLED = re.compile(r"\(([^()]+)\)$")
_DAY = re.compile(
    r"\(?(?:19|20)\d\d\s*(?:[-./年]\s*\d{1,2}\s*(?:[-./月]\s*(?:\d{1,2}\s*日?)?)?|年度?)\)?"
    r"|(?:填[报表制]|制表|统计|报送|公示)?(?:日期|时间):?"
)
_NEXT = re.compile(r"\s*[\u4e00-\u9fff]{2,8}\s*:.*$", re.DOTALL)  # the next label of the line: 制表人:王五
_BETWEEN = re.compile(r"[、,;和|]")
_MONEY = re.compile(r"(?<!单)[元圆币](?:/.*)?$|[¥￥$€£]|[万亿萬億]$|RMB|CNY|USD|块钱", re.IGNORECASE)
_SCALE = re.compile(r"[十百千万亿仟佰萬億wWkK]{1,3}")
_OFFICE = re.compile(r"(?:镇|乡|村|社区|街道|委员会|居委会|村委会|政府|办事处|办公室|[局站所会社司组队院校厂]|中心)(?:\(.*\))?$")
_LONGEST = 12  # letters of a unit; what is longer names an office or tells something


# A unit of money without a label, and no amount: 项目表　万元, but not 投资50万元 or 万元户.
_LOOSE = re.compile(r"(?<![\d.〇零一二两三四五六七八九十百千几数近约])[十百千万亿]{1,2}元(?![以户店整\d])")


class Stated(NamedTuple):
    """The units that a cell states, and its word for money that is none that is known ("": there is none)."""

    units: tuple[str, ...] = ()
    unread: str = ""


NOTHING = Stated()


def stated(cell: str) -> Stated:
    """Return what a line such as 单位:亩、元/亩、元 states, alone or beside other words of the line; an office (填报单位:…) is none."""
    if not any(mark in cell for mark in "单單元圓:："):
        return NOTHING
    words = narrow(cell).translate(_TRADITIONAL)
    if by := _BY.search(squeezed(words)) or _SENTENCE.search(squeezed(words)):
        return listed(by[1])
    if bracketed := _BRACKETED.search(words.strip()):
        return listed(bracketed[1])
    found = NOTHING
    for label in _LABEL.finditer(words):
        said = listed(words[label.end() :])
        if said != NOTHING and not (label["office"] and said.unread):  # 填报单位:万元, where a title has no blank before it
            found = Stated(found.units + said.units, found.unread or said.unread)
    return found


def titled(cell: str) -> Stated:
    """Return the unit in brackets at the end of a title (…汇总表(万元)), or of a cell with nothing else (万元)."""
    match = _TITLED.search(squeezed(cell))
    if unit := unit_named(squeezed(cell)):
        return Stated((unit,))
    return Stated(tuple(_known(match[1]))) if match and all(_named(part) for part in _parts(match[1])) else NOTHING


def loose(words: str) -> str:
    """Return the multiple of yuan that words around a table speak of without saying that it is the unit, "" for none."""
    found = _LOOSE.search(squeezed(words).translate(_TRADITIONAL))
    return found[0] if found else ""


def listed(words: str) -> Stated:
    """Return the units of a list such as 万元、km、台; units of other things and a date behind them are passed over."""
    words = _DAY.sub(" ", _NEXT.sub("", narrow(words))).strip().rstrip(")]。.").strip()
    if _OFFICE.search(words):
        return NOTHING
    if whole := _named(words):
        return Stated((whole,))
    parts = list(_parts(words))
    if len(parts) == 1 and not _named(parts[0]):
        parts = list(_parts(words, spaced=True))
    unread = next((part for part in parts if not _named(part) and is_money(part)), "")
    return Stated(tuple(unit for part in parts if (unit := _named(part))), unread)


def is_money(word: str) -> bool:
    """Return whether a word in the place of a unit speaks of money: 美元, 万, W; no office does."""
    word = squeezed(word)
    if not word or len(word) > _LONGEST or _OFFICE.search(word):
        return False
    return bool(_MONEY.search(word) or _SCALE.fullmatch(word))


def _named(word: str) -> str:
    """Return a word as a unit, "" where it is none; a bare 万 is for a cell or a header, whose column says of what."""
    unit = unit_named(word) or ""
    return unit if unit and UNITS[unit].measure != "scale" else ""


def _known(words: str) -> Iterator[str]:
    return (unit for part in _parts(words) if (unit := _named(part)))


def _parts(words: str, *, spaced: bool = False) -> Iterator[str]:
    """Yield the members of a list; 元/亩 is one, 亩/元 are two."""
    for piece in words.split() if spaced else [words]:
        for word in _BETWEEN.split(piece):
            yield from ([word] if _named(word) or "/" not in word else word.split("/"))
