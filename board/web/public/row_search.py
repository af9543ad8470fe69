"""Find my row: what a place's page shows of its rows: all, those of a group, of a surname or of a letter, or one by its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, request

from board.rules import payment_chain, surnames
from board.rules.kind import Column
from board.rules.notice.groups import Group, of_rows
from board.rules.notice.page import Page, telling
from board.rules.surnames import Sought
from board.store import notices, row_search
from board.store.notices import Posted

SURNAMES_SHOWN = 24  # so many surnames stand in four lines of a phone; of more there are the letters first


@dataclass(frozen=True)
class Roster:
    """The rows that a page shows, with what is above them to choose from.

    ``count`` rows fit what was asked; ``shelves`` holds the surnames to choose from by letter, empty where no names are shown.
    """

    rows: Sequence[Any]
    columns: Sequence[Column]
    count: int
    groups: Sequence[Group] = ()
    group: str | None = None
    wanted: Sought | None = None
    shelves: Mapping[str, Sequence[str]] = field(default_factory=dict)
    after: int = 0
    next_after: int | None = None

    @property
    def part(self) -> bool:
        """Whether there are other rows than these on other pages."""
        return bool(self.after or self.next_after)

    @property
    def chosen(self) -> bool:
        """Whether somebody looks for something, and does not read the whole list."""
        return self.wanted is not None or self.group is not None

    @property
    def surnames(self) -> list[str]:
        """The surnames to choose from: all when they are few, else those of the letter that was chosen."""
        letter = self.wanted.letter if self.wanted else ""
        if letter:
            return list(self.shelves.get(letter, ()))
        every = list(dict.fromkeys(name for names in self.shelves.values() for name in names))
        return every if 1 < len(every) <= SURNAMES_SHOWN else []

    @property
    def letters(self) -> list[str]:
        """The letters to choose from where the surnames are too many to stand side by side."""
        return list(self.shelves) if len({name for names in self.shelves.values() for name in names}) > SURNAMES_SHOWN else []

    @property
    def named(self) -> Mapping[str, Group]:
        """Its groups by their names."""
        return {group.name: group for group in self.groups}


def whole(page: Page, rows: Sequence[Any]) -> Roster:
    """Return the roster of rows that are shown all at once, as before posting."""
    return Roster(rows, telling(page, rows), len(rows), of_rows(rows) if page.kind.households else ())


def money_steps(posted: Posted, page: Page, place: str | None) -> list[payment_chain.PaymentStep]:
    """Return where the money went, step by step, of one place or (None) of all; nothing for a kind that does not say so."""
    chain = page.kind.chain
    if chain is None:
        return []
    only = place if place and not page.whole(place) else None
    granted = "" if only else page.facts.get(chain.granted, "")
    return payment_chain.payment_steps(chain, page.sum_of(only)[0], granted, row_search.count_with(posted, only, chain.returned))


def asked() -> str:
    """Return what somebody typed to find his row, as the page's own addresses say it; "" when that was nothing."""
    wanted = surnames.sought(request.args.get("find", ""))
    return wanted.kept if wanted else ""


def roster(posted: Posted, page: Page, place: str) -> Roster:
    """Return the rows of a posted place that the address asks for (``group``, ``find``, ``after``)."""
    if page.whole(place):
        rows = notices.rows(posted, None)
        return Roster(rows, telling(page, rows), len(rows))
    size = current_app.config["PAGE_ROWS"]
    groups = row_search.groups(posted, place)
    group = next((one.name for one in groups if one.name == request.args.get("group")), None)
    heads = row_search.heads(posted, place, group)
    wanted = surnames.sought(request.args.get("find", ""))
    after = min(max(request.args.get("after", 0, type=int), 0), 10**9)  # more is in no database's integers
    rows, count = row_search.rows(posted, place, after, size + 1, group=group, wanted=wanted, shown=heads)
    more = len(rows) > size
    return Roster(
        rows[:size],
        telling(page, rows[:size]),
        count,
        groups,
        group,
        wanted,
        surnames.by_letter(heads) if page.kind.households else {},
        after,
        rows[size - 1].no if more else None,
    )
