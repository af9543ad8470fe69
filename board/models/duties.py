"""What must be published: what a county switched on, what settles a place's period, and what offices say of it.

What settles follows from notices and statements; ``flask duties recount`` makes it anew (docs/decisions/0048-duties.md).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Code, Home, LongText, Words, db


class DutySwitch(db.Model):
    """One act by which a county switched a duty on from a day, or off again with a reason (不公开必须备案)."""

    home: Mapped[Home]  # the county
    duty: Mapped[str] = mapped_column(String(40), primary_key=True)  # an id of board/policies/duties
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … of this duty
    on: Mapped[bool]
    since: Mapped[date]
    why: Mapped[LongText]  # of one that is off: why it is not disclosed; "": it is on
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[At]


class DutyStatement(db.Model):
    """What an office says of a duty and period of some places: that there is no such item, that it was published elsewhere, or on paper."""

    home: Mapped[Home]  # the office
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its home
    duty: Mapped[str] = mapped_column(String(40))
    period: Mapped[str] = mapped_column(String(16))  # rules.duties.duty_period
    sort: Mapped[str] = mapped_column(String(10))  # none, elsewhere, paper
    day: Mapped[date]  # of the publication; of "none" the day on which it was said
    address: Mapped[Words]  # elsewhere: of the page; "": another sort
    digest: Mapped[str] = mapped_column(String(64))  # elsewhere: SHA-256 of what stood there; "": another sort, or nobody kept it
    seen_by: Mapped[Words]  # paper: who saw it hang; "": another sort
    why: Mapped[LongText]  # none: why there is no such item; "": another sort
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[At]
    taken_back_at: Mapped[At | None]  # NULL: it stands
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # NULL: it stands


class DutyStatementPlace(db.Model):
    """One place that a statement is about."""

    home: Mapped[Home]  # the office
    no: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"), primary_key=True)
    __table_args__ = (ForeignKeyConstraint(["home", "no"], ["duty_statement.home", "duty_statement.no"]),)


class NoticePeriod(db.Model):
    """The period that a posted notice is for, where its version does not say and somebody said so afterwards."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    period: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[At]
    __table_args__ = (ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),)


class DutySettlement(db.Model):
    """What may settle one place's period of a duty; of several ``counts`` marks the one that does (rules.duties.cell.Settlement)."""

    home: Mapped[Home]  # the place
    duty: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(16), primary_key=True)
    source: Mapped[str] = mapped_column(String(30), primary_key=True)  # n and the notice's number; s, the office, - and the statement's no
    sort: Mapped[str] = mapped_column(String(10))  # notice, elsewhere, paper, none
    by: Mapped[Code]  # home of the notice or of the statement: whose act it was
    day: Mapped[date]  # first day of display, of publication, or on which it was said
    own: Mapped[date | None]  # publish_by of the version; NULL: it has none of its own
    due: Mapped[date | None]  # the last day on which it was in time; NULL: no clock ran
    as_of: Mapped[date]  # the day on which the duty has to be switched on and the place open: the period's last, or when the matter began
    counts: Mapped[bool]
    # A place's year is read from the index alone.
    __table_args__ = (Index("ix_duty_settlement_as_of", "home", "as_of", "counts", "duty", "period", "sort", "day", "due"),)
