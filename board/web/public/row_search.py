"""Row search on a place's page: all rows, those of a group, of a surname or of a letter, or one row by its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, request

from board.rules import payment_chain, surnames
from board.rules.kind import Column
from board.rules.notice.groups import Group, of_rows
from board.rules.notice.page import Page, telling
from board.rules.place_names import group_key
from board.rules.surnames import Sought
from board.store import notices, row_search
from board.store.notices import Posted

SURNAMES_SHOWN = 24  # the most surnames on a page, four lines of a phone; if there are more, their initial letters are shown first


@dataclass(frozen=True)
class Roster:
    """The rows that a page shows, and the choices above them.

    ``count`` is the number of rows that match the query; ``shelves`` maps initial letters to surnames, empty if no names are shown.
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
        """Whether the rows continue on other pages."""
        return bool(self.after or self.next_after)

    @property
    def chosen(self) -> bool:
        """Whether the page shows the result of a search, and not the whole list."""
        return self.wanted is not None or self.group is not None

    @property
    def surnames(self) -> list[str]:
        """The surnames to choose from: all if they are few, else those of the chosen letter."""
        letter = self.wanted.letter if self.wanted else ""
        if letter:
            return list(self.shelves.get(letter, ()))
        every = list(dict.fromkeys(name for names in self.shelves.values() for name in names))
        return every if 1 < len(every) <= SURNAMES_SHOWN else []

    @property
    def letters(self) -> list[str]:
        """The initial letters to choose from if the surnames are too many to show."""
        return list(self.shelves) if len({name for names in self.shelves.values() for name in names}) > SURNAMES_SHOWN else []

    @property
    def named(self) -> Mapping[str, Group]:
        """The groups by name."""
        return {group.name: group for group in self.groups}


def whole(page: Page, rows: Sequence[Any]) -> Roster:
    """Return the roster of rows that are all shown at once, as in a preview."""
    return Roster(rows, telling(page, rows), len(rows), of_rows(rows, page.kind) if page.kind.households else ())


def money_steps(posted: Posted, page: Page, place: str | None) -> list[payment_chain.PaymentStep]:
    """Return the steps of the payment chain for one place or (None) for all; [] for a kind without one."""
    chain = page.kind.chain
    if chain is None:
        return []
    only = place if place and not page.whole(place) else None
    granted = "" if only else page.facts.get(chain.granted, "")
    return payment_chain.payment_steps(chain, page.sum_of(only)[0], granted, row_search.count_with(posted, only, chain.returned))


def asked() -> str:
    """Return the typed search in the form that the page's own URLs use; "" for an empty or unusable one."""
    wanted = surnames.sought(request.args.get("find", ""))
    return wanted.kept if wanted else ""


def roster(posted: Posted, page: Page, place: str) -> Roster:
    """Return the roster of a posted place for the query (``group``, ``find``, ``after``)."""
    if page.whole(place):
        rows = notices.rows(posted, None)
        return Roster(rows, telling(page, rows), len(rows))
    size = current_app.config["PAGE_ROWS"]
    groups = row_search.groups(posted, place, page.kind)
    group = next((one.name for one in groups if one.name == request.args.get("group")), None)
    wanted = surnames.sought(request.args.get("find", ""))
    if wanted and wanted.group and (typed := _group(groups, wanted.group)) is not None:
        group, wanted = typed, None
    heads = row_search.heads(posted, place, group)
    after = min(max(request.args.get("after", 0, type=int), 0), 10**9)  # the limit keeps it within the integers of both databases
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


def _group(groups: Sequence[Group], typed: str) -> str | None:
    """Return the name of the group that was typed in another spelling (三社 for 3组), or None."""
    return next((one.name for one in groups if group_key(one.name) == group_key(typed)), None)
