"""A row is found as people say it: by its place and number on paper, by a name with a star, by words in it."""

from __future__ import annotations

import pytest

from board.web.desk.line_search import hits, meant

TOWN, GAODONG, OTHER = "510521116000", "510521116004", "510521116202"
NUMBERS = {2: (GAODONG, 1), 3: (OTHER, 1), 4: (GAODONG, 2)}
TEXTS = [(2, ["高洞社区", "张小三", "2"]), (3, ["朱巷村", "李四", "5"]), (4, ["高洞社区", "张五", ""])]


@pytest.mark.parametrize(
    ("sought", "lines"),
    [
        ("高洞社区 2", [4]),
        ("1号", [2, 3]),
        ("高洞 第1号", [2]),
        ("张*三", [2]),
        ("张", [2, 4]),
        ("没有", []),
        ("", []),
        ("5", [3]),
        ("(", []),
        ("第3行", [3]),
        ("请核对高洞社区2号", [4]),
    ],
)
def test_it_is_found_as_it_is_said(app, sought, lines):
    assert hits(sought, TOWN, NUMBERS, TEXTS) == lines


@pytest.mark.parametrize(
    ("reason", "row"),
    [
        ("高洞社区5号的面积不对", "高洞社区5号"),
        ("第12行重复", "第12行"),
        ("请重做", ""),
        ("请在11月5号以前补上", ""),
        ("没有写川财〔2026〕6号文件", ""),
        ("6号文没有写", ""),
        ("5号的数不对", "5号"),
    ],
)
def test_the_row_that_a_reason_names(reason, row):
    assert meant(reason) == row
