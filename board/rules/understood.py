"""看懂了 / 没看懂: how many readers say that they understood a notice, never more in a day than scanned its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Understood:
    """The scans of a code, and the readers who said that they understood what it opens, or that they did not."""

    scans: int
    yes: int = 0
    no: int = 0


def counted(before: Understood, more: Sequence[bool]) -> Understood:
    """Return a day's counts after more answers in the order in which they came (True: understood); those beyond its scans are left out."""
    taken = more[: max(0, before.scans - before.yes - before.no)]
    return replace(before, yes=before.yes + taken.count(True), no=before.no + taken.count(False))
