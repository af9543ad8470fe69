"""Names of places: every spelling of a village finds it and no other."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from board.rules.areas import Area, load_rows
from board.rules.place_names import Places, canonical, group, group_key, office_of, split_place

DEMO = Path(__file__).parents[2] / "board" / "demo"


@cache
def areas(name: str) -> list[Area]:
    return load_rows((DEMO / f"areas-{name}.csv").read_text("utf-8-sig"))


@cache
def places(name: str, scope: str) -> Places:
    return Places(areas(name), scope)


def spellings(name: str) -> set[str]:
    """All ways in which sheets write a village or a community of that official name."""
    shown = canonical(name)
    if shown.endswith("社区"):
        stem = shown.removesuffix("社区")
        return {name, shown, f"{shown}居民委员会", f"{shown}居委会", f"{stem}居委会", f"{stem}居民委员会", f" {shown[0]} {shown[1:]}"}
    stem = shown.removesuffix("村")
    return {name, shown, f"{stem}村委会", f"{shown}村委会", f"{stem}村民委员会", f"{shown}村民委员会", f"{shown}\u3000"}


def test_all_of_luzhou_is_loaded() -> None:
    levels = [area.level for area in areas("luzhou")]
    assert [levels.count(level) for level in ("city", "county", "township", "village")] == [1, 7, 126, 1488]


def test_every_spelling_of_every_village_finds_it_alone_in_its_township() -> None:
    wrong = [
        (village.name, written)
        for village in areas("luzhou")
        if village.level == "village"
        for written in spellings(village.name)
        if places("luzhou", village.parent).find(written, "village") != [village]
    ]
    assert wrong == []


def test_a_village_and_a_community_of_one_stem_are_two_places() -> None:
    stems: dict[tuple[str, str], list[Area]] = defaultdict(list)
    for area in areas("luzhou"):
        if area.level == "village":
            stems[area.parent, canonical(area.name).removesuffix("社区").removesuffix("村")].append(area)
    pairs = [pair for pair in stems.values() if len(pair) > 1]
    assert len(pairs) == 7  # 五通, 木广, 后山, 分水, 大石, 黄荆, and 方山, whose village is written 方山村村民委员会
    for pair in pairs:
        assert [places("luzhou", area.parent).find(area.name) for area in pair] == [[area] for area in pair]


def test_names_that_repeat_in_a_county_give_a_list() -> None:
    counties = [area for area in areas("luzhou") if area.level == "county"]
    repeated = 0
    for county in counties:
        here = places("luzhou", county.code)
        repeated += len(
            {canonical(area.name) for area in here.areas if area.level == "village" and len(here.find(area.name, "village")) > 1}
        )
    assert repeated == 13
    assert len(places("luzhou", "510525000000").find("白沙村")) == 2


def test_the_township_before_a_name_tells_homonyms_apart() -> None:
    here = places("luzhou", "510525000000")
    for area in here.find("白沙村"):
        town = here.by_code[area.parent].name
        assert here.find(f"{town}白沙村") == [area]


def test_the_names_around_a_place_may_stand_before_it() -> None:
    assert [area.code for area in places("luzhou", "510521116000").find("泸县百和镇高洞社区")] == ["510521116004"]


def test_a_township_is_found_with_and_without_its_last_word() -> None:
    here = places("zhaoyuan", "370685000000")
    for written in ("罗峰街道", "罗峰", "罗峰街道办事处", "罗峰办事处"):
        assert [area.code for area in here.find(written)] == ["370685001000"]
    assert here.find("罗") == []


def test_a_closed_area_is_not_found_and_an_alias_is() -> None:
    town = Area("510521116000", "百和镇", "township", "")
    old = Area("510521116201", "老村", "village", town.code, closed=True)
    new = Area("510521116202", "新桥村", "village", town.code, aliases=("老桥村",))
    here = Places([town, old, new], town.code)
    assert here.find("老村") == []
    assert here.find("老桥村委会") == [new]


@pytest.mark.parametrize(
    ("written", "first"),
    [("邓家村", "邓家社区"), ("陈家桥村", "陈家桥社区"), ("苗儿存", "苗儿村"), ("陈家乔镇", "陈家桥镇"), ("田庄", "田庄村")],
)
def test_the_likeliest_place_is_offered_first(written: str, first: str) -> None:
    assert places("beita", "430511000000").nearest(written)[0].name == first


def test_nothing_alike_is_not_offered() -> None:
    assert places("beita", "430511000000").nearest("王") == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("黄桷村民委员会", "黄桷村"),
        ("先锋村村民委员会", "先锋村"),
        ("先锋村村", "先锋村"),
        ("高洞社区居民委员会", "高洞社区"),
        ("高洞居委会", "高洞社区"),
        ("百和镇", "百和镇"),
        ("百和镇人民政府", "百和镇"),
        ("镇(开发区)", "镇(开发区)"),
    ],
)
def test_a_place_is_shown_as_people_say_it(name: str, shown: str) -> None:
    assert canonical(name) == shown


@pytest.mark.parametrize(
    ("written", "place", "part"),
    [
        ("丰水村3社", "丰水村", "3社"),
        ("大村镇丰水村三社", "大村镇丰水村", "3社"),
        ("丰水村 第二村民小组", "丰水村", "2组"),
        ("丰水村12组", "丰水村", "12组"),
        ("丰水村十二组", "丰水村", "12组"),
        ("丰水村大屋组", "丰水村", "大屋组"),
        ("丰水村3社15号", "丰水村", "3社"),
        ("丰水村委会3组", "丰水村委会", "3组"),
        ("丰水村", "丰水村", ""),
        ("不知村3组", "不知村", "3组"),
    ],
)
def test_an_address_is_parted_into_place_and_group(written: str, place: str, part: str) -> None:
    assert split_place(written, places("luzhou", "510525000000")) == (place, part)


@pytest.mark.parametrize(
    ("written", "shown", "key"),
    [
        ("3组", "3组", "3"),
        ("三组", "3组", "3"),
        ("3社", "3社", "3"),
        ("三社", "3社", "3"),
        ("第三村民小组", "3组", "3"),
        ("03组", "3组", "3"),
        ("3", "3组", "3"),
        ("二十一社", "21社", "21"),
        ("十组", "10组", "10"),
        ("大屋组", "大屋组", "大屋组"),
        ("", "", ""),
    ],
)
def test_a_group_has_one_form_and_one_key(written: str, shown: str, key: str) -> None:
    assert (group(written), group_key(written)) == (shown, key)


@pytest.mark.parametrize(
    ("name", "level", "office"),
    [
        ("泸州市", "city", "泸州市人民政府"),
        ("泸县", "county", "泸县人民政府"),
        ("百和镇", "township", "百和镇人民政府"),
        ("云龙街道", "township", "云龙街道办事处"),
        ("高洞社区居民委员会", "village", "高洞社区居民委员会"),
    ],
)
def test_an_office_signs_with_its_name_and_is_shown_with_its_areas(name, level, office):
    assert office_of(name, level) == office
    assert canonical(office) == canonical(name)
