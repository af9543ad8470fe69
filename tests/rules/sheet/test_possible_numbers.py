"""Figures that may be a personal number: a question for each column, and the cells stay."""

from __future__ import annotations

import pytest

from tests.rules.sheet.test_check import checked

HEAD = ["村名", "项目名称", "建设内容", "资金金额(元)"]


def test_each_column_is_asked_about_once_and_its_cells_stay() -> None:
    rows = [["东林村", "水渠", "分三段 1352000 4500", "100"], ["东林村", "便桥", "分三段 1352000 4600", "200"]]
    found = checked(HEAD, *rows, of="relief-projects")
    assert [(one.code, one.line, one.lines) for one in found.warnings] == [("maybe_number", 2, (2, 3))]
    assert found.warnings[0].message.zh == (
        "第 2 行“建设内容”里的几个数连起来像是手机号（共 2 行）。是的话请改写这一格；不是的，写明是什么数。"
    )
    assert [row.texts["content"] for row in found.rows] == ["分三段 1352000 4500", "分三段 1352000 4600"]


def test_a_corrected_cell_is_looked_at_again() -> None:
    row = ["东林村", "水渠", "分三段 1352000 4500", "100"]
    assert checked(HEAD, row, of="relief-projects", edits={(2, 2): "1352000米，4500元"}).warnings == []
    asked = checked(HEAD, row, of="relief-projects", edits={(2, 2): "1352000 4600"})
    assert [one.code for one in asked.warnings] == ["maybe_number"]


@pytest.mark.parametrize("content", ["2106-510521-04-01-196363", "105.4321,28.1234", "1、3、5、7、9、11、13、15组", "300米"])
def test_what_is_no_number_is_not_asked_about(content: str) -> None:
    assert checked(HEAD, ["东林村", "水渠", content, "100"], of="relief-projects").warnings == []
