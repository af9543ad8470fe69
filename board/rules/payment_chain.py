"""钱发到哪了: the amounts granted, due, paid, returned and left, of a notice whose kind follows its money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from board.rules import money
from board.rules.bilingual import Words


@dataclass(frozen=True)
class PaymentChain:
    """Which figures of a kind say where its money went: ``granted`` is a fact of all of a notice ("" for none), the others are columns.

    ``outcome`` and ``why`` are the columns of text that may say why money came back; what a sheet has in ``why`` is published only in the
    words of ``return_reasons``. ``todo`` is the fact that says what to do then. "" for none.
    """

    due: str
    paid: str
    returned: str
    granted: str = ""
    outcome: str = ""
    why: str = ""
    todo: str = ""


@dataclass(frozen=True)
class PaymentStep:
    """One step of the way: what it is, its amount in yuan (exact decimal), and of what came back for how many rows (0 elsewhere)."""

    label: Words
    amount: Decimal
    rows: int = 0


GRANTED, DUE, PAID = Words("拨下来", "Granted"), Words("该发", "Due"), Words("发到账", "Paid")
RETURNED, LEFT = Words("退回", "Sent back"), Words("还没发到户", "Not yet received")
BEYOND, SHORT = Words("拨下来比该发的多", "Granted beyond what is due"), Words("拨下来比该发的少", "Granted short of what is due")


def payment_steps(chain: PaymentChain, totals: Mapping[str, str], granted: str, returned_rows: int) -> list[PaymentStep]:
    """Return the steps of the payment, in their order; empty where due and paid are not both given.

    ``totals`` are those of a notice or of one place, decimal text by column; ``granted`` is the fact's text ("" where it is not known, as
    for one place). What is left is always what was due and has not arrived, of a place as of the notice; what came back is part of it. A
    grant that is not what was due has a step of its own.
    """
    if not totals.get(chain.due) or not totals.get(chain.paid):
        return []
    due, paid = Decimal(totals[chain.due]), Decimal(totals[chain.paid])
    first = Decimal(granted) if granted else due
    steps = [PaymentStep(GRANTED, first)] if granted else []
    steps += [PaymentStep(DUE, due), PaymentStep(PAID, paid)]
    if returned_rows:
        steps.append(PaymentStep(RETURNED, Decimal(totals.get(chain.returned) or "0"), returned_rows))
    steps.append(PaymentStep(LEFT, due - paid))
    return steps if first == due else [*steps, PaymentStep(BEYOND if first > due else SHORT, abs(first - due))]


def written(link: PaymentStep) -> str:
    """Return a step's amount as printed: 48,210.50; a part of a fen, which only a fact may say, as it was written."""
    try:
        return money.yuan(money.to_fen(link.amount))
    except ValueError:
        return money.quantity(link.amount)
