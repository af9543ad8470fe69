"""Money that came back: of which rows of a notice, why, and what to do, in the words that its readers see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from board.rules.bilingual import Words
from board.rules.notice.formatting import written
from board.rules.notice.page import Page
from board.rules.return_reasons import ReturnReason


@dataclass(frozen=True)
class CameBack:
    """The rows whose money came back for one reason: ``why``, and what to ``bring`` where; both "" in versions from before there were
    reasons."""

    rows: tuple[Any, ...]
    why: Words
    bring: Words


def came_back(page: Page, rows: Iterable[Any]) -> list[CameBack]:
    """Return the rows of which money came back, by reason in the order of their first rows; [] for a kind without a payment chain."""
    found: dict[ReturnReason, list[Any]] = {}
    for row in rows:
        if sum_returned(page, row):
            found.setdefault(_reason(page, row), []).append(row)
    return [CameBack(tuple(own), reason.why, reason.bring) for reason, own in found.items()]


def sum_returned(page: Page, row: Any) -> str:
    """Return how much of a row's money came back, as printed; "" for nothing."""
    chain = page.kind.chain
    text = row.measures.get(chain.returned, "") if chain else ""
    return written(page.kind.column(chain.returned), text) if chain and text and Decimal(text) > 0 else ""


def what_to_do(page: Page) -> str:
    """Return what the notice says is to be done when money came back, "" where it says nothing or follows no payment."""
    chain = page.kind.chain
    # Kinds were frozen without ``todo`` although they had this fact.
    return page.facts.get(chain.todo or "if_returned", "") if chain else ""


def any_back(page: Page, place: str | None = None) -> str:
    """Return how much money came back in all or to one place, as printed; "" for nothing."""
    chain = page.kind.chain
    text = page.sum_of(place)[0].get(chain.returned, "") if chain else ""
    return written(page.kind.column(chain.returned), text) if chain and text and Decimal(text) > 0 else ""


def _reason(page: Page, row: Any) -> ReturnReason:
    chain = page.kind.chain
    assert chain is not None
    return page.returns.of(row.measures.get(id, "") for id in (chain.why, chain.outcome) if id)
