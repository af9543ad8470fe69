"""The blank sheet of a kind (空白表): an .xlsx for a clerk to fill in, which the import reads without any problem."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from board.rules.bilingual import Words
from board.rules.kind import Column, ColumnType, Kind, Level
from board.rules.place_names import Places, canonical
from board.rules.sheet.figures import MEASURES

TABLE, EXAMPLE = "填表", "例子"  # the two sheets
_HEADER = 2  # header row, from 0, below a title and a line of units
_LAST = 100_000  # last row with drop-downs: the largest sheet that is taken
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - .xlsx has no time zone; a constant, so that equal input gives equal bytes

# Column type -> width in characters and number format. Text format keeps a group 3-2 from becoming a date.
_LAID_OUT: Mapping[ColumnType, tuple[int, str]] = {
    "place": (18, "@"),
    "group": (9, "@"),
    "name": (14, "@"),
    "text": (20, "@"),
    "date": (14, "yyyy-mm-dd"),
    "count": (12, "0"),
    "area": (14, "0.00###"),
    "rate": (16, "0.00###"),
    "money": (16, "#,##0.00"),
    "balance": (16, "#,##0.00"),
}
_SENTENCES: Mapping[ColumnType, Words] = {
    "place": Words("点单元格，从下拉单里选；也可以照右边的地名抄", "Pick from the drop-down, or copy a name from the right"),
    "group": Words("写组的号或者名，没有就空着", "The group's number or name; leave empty if there is none"),
    "name": Words("只写姓名。身份证号、卡号、电话不用填", "The name only: no ID, card or phone number is needed"),
    "text": Words("照实写。不要写病情、身份证号、卡号、电话", "As it is; nothing about illness, no ID, card or phone number"),
    "date": Words("写年月日", "Year, month and day"),
    "count": Words("只填整数，不写单位", "A whole number without a unit"),
    "area": Words("只填数字，单位看表头", "Digits only; the unit stands in the header"),
    "rate": Words("只填数字，单位看表头", "Digits only; the unit stands in the header"),
    "money": Words("只填数字，单位看表头，最多两位小数", "Digits only, at most two decimals; the unit stands in the header"),
    "balance": Words("只填数字，单位看表头，可以是负数", "Digits only, may be below zero; the unit stands in the header"),
}
_WITH_UNIT = Words("只填数字，可以有小数；单位写在“单位”那一列", "Digits only, decimals too; the unit stands in the column of units")
_EXAMPLES: Mapping[ColumnType, str | Decimal] = {
    "group": "1组",
    "name": "张三",
    "date": "2026-07-02",
    "count": Decimal(3),
    "area": Decimal("4.95"),
    "rate": Decimal(100),
    "money": Decimal(495),
    "balance": Decimal(495),
}
_HEADS = (
    Words("栏目", "Column"),
    Words("必填吗", "Required"),
    Words("怎么填", "What to write"),
    Words("例子", "Example"),
    Words("可以选的地名", "Places to choose from"),
)
_YES, _NO = Words("必填", "required"), Words("可空", "may be empty")
_NOT_LISTED = Words("单子里没有这个地名。确定要这样写吗？", "This place is not on the list. Keep it as it is?")
_NO_FIGURE = Words("这里只填数字，单位看表头。确定要这样写吗？", "Digits only here; the unit stands in the header. Keep it as it is?")


def blank_sheet(kind: Kind, level: Level, areas: Sequence[tuple[str, str]], language: str = "zh") -> bytes:
    """Return an .xlsx for a roster of ``kind`` posted by an area of ``level``: a sheet to fill in, and one with an example of each column.

    ``areas`` are the places to choose from as (code, name), see ``offered``. Headers are Chinese in either ``language`` (zh, en), because
    columns are recognised by them; other texts are in that language. There is no column for personal numbers. Equal input gives equal
    bytes. Raises ValueError for a kind without a roster.
    """
    columns = _columns(kind, level)
    if not columns:
        raise ValueError(f"{kind.id} has no roster")
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.set_properties({"title": kind.name.zh, "created": _MADE})
        names = [name for _, name in areas]
        # No total line: a sum by formula always agrees and so checks nothing.
        _table(book, kind, columns, names, language)
        _example(book, kind, columns, names, language)
    return held.getvalue()


def offered(places: Places, level: Level) -> list[tuple[str, str]]:
    """Return the places of a scope at a level as (code, name), by code; equal names are prefixed with the place above."""
    areas = sorted((area for area in places.areas if area.level == level), key=lambda area: area.code)
    names = [canonical(area.name) for area in areas]
    above = [places.by_code.get(area.parent) for area in areas]
    often = Counter(names)
    return [
        (area.code, f"{canonical(one.name)}{name}" if one and often[name] > 1 else name)
        for area, name, one in zip(areas, names, above, strict=True)
    ]


def _columns(kind: Kind, level: Level) -> list[Column]:
    """Return the kind's columns, without the place column where the publisher is the place of every row."""
    alone = kind.places_for(level) == level
    return [column for column in kind.columns if not (alone and column.type == "place")]


def _table(book: Any, kind: Kind, columns: Sequence[Column], names: Sequence[str], language: str) -> None:
    """Write the sheet to fill in. The line of units has two cells, because a first line of several cells would be taken for the header."""
    sheet = book.add_worksheet(TABLE)
    title = book.add_format({"bold": True, "font_size": 18, "align": "center_across", "valign": "vcenter"})
    aside = {"font_size": 11, "valign": "vcenter"}
    sheet.set_row(0, 36)
    sheet.write_string(0, 0, f"{kind.name.zh}明细表", title)
    for index in range(1, len(columns)):
        sheet.write_blank(0, index, None, title)
    sheet.write_string(1, 0, "填报单位：", book.add_format(aside))
    units = list(dict.fromkeys(column.unit for column in columns if column.unit))
    beside = f"单位：{'、'.join(units)}" if units else "填表日期："
    sheet.write_string(1, len(columns) - 1, beside, book.add_format(aside | {"align": "right"}))
    for index, column in enumerate(columns):
        width, number = _LAID_OUT[column.type]
        sheet.set_column(index, index, width, book.add_format({"num_format": number, "font_size": 12}))
        sheet.write_string(_HEADER, index, _header(column), _header_format(book, column))
        if rule := _rule(column, names, language):
            sheet.data_validation(_HEADER + 1, index, _LAST, index, rule)
    sheet.set_row(_HEADER, 34)
    sheet.freeze_panes(_HEADER + 1, 0)
    _print_setup(sheet)
    sheet.repeat_rows(_HEADER)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _example(book: Any, kind: Kind, columns: Sequence[Column], names: Sequence[str], language: str) -> None:
    """Write the sheet of examples: one line a column, so that it is not taken for a roster; and the places for the drop-downs."""
    sheet = book.add_worksheet(EXAMPLE)
    head = book.add_format({"bold": True, "bottom": 1, "font_size": 12})
    plain = book.add_format({"text_wrap": True, "valign": "top", "font_size": 12, "num_format": "@"})
    for index, (words, width) in enumerate(zip(_HEADS, (20, 10, 44, 16, 24), strict=True)):
        sheet.set_column(index, index, width)
        if index < len(_HEADS) - 1 or names:
            sheet.write_string(0, index, _in(words, language), head)
    for line, (column, example) in enumerate(zip(columns, _examples(kind, columns, names), strict=True), 1):
        label = column.label.zh if language == "zh" else f"{column.label.zh} {column.label.en}"
        cells = (
            label,
            _in(_YES if column.required else _NO, language),
            _in(_WITH_UNIT if column.unit_in else _SENTENCES[column.type], language),
            example,
        )
        for index, text in enumerate(cells):
            sheet.write_string(line, index, text, plain)
    for line, name in enumerate(names, 1):
        sheet.write_string(line, len(_HEADS) - 1, name, plain)
    sheet.freeze_panes(1, 0)
    _print_setup(sheet)


def _print_setup(sheet: Any) -> None:
    """Set A4 landscape, one page wide."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5)


def _examples(kind: Kind, columns: Sequence[Column], names: Sequence[str]) -> Iterator[str]:
    """Yield an example for each column; where the kind adds up parts to an amount, those of the example do."""
    parts = {id: Decimal(495) / len(check.of) for check in kind.checks if check.type == "sum" for id in check.of}
    running = {check.of[1] for check in kind.checks if check.type == "running"}  # an entry is either income or spending
    sums = {check.result: Decimal(495) for check in kind.checks if check.type == "sum"}
    units = {column.unit_in: "箱" for column in columns if column.unit_in}
    for column in columns:
        value = (names[0] if names else "") if column.type == "place" else _EXAMPLES.get(column.type, "")
        yield "" if column.id in running else str((sums | parts | units).get(column.id, value))


def _header(column: Column) -> str:
    return f"{column.label.zh}（{column.unit}）" if column.unit else column.label.zh


def _header_format(book: Any, column: Column) -> Any:
    """Return the header's format; required columns are darker."""
    ground = "#D9E8D3" if column.required else "#F2F2F2"
    look = {"bold": True, "font_size": 12, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    return book.add_format(look | {"bg_color": ground})


def _rule(column: Column, names: Sequence[str], language: str) -> dict[str, Any] | None:
    """Return the data validation of a column. It warns and does not forbid, because the clerk may know better than the list."""
    if column.type == "place" and names:
        last = chr(ord("A") + len(_HEADS) - 1)
        listed = {"validate": "list", "source": f"='{EXAMPLE}'!${last}$2:${last}${len(names) + 1}"}
        return {**listed, "error_type": "warning", "error_message": _in(_NOT_LISTED, language)}
    if column.type in MEASURES:
        # The bound beyond which figures.figure refuses a number.
        measured = {"validate": "decimal", "criteria": "between", "minimum": -1e14, "maximum": 1e14}
        return {**measured, "error_type": "warning", "error_message": _in(_NO_FIGURE, language)}
    return None


def _in(words: Words, language: str) -> str:
    return words.zh if language == "zh" else words.en
