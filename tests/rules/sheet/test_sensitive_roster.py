"""A list of people in need under a kind that shows full names is asked about, by its title or by a column of illness."""

from __future__ import annotations

import pytest

from tests.rules.sheet.test_check import checked

HEAD = ["村", "姓名", "补助金额(元)"]
ROWS = [["东林村", "甲", "100"], ["东林村", "乙", "200"]]


def asked(title: str, of: str = "disaster-relief") -> list[str]:
    head = ["村", "姓名", "救助金额(元)"] if of == "social-assistance" else HEAD
    answers = {"ask:title:kind": "right"}  # asked first, where the title is of another kind
    found = checked([title, "", ""], head, *ROWS, of=of, answers=answers)
    return [one.message.zh for one in found.warnings if one.code == "sensitive_roster"]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("百和镇2026年7月残疾人两项补贴发放名单", "残疾人两项"),
        ("2026年10月城乡低保金发放名册", "低保"),
        ("特困供养人员名单", "特困供养"),
        ("大病救助发放表", "大病"),
        ("百和镇临时救助发放花名册", "临时救助"),
    ],
)
def test_the_title_says_whom_the_list_is_about(title: str, said: str) -> None:
    (question,) = asked(title)
    assert question.startswith(f"标题写着“{said}”，这像是残疾、患病或困难人员的名单，可是“冬春救助、救灾款物”会把全名贴出来。")


def test_one_title_is_not_asked_about_twice() -> None:
    found = checked(["百和镇2026年10月城乡低保金发放名册", "", ""], HEAD, *ROWS, of="disaster-relief")
    assert [one.code for one in found.warnings if one.code in ("other_title", "sensitive_roster")] == ["other_title"]


@pytest.mark.parametrize("title", ["百和镇2026年冬春救助发放名册", "残疾人联合会发放冬春救助名册", "受灾户名单"])
def test_other_titles_are_not_asked_about(title: str) -> None:
    assert asked(title) == []


def test_a_kind_that_masks_names_is_not_asked_about() -> None:
    assert asked("百和镇2026年7月残疾人两项补贴发放名单", of="social-assistance") == []


@pytest.mark.parametrize(
    ("header", "cells", "is_asked"),
    [
        ("残疾类别", ["肢体", "视力", "智力"], True),
        ("健康状况", ["残疾", "长期慢性病", "患有大病"], True),
        ("健康状况", ["健康", "长期慢性病", "健康"], False),
        ("残疾类别", ["", "视力", ""], False),
        ("婚姻状况", ["已婚", "未婚", "已婚"], False),
    ],
)
def test_a_column_of_illness_says_so_where_nearly_every_row_has_one(header: str, cells: list[str], is_asked: bool) -> None:
    rows = [["东林村", name, cell, amount] for name, cell, amount in zip("甲乙丙", cells, ["100", "200", "300"], strict=True)]
    found = checked(["村", "姓名", header, "补助金额(元)"], *rows, of="disaster-relief")
    assert ("sensitive_roster" in [one.code for one in found.warnings]) is is_asked
    assert not any(cell and cell in str(found.table.cells[1:]) for cell in cells)
