"""Names of persons in running text: those of a roster, and what is shaped like a name beside words of need.

A list masks its names; a title, an answer or a remark must not say them in full. The names of a roster are known by their keys only, so
a text is asked about in two steps: ``candidates`` are all that may be a name (surname and one to three letters), and ``findings`` tells
which of them are, by ``known``. Words that only look like a name (高洞, 张家沟, 黄豆) are none unless the roster has them. Officers named
by their post, contacts and whoever handled the money are exempt. The lists of words are data (``board/policies/names_in_text.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from board.rules.personal.bodies import is_body
from board.rules.personal.name_masking import mask_name
from board.rules.surnames import COMPOUND, SINGLE
from board.rules.text_width import narrow

Known = Callable[[str], bool]

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_MARKS = "·.\\-_|/"  # between the letters of a name, to hide it or to set it apart
_RUN = re.compile(rf"[{_HAN}](?:[\s{_MARKS}]*[{_HAN}])*")
_WORD = re.compile(rf"[{_HAN}]{{2,4}}")  # that stands alone: a name of any surname
_DOT = re.compile(rf"(?<=[{_HAN}])·(?=[{_HAN}])")  # 买买提·吐尔逊
_LONGEST_PART = 6  # letters on either side of such a dot
_GIVEN = (1, 2, 3)  # letters behind a surname
_CLANS = frozenset("阿吉沙曲俄木瓦尔勒火冷且呷马勿拉布比莫麦罗海")  # how Yi names begin: 吉克阿依木呷
_CLAN_NAMES = (4, 5, 6, 7)  # their letters
_PLACE = "家?(?:村(?!民)|社区|庄|湾|沟|坝|坪|垭|坎|院子|屋基|寨|屯|镇|乡|街|桥)"
_HOME = re.compile(r"\s*[家户]")
# Surnames that are everyday words: one of them makes a shape of a name only where a roster has it, or before two letters of given names.
_EVERYDAY = frozenset("和家年员种长么句召藏秘盖洗祭区查时全从应能后相敬但先母补付代爱海那有同过来公国都通满都计成经利农单水")
# Letters of sentences, sums and places, which no given name has.
_OF_GIVEN = (
    "国强秀英建军志明华芳丽伟敏静杰勇艳涛超霞刚桂兰红玉珍凤春梅琴淑琼友贵福德才财富荣祥瑞龙虎彪彬斌兵波辉峰飞海洋林森清永忠义仁礼信孝云霖燕"
    "莲莉萍娟娣妹娥婷婉慧惠"
)
_ONE_LETTER = frozenset(_OF_GIVEN + "一二三四五六七八九平生全东成")
_PARTIES = re.compile(r"[^\s\u3001,\uff0c;\uff1b/]+(?:\s+[^\s\u3001,\uff0c;\uff1b/](?![^\s\u3001,\uff0c;\uff1b/]))?")  # 张三、李 四
_DATED = re.compile(r"\s?\d{1,4}(?:年|月)")
_NO_GIVEN = frozenset(
    "的了在是和与及或等为于由从被把对向到之其某各每该本此个元款费年月日号镇乡县市区村组社队街路桥户湾沟坝坪坳垭坎岩冲洞屋寨屯岗堰滩嘴塘"
)
_INSIDE = frozenset("元月年")  # of these, what stands inside a name: 邓元珍, 张月红
_FAMILY = frozenset("家氏")  # 张家, 王家湾: where a family lives
_OF_OFFICE = "村|社区|镇|乡|街道|县|副|正|党?支部|民政|妇联|财政所?"
_MOST_LISTED = 12  # names behind one post: 负责人:张三、李四


@dataclass(frozen=True)
class NameWords:
    """The words around a name, each list as described in the policy's file."""

    need: tuple[str, ...]
    links: tuple[str, ...]
    tails: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    paid_begins: tuple[str, ...]
    paid_ends: tuple[str, ...]
    posts: tuple[str, ...]
    ordinary: tuple[str, ...]


class Named(NamedTuple):
    """One name in a text (``text[start:end]``, perhaps with blanks in it): the name itself, and whether a roster has it."""

    name: str
    start: int
    end: int
    known: bool


def candidates(texts: Iterable[str]) -> list[str]:
    """Return the different words in the texts that may be somebody's name, in their order: what is looked up by its key."""
    return list(dict.fromkeys(name for text in texts for name, _start, _end in _candidates(text)))


def findings(text: str, known: Known, words: NameWords, *, accounts: bool = False) -> list[Named]:
    """Return the names in a text, in its order; no two overlap.

    Those that ``known`` tells to be in a roster count wherever they stand, others beside words of need, and in the lines of ``accounts``
    beside words of payment. Officers named by their post are left out.
    """
    plain = narrow(text)
    found = [Named(name, start, end, True) for name, start, end in _candidates(text) if known(name)]
    found += [Named("".join(plain[start:end].split()), start, end, False) for start, end in _shapes(plain, words, accounts)]
    found.sort(key=lambda one: (one.start, -one.end))
    chosen: list[Named] = []
    for one in found:
        if (not chosen or one.start >= chosen[-1].end) and not _officer(plain, one, words):
            chosen.append(one)
    return chosen


def parties(text: str) -> list[Named]:
    """Return the persons in a cell that holds a person or a body, or several: whatever is not surely a body is a person."""
    parts = (one for one in _PARTIES.finditer(text) if not is_body(one[0]))
    return [Named(one[0], *one.span(), known=False) for one in parts]


def masked(text: str, found: Iterable[Named]) -> str:
    """Return the text with its findings masked as a list masks them: 付张*强家低保慰问金."""
    for one in sorted(found, reverse=True, key=lambda one: one.start):
        text = text[: one.start] + mask_name(one.name) + text[one.end :]
    return text


def covered(text: str, names: Collection[str], words: NameWords, cover: Callable[[str], str] = mask_name) -> str:
    """Return the text with these names covered wherever ``findings`` would find them."""
    for one in reversed(findings(text, names.__contains__, words)):
        if one.name in names:
            text = text[: one.start] + cover(one.name) + text[one.end :]
    return text


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (name, start, end) of what may be a name; blanks inside a name, which line columns up or end a line, are not part of it."""
    plain = narrow(text)
    for run in _RUN.finditer(plain):
        letters = [(plain[at], at) for at in range(run.start(), run.end()) if re.match(rf"[{_HAN}]", plain[at])]
        for first, (letter, start) in enumerate(letters):
            lengths = _lengths(letter, letters[first + 1][0] if first + 1 < len(letters) else "")
            for long in dict.fromkeys((*lengths, *(_CLAN_NAMES if letter in _CLANS else ()))):
                if first + long <= len(letters):
                    own = letters[first : first + long]
                    yield "".join(one for one, _at in own), start, own[-1][1] + 1
    for word in _WORD.finditer(plain):
        if _alone(plain, word) and plain[word.start()] not in SINGLE:
            yield word[0], word.start(), word.end()
    for dot in _DOT.finditer(plain):
        yield from ((plain[start:end], start, end) for start, end in _dotted(plain, dot.start()))


def _dotted(text: str, dot: int) -> Iterator[tuple[int, int]]:
    """Yield where a name may begin and end that has a dot in it."""
    starts = [at for at in range(max(dot - _LONGEST_PART, 0), dot) if re.fullmatch(rf"[{_HAN}]+", text[at:dot])]
    for end in range(min(dot + 1 + _LONGEST_PART, len(text)), dot + 1, -1):
        if re.fullmatch(rf"[{_HAN}]+", text[dot + 1 : end]):
            yield from ((start, end) for start in starts)


def _lengths(first: str, second: str) -> tuple[int, ...]:
    """Return how many letters a name may have that begins with these two."""
    single = tuple(1 + given for given in _GIVEN) if first in SINGLE else ()
    return tuple(sorted({*single, *(2 + given for given in _GIVEN)})) if first + second in COMPOUND else single


def _alone(text: str, word: re.Match[str]) -> bool:
    around = text[max(word.start() - 1, 0) : word.start()] + text[word.end() : word.end() + 1]
    return not re.search(rf"[{_HAN}]", around)


def _shapes(text: str, words: NameWords, accounts: bool) -> Iterator[tuple[int, int]]:
    """Yield start and end of what is shaped like a name and stands beside words of need, or in accounts of payment."""
    *patterns, listed, before = _patterns(words)
    for no, pattern in enumerate(patterns[: None if accounts else _OF_NEED]):
        for found in pattern.finditer(text):
            name, behind = found["name"], text[found.end("name") :]
            if len(name) == 2 and (_DATED.match(behind) or no >= _OF_NEED and name[1] not in _ONE_LETTER):
                continue  # 江北2026年低保, 管材, 牛羊: a place, a thing
            match: re.Match[str] | None = found
            while match and _may_be_a_name(match["name"], words):
                yield match.span("name")
                match = listed.match(text, match.end("name"))
            match = found
            while match and _may_be_a_name(match["name"], words):
                yield match.span("name")
                match = before.search(text, max(match.start("name") - _LONGEST_LISTED, 0), match.start("name"))
    parts = list(_BETWEEN.finditer(text)) if accounts else []
    known = any(len(one[0]) == 3 and set(one[0][1:]) <= set(_OF_GIVEN) for one in parts)
    if len(parts) > 1 and known and all(patterns[_ALONE].match(one[0]) and _may_be_a_name(one[0], words) for one in parts):
        yield from (one.span() for one in parts)


def _may_be_a_name(name: str, words: NameWords) -> bool:
    """Return whether a word of the right shape is no ordinary word and no place."""
    name = "".join(name.split())
    given = name[2:] if name[:2] in COMPOUND and len(name) > 2 else name[1:]
    if name.startswith(words.ordinary) or given[0] in _FAMILY or (_NO_GIVEN - _INSIDE) & set(given) or given[-1] in _NO_GIVEN:
        return False
    return len(name) < min(_CLAN_NAMES) or not any(word in given for word in (*words.need, *words.paid_ends) if len(word) > 1)


_OF_NEED, _ALONE = 3, -1  # the patterns that hold in every text come first, that of a text which is nothing but a name last
_LONGEST_LISTED = 9  # letters of a name in a list, with the mark behind it
_BETWEEN = re.compile(r"[^\s、,和及]+")


@lru_cache(maxsize=8)
def _patterns(words: NameWords) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a name (group ``name``) beside words of need, and of one beside words of payment."""
    surnames = rf"(?:{_any(COMPOUND)}|[{''.join(sorted(SINGLE - _EVERYDAY))}])"
    # 张国强, 刘 伟, 和志强, and as Yi people are called: 瓦扎木基.
    everyday, clans = "".join(sorted(_EVERYDAY & SINGLE)), "".join(sorted(_CLANS))
    written = "|".join(
        (
            rf"{surnames}[{_HAN}]{{1,2}}?",
            rf"[{everyday}][{_OF_GIVEN}]{{2}}",
            rf"{surnames}\s{{1,2}}[{_HAN}](?![{_HAN}])",
            rf"[{clans}][{_HAN}]{{3,6}}?",
        )
    )
    name = rf"(?P<name>{written})(?!{_PLACE})"
    begins = rf"(?:(?<![{_HAN}])|{_behind(words.begins)})"
    ends = rf"(?=$|[^{_HAN}]|{_any((*words.ends, *words.need, *words.paid_ends))})"
    paid_ends = rf"(?=\s?(?:\d{{1,2}}月份?|\d{{4}}年)?(?:{_any(words.paid_ends)}))"
    links = rf"(?:{_any(words.links)}|\d{{4}}年度?|\d{{1,2}}月份?|[\d一二两三四五六七八九十几]{{1,3}}[户人名])"
    return (
        re.compile(rf"{begins}{name}(?=[\s(),:、-]{{0,3}}{links}{{0,5}}(?:{_any(words.need)}))"),
        re.compile(rf"(?:{_any(words.need)})(?:{_any(words.tails)}){{0,3}}[\s(,:、-]{{0,3}}{name}{ends}"),
        re.compile(rf"{begins}(?P<name>{surnames}[{_HAN}]{{2}})家(?=$|[^{_HAN}]|[的和与及都也没不有里]|一起)"),  # 王德贵家和邓元珍家
        re.compile(rf"(?:(?<![{_HAN}])|{_behind(words.paid_begins)}){name}{paid_ends}"),
        re.compile(rf"{_behind(words.paid_begins)}[\s:-]?{name}(?=$|[^{_HAN}])"),
        re.compile(rf"(?:(?:{_any(words.paid_ends)})[\s(,:-]{{1,2}}|[费款金资]){name}(?=$|[^{_HAN}])"),
        re.compile(rf"^\s*{name}\s*$"),
        re.compile(rf"[、,和及与]\s?{name}{ends}"),  # the next of a list: 低保户张三、李四和王五
        re.compile(rf"{begins}{name}[、,和及与]\s?(?:其?[妻夫父母子女兄弟]{{1,2}})?$"),  # the one before: 张三、李四两户低保
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def _behind(words: Iterable[str]) -> str:
    return "(?:" + "|".join(f"(?<={re.escape(word)})" for word in sorted(words)) + ")"


def _officer(text: str, one: Named, words: NameWords) -> bool:
    """Return whether a name is told by its post, before or behind it; of a household, or beside words of need, it is not."""
    behind = text[one.end :]
    if text.startswith(words.posts, one.start + (2 if one.name[:2] in COMPOUND else 1)):  # 王主任
        return True
    after, before, home, need = _around_posts(words)
    post = after.match(behind)
    if any(home.match(rest) or need.match(rest) for rest in (behind, behind[post.end() :] if post else "")):  # 张国强书记家低保
        return False
    return bool(post or before.search(text[max(one.start - 80, 0) : one.start]))


@lru_cache(maxsize=8)
def _around_posts(words: NameWords) -> tuple[re.Pattern[str], ...]:
    posts = _any(words.posts)
    listed = rf"(?:[{_HAN}]{{2,4}}[、,\s和及]{{1,2}}){{0,{_MOST_LISTED}}}"
    return (
        re.compile(rf"[\s(]{{0,2}}(?:{_OF_OFFICE}){{0,2}}(?:{posts})"),
        re.compile(rf"(?:{posts})[\s:(为是]{{0,2}}{listed}$"),
        _HOME,
        re.compile(rf"[\s(,]{{0,2}}(?:{_any(words.links)}){{0,5}}(?:{_any(words.need)})"),
    )
