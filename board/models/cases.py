"""Cases (来件), what was said in them, and what is published of them for everybody."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Code, Digest, Home, Id, Key, LongText, Sealed, Words, db


class Cause(db.Model):
    """One cause (同一件事) of several cases, to which a clerk tied them so that one answer reaches all."""

    home: Mapped[Home]  # that of its cases: the office asked first
    id: Mapped[Id]
    desk: Mapped[Code] = mapped_column(ForeignKey("area.code"))  # the office that tied them, and answers
    title: Mapped[Words]  # in the office's words
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[At]


class Case(db.Model):
    """A 来件: what a villager asked, objected to, applied for or wrote. Reports against people are not stored here."""

    home: Mapped[Home]  # the office asked first, whose ledger has it; it stays when another office has the case
    id: Mapped[Id]
    publisher: Mapped[Code | None]  # home of the notice; NULL, as ``number`` and ``version``: about no notice
    number: Mapped[str | None] = mapped_column(String(12))
    version: Mapped[int | None]
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"))
    row: Mapped[int | None]  # NULL: about the notice, not about one row
    wall: Mapped[str | None] = mapped_column(String(12))  # NULL: not asked from a wall's code
    source: Mapped[str] = mapped_column(String(8))  # web; by mouth: call, visit, box, meeting
    category: Mapped[str] = mapped_column(String(20))
    consent: Mapped[bool | None]  # to publish it; NULL: not asked
    supervised: Mapped[bool] = mapped_column(default=False, server_default=false())  # the villager shows it to the village's supervisor
    contact: Mapped[Sealed | None]  # NULL: none given
    state: Mapped[str] = mapped_column(String(12))  # rules.cases.machine.STATES
    desk: Mapped[Code] = mapped_column(ForeignKey("area.code"))  # the office that has to answer: the home, or one above it
    made: Mapped[At]
    since: Mapped[date]  # when the clock of the present answer began; of an application not yet confirmed, the latest day for that
    due: Mapped[date]
    asked: Mapped[date | None]  # since when the clock stands still: the villager, or a third party, was asked
    held: Mapped[date | None]  # what ``due`` was before the clock stood still
    answered: Mapped[At | None]  # NULL: not yet
    outcome: Mapped[str | None] = mapped_column(String(20))  # of the newest answer, where the category has a closed list
    rating: Mapped[int | None]  # of the newest answer: 5 very satisfied … 1 not at all
    tie: Mapped[str | None] = mapped_column(String(16))  # the cause that it is, or was, answered with; NULL: never tied, or untied
    alone: Mapped[bool] = mapped_column(default=False)  # it left that cause, was untied, or was said to be no other case's matter
    fold: Mapped[str | None] = mapped_column(String(16))  # the line of a flood, within its home and desk; NULL: a line of its own
    said: Mapped[str | None] = mapped_column(String(5))  # to a flood's question, rules.cases.flood.Said; NULL: no flood lasted
    __table_args__ = (
        ForeignKeyConstraint(["publisher", "number"], ["notice.home", "notice.number"]),
        ForeignKeyConstraint(["home", "tie"], ["cause.home", "cause.id"]),
        Index("ix_case_tie", "home", "tie"),
        Index("ix_case_desk", "desk", "state", "due"),
        Index("ix_case_due", "home", "state", "due"),
        Index("ix_case_notice", "publisher", "number"),
        Index("ix_case_made", "home", "made"),
        Index("ix_case_fold", "home", "fold", "desk", "state", "due", "id"),
        Index("ix_case_place", "place", "supervised"),
    )


class Message(db.Model):
    """One act in a case, by the villager or by an office, with its words if it has some."""

    home: Mapped[Home]
    case: Mapped[Id]
    no: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[str] = mapped_column(String(8))  # villager, office
    act: Mapped[str] = mapped_column(String(12))  # "ask", the first; then rules.cases.machine.TABLE
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # NULL: the villager
    text: Mapped[LongText]
    at: Mapped[At]
    __table_args__ = (ForeignKeyConstraint(["home", "case"], ["case.home", "case.id"]),)


class Receipt(db.Model):
    """Receipt -> case. Only a keyed hash of the receipt is stored, so that the table opens no case."""

    key: Mapped[Key] = mapped_column(primary_key=True)
    home: Mapped[Code] = mapped_column(ForeignKey("area.code"))
    case: Mapped[str] = mapped_column(String(16))


class CasePhoto(db.Model):
    """A photo that a villager added to a case; what is left of a deleted one proves that it was there, and shows nothing."""

    home: Mapped[Home]
    case: Mapped[Id]
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its case; never reused
    at: Mapped[At]
    size: Mapped[int]
    sha256: Mapped[Digest]
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # rewritten by board.attachments, sealed; NULL: deleted
    deleted_at: Mapped[At | None]  # NULL: not deleted
    deleted_by: Mapped[str | None] = mapped_column(String(8))  # villager, office, expired (its days were over); NULL: not deleted
    __table_args__ = (ForeignKeyConstraint(["home", "case"], ["case.home", "case.id"]),)


class Approved:
    """Words for everybody in an office's own way of saying it, public once a second person approved exactly what was shown to him."""

    home: Mapped[Home] = mapped_column(sort_order=-1)  # of a letter the office that answered; first in the key
    question: Mapped[LongText]  # empty, as ``answer``: withdrawn
    answer: Mapped[LongText]
    drafted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drafted_at: Mapped[At]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[At | None]  # NULL: it waits, was sent back, or was withdrawn before anybody approved it
    returned: Mapped[LongText | None]  # the reason for which it was sent back; NULL: it was not, or was rewritten since
    withdrawn_at: Mapped[At | None]  # NULL: not withdrawn
    withdrawn_because: Mapped[LongText] = mapped_column(default="")  # empty: not withdrawn, or by itself, or before there were reasons


class PublicAnswer(Approved, db.Model):
    """A question about a notice with the office's answer, for everyone (大家问过的)."""

    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its notice
    place: Mapped[Code | None] = mapped_column(ForeignKey("area.code"))  # NULL: about the whole notice
    case: Mapped[str | None] = mapped_column(String(16))  # the 来件 that it came from; NULL: none
    __table_args__ = (ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),)


class PublicLetter(Approved, db.Model):
    """A letter to an office's leader with the answer, for everyone: its writer agreed (领导信箱)."""

    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its home
    asked: Mapped[Code]  # with ``case``: the case that it came from, whose writer agreed
    case: Mapped[str] = mapped_column(String(16))
    title: Mapped[Words]  # empty: withdrawn
    __table_args__ = (ForeignKeyConstraint(["asked", "case"], ["case.home", "case.id"]),)
