"""What kinds have in common: facts, columns and periods that stand once and that a kind's file takes by name.

``written_out`` resolves the names, so that what a version is frozen with is the kind itself and not a reference to data that changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from board.rules.datafile import Table

PERIODS = ("display", "publish_within", "local_within")


@dataclass(frozen=True)
class Shared:
    """The tables of ``board/kinds/shared``: facts, columns and periods by name, and ``sets`` of facts that go together (contacts)."""

    facts: Mapping[str, Mapping[str, Any]]
    sets: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Mapping[str, Any]]
    periods: Mapping[str, Mapping[str, Any]]


def read_shared(facts: dict[str, Any], columns: dict[str, Any], periods: dict[str, Any], faults: list[str]) -> Shared:
    """Return the shared tables, from their three files as TOML; ``faults`` gets what is wrong with them, by key path."""
    table = Table(facts, "", faults)
    own, sets = table.table("facts"), table.table("sets")
    known = tuple(own.data)
    found = Shared(
        {id: own.table(id).data | {"id": id} for id in own.data},
        {name: sets.strings(name, known) for name in sets.data},
        {id: {"id": id} | one for id, one in columns.items()},
        periods,
    )
    table.close()
    return found


def written_out(data: Mapping[str, Any], shared: Shared, faults: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Return a kind's data with every ``take`` replaced by what it names, and for each fact of it the place in the kind's own file.

    ``take = [...]`` of the kind names facts and sets of facts, which come before its own. A key beside the ``take`` of a fact, a column or
    a period replaces that of the shared one, a fact that the kind takes both ways where the list has it. ``also`` adds synonyms to those
    of a column. ``faults`` gets the names that are unknown, by key path.
    """
    found = {key: value for key, value in data.items() if key != "take"}
    for key in PERIODS:
        if key in found:
            found[key] = _taken(found[key], shared.periods, key, faults)
    facts = {id: (deepcopy(dict(shared.facts[id])), f"take, the fact {id},") for id in _named(data, shared, faults)}
    for number, one in enumerate(_tables(data, "facts")):
        whole = _taken(one, shared.facts, place := f"facts[{number}]", faults)
        listed = isinstance(one, dict) and one.get("take") in facts
        facts[one["take"] if listed else place] = (whole, place)
    if facts:
        found["facts"] = [one for one, _place in facts.values()]
    if columns := [_column(one, shared, number, faults) for number, one in enumerate(_tables(data, "columns"))]:
        found["columns"] = columns
    return found, [place for _one, place in facts.values()]


def in_the_file(faults: list[str], places: Sequence[str]) -> list[str]:
    """Return the faults of a kind that is written out with the places of its facts in its file: facts[9] there may be facts[2] here."""
    return [re.sub(r"\bfacts\[(\d+)\]", lambda found: places[int(found[1])], fault) for fault in faults]


def _tables(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key, [])
    return value if isinstance(value, list) else [value]


def _named(data: Mapping[str, Any], shared: Shared, faults: list[str]) -> Iterator[str]:
    """Yield the ids of the facts that a kind takes by its ``take``, each once."""
    table, seen = Table(dict(data), "", faults), set[str]()
    for name in table.strings("take", (*shared.sets, *shared.facts)):
        for id in shared.sets.get(name, (name,)):
            if id in shared.facts and id not in seen:
                seen.add(id)
                yield id


def _taken(own: Any, known: Mapping[str, Mapping[str, Any]], path: str, faults: list[str]) -> Any:
    """Return a table with the one that its ``take`` names below it; a table without ``take`` as it is."""
    if not isinstance(own, dict) or "take" not in own:
        return own
    name, rest = own["take"], {key: value for key, value in own.items() if key != "take"}
    if name not in known:
        faults.append(f"{path}.take is unknown: {name!r}; known: {', '.join(known)}")
        return rest
    return deepcopy(dict(known[name])) | rest


def _column(own: Any, shared: Shared, number: int, faults: list[str]) -> Any:
    found = _taken(own, shared.columns, f"columns[{number}]", faults)
    if not isinstance(found, dict) or "also" not in found:
        return found
    also = Table(found, f"columns[{number}]", faults).strings("also")
    rest = {key: value for key, value in found.items() if key != "also"}
    return rest | {"synonyms": [*rest.get("synonyms", ()), *also]}
