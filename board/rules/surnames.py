"""Search of a list by surname, by the first letter of its pinyin, or by the row's number on the poster.

Only the part of a name that a page shows is read (张*三 shows 张), so that a search reveals no more than the page. Letters follow the
order of GB 2312, whose first part is sorted by pinyin; surnames that are read otherwise than the word (单 is Shàn, 曾 is Zēng), and those
beyond that part, are in the tables below (readings of 《中国姓氏大辞典》).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from board.rules import place_names
from board.rules.text_width import squeezed

OTHER = "#"  # for names whose letter is unknown, and those that show none
HEAD = 2  # as many characters of a shown name as tell its surname

_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
_FIRST = [one.encode("gb2312") for one in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]  # the first character of each letter
_END = b"\xd7\xfa"  # behind the last character of the part that is sorted by pinyin

# Read otherwise as a surname; a second letter is what the word itself, or another county, says.
_ODD = {
    "单": "S", "曾": "Z", "仇": "Q", "解": "X", "区": "O", "查": "Z", "覃": "QT", "翟": "ZD", "乐": "YL", "种": "CZ", "员": "Y", "繁": "P",
    "句": "G", "折": "S", "召": "SZ", "长": "ZC", "么": "Y", "藏": "ZC", "秘": "B", "盖": "G", "洗": "X", "祭": "Z", "尉": "WY", "谌": "CS",
    "郗": "XC", "隗": "WK", "郇": "XH", "阚": "K", "佴": "N", "乜": "N", "莘": "S", "缪": "M", "宓": "M",
}  # fmt: skip
# Surnames beyond the sorted part, by letter.
_BEYOND = {
    "B": "贲葆亳邲邴邶鮑", "C": "褚岑晁爨苌厝镡郕陳遲", "D": "窦邸棣笪笃铎鄧單竇", "F": "斐酆洑馮範", "G": "郜妫虢衮缑鬲冮呙鞏顧龔",
    "H": "扈蒿訇撖斛盍黃韓賀", "J": "嵇郏戢菅蹇颉暨琚稷蔣賈紀", "K": "邝夔郐蒯鄺", "L": "栾蔺逯郦闾劉呂盧陸龍魯蘭駱藍婁欒藺厲",
    "M": "闵芈茆滿閔", "N": "甯聶", "O": "歐", "P": "逄邳濮泮龐", "Q": "瞿阙裘亓璩郄谯蘧綦邛麴蕲俟骞錢喬齊", "R": "芮",
    "S": "佘劭厍佀夙姒睢眭殳孫蘇", "T": "滕佟仝邰褟凃庹郯钭遆譚湯", "W": "邬仵吳鄔", "X": "胥奚冼荀郤禤謝許蕭",
    "Y": "晏鄢於闫恽羿郓鄞芫嬴庾弋楊葉嚴顏閻閆", "Z": "昝臧仉訾郅禚邾鄣竺锺張趙鄭鐘鄒莊諸",
}  # fmt: skip
_LETTER_OF = {character: letter for letter, characters in _BEYOND.items() for character in characters} | _ODD
_PAIRS = (
    "欧阳司马上官诸葛东方皇甫尉迟公孙慕容司徒令狐司空夏侯长孙宇文端木南宫百里西门澹台单于太史闻人钟离独孤呼延"
    "万俟申屠轩辕淳于濮阳公冶太叔仲孙鲜于赫连拓跋左丘第五完颜纳兰东郭南门羊舌微生梁丘乐正巫马公西漆雕夹谷谷梁段干东门叶赫那拉"
)
COMPOUND = frozenset(_PAIRS[at : at + 2] for at in range(0, len(_PAIRS), 2))
_SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛"
    "雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾"
    "路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲"
    "家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍"
    "赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居"
    "衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳帅况缑亢郈有琴"
    "商牟佘佴伯赏墨哈谯笪年爱阳佟肖闫付代覃尧涂揭邸仝苟蹇鄢粟补税先母但敬阿依马吉沙曲莫海勒尔罗俄甲木呷洛杨"
)
SINGLE = frozenset(_SINGLE) | frozenset("".join(_BEYOND.values())) | _ODD.keys()  # 百家姓, and what is common besides
_COMPOUND_LETTER = {"尉迟": "Y", "单于": "C", "万俟": "M", "长孙": "Z", "澹台": "T", "乐正": "Y"}  # not their first character's

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_NUMBER = re.compile(r"(?:第|[Nn][Oo]\.?)?(\d{1,6})[号行]?")
_SPELLED = re.compile(r"第?([一二两三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])[号行]?")  # 十七, as somebody says it
_GROUP = re.compile(r"第?(?:\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:村民)?小?[组社队]")
_PINYIN = re.compile(r"[A-Za-z]{1,20}")
_NAME = re.compile(rf"({_HAN.pattern}{{1,2}})(?:{_HAN.pattern}|[*·])*")


@dataclass(frozen=True)
class Sought:
    """A search of rows: one row by its ``no``, or those of a ``surname``, of a ``letter`` or of a ``group``; none of these: the text was
    not understood, or was a long number, which may be personal. ``more`` is True when a whole name was typed where a surname is enough."""

    no: int | None = None
    surname: str = ""
    letter: str = ""
    group: str = ""
    more: bool = False

    @property
    def kept(self) -> str:
        """The part that may be in an address and on the page: never a whole name, and no number but a row's."""
        if self.surname:
            return f"{self.surname}*" if self.more else self.surname
        return self.letter or self.group or ("*" if self.no is None else str(self.no))


def sought(typed: str) -> Sought | None:
    """Return the search for a typed text, or None for an empty one."""
    text = squeezed(typed)
    if not text:
        return None
    if number := _NUMBER.fullmatch(text):
        return Sought(no=int(number[1]))
    if number := _SPELLED.fullmatch(text):
        return Sought(no=place_names.numeral(number[1]))
    if _GROUP.fullmatch(text):
        return Sought(group=place_names.group(text))
    if text == OTHER or _PINYIN.fullmatch(text):
        return Sought(letter=text[0].upper())
    if name := _NAME.fullmatch(text):
        found = name[1] if name[1] in COMPOUND else name[1][0]
        return Sought(surname=found, more=text != found)
    return Sought()


def surname(shown: str) -> str:
    """Return the surname as far as a shown name has it: 张 of 张*三, 欧阳 of 欧阳明, 欧 of 欧**明; "" where it shows none."""
    head = shown[:HEAD]
    return head if head in COMPOUND else head[:1] if _HAN.match(head) or head[:1].isalpha() else ""


def whole_name(text: str) -> bool:
    """Return whether a text has the form of a Chinese person's whole name: a surname of the list and one or two letters, or * for them."""
    head = 2 if text[:2] in COMPOUND and len(text) > 2 else 1
    given = text[head:]
    return (head == 2 or text[:1] in SINGLE) and 0 < len(given) < 3 and all(_HAN.match(one) or one in "*某" for one in given)


def letters(name: str) -> str:
    """Return the letters under which a surname is listed, the commoner first; ``OTHER`` where its reading is unknown."""
    first = name[:1]
    if name in _COMPOUND_LETTER:
        return _COMPOUND_LETTER[name]
    if first in _LETTER_OF:
        return _LETTER_OF[first]
    if first.isascii() and first.isalpha():
        return first.upper()
    try:
        code = first.encode("gb2312")
    except UnicodeEncodeError:
        return OTHER
    return _LETTERS[bisect_right(_FIRST, code) - 1] if _FIRST[0] <= code < _END else OTHER


def fits(shown: str, wanted: Sought) -> bool:
    """Return whether a shown name, or the ``HEAD`` of one, may be of the surname or letter that is looked for.

    A masked name hides whether its surname has a second character, so that 欧* fits 欧阳 as well as 欧.
    """
    own = surname(shown)
    if wanted.letter:
        return wanted.letter in letters(own)
    return bool(own) and (own == wanted.surname or (own == wanted.surname[:1] and shown[1:HEAD] == "*"))


def by_letter(heads: Iterable[str]) -> dict[str, list[str]]:
    """Return the surnames that the heads show, each under its letters, A to Z and ``OTHER`` last, in the order of a dictionary."""
    found = {surname(head) for head in heads} - {""}
    pairs = sorted((letter == OTHER, letter, _order(name), name) for name in found for letter in letters(name))
    shelves: dict[str, list[str]] = {}
    for _last, letter, _code, name in pairs:
        shelves.setdefault(letter, []).append(name)
    return shelves


def _order(name: str) -> bytes:
    return name.encode("gb18030")
