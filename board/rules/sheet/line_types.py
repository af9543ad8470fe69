"""The type of a line below the header: a row of the roster, a total, a subtotal, or words around the table."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from board.rules.kind import Kind
from board.rules.sheet.figures import MEASURES
from board.rules.sheet.table import Cell, text
from board.rules.sheet.total_words import named, plain
from board.rules.text_width import squeezed

Sort = Literal["row", "total", "subtotal", "note", "filler"]

_TOTAL = re.compile(
    r"(?:全[市县区镇乡村组体]|[一-龥]{0,8}[镇乡村区组])?(?:总?合计|总计|共计|累计)(?:金额|人民币)?(?::?[\d,]+[户人])?(?:\(.*\))?:?(?:大写:?)?(?:人民币)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]*"
)
_SUBTOTAL = re.compile(r"[^:]{0,15}小计(?:\(.*\))?:?|本(?:页|月|季度?|期)(?:合计|小计|累计|发生额(?:及余额)?):?")
_CARRIED = re.compile(
    r"(?:过|转|结转)[次下]页|[承接续][前上]页|上页结转|(?:本年|全年|自?年初)(?:至今)?累计(?:发生额)?"
)  # sums of other pages, other months
_REMARK = re.compile(r"备注|附注|注|说明|填表说明|第\d+页(?:[,/]?共\d+页)?|续表")
_NOTE = re.compile(r"(?:备注|附注|注|说明|填表说明|公示时间|公示期|监督电话|举报电话|联系电话|以上|特此)(?:\d*[:、.]|$|[一-龥]{6,})")
_SIGNED = re.compile(
    r"[一-龥]{0,4}(?:电话|热线|制表|填表|审核|复核|经办|经手|负责|公示时间|公示期)[一-龥]{0,2}:"
)  # with anything beside it
_LABELLED = re.compile(r"[一-龥()/]{2,12}:")
_COLON = re.compile("[:：﹕︓]")
_NUMBER = re.compile(r"[-+¥]?[\d,]+(?:\.\d+)?[^\d年月日:]{0,3}")
HOW_MANY = r"\d{1,3}(?:,\d{3})+|\d+"
COUNTED = re.compile(rf"(?:合计|总计|共计?)?:?({HOW_MANY})(户|人)")  # the count on a total: 1194户
_DATED = re.compile(r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]?(?:\d{1,2}日?)?")  # the date of a signature below a table
# No line without one of these letters is a total, a carried sum or the end of a form.
MARKS = re.compile("[计計页额額总總数數和共合大全所以∑Σ此空无正完毕ＴｔＳｓ]|[Tt](?:otal|OTAL|TL|tl)|[Ss]um|SUM|[Ee]nd|END")
# What a form says below its last line, so that nobody adds one by hand.
_END = re.compile(
    r"(?:以下|此处|下面|本页以下|以下各?[栏行页])?(?:为|均为)?(?:空白|无正文|无内容|无)|(?:此|以下)?(?:完|毕|结束)|end", re.IGNORECASE
)
_ORNAMENT = re.compile(r"[()\[\]【】〔〕《》<>*＊\-—_=~…·.、:]+")
_ORNAMENT_IN = re.compile(r"(?<=[^\W\d])[.·\-_=~*'\"“”【】「」<>]+(?=[^\W\d]|$)|!+$|^[【「<]+|[】」>]+$")  # in and around 合.计
_SEVERAL = 2  # figures
_SERIAL = re.compile(r"\d{1,6}")


class KeyColumns(NamedTuple):
    """The columns of one table by which its lines are sorted: of ``words``, of ``figures``, the ``key`` of places and names, and of the
    ``subjects``, names and texts, in their order."""

    words: Sequence[int]
    figures: Sequence[int]
    key: Sequence[int]
    subjects: Sequence[int] = ()


def key_columns(kind: Kind, columns: Mapping[str, int]) -> KeyColumns:
    """Return the columns of one table by which ``sort_of`` sorts its lines."""
    types = [(column.type, columns[column.id]) for column in kind.columns if column.id in columns]
    words = [index for type, index in types if type in ("place", "group", "name", "text")]
    figures = [index for type, index in types if type in MEASURES and type != "rate"]
    subjects = [index for wanted in ("name", "text") for type, index in types if type == wanted]
    return KeyColumns(words, figures, [index for type, index in types if type in ("place", "name")], subjects)


def sort_of(row: Sequence[Cell], columns: KeyColumns) -> Sort:
    """Return the type of a line.

    As ``_sort_of``, but a row whose first cell, place or name is called like a total is one (金额合计, 总额), and the end mark of a form
    (以下空白) a filler.
    """
    words, figures, key, _subjects = columns
    sort = _sort_of(row, columns)
    if sort not in ("row", "note"):
        return sort
    filled = [column for column, cell in enumerate(row) if type(cell) is not str or cell]
    if _is_end(row, filled):
        return "filler"
    if sort == "note":
        return sort
    measured = any(_is_number(row[column]) for column in figures if column in filled)
    for column in dict.fromkeys((filled[0], *key)):
        cell = row[column] if column < len(row) else ""
        own = column in key or column not in words
        if own and isinstance(cell, str) and MARKS.search(cell) and (called := named(plain(cell), measured=measured)):
            return "total" if called == "total" else "subtotal"
    return sort


def _is_end(row: Sequence[Cell], filled: Sequence[int]) -> bool:
    """Return whether a line has nothing but the end mark of a form, beside a serial number at most."""
    words = [_ORNAMENT.sub("", squeezed(text(row[column]))) for column in filled]
    words = [word for word in words if word and not _SERIAL.fullmatch(word)]
    return bool(words) and all(_END.fullmatch(word) for word in words)


def _sort_of(row: Sequence[Cell], columns: KeyColumns) -> Sort:
    """Return the type of a line.

    A line without a figure (a date alone is none) is words around the table when its first cell is a label with a colon (制表人:王五;
    what follows may be in any column), when another is and no place or name is beside it, or when one cell is filled outside the place
    and name columns. A lone serial number is a filler. Everything else is a row, so that a missing figure is reported and the row is not
    dropped.
    """
    filled = [column for column, cell in enumerate(row) if type(cell) is not str or cell]  # a number is slow to compare with ""
    if not filled:
        return "filler"
    words, figures, key, subjects = columns
    told = {column for at, column in enumerate(subjects) if any(before in filled for before in subjects[:at])}  # 小计 in 备注 is a remark
    if (sort := _total(row, filled[0], [column for column in words if column not in told])) and not (
        sort == "note" and len([column for column in key if column in filled]) > 1
    ):
        return sort
    labelled = {column for column in filled if type(cell := row[column]) is str and _is_labelled(cell)}
    measured = [row[column] for column in figures if column in filled and column not in labelled]
    leading = row[filled[0]]
    if measured and isinstance(leading, Decimal):
        return "row"
    first, numbers = squeezed(text(leading)), sum(map(_is_number, measured))
    # A name with a figure, or several figures, make a row of it, whatever stands in its first cell: none is dropped without a word.
    named = any(column in filled for column in key if column != filled[0])
    whole = 0 < numbers == len(measured)  # 备注 补贴标准为 50 元/亩 is none
    if not (whole and (named or numbers >= _SEVERAL)) and (_SIGNED.match(first) or _REMARK.fullmatch(first)):
        return "note"
    if not numbers and (_NOTE.match(first) or filled[0] in labelled):
        return "note"
    if measured:
        return "note" if len(filled) == 1 and _is_dated(leading) else "row"
    if labelled and not set(key) & (set(filled) - labelled):
        return "note"
    if len(filled) > 1:
        return "row"
    if not first or _SERIAL.fullmatch(first):
        return "filler"
    return "row" if filled[0] in key and len(first) <= 10 and not _DATED.fullmatch(first) else "note"


def _is_dated(cell: Cell) -> bool:
    """Return whether a cell that stands alone is the date of a signature, or words, and no figure that has lost its row."""
    return not isinstance(cell, str) or not any(map(str.isdigit, cell)) or bool(_DATED.fullmatch(squeezed(cell)))


def _is_labelled(cell: str) -> bool:
    """Return whether a cell says ``label: …``, as lines around a table do."""
    return bool(_COLON.search(cell)) and bool(_LABELLED.match(squeezed(cell)))


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, Decimal) or bool(_NUMBER.fullmatch(squeezed(text(cell))))


def _total(row: Sequence[Cell], first: int, words: Collection[int]) -> Sort | None:
    """Return the type of a line whose first cell, or one of its words, is 合计, 总计, 小计 or 过次页 and nothing else."""
    for column in (first, *words):
        cell = row[column] if column < len(row) else ""
        if isinstance(cell, str) and MARKS.search(cell):
            word = _ORNAMENT_IN.sub("", plain(cell))
            if _CARRIED.fullmatch(word):
                return "note"
            if _SUBTOTAL.fullmatch(word):
                return "subtotal"
            if _TOTAL.fullmatch(word):
                return "total"
    return None
