"""Row matching between versions of a roster: the row of the version in force that each new line continues, so that each household keeps
its number.

A number is given once in a place: paper and cases cite it. So a row that stays keeps its number, a new one gets a number above the
highest that the place ever had, and that of a removed row stays unused. A row is matched by its person's key; without one by its name,
first within its group; a row of a kind without names by its words. Another name is another person, unless the key is the same: a number
never passes to another person.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from board.rules.kind import Kind
from board.rules.notice.proposal import NumberedRow
from board.rules.personal.name_masking import Display, shown
from board.rules.sheet.figures import MEASURES


@dataclass(frozen=True, slots=True)
class RowInForce:
    """A row in force. ``name`` is the key of its name and ``person`` of its ID number, each None where there is none.

    ``person_salt`` is None for a person who was erased.
    """

    place: str
    no: int
    group: str
    shown_name: str
    name: str | None
    person: str | None
    account: str | None
    minor: bool
    amount: int | None
    measures: Mapping[str, str]
    texts: Mapping[str, str]
    person_salt: str | None
    money_salt: str
    algorithm: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """The keys by which a row or a line is matched."""

    person: str | None
    group: str
    who: Hashable
    content: Hashable
    figures: Hashable  # of a kind without names; None: not looked for


def matched(
    kind: Kind, old: Iterable[RowInForce], new: Iterable[NumberedRow], highest: Mapping[str, int], key: Callable[[str], str], names: Display
) -> list[NumberedRow]:
    """Return the lines of the correction under their numbers, place by place, in the order of these.

    ``old`` are the rows in force, ``highest`` the highest number that each place ever had, ``key`` makes the key of a name, ``names``
    is how the web shows them. What is unchanged in a row (who it is, how much it is) keeps its salt, and so its digest. Accounts with a
    running balance stand in the order of their numbers: from the first line that is new or was moved, they are all numbered afresh.
    """
    before, after = _by_place(old), _by_place(new)
    return [
        line for place, lines in after.items() for line in _place(kind, before.get(place, []), lines, highest.get(place, 0), key, names)
    ]


_Row = TypeVar("_Row", RowInForce, NumberedRow)


def _by_place(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    places: dict[str, list[_Row]] = {}
    for row in rows:
        places.setdefault(row.place, []).append(row)
    return places


def _place(
    kind: Kind, old: Sequence[RowInForce], new: Sequence[NumberedRow], highest: int, key: Callable[[str], str], names: Display
) -> list[NumberedRow]:
    keys = [key(line.name) if line.name else None for line in new]
    figures = frozenset(column.id for column in kind.columns if column.type in MEASURES)
    met = _met(
        [_candidate(kind, figures, row, row.name) for row in old], [_candidate(kind, figures, *one) for one in zip(new, keys, strict=True)]
    )
    in_order = any(column.type == "balance" for column in kind.columns)
    numbered, last, torn = list[NumberedRow](), 0, False
    for index, line in enumerate(new):
        row = old[met[index]] if index in met else None
        torn = torn or (in_order and (row is None or row.no < last))
        if row is None or torn:
            highest += 1
            numbered.append(replace(line, no=highest))
        else:
            last = row.no
            numbered.append(_kept(row, line, keys[index], figures, names))
    return sorted(numbered, key=lambda line: line.no)


def _kept(row: RowInForce, line: NumberedRow, name: str | None, figures: frozenset[str], names: Display) -> NumberedRow:
    """Return the line under the number of the row that it continues, with the salts and keys of the same person from before."""
    changes: dict[str, Any] = {"no": row.no}
    if row.name == name and not line.person and row.person:  # this sheet has no numbers; the earlier one had
        shown_name = line.shown_name if line.minor == row.minor else shown(line.name, names, row.minor)
        changes |= {"person": row.person, "account": line.account or row.account, "minor": row.minor, "shown_name": shown_name}
    who = (changes.get("shown_name", line.shown_name), changes.get("minor", line.minor), line.group, name)
    if _agree(row.account, line.account) and row.person_salt is not None and who == (row.shown_name, row.minor, row.group, row.name):
        changes |= {"person": row.person, "account": row.account, "person_salt": row.person_salt}
    if line.amount == row.amount and _measured(line.measures, figures) == _measured(row.measures, figures):
        changes |= {"measures": dict(row.measures), "texts": dict(row.texts), "money_salt": row.money_salt}
    if {"person_salt", "money_salt"} <= changes.keys():
        changes["algorithm"] = row.algorithm  # or a row that nobody changed would have other digests after a change of the algorithm
    return replace(line, **changes)


def _agree(old: str | None, new: str | None) -> bool:
    """Return whether two keys may be one person's: what one sheet leaves out is no change."""
    return not old or not new or old == new


def _measured(measures: Mapping[str, str], figures: frozenset[str]) -> tuple[tuple[str, Hashable], ...]:
    """Return the figures of a row in one form: 4.950 is 4.95."""
    return tuple(sorted((id, Decimal(text) if id in figures else text) for id, text in measures.items() if text))


def _candidate(kind: Kind, figures: frozenset[str], row: RowInForce | NumberedRow, name: str | None) -> _Candidate:
    measures = _measured(row.measures, figures)
    nameless = kind.names == "none" or name is None
    words: Hashable = tuple(one for one in measures if one[0] not in figures) if nameless else name
    sums: Hashable = tuple(one for one in measures if one[0] in figures) if nameless else None
    return _Candidate(None if nameless else row.person or None, row.group, words, (row.group, words, measures), sums)


_By = Callable[[_Candidate], Hashable]


def _person(one: _Candidate) -> Hashable:
    return one.person


def _here(one: _Candidate) -> Hashable:
    return one.group, one.who


def _anywhere(one: _Candidate) -> Hashable:
    return (one.who,)


def _sums(one: _Candidate) -> Hashable:
    return None if one.figures is None else (one.group, one.figures)


def _with_content(by: _By) -> _By:
    return lambda one: None if (found := by(one)) is None else (found, one.content)


# Each way with whether only the one row and the one line that it finds belong together: of two plots of one household those with the same
# figures do, and the rest of several is taken in its order only when no other way matches.
_WAYS: tuple[tuple[_By, bool], ...] = (
    *((way, alone) for by in (_person, _here, _anywhere) for way, alone in ((_with_content(by), False), (by, True))),
    (_sums, True),
    *((by, False) for by in (_person, _here, _anywhere)),
)


def _met(old: Sequence[_Candidate], new: Sequence[_Candidate]) -> dict[int, int]:
    """Return which of the old rows each new line is (indexes), for those that are one."""
    met: dict[int, int] = {}
    rows, lines = list(range(len(old))), list(range(len(new)))
    for by, alone in _WAYS:
        if not rows or not lines:
            break
        waiting = _found_by(by, old, rows)
        for found, mine in _found_by(by, new, lines).items():
            theirs = waiting.get(found, [])
            if not alone or len(mine) == len(theirs) == 1:  # two who both have a key of their own are two people, whatever their name
                met |= {line: row for line, row in zip(mine, theirs, strict=False) if _agree(old[row].person, new[line].person)}
        taken = set(met.values())
        rows, lines = [index for index in rows if index not in taken], [index for index in lines if index not in met]
    return met


def _found_by(by: _By, rows: Sequence[_Candidate], left: Iterable[int]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for index in left:
        if (one := by(rows[index])) is not None:
            found.setdefault(one, []).append(index)
    return found
