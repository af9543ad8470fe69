"""The yearly appraisal (评议) of a village's disclosure: when it is open, what was voted at the wall, and what two people counted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Home, Json, db


class Appraisal(db.Model):
    """The appraisal of one village (its ``home``) in one year. ``result`` is fixed on the day on which it is published."""

    home: Mapped[Home]
    year: Mapped[int] = mapped_column(primary_key=True)
    opens: Mapped[date]
    closes: Mapped[date]  # the last day for votes
    opened_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    opened_at: Mapped[At]
    result: Mapped[Json | None]  # rules.appraisal.Result as JSON; NULL: not published yet


class AppraisalVote(db.Model):
    """How many people in front of a wall chose a word on a day; nothing about who they are."""

    home: Mapped[Home]
    year: Mapped[int] = mapped_column(primary_key=True)
    wall: Mapped[str] = mapped_column(String(12), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(20), primary_key=True)
    word: Mapped[int] = mapped_column(primary_key=True)  # 5 very satisfied … 1 not at all
    count: Mapped[int]
    __table_args__ = (ForeignKeyConstraint(["home", "year"], ["appraisal.home", "appraisal.year"]),)


class AppraisalCount(db.Model):
    """What one person counted of the paper ballots; two alike are the count, two unlike are deleted and counted again."""

    home: Mapped[Home]
    year: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    ballots: Mapped[int]
    counted: Mapped[Json]  # question -> the numbers of 5, 4, 3, 2, 1
    at: Mapped[At]
    __table_args__ = (ForeignKeyConstraint(["home", "year"], ["appraisal.home", "appraisal.year"]),)
