"""The place and group of each row, and the question about an unknown one."""

from __future__ import annotations

import pytest

from board import kinds
from board.rules.areas import Area
from board.rules.place_names import Places
from board.rules.sheet.headers import head
from board.rules.sheet.layout import layout
from board.rules.sheet.places import PlaceReader, place_column, town_column
from board.rules.sheet.table import Cell, Table

TOWN, EAST, WEST = "510521116000", "510521116201", "510521116202"
PLACES = Places(
    [
        Area(TOWN, "百和镇", "township", ""),
        Area(EAST, "东林村民委员会", "village", TOWN),
        Area(WEST, "西林村民委员会", "village", TOWN),
    ],
    TOWN,
)


def reader(**choices: str) -> PlaceReader:
    return PlaceReader(PLACES, TOWN, "village", choices)


@pytest.mark.parametrize(
    ("written", "code", "group"),
    [
        ("东林村", EAST, ""),
        ("东林 村委会", EAST, ""),
        ("东林村三组", EAST, "3组"),
        ("1.东林村", EAST, ""),
        ("(一)东林村", EAST, ""),
        ("百和镇", TOWN, ""),
        ("老东林", WEST, ""),
    ],
)
def test_a_cell_names_a_place_of_the_scope(written, code, group):
    one = reader(老东林=WEST).read(written)
    assert (one.code, one.group) == (code, group)


def test_an_unknown_name_is_asked_about_once_with_all_its_lines():
    places = reader()
    for line, cell in ((5, "束林村1组"), (3, "束林村2组"), (4, "东林村")):
        places.read(cell).lines.append(line)
    (question,) = places.problems("village", 0, "村")
    assert (question.code, question.line, question.lines, question.written) == ("unknown_place", 3, (3, 5), "束林村")
    assert set(question.offers) == {EAST, WEST, TOWN}


def found_column(*rows: list[Cell]) -> int:
    table, kind = Table("表", [["村", "所在村", "户主姓名", "面积(亩)", "金额(元)"], *rows]), kinds.load()["cropland-subsidy"]
    found = layout(table, kind, {}, {}, {})
    place_column(table, kind, found, reader())
    return found.columns["village"]


def test_of_two_columns_of_places_the_one_whose_cells_are_found_is_taken():
    assert found_column(["一片", "东林村", "甲", "2", "100"], ["二片", "西林村", "乙", "2", "100"]) == 1
    assert found_column(["东林村", "一片", "甲", "2", "100"], ["西林村", "二片", "乙", "2", "100"]) == 0


def test_a_column_of_townships_is_known_by_its_header():
    heads = {index: head(index, [word]) for index, word in enumerate(["乡镇", "村"])}
    assert town_column(heads, 1) == 0
    assert town_column({1: heads[1]}, 1) is None
