"""Whose sheet it is: what its title and its 填报单位 say of the matter, the place and the year, against what the clerk chose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from board.rules.bilingual import Words
from board.rules.kind import Kind
from board.rules.place_names import Places, canonical
from board.rules.sheet.problems import Problem
from board.rules.sheet.questions import ASK, Answers, answer, answered, question
from board.rules.text_width import squeezed

# The matters that public sheets are about, by the words of their titles; those of a kind are its ``titles``.
MATTERS = (
    *(
        "地力",
        "耕地补贴",
        "种粮",
        "粮食直补",
        "稻谷",
        "玉米",
        "大豆",
        "棉花",
        "油菜",
        "良种",
        "农资综合",
        "带状复合",
        "高标准农田",
        "轮作",
        "休耕",
    ),
    *("农机", "农业保险", "生猪", "能繁母猪", "动物防疫", "草原", "渔业", "退捕", "退耕还林", "公益林", "天然林", "护林员", "河道", "秸秆"),
    *(
        "低保",
        "最低生活保障",
        "特困",
        "五保",
        "临时救助",
        "孤儿",
        "困境儿童",
        "残疾",
        "高龄",
        "老龄津贴",
        "养老",
        "医疗救助",
        "优抚",
        "抚恤",
        "义务兵",
    ),
    *(
        "冬春",
        "救灾",
        "受灾",
        "危房",
        "厕所",
        "移民",
        "征地",
        "土地补偿",
        "青苗",
        "拆迁",
        "搬迁",
        "衔接资金",
        "扶贫",
        "雨露计划",
        "公益性岗位",
        "稳岗",
    ),
    *(
        "贴息",
        "助学",
        "计划生育",
        "奖励扶助",
        "独生子女",
        "财务收支",
        "收支明细",
        "党费",
        "水费",
        "医保",
        "合作医疗",
        "取暖",
        "交通补贴",
        "误工补贴",
    ),
)
OTHER_KIND = f"{ASK}title:kind"  # the question whether it is a sheet of another matter
_MOST = 3  # lines of a title
_LONGEST = 60
_TABLE = re.compile(r"表|册|名单|公示|公告|清单|明细|汇总|情况|台账|账")
_FROM = re.compile(r"(?:填报|制表|报送|编制|上报|公示|公布|发放)(?:单位|部门|机关)(?:\((?:盖章|公章|章)\))?:([\u4e00-\u9fff]{2,25})")
_TOWN = re.compile(
    r"([\u4e00-\u9fff]{1,8}?(?:(?<![城乡村各全本该小集市建])镇|(?<![城家老返故各全本下离该])乡(?![村镇居情音土亲])|(?<![各全本该])街道))"
)
_VILLAGE = re.compile(
    r"(?:镇|乡|街道|[年县区市]|^)((?!行政|所有|全部|各个|自然|农|城)[\u4e00-\u9fff]{2,5}?(?:村(?!级|民小组|务|镇|庄)|社区))"
)
_YEAR = re.compile(r"(20\d\d)(?=年|-20\d\d)")
_SPELLED = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_ABOVE = re.compile(r"(?:[\u4e00-\u9fff]{2,3}省)?((?:(?!全|各|我|本|社|小)[\u4e00-\u9fff]{1,4}?[县区市州])+)")  # what a title begins with
_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,4}?[县区市州]")
_WITHIN = re.compile(r"[镇乡县区年]|街道")  # between the names of a township and its village


def doubts(
    lines: Sequence[tuple[int, str]], first: int, kind: Kind, places: Places, home: str, title: str, answers: Answers
) -> Iterator[Problem]:
    """Yield what a sheet's title says otherwise than its clerk, as questions, or what he answered.

    ``lines`` are those around the table as (line, words), of which those above its header ``first`` are read; ``home`` is the publisher.
    """
    above = [(line, squeezed(words)) for line, words in lines if line < first]
    titles = [(line, words) for line, words in above if len(words) <= _LONGEST and _TABLE.search(words)][:_MOST]
    said = {line: original.strip() for line, original in lines}
    ours = title or kind.name.zh
    for key, line, why in _found(titles, above, kind, places, home, title):
        asked = question("other_title", f"title:{key}", line, said=said[line][:_LONGEST], ours=ours, why=why)
        given = answer(answers, f"title:{key}", asked.choices)
        about = Words(f"表的标题是“{said[line][:_LONGEST]}”", f"The sheet's title is “{said[line][:_LONGEST]}”")
        yield answered(asked, given, about) if given else asked


def _found(
    titles: Sequence[tuple[int, str]], above: Sequence[tuple[int, str]], kind: Kind, places: Places, home: str, title: str
) -> Iterator[tuple[str, int, Words]]:
    whole = "".join(words for _, words in titles)
    if kind.titles and not any(word in whole for word in kind.titles):
        other = next(((line, word) for line, words in titles for word in MATTERS if word in words), None)
        if other:
            yield "kind", other[0], Words(f"，像是“{other[1]}”的表", f"; it seems to be about “{other[1]}”")
    if other := _other_place(titles, above, places, home):
        yield "place", other[0], Words(f"，像是{other[1]}的表", f"; it seems to be of {other[1]}")
    said, chosen = sorted({year for _, words in titles for year in years(words)}), years(title)
    if said and chosen and not set(said) & set(chosen):
        yield "year", titles[0][0], Words(f"，表里写的是 {said[-1]} 年", f"; it says {said[-1]}")


def years(words: str) -> list[str]:
    """Return the years that a title names."""
    return sorted(set(_YEAR.findall(_SPELLED.sub(lambda year: year[0].translate(_DIGITS), squeezed(words)))))


def _other_place(titles: Sequence[tuple[int, str]], above: Sequence[tuple[int, str]], places: Places, home: str) -> tuple[int, str] | None:
    """Return the line that names another township or village than the publisher's, and what it names."""
    level = places.by_code[home].level
    named = [(line, match[1]) for line, words in above for match in _FROM.finditer(words)]
    named += [(line, _COUNTY.split(match[1])[-1] or match[1]) for line, words in titles for match in _TOWN.finditer(words)]
    if level == "village":
        named += [(line, _WITHIN.split(match[1])[-1]) for line, words in titles for match in _VILLAGE.finditer(words)]
    if level not in ("township", "village"):
        return None
    counties = [(line, name) for line, words in titles if (begins := _ABOVE.match(words)) for name in _COUNTY.findall(begins[1])]
    towns = [(line, name) for line, name in named if re.search(r"(?:镇|乡|街道)", name)]
    for group in (towns, counties, [(line, name) for line, name in named if level == "village" and re.search(r"村|社区", name)]):
        if group and not any(_is_ours(name, places) for _, name in group):
            line, name = group[0]
            return line, name
    return None


def _is_ours(name: str, places: Places) -> bool:
    """Return whether words end with, or hold, the name of a place around the publisher or inside it."""
    ours = {short for place in places.around for short in (canonical(place), place)}
    return any(one and one in name for one in ours) or bool(places.find(name))
