"""The big numbers of a page, a poster and a picture: what each is, how much, and its unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board.rules import row_units
from board.rules.bilingual import Language, Words, say
from board.rules.kind import Column, Kind
from board.rules.notice.formatting import unit, written

BALANCE = Words("期末余额", "Balance at the end")
NOT_ADDED = Words("单位不一样，不加在一起", "units differ, so they are not added up")


@dataclass(frozen=True)
class Figure:
    """One of the big numbers: what it is, how much, the unit, and what a villager may not know about it ("" mostly)."""

    label: str
    value: str
    unit: str
    note: str = ""


def with_units(kind: Kind, totals: Mapping[str, str]) -> tuple[Mapping[str, str], Mapping[str, str], bool]:
    """Return totals in which goods of one unit stand under their column's id, the unit of each such column, and whether others have
    several units."""
    goods = [column for column in kind.columns if column.unit_in]
    units = {column.id: own for column in goods if (own := row_units.single(column, totals))}
    mixed = any(len(row_units.by_unit(column, totals)) > 1 for column in goods)
    return {**totals, **{id: totals[f"{id}:{own}"] for id, own in units.items()}}, units, mixed


def total_figure(column: Column, value: str, language: Language, own: str = "") -> Figure:
    """Return a column's total as a big number, in the unit of its rows (``own``) where that stands in them; a negative balance of an
    account says in words that it is a debt."""
    if column.type != "balance":
        return Figure(say(column.label, language), written(column, value), own or unit(column, language))
    owed = written(column, value.removeprefix("-")) if value.startswith("-") else ""
    note = Words(f"账上欠 {owed} 元", f"{owed} yuan in debt")
    return Figure(say(BALANCE, language), written(column, value), unit(column, language), say(note, language) if owed else "")
