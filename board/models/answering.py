"""What an office writes answers with: its templates, answers half written, and the corrections that cases led to."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Code, Home, Id, LongText, Sealed, Words, db


class AnswerTemplate(db.Model):
    """A text that an office keeps for its answers to cases of a category; a county's is read by all its townships."""

    home: Mapped[Home]
    id: Mapped[Id]
    category: Mapped[str] = mapped_column(String(20))
    title: Mapped[Words]  # empty, as ``text``: removed
    text: Mapped[LongText]
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))  # who wrote it last
    at: Mapped[At]
    removed_at: Mapped[At | None]  # NULL: not removed


class AnswerDraft(db.Model):
    """An answer that a person has begun to write to a case; deleted with the answer, or after some days.

    No evidence: nobody was told any of it, and the log has the answer that he sent.
    """

    home: Mapped[Home]
    case: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    text: Mapped[Sealed]
    outcome: Mapped[str] = mapped_column(String(20))  # the chosen answer of the category's closed list; "": none
    at: Mapped[At]
    __table_args__ = (ForeignKeyConstraint(["home", "case"], ["case.home", "case.id"]),)


class CaseCorrection(db.Model):
    """That a draft corrects a notice because of a case; ``home`` is the notice's, ``asked`` the case's."""

    home: Mapped[Home]
    draft: Mapped[Id]
    asked: Mapped[Code] = mapped_column(primary_key=True)
    case: Mapped[Id]
    number: Mapped[str] = mapped_column(String(12))
    version: Mapped[int | None]  # that the draft became; NULL: not posted
    __table_args__ = (
        ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]),
        ForeignKeyConstraint(["asked", "case"], ["case.home", "case.id"]),
        Index("ix_case_correction_case", "asked", "case"),
    )
