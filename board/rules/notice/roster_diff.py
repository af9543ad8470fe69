"""The difference between a roster and the one it was begun from: new rows, missing rows, changed figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a roster without its name: ``person`` is the key of an ID number ("" where none was known), ``who`` identifies the row
    where there is none (place, group, and the key of its name or its words), ``figures`` are those of the columns that both rosters have.
    """

    person: str
    who: Hashable
    figures: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class RosterDiff:
    """How many rows are new, are gone, and have other figures."""

    added: int
    removed: int
    changed: int


_By = Callable[[Entry], Hashable]  # the key that a row is matched by; None: it is not matched
# A person is matched by key; by place, group and name only where one of two rows has no key: two different keys are two people.
_WAYS: tuple[tuple[_By, _By], ...] = (
    (lambda old: old.person or None, lambda new: new.person or None),
    (lambda old: None if old.person else old.who, lambda new: new.who),
    (lambda old: old.who, lambda new: None if new.person else new.who),
)


def roster_diff(old: Iterable[Entry], new: Iterable[Entry]) -> RosterDiff:
    """Compare two rosters; of several rows of one person (two plots of land) those with the same figures belong together."""
    before, after, changed = list(old), list(new), 0
    for found_by, finds_by in _WAYS:
        before, after = _unmet(before, after, _exactly(found_by), _exactly(finds_by))
        left, after = _unmet(before, after, found_by, finds_by)
        changed += len(before) - len(left)
        before = left
    return RosterDiff(len(after), len(before), changed)


def _exactly(by: _By) -> _By:
    return lambda one: None if (found := by(one)) is None else (found, one.figures)


def _unmet(before: Sequence[Entry], after: Sequence[Entry], found_by: _By, finds_by: _By) -> tuple[list[Entry], list[Entry]]:
    """Return the rows of both sides that met none of the other side; each row meets one at most."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for index in range(len(after) - 1, -1, -1):
        if (by := finds_by(after[index])) is not None:
            waiting[by].append(index)
    met: set[int] = set()
    left = []
    for one in before:
        by = found_by(one)
        if by is not None and waiting.get(by):
            met.add(waiting[by].pop())
        else:
            left.append(one)
    return left, [one for index, one in enumerate(after) if index not in met]
