"""明白卡 (household cards): which rows of a village's rosters belong to one household, and the token in a card's QR code.

A card goes to one household, so the money of two must never be on it. Rows with an ID number belong together by its key; rows without one
by group and name, where nothing contradicts that. Rows that could be two people's are on no card.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from board.rules.kind import Kind
from board.rules.place_names import group, group_key, group_order

TOKEN_BYTES = 16  # 128 bits: a card cannot be guessed
TOKEN_LENGTH = 26
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
MOST = 400  # cards of one printing, 50 sheets, which take ten seconds: more are printed group by group
ITEMS = 3  # lines that fit on a card of an eighth of an A4; the page has all


@dataclass(frozen=True)
class Household:
    """Whose rows these are. ``person`` is the key of an ID number, "" where no sheet had one; ``group`` as the newest sheet wrote it."""

    group: str
    person: str
    name: str
    rows: tuple[Any, ...]


@dataclass(frozen=True)
class Village:
    """The households of a village by group and row, and the rows for which it is unclear which of two namesakes is meant."""

    households: tuple[Household, ...]
    unclear: tuple[Any, ...] = ()

    def groups(self) -> list[tuple[str, str, int]]:
        """Return each group's key, its name ("" where the sheets wrote none) and how many households it has, in order."""
        counts = Counter((group_key(one.group), group(one.group)) for one in self.households)
        return [(key, name, count) for (key, name), count in counts.items()]


def told(kind: Kind) -> bool:
    """Return whether a kind's rows may stand on a card.

    Not those of relief and the like: a card is carried by others and gets lost, and to be on such a roster says that one is poor or ill.
    Nor those that hang on paper for members only.
    """
    return kind.names == "everyone" and kind.audience == "everyone" and any(column.type == "name" for column in kind.columns)


def sorted_out(rows: Iterable[Any]) -> Village:
    """Return the rows sorted into households.

    They come newest notice first, each with ``number`` (its notice), ``no``, ``group``, ``person_key``, ``name_key`` and ``minor``.
    Children's rows belong to no household. One ID number under two names (one person collects for another) makes two households. A row
    without an ID number joins the one household of its group with that name, unless a notice has that name in that group twice.
    """
    rows = [row for row in rows if not row.minor and row.name_key]
    own: dict[tuple[str, str], list[Any]] = {}
    loose: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        if row.person_key:
            own.setdefault((row.person_key, row.name_key), []).append(row)
        else:
            loose.setdefault((group_key(row.group), row.name_key), []).append(row)
    unclear: list[Any] = []
    for (of, name), named in loose.items():
        same = [who for who, theirs in own.items() if who[1] == name and any(group_key(row.group) == of for row in theirs)]
        in_sheets = Counter(row.number for row in named)
        if max(in_sheets.values()) > 1 or len(same) > 1 or any(row.number in in_sheets for who in same for row in own[who]):
            unclear += named
        else:
            own.setdefault(same[0] if same else (f"{of}\0", name), []).extend(named)
    place = {id(row): at for at, row in enumerate(rows)}
    found = [_household(*who, sorted(theirs, key=lambda row: place[id(row)])) for who, theirs in own.items()]
    return Village(tuple(sorted(found, key=_by_door)), tuple(unclear))


def _household(person: str, name: str, rows: Sequence[Any]) -> Household:
    return Household(rows[0].group, "" if person.endswith("\0") else person, name, tuple(rows))


def _by_door(one: Household) -> tuple[tuple[int, int], str, int, str]:
    return group_order(one.group), group_key(one.group), min(row.no for row in one.rows), one.person + one.name


def of_card(village: Village, person: str, name: str, written: str) -> Household | None:
    """Return the household of a card, or None when it can no longer be told: its rows are gone, or a namesake appeared."""
    if person:
        return next((one for one in village.households if (one.person, one.name) == (person, name)), None)
    here = [one for one in village.households if one.name == name and any(group_key(row.group) == group_key(written) for row in one.rows)]
    doubtful = any(row.name_key == name and group_key(row.group) == group_key(written) for row in village.unclear)
    return here[0] if len(here) == 1 and not doubtful else None


def token(random_bytes: Callable[[int], bytes]) -> str:
    """Return a new token: 128 random bits in capitals and digits, which make a small QR symbol. ``random_bytes`` as secrets has it."""
    return base64.b32encode(random_bytes(TOKEN_BYTES)).decode().rstrip("=")


def read(typed: str) -> str:
    """Return the token of an address as it was given out, or "" for what cannot be one."""
    found = typed.upper()
    return found if len(found) == TOKEN_LENGTH and _LETTERS.issuperset(found) else ""
