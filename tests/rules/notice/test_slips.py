"""Whose rows are one household's: never two people's together, whatever the sheets are like."""

from __future__ import annotations

import secrets
from itertools import groupby
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.notice import slips
from board.rules.place_names import group_key


class Row(NamedTuple):
    """A row of a roster; ``who`` is the person behind it, whom the program does not know."""

    number: str
    no: int
    group: str
    person_key: str | None
    name_key: str | None
    minor: bool = False
    who: str = ""


def rows(*said: tuple[str, str, str, str]) -> list[Row]:
    """Return rows of (notice, group, key of the ID number, name), numbered within their notice."""
    return [Row(number, no, group, person or None, name) for no, (number, group, person, name) in enumerate(said, 1)]


def households(found: slips.Village) -> list[list[int]]:
    """Return the numbers of each household's rows."""
    return [sorted(row.no for row in one.rows) for one in found.households]


@pytest.mark.parametrize(
    ("said", "together", "unclear"),
    [
        ([("A", "1组", "p", "张三"), ("B", "1组", "p", "张三")], [[1, 2]], []),
        ([("A", "1组", "p", "张三"), ("B", "2组", "p", "张三")], [[1, 2]], []),  # he moved; the ID number says so
        ([("A", "1组", "p", "张三"), ("A", "1组", "p", "张三")], [[1, 2]], []),  # two plots
        ([("A", "1组", "p", "张三"), ("B", "1组", "p", "李四")], [[1], [2]], []),  # collects for another
        ([("A", "1组", "", "张三"), ("B", "第一村民小组", "", "张三")], [[1, 2]], []),
        ([("A", "1组", "", "张三"), ("B", "2组", "", "张三")], [[1], [2]], []),
        ([("A", "1组", "p", "张三"), ("B", "1组", "", "张三")], [[1, 2]], []),
        ([("A", "1组", "", "张三"), ("A", "1组", "", "张三")], [], [1, 2]),
        ([("A", "1组", "p", "张三"), ("A", "1组", "", "张三")], [[1]], [2]),
        ([("A", "1组", "p", "张三"), ("A", "1组", "q", "张三"), ("B", "1组", "", "张三")], [[1], [2]], [3]),
        ([("A", "", "", "张三"), ("B", "1组", "", "张三")], [[2], [1]], []),  # a sheet without groups joins nothing
        ([("A", "10组", "p", "张三"), ("A", "2组", "q", "李四")], [[2], [1]], []),  # by door
    ],
)
def test_what_belongs_together(said: list[tuple[str, str, str, str]], together: list[list[int]], unclear: list[int]) -> None:
    found = slips.sorted_out(rows(*said))
    assert (households(found), [row.no for row in found.unclear]) == (together, unclear)


def test_children_and_people_who_were_erased_are_nobodys() -> None:
    found = slips.sorted_out([Row("A", 1, "1组", "p", "张三", minor=True), Row("A", 2, "1组", None, None)])
    assert (found.households, found.unclear) == ((), ())


PEOPLE = [("1组", "张三", "p"), ("1组", "张三", "q"), ("2组", "张三", "r"), ("1组", "李四", "s"), ("", "王五", "t")]
SHEETS = st.lists(
    st.tuples(st.sets(st.integers(0, len(PEOPLE) - 1), min_size=1), st.sets(st.integers(0, len(PEOPLE) - 1))), min_size=1, max_size=4
)


@given(SHEETS)
def test_two_people_are_never_on_one_card_where_a_sheet_has_both(sheets: list[tuple[set[int], set[int]]]) -> None:
    """Each sheet lists some people, some of them without their ID number; every sheet has both namesakes or neither."""
    made = []
    for number, (listed, without) in enumerate(sheets):
        whole = sorted(listed | ({0, 1} if listed & {0, 1} else set()))
        for no, one in enumerate(whole, 1):
            group, name, person = PEOPLE[one]
            made.append(Row(str(number), no, group, None if one in without else person, name, who=person))
    found = slips.sorted_out(made)
    assert [one for one in found.households if len({row.who for row in one.rows}) > 1] == []
    kept = [row for one in found.households for row in one.rows] + list(found.unclear)
    assert sorted(kept) == sorted(made)
    assert {row.name_key for row in found.unclear} <= {"张三"}


@given(SHEETS)
def test_a_card_finds_its_household_by_what_the_table_keeps_of_it(sheets: list[tuple[set[int], set[int]]]) -> None:
    made = [
        Row(str(number), no, PEOPLE[one][0], None if one in without else PEOPLE[one][2], PEOPLE[one][1])
        for number, (listed, without) in enumerate(sheets)
        for no, one in enumerate(sorted(listed), 1)
    ]
    whole = slips.sorted_out(made)
    for one in whole.households:
        meant = [row for row in made if row.name_key == one.name or (one.person and row.person_key == one.person)]  # as the store asks
        found = slips.of_card(slips.sorted_out(meant), one.person, one.name, one.group)
        if found:
            assert found == one
        else:  # a namesake in its group: no card rather than a wrong one
            assert not one.person
            same = [row for row in made if row.name_key == one.name and group_key(row.group) == group_key(one.group)]
            assert len(same) > len(one.rows)


def test_which_kinds_go_on_a_card() -> None:
    told = {id for id, kind in kinds.load().items() if slips.told(kind)}
    assert "cropland-subsidy" in told
    assert not told & {"social-assistance", "village-finance", "fund-allocation"}


@given(st.binary(min_size=16, max_size=16))
def test_a_token_is_read_back_whichever_way_it_was_typed(drawn: bytes) -> None:
    token = slips.token(lambda size: drawn[:size])
    assert (slips.read(token), slips.read(token.lower()), len(token)) == (token, token, slips.TOKEN_LENGTH)


@pytest.mark.parametrize("typed", ["", "A" * 25, "A" * 27, "1" * 26, "é" * 26, "A" * 25 + "="])
def test_what_is_no_token_is_read_as_none(typed: str) -> None:
    assert slips.read(typed) == ""


def test_tokens_are_not_alike() -> None:
    assert len({slips.token(secrets.token_bytes) for _ in range(100)}) == 100


def test_groups_stand_in_their_order() -> None:
    found = slips.sorted_out(rows(("A", "10组", "p", "甲"), ("A", "2组", "q", "乙"), ("A", "二组", "r", "丙"), ("A", "", "s", "丁")))
    assert [(key, count) for key, _, count in found.groups()] == [(key, len(list(own))) for key, own in groupby(["2", "2", "10", ""])]
