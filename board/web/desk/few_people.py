"""What staff are told of a roster whose people are few: which places the web leaves out, and who is recognisable though masked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from board import policies
from board.models import Draft
from board.rules.notice import suppression
from board.rules.notice.page import Page
from board.rules.notice.page_sources import of_proposal
from board.rules.notice.proposal import Proposal
from board.rules.personal import recognisable
from board.rules.personal.name_masking import Display
from board.store.drafting import staging
from board.store.notices import Posted


@dataclass(frozen=True)
class LeftOut:
    """The places of a notice that the web leaves out; ``small``: the whole notice has fewer rows than ``least``.

    ``not_yet``: those that it would leave out today, of a version that was posted before there was a threshold.
    """

    least: int
    places: tuple[str, ...] = ()
    small: bool = False
    not_yet: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recognisable:
    """Of ``rows`` rows on the web, how many are alone in their group under each way to show names, the one in use first."""

    rows: int
    alone: tuple[tuple[Display, int], ...]


def proposed(proposal: Proposal) -> LeftOut:
    """Return what the web will leave out of a proposal."""
    page = of_proposal(proposal, "web")
    return LeftOut(proposal.frozen.get(suppression.FROZEN, 0), _in_order(page, page.withheld), page.small)


def posted(found: Posted, page: Page) -> LeftOut:
    """Return what the web leaves out of a posted notice; ``page`` is its page in full."""
    rows, frozen = {part.place: part.row_count for part in page.parts}, found.version.frozen.get(suppression.FROZEN)
    least = policies.least_rows(page.kind) if frozen is None else frozen
    places, small = _in_order(page, suppression.withheld(rows, least)), suppression.is_small(rows, least)
    return LeftOut(least, not_yet=places) if frozen is None else LeftOut(least, places, small)


def recognised(draft: Draft, proposal: Proposal) -> Recognisable | None:
    """Return how many people the web would let a neighbour recognise; None for a roster without names or without rows on the web."""
    page, web = of_proposal(proposal, "web"), proposal.frozen["names"]["web"]
    if not page.kind.households or page.for_members or page.small:
        return None
    named = [one for one in staging.named(draft) if one[0] not in page.withheld]
    choices = tuple((display, recognisable.alone(named, display)) for display in recognisable.coarser(web))
    return Recognisable(sum(rows for *_who, rows in named), choices) if named else None


def _in_order(page: Page, places: Collection[str]) -> tuple[str, ...]:
    return tuple(page.place_name(part.place) for part in page.parts if part.place in places)
