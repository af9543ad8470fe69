"""Rows of a payout whose word for the outcome and whose returned amount contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from board.rules.kind import Kind
from board.rules.sheet.layout import Layout
from board.rules.sheet.problems import Problem, problem
from board.rules.sheet.reading import SheetRow


def contradictions(kind: Kind, rows: Iterable[SheetRow], found: Layout) -> Iterator[Problem]:
    """Yield the rows whose outcome is the kind's first word (已发放) though money came back, or its second (退回) though none did.

    A word beyond these two (已补发) says how a return was settled, and contradicts nothing.
    """
    chain = kind.chain
    column = kind.column(chain.outcome) if chain else None
    if chain is None or column is None or len(column.choices) < 2 or not {chain.outcome, chain.returned} <= found.columns.keys():
        return
    paid, sent_back = (choice.label.zh for choice in column.choices[:2])
    index = found.columns[column.id]
    for row in rows:
        returned, said = row.figure(chain.returned) or Decimal(0), str(row.values.get(chain.outcome, ""))
        if (said == paid and returned > 0) or (said.startswith((sent_back, "失败")) and returned == 0):
            head, figure = found.shown(index), f"{returned:.2f}"
            yield problem("outcome_differs", row.line, head, field=column.id, index=index, said=said, returned=figure)
