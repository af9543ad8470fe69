"""Descriptions of a person in the public cells of a roster."""

from __future__ import annotations

import pytest

from board import kinds
from board.rules.sheet.layout import layout
from board.rules.sheet.personal_words import Redaction, redacted, redactions
from board.rules.sheet.table import Cell, Table
from tests.rules.sheet.test_check import checked


@pytest.mark.parametrize(
    ("item", "of", "codes_"),
    [
        ("因患尿毒症", "social-assistance", ["personal_data"]),
        ("患尿毒症救助", "social-assistance", ["personal_data"]),
        ("患有癌症补助", "social-assistance", ["personal_data"]),
        ("查出白血病医疗救助", "social-assistance", ["personal_data"]),
        ("肺癌住院", "social-assistance", ["personal_data"]),
        ("尿毒症患者救助", "social-assistance", []),
        ("精神病院改造", "relief-projects", []),
        ("结核病院改造", "relief-projects", []),
        ("结核病医院改造", "relief-projects", []),
        ("精神障碍社区康复站", "relief-projects", []),
        ("筛查出高血压患者管理", "relief-projects", []),
        ("大病救助", "social-assistance", []),
        ("家住幸福路12号", "social-assistance", ["personal_data"]),
        ("幸福路12号门前排水沟", "relief-projects", ["personal_words"]),
    ],
)
def test_words_that_tell_of_a_person_are_covered_where_rows_are_people(item: str, of: str, codes_: list[str]) -> None:
    head: list[Cell] = (
        ["村", "户主姓名", "救助类别", "救助金额(元)"] if of == "social-assistance" else ["村名", "项目名称", "建设内容", "资金金额(元)"]
    )
    found = checked(head, ["东林村", "甲", item, "900"], of=of)
    assert [one.code for one in (*found.errors, *found.warnings)] == codes_
    text = next(iter(found.rows)).texts["item" if of == "social-assistance" else "content"]
    assert ("●" in text) == (codes_ == ["personal_data"])
    assert checked(head, ["东林村", "甲", item, "900"], of=of, edits={(2, 2): text}).ok is True if "●" in text else True


@pytest.mark.parametrize("name", ["甲（残疾）", "甲（残）", "甲(患病)", "甲 1950年5月4日生"])
def test_what_stands_behind_a_name_in_brackets_is_covered(name: str) -> None:
    found = checked(["村", "户主姓名", "面积(亩)", "金额(元)"], ["东林村", name, "2", "100"])
    assert [one.code for one in found.errors] == ["personal_data"]
    assert not set("残病195") & set(found.rows[0].name)


@pytest.mark.parametrize("name", ["张三 残疾", "张三-聋哑", "张三残疾二级", "王小明肺癌", "李秀英 尿毒症"])
def test_what_stands_behind_a_name_without_brackets_is_covered_too(name: str) -> None:
    found = checked(["村", "户主姓名", "面积(亩)", "金额(元)"], ["东林村", name, "2", "100"])
    assert [one.code for one in found.errors] == ["personal_data"]
    assert not set("残疾聋哑癌毒") & set(found.rows[0].name)


@pytest.mark.parametrize("name", ["甲（户主）", "乙(2户)", "阿依古丽·买买提", "丙（丁之子）"])
def test_other_words_behind_a_name_stay(name: str) -> None:
    assert checked(["村", "户主姓名", "面积(亩)", "金额(元)"], ["东林村", name, "2", "100"]).rows[0].name == name


def test_a_cell_is_covered_with_its_position_and_cells_for_staff_stay() -> None:
    table = Table("表", [["村", "户主姓名", "面积(亩)", "金额(元)", "备注"], ["东林村", "甲（残疾）", "2", "100", "患糖尿病"]])
    kind = kinds.load()["cropland-subsidy"]
    found = list(redactions(table, kind, layout(table, kind, {}, {}, {})))
    assert found == [Redaction(2, 1, "name", "health", "甲（●●）", surely=True)]
    assert redacted(table, found).cells[1] == ["东林村", "甲（●●）", "2", "100", "患糖尿病"]
