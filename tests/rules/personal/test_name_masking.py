"""A masked name is still recognised by neighbours and never the name itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.policies import name_policy
from board.rules.personal.name_masking import mask_name, shown, surname_only, uncovered


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("诸葛志", "诸*志"),
        ("欧阳小明", "欧**明"),
        ("买买提·阿不都", "买*****都"),
        ("John Smith", "J*******h"),
        ("张", "*"),
        ("", ""),
        ("  ", ""),
        ("张 三", "张*"),
        ("张\u3000\u3000三", "张*"),
        ("张三(已故)", "张*"),
        ("张三\uff08大\uff09", "张*"),
        ("𠮷野家", "𠮷*家"),
        ("葛\U000e0100三", "葛\U000e0100*"),  # a variant form is one character to a reader
        ("José", "J**e\u0301" if "José"[-1] == "\u0301" else "J**é"),
    ],
)
def test_a_name_is_masked_but_for_its_first_and_last_character(name: str, masked: str):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("薛桂芳" + "●" * 18, "薛桂芳"),
        ("薛桂芳 ●●●-●●●●-●●●●", "薛桂芳"),
        ("●" * 11 + "薛桂", "薛桂"),
        ("●" * 18, "●" * 18),
        ("薛●芳", "薛●芳"),
        ("张 三", "张 三"),
        ("", ""),
    ],
)
def test_a_number_that_was_covered_beside_a_name_is_no_part_of_it(written: str, name: str):
    assert uncovered(written) == name


names = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=8)


@given(names, st.sampled_from([" ", "\u3000", "(大)", "\uff08已故\uff09"]))
def test_a_blank_and_a_remark_change_nothing_in_how_a_name_is_masked(name: str, more: str):
    assert mask_name(name + more) == mask_name(name)


@given(names)
def test_a_masked_name_is_never_the_name(name: str):
    assert mask_name(name) != name
    assert len(mask_name(name)) == len(name)


@given(st.text(max_size=12))
def test_masking_twice_changes_nothing_more(name: str):
    assert mask_name(mask_name(name)) == mask_name(name)


@given(st.text(min_size=1, max_size=12).filter(str.strip))
def test_whatever_a_clerk_types_something_is_hidden(name: str):
    assert "*" in mask_name(name)


@pytest.mark.parametrize(
    ("policy", "minor", "printed"),
    [
        ("full", False, "张小三"),
        ("full", True, "张*三"),
        ("masked", False, "张*三"),
        ("masked", True, "张*三"),
        ("surname", False, "张**"),
        ("surname", True, "张**"),
        ("none", False, ""),
        ("none", True, ""),
    ],
)
def test_a_minor_is_masked_whatever_the_policy(policy, minor, printed):
    assert shown("张小三", policy, minor) == printed


@pytest.mark.parametrize(
    ("name", "printed"),
    [("张三", "张**"), ("张小三", "张**"), ("欧阳小明", "欧**"), ("葛\U000e0100三", "葛\U000e0100**"), ("张", "*"), ("", "")],
)
def test_a_surname_alone_does_not_tell_how_long_the_name_is(name, printed):
    assert shown(name, "surname", minor=False) == printed
    assert surname_only(mask_name(name)) == printed


def test_the_policies_are_full_on_the_wall_for_everyone_kinds_only():
    policies = {names: (name_policy(names).wall, name_policy(names).web) for names in ("everyone", "sensitive", "none")}

    assert policies == {"everyone": ("full", "masked"), "sensitive": ("masked", "masked"), "none": ("none", "none")}
