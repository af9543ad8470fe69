"""The ledger's hash chain: each digest covers the entry before it, so that a change of the past is detected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from board.rules import digest as digests

START = "0" * 64
# An entry is dated when its request begins and follows those that were committed before it, so that a long posting is dated too early.
OVERLAP = timedelta(minutes=10)
CLOCK_BACK = "clock.set_back"  # the action of an entry that says that the server's clock was set back, from when and to when


@dataclass(frozen=True)
class Entry:
    """One entry of the ledger of one area; ``at`` is UTC in ISO form, ``body`` holds digests and figures, no names and no personal
    numbers."""

    home: str
    height: int
    at: str
    actor: str
    action: str
    subject: str
    body: dict[str, object]
    previous: str
    digest: str = ""
    algorithm: str = field(default_factory=lambda: digests.CURRENT)  # of the digest


def digest(entry: Entry) -> str:
    """Return the digest (hex) over this entry and, by the digest of the one before, all earlier ones; KeyError for an unknown algorithm."""
    fields = [entry.home, entry.height, entry.at, entry.actor, entry.action, entry.subject, entry.body, entry.previous]
    return digests.of(entry.algorithm, *fields)


@dataclass(frozen=True)
class Broken:
    """Where a chain breaks, and in which of the three ways: ``gap``, ``order`` (does not follow the entry above) or ``changed``."""

    home: str
    height: int
    reason: str


def first_broken(entries: Iterable[Entry]) -> Broken | None:
    """Return the first entry of one home's chain, oldest first, that does not hold, or None when it is whole."""
    expected, previous = 1, START
    for entry in entries:
        if entry.height != expected:
            return Broken(entry.home, expected, "gap")
        if entry.previous != previous:
            return Broken(entry.home, entry.height, "order")
        if entry.algorithm not in digests.ALGORITHMS or digest(entry) != entry.digest:
            return Broken(entry.home, entry.height, "changed")
        expected, previous = expected + 1, entry.digest
    return None


@dataclass(frozen=True)
class Early:
    """An entry that is dated before the one above it, and by how much; ``told``: it says itself that the clock was set back."""

    home: str
    height: int
    by: timedelta
    told: bool = False


def early(entries: Iterable[Entry]) -> Iterator[Early]:
    """Yield each entry of one home's chain, oldest first, whose time lies before that of the entry above it.

    The digests cannot tell: whoever rewrites all of a chain may date an entry as he likes. Raises ValueError for a time that is none.
    """
    for above, entry in pairwise(entries):
        by = datetime.fromisoformat(above.at) - datetime.fromisoformat(entry.at)
        if by > timedelta(0):
            yield Early(entry.home, entry.height, by, entry.action == CLOCK_BACK)


def went_back(above: str, at: str) -> bool:
    """Return whether the clock must have been set back between two entries: the second is dated earlier by more than requests overlap."""
    return datetime.fromisoformat(above) - datetime.fromisoformat(at) > OVERLAP
