"""Rows of a payout whose word for the outcome and whose returned amount contradict each other, or of which only the word is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from board.rules.kind import Kind
from board.rules.sheet.layout import Layout
from board.rules.sheet.problems import Problem, problem
from board.rules.sheet.reading import SheetRow

SETTLED = "已补发"  # how a return was settled
_SETTLED = re.compile(r"已?[补重]发(?:成功|完成|到账|了)?")
_BACK = re.compile(r"退|失败|未成功|不成功|冻结|销户|注销|有误|错误|不符|不存在|停用")


def is_settled(said: str) -> bool:
    """Return whether a word for the outcome says that a returned payment was made good: 已补发, but not 补发失败."""
    return bool(_SETTLED.fullmatch(said.strip()))


def fill_returned(kind: Kind, rows: Iterable[SheetRow], found: Layout) -> list[Problem]:
    """Write what was due and did not arrive as returned into the rows that say so in words and give no figure; return the question.

    Without it a household whose money came back would find neither that nor why on its page.
    """
    chain = kind.chain
    column = kind.column(chain.outcome) if chain else None
    if chain is None or column is None or len(column.choices) < 2 or not {chain.outcome, chain.due, chain.paid} <= found.columns.keys():
        return []
    paid, index = column.choices[0].label.zh, found.columns[column.id]
    filled: list[tuple[SheetRow, str]] = []
    for row in rows:
        said, lacking = str(row.values.get(chain.outcome, "")), (row.figure(chain.due) or 0) - (row.figure(chain.paid) or 0)
        if said != paid and _BACK.search(said) and row.figure(chain.returned) is None and lacking > 0:
            row.values[chain.returned] = Decimal(lacking)
            filled.append((row, said))
    if not filled:
        return []
    lines, head = tuple(row.line for row, _ in filled), found.shown(index)
    columns = {"due": kind.column(chain.due), "paid": kind.column(chain.paid)}
    about: dict[str, Any] = {name: one.label for name, one in columns.items() if one} | {
        "said": "、".join(dict.fromkeys(said for _row, said in filled)),
        "field": column.id,
    }
    return [problem("returned_filled", lines[0], head, index=index, lines=lines, **about)]


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
