"""What a county may decide and the program starts with: public holidays, how names are shown, what a villager may bring and by when
he is answered. Data files beside this one, each read once and checked whole."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from board.rules.bilingual import Words
from board.rules.calendar import Calendar
from board.rules.datafile import DataError, Table
from board.rules.kind import Names, Period
from board.rules.kind_file import read_period
from board.rules.personal.name_masking import Display, NamePolicy

_FOLDER = Path(__file__).parent

To = Literal["publisher", "inspector"]


@dataclass(frozen=True)
class CaseCategory:
    """One thing that a villager may bring; ``to`` is who reads it, ``answer`` by when he has an answer."""

    id: str
    label: Words
    hint: Words
    to: To
    answer: Period


def holiday_rows() -> list[tuple[date, bool, str]]:
    """The published holidays that the program comes with: (day, off, name), by day; off is False for a make-up working day."""
    with (_FOLDER / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return [(date.fromisoformat(row["day"]), row["off"] == "1", row["name"]) for row in csv.DictReader(file)]


@cache
def holidays() -> Calendar:
    """The calendar of ``holiday_rows``. A county's own is ``Calendar.of`` its table, which starts with those rows."""
    return Calendar.of(holiday_rows())


def name_policy(names: Names) -> NamePolicy:
    """How the names of a kind with this ``names`` are shown on the wall and on the web."""
    return _name_policies()[names]


@cache
def case_categories() -> dict[str, CaseCategory]:
    """What a villager may bring, by id, in the order of the form."""
    faults: list[str] = []
    table = _table("cases", faults)
    clocks: dict[To, Period] = {"publisher": read_period(table.table("answer")), "inspector": read_period(table.table("inspection"))}

    def category(one: Table) -> CaseCategory:
        to: To = one.one_of("to", get_args(To))
        return CaseCategory(one.id(), one.words("label"), one.words("hint"), to, clocks.get(to, clocks["publisher"]))

    found = table.each("categories", category)
    _finish("cases", table, faults)
    return {category.id: category for category in found}


@cache
def _name_policies() -> dict[Names, NamePolicy]:
    faults: list[str] = []
    table = _table("names", faults)
    found = {names: _name_policy(table.table(names)) for names in get_args(Names)}
    _finish("names", table, faults)
    return found


def _name_policy(table: Table) -> NamePolicy:
    display = get_args(Display)
    policy = NamePolicy(table.one_of("wall", display), table.one_of("web", display), table.words("words"))
    table.close()
    return policy


def _table(name: str, faults: list[str]) -> Table:
    data: dict[str, Any] = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Table(data, "", faults)


def _finish(name: str, table: Table, faults: list[str]) -> None:
    table.close()
    if faults:
        raise DataError([f"{name}: {fault}" for fault in sorted(faults)])
