"""What number formats show, and which cells of a workbook hold errors or formulas that were never calculated."""

from __future__ import annotations

import time

import pytest
from openpyxl import Workbook

from board import sheets
from board.sheets.cell_markup import cells, styles
from board.sheets.number_formats import shown
from board.sheets.ods_markup import sheets as ods_sheets
from tests.sheets.making import xlsx


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("0!.0000", (-4, "")),
        ('0\\.0,"万"', (-4, "万")),
        ("#,##0,", (-3, "")),
        ("#,##0.00,,", (-6, "")),
        ('0"万元"', (0, "万元")),
        ('General"元"', (0, "元")),
        ('[红色]0!.0,"万";-0!.0,"万"', (-4, "万")),
        ("#,##0.00", None),
        ("#,##0.00_);[Red](#,##0.00)", None),
        ('0"组"', None),
        ("0.00%", None),
        ("yyyy/m/d", None),
        ("@", None),
    ],
)
def test_a_format_tells_by_how_much_its_figure_differs(code: str, told: tuple[int, str] | None) -> None:
    assert shown(code) == told


def test_a_format_that_was_made_to_take_long_does_not() -> None:
    begun = time.process_time()
    shown("0" + "," * 1_000_000 + "0" * 1_000_000)
    assert time.process_time() - begun < 2


def _format(book: Workbook) -> None:
    for line in (2, 3):
        book.active.cell(line, 4).number_format = "0!.0000"


def test_the_format_of_a_column_comes_with_its_table() -> None:
    table = sheets.read(xlsx(change=_format), "a.xlsx").table()
    assert [tuple(one) for one in table.formats] == [(3, 2, 3, -4, "")]


def test_styles_are_counted_from_the_formats_of_cells() -> None:
    text = '<numFmts><numFmt numFmtId="164" formatCode="#,##0,"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    assert styles(text) == {1: (-3, "")}


def test_a_formula_counts_as_calculated_once_one_of_the_sheet_is() -> None:
    never = b"<row><c><f>A1</f><v>0</v></c><c><f>B1</f></c></row>"
    assert cells(never, 0, len(never), {}).formulas == [(0, 0), (0, 1)]
    once = never + b"<row><c><f>A1</f><v>5</v></c></row>"
    assert cells(once, 0, len(once), {}).formulas == [(0, 1)]
    text = never + b'<row><c t="str"><f>A1</f><v></v></c></row>'
    assert cells(text, 0, len(text), {}).formulas == [(0, 1)]


def test_formulas_of_an_ods_that_are_all_zero_were_never_calculated() -> None:
    zero = '<table:table-cell table:formula="of:=[.A1]" office:value-type="float" office:value="0"/>'
    rows = f'<table:table-row table:number-rows-repeated="2">{zero}</table:table-row><table:table-row>{zero}</table:table-row>'
    assert ods_sheets(f'<table:table table:name="表">{rows}</table:table>', {})["表"].formulas == [(0, 0), (2, 0)]
