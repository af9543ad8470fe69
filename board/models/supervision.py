"""What a village's supervision committee (村务监督委员会) says of a notice before it is posted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Digest, Home, Id, JsonList, LongText, Words, db


class CommitteeOpinion(db.Model):
    """The committee's opinion of a submitted draft; it counts for the proposal with ``digest`` alone, and is frozen with the version."""

    home: Mapped[Home]
    draft: Mapped[Id]
    digest: Mapped[Digest]  # of the proposal that was shown
    result: Mapped[str] = mapped_column(String(12))  # agreed, objected, absent: there is no committee, or nobody was found
    way: Mapped[str] = mapped_column(String(8))  # phone: given by the supervisor himself; paper: a signed paper, entered by a clerk
    name: Mapped[Words] = mapped_column(default="")  # who signed the paper, for staff only; "" for the other ways
    said_on: Mapped[date]
    reason: Mapped[LongText] = mapped_column(default="")  # why nobody confirmed; "" unless absent
    objections: Mapped[JsonList] = mapped_column(default=list)  # rules.notice.opinion.Objection, with the office's replies
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # of the paper, rewritten and sealed; NULL: none
    entered_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[At]
    __table_args__ = (ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]),)
