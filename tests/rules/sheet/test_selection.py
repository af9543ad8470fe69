"""Of an upload's tables those that may be the roster are taken; of the others the clerk is told why they are not."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from board import kinds
from board.rules.bilingual import Words
from board.rules.sheet import cleaning, selection
from board.rules.sheet.table import Book, Table

HEAD = ["组", "户主姓名", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额(元)"]
ROSTER = Table("花名册", [HEAD, ["1组", "张小三", "2", "50", "100"]])
COVER = Table("封面", [["百和镇"]])
PRICES = Table("标准", [["作物", "标准"], ["水稻", "50"]])
EMPTY = Table("Sheet3", [])
HIDDEN = Table("底稿", [HEAD, ["1组", "李四", "1", "50", "50"]], hidden=True)
CROPLAND = kinds.load()["cropland-subsidy"]


def cleaned(*tables: Table, around=()):
    clean = partial(cleaning.clean, key=lambda what, number: number, today=date(2026, 11, 22))
    return selection.cleaned(Book(tables, swept=around), tables, clean)


def test_what_cannot_be_a_roster_is_left_out_with_the_reason():
    found = selection.select(Book([COVER, EMPTY, ROSTER, HIDDEN, PRICES], notes=[Words("有两处日期读不出", "")]))

    assert found.tables == [ROSTER, PRICES]
    assert found.others == [COVER, HIDDEN]
    assert [one.zh for one in found.notes] == [
        "有两处日期读不出",
        "没有用：封面（不像表格）。",
        "没有读：底稿（在原文件里是隐藏的）。要用的话，请在原文件里取消隐藏再上传。",
    ]


def test_a_file_with_a_cover_only_is_taken_for_its_errors_to_be_told():
    assert selection.select(Book([EMPTY, COVER])).tables == [COVER]


@pytest.mark.parametrize(("tables", "lines"), [(1, 100), (50, 3)])
def test_more_than_anybody_can_choose_from_is_refused(monkeypatch, tables, lines):
    monkeypatch.setattr(selection, "MOST_TABLES", tables)
    monkeypatch.setattr(selection, "MOST_LINES", lines)
    with pytest.raises(selection.TooManyTables):
        selection.select(Book([ROSTER, PRICES]))


def test_one_long_table_is_not_too_many(monkeypatch):
    monkeypatch.setattr(selection, "MOST_LINES", 1)
    assert selection.select(Book([ROSTER])).tables == [ROSTER]


@pytest.mark.parametrize(
    ("tables", "used", "sure", "says"),
    [
        ([ROSTER], "花名册", True, None),
        ([PRICES, ROSTER], "花名册", True, "用的是“花名册”这张表。没有用：标准。"),
        ([PRICES, ROSTER, HIDDEN], "花名册", False, "用的是“花名册”这张表。没有用：标准、底稿。"),  # two fit: the clerk is asked
    ],
)
def test_the_only_table_that_fits_is_chosen(tables, used, sure, says):
    found = selection.choice(cleaned(*tables), CROPLAND, "township", {})

    assert tables[found.at].name == used
    assert found.sure is sure
    assert (found.note and found.note.zh) == says


def test_numbers_around_the_tables_count_for_each_and_are_marked():
    around = {"where": "批注", "what": "phone", "count": 2}
    assert [one.findings for one in cleaned(ROSTER, PRICES, around=[around])] == [[around | {"around": True}]] * 2


def test_a_message_names_eight_tables_and_counts_the_others():
    named = selection.named([Table(f"村{number}", []) for number in range(10)])
    assert named.zh.endswith("村7，还有 2 张")
    assert named.en.endswith("村7 and 2 more")
