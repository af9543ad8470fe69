"""Figures that a number format shows in another unit: .ods and SpreadsheetML 2003 tell what .xlsx tells, and the check reads or asks."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from board import kinds
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean
from board.rules.sheet.table import Table
from board.sheets import ods_markup as markup
from board.sheets import read
from board.sheets.cell_markup import inherited
from board.sheets.ods_styles import styles
from tests.sheets.corpus import AREAS, TODAY, TOWN
from tests.sheets.making import ods, ods_row, ods_table, xlsx, xml

THOUSANDS = '<number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true" number:display-factor="{}"/>'
POINT = '<number:embedded-text number:position="{}">.</number:embedded-text>'
TEN_THOUSANDS = f'<number:number number:decimal-places="0" number:min-integer-digits="5">{POINT.format(4)}</number:number>'
STYLED = '<style:style style:name="{}" style:family="table-cell"{}/>'


def data_style(figure: str = TEN_THOUSANDS, name: str = "N9", kind: str = "number") -> str:
    return f'<number:{kind}-style style:name="{name}">{figure}</number:{kind}-style>'


def cell_style(own: str = "N9", name: str = "ce1", parent: str = "Default") -> str:
    more = f' style:parent-style-name="{parent}"' + (f' style:data-style-name="{own}"' if own else "")
    return STYLED.format(name, more)


def of_ods(figure: str, kind: str = "number") -> tuple[int, str] | None:
    return styles(f"{data_style(figure, kind=kind)}{cell_style()}<office:body>", "").get("ce1")


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (TEN_THOUSANDS, (-4, "")),
        (f"{TEN_THOUSANDS}<number:text>万元</number:text>", (-4, "万元")),
        (f'<number:number number:min-integer-digits="4">{POINT.format(4)}</number:number>', (-4, "")),  # #"."0000
        (
            f'<number:number number:min-integer-digits="2" number:display-factor="1000">{POINT.format(1)}</number:number>'
            "<number:text> 万</number:text>",
            (-4, "万"),
        ),
        (
            '<number:number number:decimal-places="4" number:min-integer-digits="1">'
            '<number:embedded-text number:position="0">!</number:embedded-text></number:number>',
            (-4, ""),
        ),
        (THOUSANDS.format("1000"), (-3, "")),
        (THOUSANDS.format("10000"), (-4, "")),
        (THOUSANDS.format("1000000.0"), (-6, "")),
        (THOUSANDS.format("1E+06"), (-6, "")),
        ('<number:number number:decimal-places="0"/><number:text>万元</number:text>', (0, "万元")),
        ("<number:text>共</number:text><number:number/><number:text>&#x4E07;元</number:text>", (0, "万元")),
        ("<number:number/><number:text>组</number:text>", None),
        ('<number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>', None),
        (THOUSANDS.format("1"), None),
        (THOUSANDS.format("0"), None),
        (THOUSANDS.format("9" * 400), None),
        (f'<number:number number:decimal-places="2">{POINT.format(4)}</number:number>', None),  # 20.0000.00
        (f"<number:number>{POINT.format('99999999999')}</number:number>", None),
        ("<number:text>万元</number:text>", None),
    ],
)
def test_a_number_format_of_an_ods_tells_by_how_much_its_figure_differs(figure: str, told: tuple[int, str] | None) -> None:
    assert of_ods(figure) == told


@pytest.mark.parametrize(
    ("kind", "figure", "told"),
    [
        ("currency", f'{THOUSANDS.format("1000")}<number:currency-symbol number:country="CN">元</number:currency-symbol>', (-3, "元")),
        ("currency", f"<number:currency-symbol>￥</number:currency-symbol>{TEN_THOUSANDS}", (-4, "")),
        ("percentage", "<number:number/><number:text>%</number:text>", None),
        ("date", "<number:year/><number:text>年</number:text><number:month/><number:text>元</number:text>", None),
    ],
)
def test_an_amount_counts_and_a_percentage_or_a_day_does_not(kind: str, figure: str, told: tuple[int, str] | None) -> None:
    assert of_ods(figure, kind) == told


@pytest.mark.parametrize("kind", ["number", "text"])  # 0!.0000;-0!.0000 and 0!.0000;-0!.0000;0;@
def test_the_part_for_positive_figures_is_the_one_that_counts(kind: str) -> None:
    maps = '<style:map style:condition="value()&gt;=0" style:apply-style-name="N9P0"/><style:map style:apply-style-name="N9P1"/>'
    parts = data_style(name="N9P0") + data_style("<number:text>-</number:text><number:number/>", "N9P1")
    whole = data_style(f"<number:text>-</number:text>{TEN_THOUSANDS}{maps}", kind=kind)
    assert styles(parts + whole + cell_style() + "<office:body>", "") == {"ce1": (-4, "")}


def test_a_conditional_format_of_a_cell_style_is_no_number_format() -> None:
    mapped = f'{cell_style("N0")[:-2]}><style:map style:condition="cell-content()&gt;0" style:apply-style-name="N9"/></style:style>'
    assert styles(f"{data_style()}{mapped}<office:body>", "") == {}


def test_a_style_has_the_number_format_of_its_parent_unless_it_has_one() -> None:
    common = data_style(name="N1") + cell_style("N1", "Money", "") + STYLED.format("Default", "")
    own = cell_style("", "ce1", "Money") + cell_style("N0", "ce2", "Money") + cell_style("", "ce3") + cell_style("N1", "ce4")
    assert styles(f"{own}<office:body>", common) == {"Money": (-4, ""), "ce1": (-4, ""), "ce4": (-4, "")}
    assert inherited({"a": (-4, "")}, {"b": "c", "c": "b", "d": "e", "e": "a"}) == {"d": (-4, ""), "e": (-4, "")}


def _ods_cell(figure: str, style: str = "", more: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:table-cell{named} office:value-type="float" office:value="{figure}"{more}><text:p>{figure}</text:p></table:table-cell>'


def _ods_line(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def _ods_file(*lines: str, columns: str = "") -> Table:
    plain = cell_style("N0", "ce2")
    return read(ods(ods_table(*lines, columns=columns), styles=data_style() + cell_style() + plain), "a.ods").table()


def formats(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [tuple(one) for one in table.formats]


def test_a_cell_of_an_ods_has_its_own_style_or_its_lines_or_its_columns() -> None:
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="ce1"/>'
    table = _ods_file(
        ods_row("村", "户数", "金额"),
        _ods_line(_ods_cell("1", "ce1"), _ods_cell("2"), _ods_cell("200000")),
        _ods_line(_ods_cell("3"), _ods_cell("4"), _ods_cell("200000")),
        _ods_line(_ods_cell("5"), _ods_cell("6"), _ods_cell("7", "ce2")),
        _ods_line(_ods_cell("8"), _ods_cell("9", "ce2"), _ods_cell("9"), more=' table:default-cell-style-name="ce1"'),
        columns=columns,
    )
    assert formats(table) == [(0, 2, 2, -4, ""), (2, 2, 3, -4, ""), (0, 5, 5, -4, ""), (2, 5, 5, -4, "")]


def test_cells_and_lines_of_an_ods_that_are_repeated_have_their_format_repeated() -> None:
    twice, thrice = ' table:number-columns-repeated="2"', ' table:number-rows-repeated="3"'
    table = _ods_file(
        ods_row("村", "甲", "乙"),
        _ods_line(_ods_cell("1"), _ods_cell("200000", "ce1", twice), more=thrice),
        _ods_line(_ods_cell("1"), _ods_cell("200000", "ce1"), _ods_cell("5")),
    )
    assert formats(table) == [(1, 2, 5, -4, ""), (2, 2, 4, -4, "")]


def test_the_style_of_all_cells_of_an_ods_counts_where_a_cell_names_none() -> None:
    common = data_style() + cell_style("N9", "Default", "")
    data = ods(ods_table(ods_row("村", "金额"), ods_row("东林村", 200000)), more={"styles.xml": f"<office:styles>{common}</office:styles>"})
    assert formats(read(data, "a.ods").table()) == [(1, 2, 2, -4, "")]


@pytest.mark.parametrize(
    "body", ["<style:style ", "<number:number-style>" * 3, "<number:number a='", "a=" * 20, "a" * 30, '"<', "<style:map"]
)
def test_styles_of_an_ods_that_were_made_to_take_long_do_not(body: str) -> None:
    begun = time.process_time()
    styles(f"<style:style {body * 40_000}>{body * 40_000}<office:body>", "")
    assert time.process_time() - begun < 5


def test_figures_that_are_repeated_without_end_are_looked_at_no_further_than_a_file_may_have_cells() -> None:
    wide = _ods_cell("1", "ce1", ' table:number-columns-repeated="16384"')
    columns = '<table:table-column table:number-columns-repeated="16384" table:default-cell-style-name="ce1"/><table:table-row/>' * 20_000
    begun = time.process_time()
    found = markup.sheets(ods_table(*[_ods_line(wide)] * 20_000, columns=columns), {"ce1": (-4, "")})["发放表"]
    assert len(found.formats) == 16_384
    assert time.process_time() - begun < 10


def test_columns_of_spreadsheetml_that_span_all_others_are_noted_once() -> None:
    table = _xml_file('<Column ss:Index="1" ss:Span="16383" ss:StyleID="s1"/>' * 50_000, _xml_line(_xml_cell("1")))
    assert formats(table) == [(0, 2, 2, -4, "")]


FORMAT = '<Style ss:ID="{}"{}><NumberFormat ss:Format="{}"/></Style>'
PLAIN = '<Style ss:ID="s0"><NumberFormat/></Style>'


def _xml_cell(figure: str, more: str = "") -> str:
    return f'<Cell{more}><Data ss:Type="Number">{figure}</Data></Cell>'


def _xml_line(*cells: str, more: str = "") -> str:
    return f"<Row{more}>{''.join(cells)}</Row>"


def _xml_file(*lines: str, styles: str = FORMAT.format("s1", "", "0!.0000") + PLAIN, attributes: str = "") -> Table:
    head = '<Cell><Data ss:Type="String">村</Data></Cell><Cell><Data ss:Type="String">金额</Data></Cell>'
    columns, rows = [one for one in lines if one.startswith("<Column")], [one for one in lines if not one.startswith("<Column")]
    return read(xml("".join([*columns, _xml_line(head), *rows]), styles=styles, attributes=attributes), "a.xls").table()


STYLE = ' ss:StyleID="s1"'


def test_a_cell_of_spreadsheetml_has_its_own_style_or_its_lines_or_its_columns() -> None:
    table = _xml_file(
        '<Column/><Column ss:Index="3" ss:Span="1" ss:StyleID="s1"/>',
        _xml_line(_xml_cell("1", STYLE), _xml_cell("2"), _xml_cell("3"), _xml_cell("4", ' ss:StyleID="s0"')),
        _xml_line(_xml_cell("1"), _xml_cell("2"), _xml_cell("3"), _xml_cell("4")),
        _xml_line(_xml_cell("1"), _xml_cell("2", ' ss:StyleID="s0"'), more=' ss:Index="9" ss:StyleID="s1"'),
    )
    assert formats(table) == [(0, 2, 2, -4, ""), (2, 2, 3, -4, ""), (3, 3, 3, -4, ""), (0, 9, 9, -4, "")]


def test_a_position_in_spreadsheetml_counts_what_is_merged_and_left_out() -> None:
    table = _xml_file(_xml_line(_xml_cell("1", ' ss:MergeAcross="2"'), _xml_cell("2", STYLE), _xml_cell("3", f' ss:Index="8"{STYLE}')))
    assert formats(table) == [(3, 2, 2, -4, ""), (7, 2, 2, -4, "")]


def test_a_style_of_spreadsheetml_has_the_format_of_its_parent_and_the_table_gives_one() -> None:
    styles = FORMAT.format("s9", "", "#,##0,&quot;千&quot;") + '<Style ss:ID="s1" ss:Parent="s9"/>' + PLAIN.replace("s0", "Default")
    assert formats(_xml_file(_xml_line(_xml_cell("1", STYLE), _xml_cell("2")), styles=styles)) == [(0, 2, 2, -3, "千")]
    assert formats(_xml_file(_xml_line(_xml_cell("1")), styles=styles, attributes=STYLE)) == [(0, 2, 2, -3, "千")]
    default = FORMAT.format("Default", "", "0!.0000")
    assert formats(_xml_file(_xml_line(_xml_cell("1"), _xml_cell("2", ' ss:StyleID="s0"')), styles=default + PLAIN)) == [(0, 2, 2, -4, "")]


def test_a_text_of_spreadsheetml_has_no_format_of_figures() -> None:
    assert formats(_xml_file(_xml_line('<Cell ss:StyleID="s1"><Data ss:Type="String">20万元</Data></Cell>'))) == []


def test_an_error_in_spreadsheetml_is_a_cell_that_says_so() -> None:
    line = [f'<Cell><Data ss:Type="Error">{mark}</Data></Cell>' for mark in ("#REF!", "#N/A", "#DIV/0!", "张三")]
    table = _xml_file(_xml_line(*line, _formula("#VALUE!", "Error"), _formula("0")))
    assert (table.cells[1], table.formulas) == (["#REF!", "#N/A", "#DIV/0!", "", "#VALUE!", 0], ())


def _formula(value: str, kind: str = "Number") -> str:
    data = f'<Data ss:Type="{kind}">{value}</Data>' if kind else ""
    return f'<Cell ss:Formula="=RC[-1]">{data}</Cell>'


def test_a_formula_of_spreadsheetml_counts_as_calculated_once_one_of_the_sheet_is() -> None:
    never = _formula("0"), _formula("", ""), _formula("-0.00"), _formula("", "Number"), _xml_cell("0")
    assert _xml_file(_xml_line(*never)).formulas == ((2, 0), (2, 1), (2, 2), (2, 3))
    assert _xml_file(_xml_line(*never, _formula("5"))).formulas == ((2, 1), (2, 3))
    assert _xml_file(_xml_line(*never, _formula("", "String"))).formulas == ((2, 1), (2, 3))


HEAD = ["村", "项目名称", "资金金额({})"]
PARTS = {"ten thousands": (TEN_THOUSANDS, "0!.0000"), "thousands": (THOUSANDS.format("1000"), "#,##0,")}


def _xlsx(unit: str, shape: str) -> bytes:
    return xlsx([[*HEAD[:2], HEAD[2].format(unit)], ["东林村", "水渠", 200_000]], lambda book: _style(book, PARTS[shape][1]))


def _style(book: object, code: str) -> None:
    book.active["C2"].number_format = code  # type: ignore[attr-defined]


def _ods(unit: str, shape: str) -> bytes:
    column = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="ce1"/>'
    rows = ods_row(*HEAD[:2], HEAD[2].format(unit)), ods_row("东林村", "水渠", 200_000)
    return ods(ods_table(*rows, columns=column), styles=data_style(PARTS[shape][0]) + cell_style())


def _xml(unit: str, shape: str) -> bytes:
    texts = [f'<Cell><Data ss:Type="String">{one.format(unit)}</Data></Cell>' for one in (*HEAD, "东林村", "水渠")]
    rows = _xml_line(*texts[:3]) + _xml_line(*texts[3:], _xml_cell("200000", STYLE))
    return xml(rows, styles=FORMAT.format("s1", "", PARTS[shape][1]))


def checked(data: bytes) -> Checked:
    cleaned = clean(read(data, "资金.xls").table(), lambda what, number: number, TODAY)
    return check(cleaned, kinds.load()["relief-projects"], Places(AREAS, TOWN), area=TOWN)


FILES = pytest.mark.parametrize("make", [_xlsx, _ods, _xml])


@FILES
@pytest.mark.parametrize(("unit", "shape"), [("万元", "ten thousands"), ("千元", "thousands")])
def test_a_clerk_uploads_200000_that_is_shown_in_the_unit_of_its_header(make: Callable[[str, str], bytes], unit: str, shape: str) -> None:
    found = checked(make(unit, shape))
    assert (found.ok, found.totals["amount"]) == (True, 200_000)


@FILES
@pytest.mark.parametrize(("unit", "shape", "seen"), [("元", "ten thousands", "20"), ("万元", "thousands", "200")])
def test_a_clerk_is_asked_about_200000_that_is_shown_in_another_unit(
    make: Callable[[str, str], bytes], unit: str, shape: str, seen: str
) -> None:
    found = checked(make(unit, shape))
    assert [one.code for one in found.errors] == ["unit_unread"]
    assert f"存的是 200000，表格软件按格式显示成 {seen}" in found.errors[0].message.zh


@pytest.mark.parametrize("make", [_ods, _xml])
def test_an_ods_and_spreadsheetml_tell_of_formats_what_xlsx_tells(make: Callable[[str, str], bytes]) -> None:
    for unit, shape in (("万元", "ten thousands"), ("千元", "thousands")):
        assert formats(read(make(unit, shape), "a").table()) == formats(read(_xlsx(unit, shape), "a").table()) != []
