"""What a clerk changed in an uploaded table: cells, rows taken out, rows added."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from board.rules.place_names import Places
from board.rules.sheet.check import check
from board.rules.sheet.cleaning import clean
from board.rules.sheet.table import Cell, Range, Table
from board.rules.sheet.table_edits import GONE, MOST_ADDED, TAKEN_OUT, added, carried_down, edited, taken_out
from tests.rules.sheet.test_check import HEAD, kind, row
from tests.sheets.corpus import AREAS, TODAY, TOWN

ROWS = [HEAD, row(1), row(2), row(3)]


def checked(edits: dict[tuple[int, int], str], *rows: list[Cell], merged: tuple[Range, ...] = ()):
    cleaned = clean(Table("表", list(rows or ROWS), merged), lambda what, number: number, TODAY)
    return check(cleaned, kind("cropland-subsidy"), Places(AREAS, TOWN), area=TOWN, edits=edits)


def test_a_row_taken_out_is_none_and_the_others_keep_their_lines() -> None:
    found = checked({(3, GONE): TAKEN_OUT})
    assert ([one.line for one in found.rows], found.totals["amount"]) == ([2, 4], 200)


def test_a_row_put_back_is_one_again() -> None:
    assert len(checked({(3, GONE): ""}).rows) == 3


def test_a_row_written_behind_the_last_one_counts() -> None:
    new = {(5, index): str(text) for index, text in enumerate(row(4, name="新户"))}
    found = checked(new)
    assert ([one.name for one in found.rows][-1], found.totals["amount"]) == ("新户", 400)
    assert added(new, Table("表", ROWS)) == [5]


def test_an_id_number_typed_into_a_cell_is_covered() -> None:
    table = edited(Table("表", ROWS), {(2, 3): "甲510521195401230013"})
    assert "510521" not in str(table.cells)


def test_a_village_that_stood_in_a_row_taken_out_stays_with_those_below() -> None:
    rows = [HEAD, row(1, "东林村"), row(2, ""), row(3, ""), row(4, "西林村")]
    table = Table("表", rows)
    assert dict(carried_down(table, {2}, [1])) == {(3, 1): "东林村"}
    assert dict(carried_down(table, {2, 3}, [1])) == {(4, 1): "东林村"}
    assert dict(carried_down(table, {3}, [1])) == {}
    assert dict(carried_down(table, {4}, [1])) == {}, "the next row has its own"


def test_a_merged_village_stays_with_the_rows_that_are_left() -> None:
    rows = [HEAD, row(1, "东林村"), row(2, ""), row(3, "")]
    found = checked({(2, GONE): TAKEN_OUT}, *rows, merged=((1, 1, 3, 1),))
    assert [(one.line, one.place) for one in found.rows] == [(3, "510521116201"), (4, "510521116201")]


@given(st.dictionaries(st.tuples(st.integers(-5, 500), st.integers(-5, 60)), st.text("甲1x", max_size=3), max_size=20))
def test_whatever_a_form_says_the_table_stays_small_and_its_lines_in_place(edits: dict[tuple[int, int], str]) -> None:
    table = edited(Table("表", ROWS), edits)
    assert len(table.cells) <= len(ROWS) + MOST_ADDED
    for line, cells in enumerate(ROWS, 1):
        if line in taken_out(edits):
            assert not any(table.cells[line - 1])
        else:
            for column, cell in enumerate(cells):
                assert table.cells[line - 1][column] == edits.get((line, column), cell)
