"""A list of people as an office keeps it: read by its headers, and every fault with its line."""

from __future__ import annotations

import pytest

from board.rules.people_list import Entry, Fault, read

AREAS = {"百和镇": ["510521116000"], "高洞社区": ["510521116004"], "双河村": ["1", "2"]}
HEAD = ["姓名", "用户名", "做什么", "在哪里"]


def find(said: str) -> list[str]:
    return AREAS.get(said, [])


def test_each_line_is_a_person_whatever_the_order_of_the_columns() -> None:
    cells = [
        ["百和镇人员", "", "", ""],
        ["单位", "姓名", "岗位", "登录名"],
        ["百和镇", "钱多多", "经办（填表）", "Baihe-Qian"],
        ["", "", "", ""],
    ]
    assert read(cells, find) == ([Entry(3, "钱多多", "baihe-qian", "clerk", "510521116000")], [])


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["", "a-b", "经办", "百和镇"], Fault(2, "name", "empty")),
        (["甲", "a-b", "村长", "百和镇"], Fault(2, "role", "role", "村长")),
        (["甲", "a-b", "纪检受理", "百和镇"], Fault(2, "role", "inspector", "纪检受理")),
        (["甲", "a-b", "经办", "云上镇"], Fault(2, "area", "area", "云上镇")),
        (["甲", "a-b", "经办", "双河村"], Fault(2, "area", "areas", "双河村")),
    ],
)
def test_what_is_wrong_is_told_with_its_line(row: list[str], fault: Fault) -> None:
    assert read([HEAD, row], find) == ([], [fault])


def test_a_name_twice_and_an_empty_list_are_faults() -> None:
    assert read([HEAD, ["甲", "a-b", "经办", "百和镇"], ["乙", "A-B", "审核", "百和镇"]], find)[1] == [Fault(3, "username", "twice", "A-B")]
    assert read([HEAD], find)[1] == [Fault(0, "", "none")]
    assert read([["姓名", "用户名"]], find)[1] == [Fault(0, "", "no_header")]
    many = [[f"甲{n}", f"abc-{n}", "经办", "百和镇"] for n in range(201)]
    assert read([HEAD, *many], find)[1] == [Fault(0, "", "many")]


def test_a_department_names_its_group_of_kinds_and_the_two_who_watch_are_told_apart() -> None:
    rows = [["甲", "a-1", "主管部门（涉农补贴）", "百和镇"], ["乙", "b-1", "政务公开办", "百和镇"], ["丙", "c-1", "审计", "百和镇"]]
    assert [(one.role, one.group) for one in read([HEAD, *rows], find)[0]] == [
        ("department", "subsidy"), ("disclosure", ""), ("auditor", ""),
    ]  # fmt: skip
    assert read([HEAD, ["甲", "a-1", "主管部门", "百和镇"]], find)[1] == [Fault(2, "role", "group", "主管部门")]
