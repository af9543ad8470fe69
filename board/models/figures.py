"""What is counted of cases: a line for each case, the tallies made of them, and what is published of closed quarters.

All of it follows from the cases and the ledger; ``flask cases recount`` makes it anew (docs/decisions/0043-tallies.md).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import Code, Home, Id, db


class CaseStanding(db.Model):
    """What is counted of one case (rules.cases.figures.Standing), written in the transaction of each act."""

    home: Mapped[Home]
    id: Mapped[Id]
    arose: Mapped[Code]  # offices as rules.cases.figures.office names them
    has: Mapped[Code]
    first: Mapped[Code]
    category: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(40))  # "": about no notice
    received: Mapped[date]
    state: Mapped[str] = mapped_column(String(12))
    due: Mapped[date]
    answered: Mapped[date | None]  # NULL: not yet
    disputed: Mapped[bool]
    prompt: Mapped[bool | None]  # NULL: no first answer yet
    rating: Mapped[int | None]  # NULL: none
    last: Mapped[Code]  # "": no answer yet
    __table_args__ = (
        ForeignKeyConstraint(["home", "id"], ["case.home", "case.id"]),
        # Each in the order of the lists, so that a page of one reads no more than its lines.
        Index("ix_case_standing_arose", "arose", "received", "home", "id"),
        Index("ix_case_standing_has", "has", "state", "received", "home", "id"),
        Index("ix_case_standing_rating", "last", "rating", "received", "home", "id"),
        Index("ix_case_standing_first", "first", "received", "home", "id"),
    )


class CaseTally(db.Model):
    """How many cases of one selection an office has: one line for each category and kind, and for all of them ("")."""

    home: Mapped[Home]  # the office
    category: Mapped[str] = mapped_column(String(20), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    what: Mapped[str] = mapped_column(String(12), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)  # rules.cases.figures.NO_DAY: of what does not depend on the day
    quarter: Mapped[int] = mapped_column(primary_key=True)  # in which they were received: 20264
    n: Mapped[int]


class QuarterShare(db.Model):
    """What became of the cases of a closed quarter, as the page of a place shows it; counted once a day."""

    home: Mapped[Home]  # the place
    quarter: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]  # on which it was counted
    received: Mapped[int]
    solved: Mapped[int]
    unsolved: Mapped[int]
    silent: Mapped[int]
    late: Mapped[int]
    withheld: Mapped[bool]  # of few, or few others would follow from it (rules.cases.figures.withheld)
