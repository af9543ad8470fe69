"""Whether a sheet is a list of people who are disabled, ill or in need, though its kind shows full names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from board.rules.bilingual import Words
from board.rules.kind import Kind
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.layout import Layout
from board.rules.sheet.problems import Problem, problem
from board.rules.sheet.table import text
from board.rules.text_width import squeezed

# Sources: docs/sources.md: personal-fields. Whom a list of these is about, its own title says.
_NEED = re.compile(
    r"残疾人?(?:两项)?|重残|低保|最低生活保障|特困(?:供养)?|五保|孤儿|困境儿童|事实无人抚养儿童|精神(?:障碍|病)|艾滋病?|大病|重病|慢性病|尘肺病?"
    r"|临时救助|医疗救助|失能|失智|失独|计划生育特殊家庭|戒毒|社区矫正|刑满释放|流产|流浪"
)
_NO_LIST = re.compile(r"(?:残疾人联合会|残联|就业保障金|除(?:低保|特困|五保)|不含|非低保)")
_TITLE = Words("标题", "The title")
_COLUMN = Words("表里有一列几乎每行都填了，列名", "A column that nearly every row has filled in")
_NAME = Words("表名", "The name of the sheet")


def sensitive_roster(cleaned: Cleaned, kind: Kind, found: Layout, *, by_title: bool = True) -> Iterator[Problem]:
    """Yield the question, at most once, whether a list of people in need belongs under a kind whose names are shown in full.

    Titles are looked at where ``by_title``: while its clerk is asked whether the sheet is of another matter, they are asked about already.
    """
    if kind.names != "everyone":
        return
    for header in cleaned.ill:
        yield problem("sensitive_roster", where=_COLUMN, said=header, kind=kind.name)
        return
    for where, words in _titles(cleaned, found) if by_title else ():
        if said := _NEED.search(_NO_LIST.sub("", squeezed(words))):
            yield problem("sensitive_roster", where=where, said=said[0], kind=kind.name)
            return


def _titles(cleaned: Cleaned, found: Layout) -> Iterator[tuple[Words, str]]:
    for row in cleaned.table.cells[: max(found.first - 1, 0)]:
        yield from ((_TITLE, text(cell)) for cell in row if cell != "")
    yield from ((_NAME, name) for name in (cleaned.table.name, cleaned.table.file))
