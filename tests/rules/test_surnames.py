"""Looking for one's own row: by surname, by its first letter, or by the number on the paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.personal.detection import find
from board.rules.personal.name_masking import mask_name
from board.rules.surnames import COMPOUND, HEAD, OTHER, Sought, by_letter, fits, letters, sought, surname

# The hundred commonest surnames of China (公安部, 2020) by the letter under which a dictionary has them.
COMMON = {
    "B": "白", "C": "陈曹程蔡常崔", "D": "邓董杜丁戴段", "F": "冯范方傅", "G": "郭高顾龚郜", "H": "黄胡何韩贺郝侯洪", "J": "蒋金姜贾江",
    "K": "孔康", "L": "李刘林罗梁吕卢廖陆雷黎龙赖", "M": "马毛孟莫", "N": "聂倪牛", "P": "彭潘庞", "Q": "钱秦邱乔", "R": "任",
    "S": "孙宋苏沈石邵史", "T": "唐田谭汤", "W": "王吴魏汪武万文温", "X": "徐许谢萧肖夏熊薛",
    "Y": "杨于余袁叶姚阎尹易严", "Z": "张赵周朱郑曾钟邹",
}  # fmt: skip
ODD = [
    ("单", "S"), ("曾", "Z"), ("仇", "Q"), ("解", "X"), ("区", "O"), ("查", "Z"), ("翟", "Z"), ("覃", "Q"), ("覃", "T"), ("任", "R"),
    ("朴", "P"), ("盖", "G"), ("缪", "M"), ("冼", "X"), ("佘", "S"), ("尉", "W"), ("乐", "Y"), ("种", "C"), ("员", "Y"), ("繁", "P"),
    ("么", "Y"), ("闫", "Y"), ("瞿", "Q"), ("逄", "P"), ("臧", "Z"), ("邬", "W"), ("褚", "C"), ("佟", "T"), ("仝", "T"), ("隗", "K"),
    ("欧阳", "O"), ("尉迟", "Y"), ("单于", "C"), ("万俟", "M"), ("长孙", "Z"), ("司马", "S"), ("諸葛", "Z"), ("張", "Z"), ("Tom", "T"),
]  # fmt: skip


@pytest.mark.parametrize(("letter", "names"), COMMON.items(), ids=COMMON)
def test_the_commonest_surnames_stand_under_their_letter(letter, names):
    assert {name: letters(name)[0] for name in names} == dict.fromkeys(names, letter)


@pytest.mark.parametrize(("name", "letter"), ODD)
def test_a_surname_that_is_read_otherwise_is_found_as_its_people_say_it(name, letter):
    assert letter in letters(name)


@pytest.mark.parametrize("name", ["", "*", "䢺", "→", "1"])
def test_what_nobody_can_read_stands_under_other(name):
    assert letters(name) == OTHER


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("张*三", "张"),
        ("李*", "李"),
        ("欧阳明", "欧阳"),
        ("欧**明", "欧"),
        ("欧*明", "欧"),
        ("*", ""),
        ("", ""),
        ("阿*", "阿"),
        ("T*m", "T"),
    ],
)
def test_a_shown_name_tells_its_surname_and_no_more(shown, found):
    assert surname(shown) == found


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("张", Sought(surname="张")),
        (" 张 ", Sought(surname="张")),
        ("欧阳", Sought(surname="欧阳")),
        ("张小三", Sought(surname="张", more=True)),
        ("欧阳小三", Sought(surname="欧阳", more=True)),
        ("张*三", Sought(surname="张", more=True)),
        ("z", Sought(letter="Z")),
        ("Ｚ", Sought(letter="Z")),
        ("zhang", Sought(letter="Z")),
        ("#", Sought(letter=OTHER)),
        ("17", Sought(no=17)),
        ("１７ 号", Sought(no=17)),
        ("第17行", Sought(no=17)),
        ("017", Sought(no=17)),
        ("1234567", Sought()),
        ("510521197001011234", Sought()),
        ("1 7", Sought(no=17)),
        ("十七", Sought(no=17)),
        ("三十号", Sought(no=30)),
        ("五", Sought(no=5)),
        ("3组", Sought(group="3组")),
        ("三社", Sought(group="3社")),
        ("第十二村民小组", Sought(group="12组")),
        ("万", Sought(surname="万")),
        ("<b>", Sought()),
        ("*", Sought()),
    ],
)
def test_what_is_typed_is_read_as_a_number_a_letter_or_a_surname(typed, looked_for):
    assert sought(typed) == looked_for


@pytest.mark.parametrize("typed", ["", " ", "\u3000", "\n"])
def test_nothing_typed_is_nothing_looked_for(typed):
    assert sought(typed) is None


@given(st.text(max_size=40))
def test_what_is_kept_is_read_again_as_the_same_and_is_nobodys_number(typed):
    wanted = sought(typed)
    if wanted is not None:
        assert sought(wanted.kept) == wanted
        assert len(wanted.kept) <= 6
        assert not find(wanted.kept)


@given(st.text(alphabet="张李欧阳司马单于三四明", min_size=2, max_size=5))
def test_a_household_finds_its_masked_row_by_surname_and_by_letter(name):
    typed = sought(name)
    assert typed is not None
    shown = mask_name(name)
    assert fits(shown, typed)
    assert fits(shown[:HEAD], typed)
    assert all(fits(shown, Sought(letter=letter)) for letter in letters(surname(shown)))


@pytest.mark.parametrize(
    ("shown", "typed", "found"),
    [("欧*明", "欧阳", True), ("欧阳明", "欧阳", True), ("欧", "欧阳", False), ("张*三", "李", False), ("曾*", "c", False),
     ("曾*", "z", True), ("*", "张", False), ("*", "#", True), ("", "#", True)],
)  # fmt: skip
def test_a_row_fits_what_is_looked_for(shown, typed, found):
    assert fits(shown, sought(typed)) == found


def test_surnames_stand_in_the_order_of_a_dictionary_and_unknown_ones_last():
    assert by_letter(["赵*", "曾*", "张*", "安*", "覃*", "䢺*", "*", "张三"]) == {
        "A": ["安"], "Q": ["覃"], "T": ["覃"], "Z": ["曾", "张", "赵"], OTHER: ["䢺"],
    }  # fmt: skip


def test_compound_surnames_have_two_characters():
    assert {len(name) for name in COMPOUND} == {2}
