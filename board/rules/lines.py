"""What a line below the header is: a row of the roster, a total, a subtotal, or words around the table."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Literal

from board.rules.letters import squeezed
from board.rules.table import Cell, text

Sort = Literal["row", "total", "subtotal", "note", "filler"]

_TOTAL = re.compile(
    r"(?:全[市县区镇乡村组体]|[一-龥]{0,8}[镇乡村区组])?(?:总?合计|总计|共计|累计)(?:金额|人民币)?(?::?\d+[户人])?(?:\(.*\))?:?(?:大写:?)?(?:人民币)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]*"
)
_SUBTOTAL = re.compile(r"[^:]{0,15}小计(?:\(.*\))?:?|本页(?:合计|小计|累计):?")
_NOTE = re.compile(r"(?:备注|附注|注|说明|填表说明|公示时间|公示期|监督电话|举报电话|联系电话|以上|特此)(?:\d*[:、.]|$|[一-龥]{6,})")
_SIGNED = re.compile(
    r"[一-龥]{0,4}(?:电话|热线|制表|填表|审核|复核|经办|经手|负责|公示时间|公示期)[一-龥]{0,2}:"
)  # whatever stands beside it
_LABELLED = re.compile(r"[一-龥()/]{2,12}:")
_COLON = re.compile("[:：﹕︓]")
_NUMBER = re.compile(r"[-+¥]?[\d,]+(?:\.\d+)?[^\d年月日:]{0,3}")
COUNTED = re.compile(r"(?:合计|总计|共计?)?:?(\d+)(户|人)")  # how many a total says there are: 1194户
_SERIAL = re.compile(r"\d{1,6}")


def sort_of(row: Sequence[Cell], words: Collection[int], figures: Collection[int], key: Collection[int]) -> Sort:
    """What a line is. ``words``, ``figures`` and ``key`` are the columns of texts, of figures, and of places and names.

    A line without a figure is words around the table when its first cell is a label with a colon (制表人:王五; what follows may reach
    into any column), when another is and no place or name stands beside it, or when one cell stands alone outside the place and name
    columns. A lone serial number is a filler. Everything else is a row, so that what lacks a figure is told and not dropped.
    """
    filled = [column for column, cell in enumerate(row) if type(cell) is not str or cell]  # a number is slow to compare with ""
    if not filled:
        return "filler"
    if sort := _total(row, filled[0], words):
        return sort
    labelled = {column for column in filled if type(cell := row[column]) is str and _is_labelled(cell)}
    measured = [row[column] for column in figures if column in filled and column not in labelled]
    leading = row[filled[0]]
    if measured and not isinstance(leading, str):
        return "row"
    first = squeezed(text(leading))
    if _SIGNED.match(first) or (_NOTE.match(first) or filled[0] in labelled) and not any(_is_number(cell) for cell in measured):
        return "note"
    if measured:
        return "row"
    if labelled and not set(key) & (set(filled) - labelled):
        return "note"
    if len(filled) > 1 or (filled[0] in key and len(first) <= 10):
        return "row"
    return "filler" if _SERIAL.fullmatch(first) or not first else "note"


def _is_labelled(cell: str) -> bool:
    """Whether a cell says ``label: …``, as lines around a table do."""
    return bool(_COLON.search(cell)) and bool(_LABELLED.match(squeezed(cell)))


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, Decimal) or bool(_NUMBER.fullmatch(squeezed(text(cell))))


def _total(row: Sequence[Cell], first: int, words: Collection[int]) -> Sort | None:
    """Whether the line's first cell, or one of its words, says 合计, 总计 or 小计 and nothing else."""
    for column in (first, *words):
        cell = row[column] if column < len(row) else ""
        if isinstance(cell, str) and "计" in cell:
            word = squeezed(cell)
            if _SUBTOTAL.fullmatch(word):
                return "subtotal"
            if _TOTAL.fullmatch(word):
                return "total"
    return None
