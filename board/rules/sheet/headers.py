"""The header of each column, over one to three lines, and which column is which field of a kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from board.rules.kind import Column, Kind, header_form
from board.rules.sheet.figures import MEASURES, UNITS, scaled, unit_named
from board.rules.sheet.header_lines import header_word
from board.rules.sheet.table import Table
from board.rules.sheet.units import is_money, loose
from board.rules.text_width import squeezed

_HEADER_UNIT = re.compile(r"[(\[](?:单位:)?([^()\[\]]+)[)\]]$|[:/](.+)$")
# 资金金额万元: the unit without a bracket; 单元 is a part of a building.
_SUFFIX = re.compile(r"(?<=[\u4e00-\u9fff]{2})((?:[十百千万亿仟佰萬億]{1,2}|(?<!单))[元圆](?:/每?(?:亩|人|户|公顷))?)$")
_WHOLE = ("合计", "小计", "总计", "总额")
_YEAR = re.compile(r"^(19|20)\d\d年(度)?")
_SURE = 80  # likeness of a header that is the field's label or a synonym of it, and does not only end with one
# 农户姓名(户主), 行政村名称; but an unknown unit (平方公里) stays, so that the column is not taken for one of mu.
_MORE = re.compile(r"\((?![^()]*[元亩米顷里分吨斤%])[^()]*\)$|(?:名称|名)$")
_PART = re.compile(r"^(其中|含)|[上去]年|上期|上次|原|已扣|大写")
# What one person or one mu gets, never what the row gets.
_EACH = re.compile(r"^(?:每|人均|户均|亩均|单价|单人|单户)")
_SUM = re.compile(r"(?:金额|资金|补[贴助偿]款?|费用?)?(?:小计|合计|总计|总额|总数)(?:金额|资金)?|(?:总|合计)(?:金额|资金|额)")
_PLAINLY_SUM = re.compile(r"(?:金额|资金)(?:小计|合计|总计|总额)|(?:合计|总计|总)(?:金额|资金)")  # beside 金额, which then is for each
_PAID = re.compile(r"^(?:应|实|实际|本次|本期|本人|拟)(?:发|付|补|领|得|拨|兑)")


@dataclass(frozen=True)
class Head:
    """The header of one column: its ``shown`` text for people and ``forms`` to compare, from the most to the least specific.

    ``parent`` is the text above the column's ``own`` word in a header of several lines; ``unread`` what stands in the place of a unit of
    money and is none that is known (美元, 元/季度).
    """

    index: int
    shown: str
    forms: tuple[str, ...]
    unit: str = ""
    parent: str = ""
    own: str = ""
    unread: str = ""


def heads(table: Table, first: int, last: int, held: Mapping[tuple[int, int], tuple[int, int]]) -> dict[int, Head]:
    """Return the header of each column over the lines ``first`` to ``last`` (from 0); a cell merged across names each column below it.

    Where nothing is merged (a CSV), the words of a lower line belong to the nearest word on their left in the line above.
    """
    lines = [[_held_word(table, row, column, first, held) for column in range(table.width)] for row in range(first, last + 1)]
    if not any(key[0] in range(first, last + 1) for key in held):
        for upper in range(len(lines) - 1):
            _inherit(lines, upper)
    found = {}
    for column in range(table.width):
        words = [line[column] for line in lines if line[column]]
        words = [word for at, word in enumerate(words) if at == 0 or words[at - 1] != word]
        if words:
            found[column] = head(column, words)
    return found


def _held_word(table: Table, row: int, column: int, first: int, held: Mapping[tuple[int, int], tuple[int, int]]) -> str:
    top, left = held.get((row, column), (row, column))
    return header_word(table.at(top, left)) if top >= first else ""


def _inherit(lines: list[list[str]], upper: int) -> None:
    """Give the gaps of a header line the word on their left, as far as lines below have words and those above do not change."""
    parent, above = "", ""
    for column, word in enumerate(lines[upper]):
        over = "".join(line[column] for line in lines[:upper])
        if word or over != above:
            parent, above = word, over
        elif any(line[column] for line in lines[upper + 1 :]):
            lines[upper][column] = parent


def head(index: int, words: Sequence[str]) -> Head:
    """Return the head of a column whose header cells, from top to bottom, hold these words."""
    bare = [_without_unit(word) for word in words]
    own = bare[-1][0]
    unit = next((unit for _, unit in reversed(bare) if unit), "")
    unread = "" if unit else next((found for word in reversed(words) if (found := _unread(word))), "")
    parent = "".join(word for word, _ in bare[:-1])
    forms = [parent + own, own] if parent else [own]
    if parent and own in _WHOLE:
        forms = [parent + own, parent, own]
    forms += [_YEAR.sub("", form) for form in forms]
    forms += [shorter for form in forms if len(shorter := _MORE.sub("", form)) > 1]
    return Head(index, " ".join(words), tuple(dict.fromkeys(form for form in forms if form)), unit, parent, own, unread)


def _unread(word: str) -> str:
    """Return what stands in the place of a header's unit, speaks of money and is no known unit."""
    match = _HEADER_UNIT.search(squeezed(word))
    named = (match[1] or match[2]) if match else ""
    return named if named and is_money(named) and not unit_named(named) else loose(word)


def _without_unit(word: str) -> tuple[str, str]:
    """Return a header's words and the unit that they end with, if any."""
    word = squeezed(word)
    match = _SUFFIX.search(word) or _HEADER_UNIT.search(word)
    unit = unit_named(next(filter(None, match.groups()))) if match else None
    if match and unit:
        return header_form(word[: match.start()]), unit
    return header_form(word), ""


def assigned(kind: Kind, heads: Mapping[int, Head], private: Collection[int], chosen: Mapping[int, str]) -> dict[str, int]:
    """Return which column is which field: what the clerk chose, then the closest likeness first; each field and each column once.

    A word that several columns have (户数 under C级 and under D级) names none of them but that of the whole (合计), and so it is with
    headers that only end alike (中央补助资金, 省级补助资金); the clerk is asked.
    """
    columns = {field_id: index for index, field_id in chosen.items() if kind.column(field_id) and index not in private}
    taken = {*chosen, *private}
    free = {index: one for index, one in heads.items() if index not in taken}
    likenesses = sorted(_likenesses(kind, free), key=lambda entry: (-entry[0], entry[1]))
    undecided = set()
    for score, index, field_id in likenesses:
        if index in taken or field_id in columns or field_id in undecided:
            continue
        alike = (other for least, other, named in likenesses if least == score and named == field_id and other not in taken)
        if score < _SURE and any(other != index for other in alike):
            undecided.add(field_id)
            continue
        columns[field_id] = index
        taken.add(index)
    return {column.id: columns[column.id] for column in kind.columns if column.id in columns}


def rivals(kind: Kind, heads: Mapping[int, Head], columns: Mapping[str, int], chosen: Collection[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield the fields of figures for which unused columns match as well as the one taken (应发金额, 实发金额), and these columns.

    Columns that the clerk has ``chosen``, for a field or for none, are left out.
    """
    used = {*columns.values(), *chosen}
    scores = {(index, field_id): score for score, index, field_id in _likenesses(kind, heads)}
    for field_id, index in columns.items():
        column = kind.column(field_id)
        if column is None or column.type not in MEASURES or index in chosen or index not in heads:
            continue
        least = scores.get((index, field_id), _SURE) - len(heads[index].forms)
        found = {
            other for (other, named), score in scores.items() if named == field_id and other not in used and score >= max(least, _SURE)
        }
        if column.type == "money" and column.required:
            found |= {other for other, one in heads.items() if other not in used and _may_be_money(one)}
        if found:
            yield field_id, sorted(found)


def _may_be_money(one: Head) -> bool:
    """Return whether a column without a field may have what the row gets (小计, 实发); sums of one fund each have a header above."""
    if one.parent or (one.unit and UNITS[one.unit].measure not in ("money", "scale")):
        return False
    bare = one.forms[0] if one.forms else ""
    return bool(_SUM.fullmatch(bare) or _PAID.match(bare))


def _likenesses(kind: Kind, heads: Mapping[int, Head]) -> Iterator[tuple[int, int, str]]:
    often = Counter(one.own for one in heads.values() if one.unit != "%")
    wholes = _of_the_whole(heads.values())
    for index, one in heads.items():
        shared = often[one.own] > 1 and index not in wholes
        forms, least = (one.forms[: bool(one.parent)], _SURE) if shared else (one.forms, 10)
        for column in kind.columns:
            score = max((_likeness(form, column) - rank for rank, form in enumerate(forms)), default=0)
            if score > least and _fits(one.unit, column):
                yield score, index, column.id


def _of_the_whole(heads: Iterable[Head]) -> set[int]:
    """Return the columns that are, of all with their word, the one below 合计; where each fund has its own 合计, none is."""
    below: dict[str, list[Head]] = {}
    for one in heads:
        if one.parent.endswith(_WHOLE):
            below.setdefault(one.own, []).append(one)
    highest = ([one for one in found if one.parent in _WHOLE] or found for found in below.values())
    return {found[0].index for found in highest if len(found) == 1}


def _likeness(form: str, column: Column) -> int:
    """Return 100 where a header is the field's label, 90 for a synonym, less where it only ends with one: in Chinese the last word is the
    noun."""
    own, words = _names(column.label.zh, column.synonyms)
    if form in own:
        return 100
    if form in column.synonyms:
        return 90
    if column.type == "money" and column.required and _SUM.fullmatch(form):
        return 101 if _PLAINLY_SUM.fullmatch(form) else 85
    if _PART.search(form) or (column.type == "money" and _EACH.match(form)):
        return 0
    return 30 + max(len(word) for word in words if form.endswith(word)) if form.endswith(words) else 0


@cache
def _names(label: str, synonyms: tuple[str, ...]) -> tuple[tuple[str, str], tuple[str, ...]]:
    """Return a field's label as headers have it, with brackets and without, and the words with which a header of it may end."""
    own = header_form(label)
    return (own, own.replace("(", "").replace(")", "")), tuple(word for word in (own, *synonyms) if len(word) > 1)


def _fits(unit: str, column: Column) -> bool:
    """Return whether a header's unit is one of the field's measure; a rate may say only 元 (每亩补助资金(元))."""
    if not unit:
        return True
    measure = MEASURES.get(column.type)
    unit = scaled(unit, column.unit)
    return (bool(unit) and UNITS[unit].measure == measure) or (measure == "rate" and unit == "元")
