"""Figures, dates and facts of a notice as text for its readers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from board.rules import money, row_units
from board.rules.bilingual import Language, Words, date_in_words, say
from board.rules.kind import Column, Kind
from board.rules.periods import said_at

NUMERIC = ("count", "area", "rate", "money", "balance")
UNITS = {"money": Words("元", "yuan"), "balance": Words("元", "yuan"), "area": Words("亩", "mu")}
KEPT = {"平方米": Words("平方米", "m²")}  # those of board/rules/sheet/figures.py
COUNTED = {  # in a calculation a number alone would not be understood
    "户": Words("户", "households"),
    "人": Words("人", "people"),
    "个月": Words("个月", "months"),
    "台": Words("台", "machines"),
    "头": Words("头", "head"),
}
_APART = Words("\u3001", ", ")
RATES = {"元/亩": Words("元/亩", "yuan/mu"), "元/户": Words("元/户", "yuan/household"), "元/人": Words("元/人", "yuan/person")}


def unit(column: Column, language: Language, measures: Mapping[str, str] | None = None) -> str:
    """Return the unit that stands behind a column's figures on the page: yuan and mu, whatever the sheet's unit was, or the
    unit in which the column keeps them.

    ``measures`` are those of one row: where the unit stands in each row, it is that row's, and otherwise "".
    """
    if column.unit_in and measures:
        return measures.get(column.unit_in, "")
    if column.type == "rate":
        return say(RATES[column.unit], language)
    if column.unit in KEPT:
        return say(KEPT[column.unit], language)
    return say(UNITS[column.type], language) if column.type in UNITS else ""


def headline(kind: Kind) -> str:
    """Return the id of the column whose figure stands first wherever a notice of the kind is told: the amount, or of a kind that follows
    its payments what arrived."""
    return kind.chain.paid if kind.chain else "amount"


def amount_of(row: Any, kind: Kind) -> int | None:
    """Return a row's headline figure in fen as readers may see it; None where it has none, or only staff may see it.

    A row keeps its amount twice, and the digest commits to both: in fen (``amount``, for sums in SQL), and as the decimal text of a public
    column (``measures["amount"]``). Every reader of a row takes its amount from here.
    """
    text = row.measures.get(headline(kind))
    if headline(kind) != "amount":
        return money.to_fen(Decimal(text)) if text else None
    amount: int | None = row.amount if text else None
    return amount


def written(column: Column | None, value: str) -> str:
    """Return a measure as a reader sees it: 48,210.50 for money, 5,903.61 for an area, the text itself otherwise."""
    if not value or column is None:
        return value
    try:
        if column.type in ("money", "balance"):
            return money.yuan(money.to_fen(Decimal(value)))
        return money.quantity(Decimal(value)) if column.type in ("area", "rate", "count") else value
    except ValueError:  # a total line may hold a part of a fen, or more than MOST: shown as it was written
        return value


def total(column: Column, totals: Mapping[str, str], language: Language) -> str:
    """Return a column's total as a reader sees it: one figure; of goods one with its unit for each unit, for 吨 and 床 are never added."""
    if not column.unit_in:
        return written(column, totals.get(column.id, ""))
    return say(_APART, language).join(f"{written(column, value)} {unit}" for unit, value in row_units.by_unit(column, totals).items())


def cell(column: Column, value: str, language: Language) -> str:
    """Return a measure as it stands in a row: as ``written``, and a date as people say it."""
    try:
        return date_in_words(date.fromisoformat(value), language) if column.type == "date" else written(column, value)
    except ValueError:
        return value


def wide(columns: Sequence[Column], most: int) -> bool:
    """Return whether a phone cannot hold the columns side by side: more than ``most`` figures, or any words."""
    return len(columns) > most or any(column.type not in NUMERIC for column in columns)


def fact_text(fact: Any, value: str, language: Language) -> str:
    """Return a fact's text; of a choice, its label; of a rate or money, with its unit."""
    if fact.type == "choice":
        return next((say(choice.label, language) for choice in fact.choices if choice.id == value), value)
    if fact.type == "rate":
        return f"{value} {say(RATES[fact.unit], language)}"
    if fact.type == "money" and AMOUNT.fullmatch(value):
        return f"{money.yuan(money.to_fen(Decimal(value)))} {say(UNITS['money'], language)}"
    if fact.type == "date":
        return date_in_words(date.fromisoformat(value), language)
    if fact.type == "moment":
        return say(said_at(datetime.fromisoformat(value)), language)
    return value


AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")


def with_unit(kind: Kind, name: str, values: Mapping[str, str], language: Language) -> str:
    """Return a figure of a calculation with its unit: 4.43 亩, 3 人; of goods the unit of their row."""
    column = kind.column(name)
    assert column is not None
    named = say(COUNTED[column.unit], language) if column.type == "count" and column.unit in COUNTED else unit(column, language, values)
    return f"{written(column, values[name])} {named}".rstrip()


def named_figure(kind: Kind, name: str, values: Mapping[str, str], language: Language) -> str:
    """Return a figure of a calculation with its label and unit: 补贴面积 4.43 亩."""
    column = kind.column(name)
    assert column is not None
    return f"{say(column.label, language)} {with_unit(kind, name, values, language)}"
