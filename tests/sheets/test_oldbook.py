"""Cells of old workbooks (.xls, .et): days, errors, formulas, odd characters, and what is hidden or filtered."""

from __future__ import annotations

import struct
from datetime import date
from decimal import Decimal

import pytest

from board.rules.sheet.table import Cell
from board.sheets import UnreadableSheet, read
from tests.sheets.oldbooks import Page, compound, formula, record, shapes, workbook, xls

ROWS = [["村", "金额"], ["东林村", "1.5"]]


def test_an_error_in_an_old_workbook_is_a_cell_that_says_so() -> None:
    fault, formula = (2, 1, 0, 0x2A, 1), (2, 2, 0, 2, 0, 0x17, 0, 0, 0, 0xFFFF)
    number, truth = (2, 3, 0, 1.5), (2, 4, 0, 1, 0)
    cells = record(0x205, struct.pack("<HHHBB", *fault)) + record(0x06, struct.pack("<HHHBBBBBBH", *formula) + bytes(8))
    cells += record(0x06, struct.pack("<HHHd", *number) + bytes(8)) + record(0x205, struct.pack("<HHHBB", *truth))
    table = read(xls(Page("S", ROWS, more=cells)), "a.xls").table()
    assert table.cells[2] == ["", "#N/A", "#REF!", Decimal("1.5"), "TRUE"]


@pytest.mark.parametrize("built_in", [14, 27, 31, 50, 57, 58])  # 31 is yyyy年m月d日: no record says what it looks like
def test_a_day_in_a_built_in_format_is_read(built_in: int) -> None:
    formats = b"".join(record(0xE0, struct.pack("<HHH14x", 0, key, 0)) for key in (0, built_in))
    day = record(0x203, struct.pack("<HHHd", 2, 0, 1, 46205.0))
    table = read(xls(Page("表", ROWS, more=day), records=formats), "a.xls").table()
    assert table.cells[2][0] == date(2026, 7, 2)


@pytest.mark.parametrize("version", [5, 8])
@pytest.mark.parametrize("text", ["abc", "东林村"])
def test_a_formula_of_an_old_workbook_gives_the_text_that_it_shows(version: int, text: str) -> None:
    data = xls(Page("表", ROWS, more=formula(2, 0, text, version)), version=version)
    assert read(data, "a.xls").table().cells[2] == [text]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("张㛃䶮".encode("gb18030"), "张㛃䶮"),
        (b"\xaa\xa1\xa2\xa1", "\ue000" + b"\xa2\xa1".decode("gb18030")),  # a character that a county drew for one name
        ("东林村".encode("gbk")[:-1], "东林�"),
    ],
)
def test_an_odd_character_costs_a_sheet_of_95_nothing_else(raw: bytes, text: str) -> None:
    cell = record(0x204, struct.pack("<HHHH", 2, 0, 0, len(raw)) + raw)
    table = read(xls(Page("表", ROWS, more=cell), version=5), "a.xls").table()
    assert (table.name, table.cells) == ("表", [*ROWS, [text]])


SHAPES = ('yyyy"年"m"月"d"日"', "h:mm", "[h]:mm", "0.00")


@pytest.mark.parametrize(
    ("shape", "number", "cell"),
    [
        (0, 46205.0, Decimal(46205)),
        (1, 46205.0, date(2026, 7, 2)),
        (1, 46205.5, "2026-07-02 12:00"),
        (1, 1e7, Decimal(10**7)),
        (2, 0.25, "06:00:00"),
        (3, 1.5, "1 day, 12:00:00"),
        (4, 46205.25, Decimal("46205.25")),
    ],
)
def test_a_day_of_an_old_workbook_is_told_by_how_it_is_shown(shape: int, number: float, cell: Cell) -> None:
    shown = record(0x203, struct.pack("<HHHd", 2, 0, shape, number))
    data = xls(Page("表", ROWS, more=shown), records=shapes(*SHAPES))
    assert read(data, "a.xls").table().cells[2] == [cell]


def test_a_sheet_that_a_filter_narrows_says_so() -> None:
    narrowed = Page("b", ROWS, hidden_rows=[1], merged=[(0, 0, 1, 0)], more=record(0x9B, b""))
    first, second = read(xls(Page("a", ROWS), narrowed), "a.xls").tables
    assert (first.filtered, second.filtered, second.hidden_rows, second.merged) == (False, True, {2}, [(0, 0, 1, 0)])


def test_what_makes_no_cell_is_not_parsed() -> None:
    odd = (
        record(0x1B8, bytes(32)) + record(0x1B1, b"\x01\x01") + record(0xA0, b"\x01") + record(0x1B6, bytes(18)) + record(0x200, b"\0" * 9)
    )
    loop = record(0x18, struct.pack("<HBBHHHI", 0, 0, 1, 10, 0, 0, 0) + b"\0x\x23\x01\0\0\0\x42\x02\xff\0")
    table = read(xls(Page("a", ROWS, more=odd), records=loop + record(0x8C, b"\x56\0")), "a.xls").table()
    assert table.cells == ROWS


@pytest.mark.parametrize(("mode", "since", "first"), [(b"\x01\x00", True, date(2026, 7, 2)), (b"\x00\x00", False, date(2022, 7, 1))])
def test_an_old_workbook_says_whether_it_counts_from_1904(mode: bytes, since: bool, first: date) -> None:
    shown = record(0x203, struct.pack("<HHHd", 2, 0, 1, 44743))
    table = read(xls(Page("a", ROWS, more=shown), records=record(0x22, mode) + shapes("yyyy-mm-dd")), "a.xls").table()
    assert (table.since_1904, table.cells[2]) == (since, [first])
    assert not read(xls(Page("a", ROWS)), "a.xls").table().since_1904


def test_a_cell_far_out_in_each_line_is_too_much() -> None:
    cells = b"".join(record(0x203, struct.pack("<HHHd", line, 255, 0, 1)) for line in range(2, 30_000))
    with pytest.raises(UnreadableSheet) as caught:
        read(xls(Page("a", ROWS, more=cells)), "a.xls")
    assert caught.value.code == "too_large"


def test_what_lies_between_the_sheets_of_a_workbook_does_not_shift_their_cells() -> None:
    stream = workbook([Page("a", ROWS), Page("b", [["村", "金额"], ["西林村", 2.5]], more=record(0x9B, b""))])
    second = stream.rindex(record(0x809, b"")[:2] + b"\x10\0")
    moved = stream.replace(struct.pack("<I", second), struct.pack("<I", second + 3))
    first, last = read(compound({"Workbook": moved[:second] + b"\x07" * 3 + moved[second:]}), "a.xls").tables
    assert (first.cells, last.cells, last.filtered) == (ROWS, [["村", "金额"], ["西林村", Decimal("2.5")]], True)


DAMAGED = {
    "cut off": workbook([Page("a", ROWS)])[:-8],
    "a beginning": b"\x09\x08\x10\x00" + bytes(16),
    "zeros": bytes(600),
    "texts that lead back": workbook([Page("a", ROWS)], more=record(0xFC, struct.pack("<IIHBi", 1, 0x7FFFFFFF, 0, 4, -7))),
}


@pytest.mark.parametrize("stream", DAMAGED.values(), ids=DAMAGED)
def test_what_xlrd_stumbles_over_is_damaged(stream: bytes) -> None:
    with pytest.raises(UnreadableSheet) as caught:
        read(compound({"Workbook": stream}), "a.xls")
    assert caught.value.code == "damaged"
