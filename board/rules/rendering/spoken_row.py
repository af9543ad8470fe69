"""A row of a list as it is read out before a village: 三组，王大明，两亩三分，一百八十六元四角. In Chinese, as the meeting is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from board.rules.kind import Column
from board.rules.notice.formatting import KEPT, NUMERIC, cell, unit
from board.rules.rendering import spoken_chinese


def spoken_row(row: Any, name: str, columns: Sequence[Column]) -> str:
    """Return how a row is read out: its group, its name as given, and what stands in ``columns``.

    A figure is named where two have the same unit, else one could not tell what was due from what arrived; so is a text. Of several with
    the same unit those after the first are left out where they are nothing: 退回金额零元 tells a listener nothing.
    """
    alike, said, first = Counter(column.type for column in columns), [], set[str]()
    for column in columns:
        value = row.measures.get(column.id, "")
        if column.type in first and _nothing(value):
            continue
        first.add(column.type)
        said.append(_figure(column, row.measures, named=alike[column.type] > 1))
    return "，".join(part for part in (spoken_chinese.aloud(row.group), name, *said) if part)


def _nothing(value: str) -> bool:
    return not value.strip("0.,")


def _figure(column: Column, measures: Mapping[str, str], *, named: bool) -> str:
    value = measures.get(column.id, "")
    if not value:
        return ""
    label = spoken_chinese.aloud(column.label.zh)
    if column.type not in NUMERIC:
        return label + spoken_chinese.aloud(cell(column, value, "zh"))
    try:
        spoken = _spoken(column, Decimal(value)) + (unit(column, "zh", measures) if column.unit_in else "")
    except InvalidOperation:
        spoken = spoken_chinese.aloud(value)
    return label + spoken if named or column.type in ("count", "rate") else spoken


def _spoken(column: Column, value: Decimal) -> str:
    if column.type in ("money", "balance"):
        return spoken_chinese.money(value)
    if column.type == "area" and column.unit not in KEPT:
        return spoken_chinese.land(value)
    if column.type in ("rate", "area"):
        return spoken_chinese.aloud(f"{cell(column, str(value), 'zh')} {unit(column, 'zh')}")
    return spoken_chinese.number(value, counted=True) + column.unit
