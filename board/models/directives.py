"""Letters from a county to an office (督办单, 责令改正, 提醒), what was said in them, and the departments that lead groups of kinds."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Code, Home, LongText, Words, db


class Directive(db.Model):
    """A letter from the county to an office below it, about a notice, a case, or what its subject says."""

    home: Mapped[Home]  # the county that wrote it
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its home
    kind: Mapped[str] = mapped_column(String(12))  # a letter of board/policies/directives.toml
    desk: Mapped[Code] = mapped_column(ForeignKey("area.code"))  # the office that it is written to
    group: Mapped[str | None] = mapped_column(String(12))  # of the department that wrote it; NULL: the county's office for disclosure
    publisher: Mapped[Code | None]  # home of the notice; NULL, as ``number``: about no notice
    number: Mapped[str | None] = mapped_column(String(12))
    asked: Mapped[Code | None]  # home of the case; NULL, as ``case``: about no case
    case: Mapped[str | None] = mapped_column(String(16))
    subject: Mapped[Words]
    basis: Mapped[str] = mapped_column(String(24))  # an article of board/policies/directives.toml; "": none
    state: Mapped[str] = mapped_column(String(12))  # rules.directives.STATES
    made: Mapped[At]
    due: Mapped[date | None]  # of the answer that is waited for, or was given; NULL: it wants no answer
    answered: Mapped[At | None]  # of the newest answer; NULL: none yet
    late: Mapped[int]  # the most days by which an answer came after its last day; it never falls
    __table_args__ = (
        ForeignKeyConstraint(["publisher", "number"], ["notice.home", "notice.number"]),
        ForeignKeyConstraint(["asked", "case"], ["case.home", "case.id"]),
        Index("ix_directive_desk", "desk", "state", "due"),
        Index("ix_directive_notice", "publisher", "number"),
        Index("ix_directive_case", "asked", "case"),
    )


class DirectiveMessage(db.Model):
    """One act in a letter, by the county or by the office, with its words if it has some."""

    home: Mapped[Home]
    directive: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(12))  # "send", the first; then rules.directives.TABLE
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text: Mapped[LongText]
    at: Mapped[At]
    due: Mapped[date | None]  # the last day that the act set; NULL: none
    version: Mapped[int | None]  # of the notice, that an answer cites; NULL: none
    __table_args__ = (ForeignKeyConstraint(["home", "directive"], ["directive.home", "directive.no"]),)


class LeadOffice(db.Model):
    """The department (牵头单位) that a county names on the notices of a group of kinds; without a row none is named."""

    home: Mapped[Home]
    group: Mapped[str] = mapped_column(String(12), primary_key=True)  # rules.kind.GROUPS
    name: Mapped[Words]
    phone: Mapped[str] = mapped_column(String(60))  # "": none is named
