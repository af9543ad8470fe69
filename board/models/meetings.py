"""Meetings at which a place's list was read aloud, and what households said there of their own rows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Code, Home, LongText, Words, db


class Meeting(db.Model):
    """A 念名单会: one place's part of a version, read aloud before the village. What is NULL is not known until it is finished."""

    home: Mapped[Home]  # the notice's
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its place
    version: Mapped[int]  # in which the place's poster last changed: the one that hangs, and is read
    opened_at: Mapped[At]
    opened_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    held: Mapped[date | None]
    present: Mapped[int | None]
    first: Mapped[int | None]  # number of the first row that was read
    last: Mapped[int | None]
    presider: Mapped[Words] = mapped_column(default="")  # as typed
    remarks: Mapped[LongText] = mapped_column(default="")
    finished_at: Mapped[At | None]
    finished_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    __table_args__ = (ForeignKeyConstraint(["home", "number", "version"], ["version.home", "version.number", "version.no"]),)


class MeetingObjection(db.Model):
    """What a household said at a meeting of its own row, and the case that it became."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    place: Mapped[Code] = mapped_column(primary_key=True)
    meeting: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its meeting
    row: Mapped[int]
    what: Mapped[str] = mapped_column(String(8))  # rules.notice.meeting.OBJECTIONS
    asked: Mapped[Code]  # with ``case``: the case
    case: Mapped[str] = mapped_column(String(16))
    __table_args__ = (
        ForeignKeyConstraint(["home", "number", "place", "meeting"], ["meeting.home", "meeting.number", "meeting.place", "meeting.no"]),
        ForeignKeyConstraint(["asked", "case"], ["case.home", "case.id"]),
    )
