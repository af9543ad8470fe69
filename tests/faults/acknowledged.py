"""What people were told was done: each act, once the answer's page said so, with what has to be found again."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from tests.store.posted import GAODONG, NEXT

VILLAGES = {"高洞社区": GAODONG, "土主社区": NEXT}


@dataclass(frozen=True)
class Posted:
    """A version of a notice, with the amount of each household by village and name."""

    number: str
    version: int
    rows: tuple[tuple[str, str, Decimal], ...]

    @property
    def total(self) -> Decimal:
        """The sum that it must show."""
        return sum((amount for _place, _name, amount in self.rows), Decimal())


@dataclass(frozen=True)
class Said:
    """What a villager or an office said in a case."""

    receipt: str
    text: str


@dataclass
class Acknowledged:
    """All acts that were acknowledged; the threads of all people write into it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    counts: Counter[str] = field(default_factory=Counter)
    drafts: dict[tuple[str, str], str] = field(default_factory=dict)  # to the furthest step that was acknowledged
    stated: dict[tuple[str, str], str] = field(default_factory=dict)  # to the fact that names it
    posted: dict[str, list[Posted]] = field(default_factory=dict)  # by number, the newest last
    said: list[Said] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)  # receipt to the half-written answer that was kept last
    troubles: Counter[str] = field(default_factory=Counter)  # answers that were neither the page hoped for nor an outage in words

    def notes(self, act: str) -> None:
        """Count an act that was acknowledged; call it with the lock held."""
        self.counts[act] += 1

    @property
    def acknowledged(self) -> int:
        """How many acts were acknowledged."""
        return sum(self.counts.values())
