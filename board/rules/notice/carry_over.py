"""What a new draft takes over from an earlier notice: all but what belongs to that time only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from board.rules.kind import Kind, Level

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def years(text: str) -> list[int]:
    """Return the years that a text names, as written in digits."""
    return [int(year) for year in _YEAR.findall(text)]


def title(old: str, year: int) -> str:
    """Return an earlier notice's title for a new one: the latest year that it names becomes ``year``, an earlier one keeps its distance."""
    ahead = year - max(years(old), default=year)
    return _YEAR.sub(lambda found: str(int(found[0]) + ahead), old)


def facts(kind: Kind, level: Level, stated: Mapping[str, str], year: int) -> dict[str, str]:
    """Return the facts (id -> text) of an earlier notice that one of ``kind`` may state again.

    Left out are dates, facts that name a year before ``year`` (last year's document, last year's grant), the balance with which
    its accounts began, and statements of review: a committee agreed to the earlier notice only.
    """
    openings = {check.opening for check in kind.checks}
    own = (fact for fact in kind.facts_at(level) if fact.type not in ("date", "moment") and fact.block != "review")
    asked = [fact for fact in own if fact.id not in openings and stated.get(fact.id)]
    return {fact.id: stated[fact.id] for fact in asked if all(named >= year for named in years(stated[fact.id]))}


def stages(kinds: Iterable[Kind], earlier: Kind, level: Level) -> list[Kind]:
    """Return the kinds that an area of ``level`` may begin from a notice of ``earlier``: that kind again, and those that follow it."""
    return [kind for kind in kinds if level in kind.levels and earlier.id in (kind.id, kind.follows)]


def row(kind: Kind, earlier: Kind, texts: Mapping[str, str]) -> dict[str, str]:
    """Return a row of an earlier notice (field -> text) as a new one of ``kind`` begins with it: no day of that time.

    In a following kind a clerk enters only what differs: so a choice begins as its first answer (已发放), and a sum that is new there
    as wholly its first part (what was to be paid has been paid, nothing came back).
    """
    begun = {column.id: texts[column.id] for column in kind.columns if column.type != "date" and texts.get(column.id)}
    if kind.id != earlier.id:
        begun |= {column.id: column.choices[0].label.zh for column in kind.columns if column.choices and not earlier.column(column.id)}
        for check in kind.checks:
            if check.type == "sum" and check.result in begun and not any(earlier.column(part) for part in check.of):
                begun[check.of[0]] = begun[check.result]
    return begun
